import { describe, expect, it } from 'vitest';
import type { Check } from '../../../../src/engine/checks/check.ts';
import { readDurations } from '../../../../src/engine/checks/durations.ts';
import { planChecks } from '../../../../src/engine/checks/plan.ts';
import type { BlastRadius } from '../../../../src/engine/scopes/blast-radius.ts';
import { memoryStore } from '../../memory-store.ts';
import { memoryTree } from '../../memory-tree.ts';
import { sampleCheck } from '../sample.ts';

const REACHED = { 'src/c.ts': 0, 'src/b.ts': 1, 'test/c.test.ts': 1, 'test/b.test.ts': 2, 'src/a.ts': 1, 'gone.ts': 0 };

function plan(
  checks: readonly Partial<Check>[],
  options: { reasons?: BlastRadius['reasons']; everything?: boolean; reached?: Readonly<Record<string, number>> } = {},
) {
  const { reasons = [], everything = false, reached = REACHED } = options;
  const radius: BlastRadius = {
    fates: new Map(),
    reached: new Map(Object.entries(reached).map(([path, distance]) => [path, { distance }])),
    scopes: new Map(),
    reasons,
  };
  const tree = memoryTree(
    Object.fromEntries(
      Object.keys(REACHED)
        .filter((path) => path !== 'gone.ts')
        .map((path) => [path, '']),
    ),
  );
  const made = planChecks(
    checks.map((check) => sampleCheck(check)),
    radius,
    tree,
    readDurations(memoryStore()),
    everything,
  );
  return {
    planned: made.planned.map(
      ({ check, target, distance }) =>
        `${check.id} ${distance} ${target.kind === 'all' ? 'all' : target.paths.join(' ')}`,
    ),
    outside: made.outside.map(({ id }) => id),
  };
}

const inside = (folder: string) => (path: string) => path.startsWith(folder);

describe('what a check is asked to look at', () => {
  it.each<[string, Partial<Check>, string | undefined]>([
    ['a linter: the changed files', { narrowing: 'changed', covers: inside('src') }, 'lint:sample 0 src/c.ts'],
    ['a linter: no affected file', { narrowing: 'changed', covers: inside('test') }, undefined],
    [
      'tests: the affected ones, nearest first',
      { narrowing: 'affected', covers: inside('test') },
      'lint:sample 1 test/c.test.ts test/b.test.ts',
    ],
    ['a type checker: all of it', { narrowing: 'whole', covers: inside('src') }, 'lint:sample 0 all'],
    [
      'a type checker: from afar',
      { narrowing: 'whole', covers: (path) => path === 'test/b.test.ts' },
      'lint:sample 2 all',
    ],
    ['nothing it covers', { narrowing: 'whole', covers: () => false }, undefined],
    ['a linter: no file that is gone', { narrowing: 'changed' }, 'lint:sample 0 src/c.ts'],
    ['a linter: only a file that is gone', { narrowing: 'changed', covers: inside('gone') }, undefined],
    ['a type checker: a file that is gone', { narrowing: 'whole', covers: inside('gone') }, 'lint:sample 0 all'],
  ])('%s', (_, check, expected) => {
    expect(plan([check])).toEqual(
      expected === undefined ? { planned: [], outside: ['lint:sample'] } : { planned: [expected], outside: [] },
    );
  });

  it('is all of it where everything has to be checked', () => {
    const reasons = [{ code: 'no-base', text: 'x' }] as const;
    const checks = [
      { id: 'a', covers: inside('test') },
      { id: 'b', covers: () => false },
    ];
    const expected = { planned: ['a 1 all', 'b 1000 all'], outside: [] };
    expect(plan(checks, { reasons })).toEqual(expected);
    expect(plan(checks, { everything: true })).toEqual(expected);
  });

  it('is nothing where nothing changed', () => {
    expect(plan([{ narrowing: 'whole' }], { reached: {} })).toEqual({ planned: [], outside: ['lint:sample'] });
  });
});

it('orders by distance, then by cost, then by name', () => {
  const of = (id: string, kind: Check['kind'], folder: string): Partial<Check> => ({
    id,
    kind,
    narrowing: 'whole',
    covers: inside(folder),
  });
  const checks = [
    of('far', 'lint', 'test'),
    of('slow', 'build', 'src'),
    of('b', 'lint', 'src'),
    of('quick', 'types', 'src'),
    of('a', 'lint', 'src'),
  ];
  expect(plan(checks).planned.map((line) => line.split(' ')[0])).toEqual(['a', 'b', 'quick', 'slow', 'far']);
});
