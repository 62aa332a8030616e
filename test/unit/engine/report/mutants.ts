import { rangeOf } from '../../../../src/engine/guards/place.ts';
import type { Mutant, MutantResult, TestName } from '../../../../src/engine/mutation/mutant.ts';
import type { MutationResult } from '../../../../src/engine/mutation/run-mutation.ts';
import { sha256 } from '../line-language.ts';

export const CART = `export function total(items: number[], limit: number) {
  const sum = items.reduce((a, b) => a + b, 0);
  if (sum > limit) {
    warn(sum);
    return limit;
  }
  return sum;
}
`;

/** The first place of a text exchanged for another; a mark `‸` in it says where the text begins that is meant. */
export function mutantOf(original: string, replacement: string, more: Partial<Mutant> = {}, text = CART): Mutant {
  const mark = original.indexOf('‸');
  const words = original.replace('‸', '');
  const start = text.indexOf(words) + Math.max(0, mark);
  const end = text.indexOf(words) + words.length;
  if (start < 0) throw new Error(`no ${words}`);
  const own = text.slice(start, end);
  const line = { start: text.lastIndexOf('\n', start - 1) + 1, end: text.indexOf('\n', end) };
  return {
    id: `m-${sha256(`${own}\0${replacement}\0${start}`).slice(0, 10)}`,
    path: 'src/cart.ts',
    language: 'typescript',
    operator: 'comparison-boundary',
    symbol: 'total',
    edit: { start, end, text: replacement },
    original: own,
    range: rangeOf(text, start, end),
    exchange: { ...line, form: 'expression' },
    atLoad: false,
    ...more,
  };
}

export const ADDS: TestName = { file: 'test/cart.test.ts', name: 'total > adds' };
export const LIMITS: TestName = { file: 'test/cart.test.ts', name: 'total > stays below the limit' };

export function resultOf(
  mutant: Mutant,
  status: MutantResult['status'],
  more: Partial<MutantResult> = {},
): MutantResult {
  const coveredBy = status === 'no-coverage' ? [] : [ADDS, LIMITS];
  const killedBy = status === 'killed' ? [LIMITS] : [];
  return { mutant, status, coveredBy, killedBy, killedByIds: [], durationMs: 12.4, ...more };
}

export function mutationOf(results: readonly MutantResult[], more: Partial<MutationResult> = {}): MutationResult {
  return {
    stage: 'done',
    results,
    uncovered: [],
    checks: [{ id: 'test:core', way: 'vitest, all mutants in one run', tests: 3, baselineMs: 100 }],
    notes: [],
    candidates: results.length,
    selection: results.map(({ mutant }) => mutant.id),
    sources: new Map([['src/cart.ts', CART]]),
    durationMs: 420,
    ...more,
  };
}
