import { parenthesized, replacing, textOf } from '../edits.ts';
import type { Operator } from '../operator.ts';

export const logicalOperand: Operator = {
  name: 'logical-operand',
  description: 'a && b becomes b, or a; so does a || b',
  mutate(mutable, text, { and, or }) {
    if (mutable.kind !== 'logical') return [];
    const { start, end, operator } = mutable;
    const token = textOf(text, operator);
    if (token !== and && token !== or) return [];
    const left = parenthesized(text, mutable, mutable.left, 'left', operator);
    const right = parenthesized(text, mutable, mutable.right, 'right', operator);
    return [replacing({ start: left.end, end }, ''), replacing({ start, end: right.start }, '')];
  },
};
