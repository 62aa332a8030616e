import { replacing, swapToken, textOf } from '../edits.ts';
import { IS_EQUAL } from '../method-names.ts';
import type { Mutable } from '../mutable.ts';
import type { Operator } from '../operator.ts';

const OPPOSITES: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '===': '!==',
  '!==': '===',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  is: 'is not',
  'is not': 'is',
  in: 'not in',
  'not in': 'in',
};

/** JavaScript and Java have no word for the opposite. */
const NEGATED = new Set(['in', 'instanceof']);

export const comparisonFlip: Operator = {
  name: 'comparison-flip',
  description: '== becomes !=, < becomes >=, in becomes not in',
  mutate(mutable, text, { language, not }) {
    if (mutable.kind === 'call')
      return asksEqual(mutable, text) ? [replacing(mutable, not(textOf(text, mutable)))] : [];
    if (mutable.kind !== 'binary') return [];
    const token = textOf(text, mutable.operator).replace(/\s+/g, ' ');
    if (NEGATED.has(token) && language !== 'python') return [replacing(mutable, not(textOf(text, mutable)))];
    const opposite = OPPOSITES[token];
    return opposite === undefined ? [] : [swapToken(text, mutable.operator, opposite)];
  },
};

function asksEqual(
  { start, name, arguments: given, exchange }: Extract<Mutable, { kind: 'call' }>,
  text: string,
): boolean {
  const used = exchange.form === 'expression' || exchange.start !== start;
  return used && given.length > 0 && IS_EQUAL.test(textOf(text, name));
}
