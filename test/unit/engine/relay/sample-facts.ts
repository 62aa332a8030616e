import { createHash } from 'node:crypto';
import type { CheckVerdict, OpenMutant, RelayFacts, TouchedFile } from '../../../../src/engine/relay/facts.ts';
import type { Status } from '../../../../src/protocol/envelope.ts';

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export const TREE = 'aaaaaaaaaaaa';
export const FRESH = {
  command: 'loop',
  at: '2026-11-21T15:02:00.000Z',
  tree: TREE,
  stale: false,
  beside: false,
} as const;
export const OLD = {
  command: 'loop',
  at: '2026-11-21T14:00:00.000Z',
  tree: 'bbbbbbbbbbbb',
  stale: true,
  beside: false,
} as const;

/** A branch with one changed file, of which nothing else is known. */
export function sampleFacts(more: Partial<RelayFacts> = {}): RelayFacts {
  return {
    tree: TREE,
    at: '2026-11-21T15:05:00.000Z',
    name: 'shop',
    head: '123456789',
    base: 'abcdef012',
    baseName: 'origin/main',
    options: '',
    operation: undefined,
    widened: [],
    history: { branch: 'work', total: 0, commits: [], uncommitted: [], conflicts: [], upstream: undefined, stashes: 0 },
    scopes: [{ id: 'core', files: 1 }],
    expanded: ['core'],
    files: [sampleFile()],
    runs: [],
    verdicts: [],
    mutants: undefined,
    guards: [],
    called: [],
    plan: [],
    rules: [],
    limits: [],
    excerpts: [],
    decisions: [],
    neighbours: [],
    ...more,
  };
}

export function sampleFile(more: Partial<TouchedFile> = {}): TouchedFile {
  return {
    path: 'src/core/cart.ts',
    status: 'modified',
    from: undefined,
    scope: 'core',
    added: 3,
    removed: 1,
    uncommitted: false,
    test: false,
    made: false,
    source: true,
    symbols: ['total'],
    reminders: [],
    ...more,
  };
}

export function verdict(
  id: string,
  status: Status,
  run: CheckVerdict['run'] = FRESH,
  more: Partial<CheckVerdict> = {},
): CheckVerdict {
  return {
    id,
    status,
    examined: 3,
    reason: undefined,
    details: [],
    findings: 0,
    paths: [],
    durationMs: undefined,
    run,
    ...more,
  };
}

export function called(...ids: readonly string[]): RelayFacts['called'] {
  return ids.map((id) => ({
    id,
    kind: id.split(':')[0] ?? '',
    scope: 'core',
    command: `npx ${id}`,
    problem: undefined,
    cwd: '',
  }));
}

export function openMutant(more: Partial<OpenMutant> = {}): OpenMutant {
  return {
    id: 'm-0123456789',
    kind: 'survived',
    path: 'src/core/cart.ts',
    line: 7,
    column: 12,
    text: 'return total > limit;',
    symbol: 'total',
    original: '>',
    replacement: '>=',
    test: 'test/cart.test.ts: adds up',
    ...more,
  };
}
