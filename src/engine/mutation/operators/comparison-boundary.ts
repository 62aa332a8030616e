import { swapToken, textOf } from '../edits.ts';
import type { Mutable } from '../mutable.ts';
import type { Operator } from '../operator.ts';

const BOUNDARIES: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

/** No test can be asked to hit such a number exactly. */
const INEXACT = /\d\.\d|\b(?:epsilon|infinity|inf|NaN|random)\b|_(?:EPSILON|VALUE)\b/i;

export const comparisonBoundary: Operator = {
  name: 'comparison-boundary',
  description: '< becomes <=, and the like',
  mutate(mutable, text) {
    if (mutable.kind !== 'binary') return [];
    const token = BOUNDARIES[textOf(text, mutable.operator)];
    if (token === undefined || INEXACT.test(textOf(text, mutable)) || picksOne(mutable, text)) return [];
    return [swapToken(text, mutable.operator, token)];
  },
};

type Binary = Extract<Mutable, { kind: 'binary' }>;

/** `a < b ? a : b`, `a if a < b else b`, `a < b ? -1 : 1`: for equals both branches say the same, or order does not matter. */
function picksOne({ start, end, left, right }: Binary, text: string): boolean {
  const sides = [textOf(text, left), textOf(text, right)];
  const behind = text.slice(end, end + 200);
  const [, consequent, alternate] = /^[\s)]*\?\s*([^?:]+?)\s*:\s*([^;,)\]}\n]+)/.exec(behind) ?? [];
  if (consequent !== undefined && alternate !== undefined) {
    const branches = [consequent, alternate.trim()];
    return sameSet(sides, branches) || sameSet(branches, ['-1', '1']);
  }
  const [, otherwise] = /^\s+else\s+([^;,)\]}\n]+)/.exec(behind) ?? [];
  const [, chosen] = /([\w.]+)\s+if\s+$/.exec(text.slice(Math.max(0, start - 200), start)) ?? [];
  return otherwise !== undefined && chosen !== undefined && sameSet(sides, [chosen, otherwise.trim()]);
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.every((part) => b.includes(part)) && b.every((part) => a.includes(part));
}
