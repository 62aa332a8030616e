import { outerOperators, parenthesized, replacing, standsAlone, swapToken, textOf } from '../edits.ts';
import type { Edit, Mutable, Spelling } from '../mutable.ts';
import type { Operator } from '../operator.ts';

export const logicalSwap: Operator = {
  name: 'logical-swap',
  description: '&& becomes ||, and becomes or, and the other way round',
  mutate(mutable, text, spelling) {
    if (mutable.kind !== 'logical') return [];
    const token = textOf(text, mutable.operator);
    if (token === spelling.and) return [toOr(mutable, text, spelling)];
    return token === spelling.or ? [toAnd(mutable, text, spelling)] : [];
  },
};

type Logical = Extract<Mutable, { kind: 'logical' }>;

/** What binds less would take in its neighbours, and then be another expression than the one that is exchanged. */
function toOr(mutable: Logical, text: string, { or }: Spelling): Edit {
  const { start, end, operator } = mutable;
  if (standsAlone(text, mutable)) return swapToken(text, operator, or);
  return replacing(mutable, `(${text.slice(start, operator.start)}${or}${text.slice(operator.end, end)})`);
}

/** What binds more must not take an operand apart. */
function toAnd(mutable: Logical, text: string, { and, or }: Spelling): Edit {
  const { operator } = mutable;
  const left = parenthesized(text, mutable, mutable.left, 'left', operator);
  const right = parenthesized(text, mutable, mutable.right, 'right', operator);
  const holdsOr = (operand: string): boolean => outerOperators(operand).includes(or);
  const [before, after] = [textOf(text, left), textOf(text, right)];
  if (!holdsOr(before) && !holdsOr(after)) return swapToken(text, operator, and);
  const close = (operand: string): string => (holdsOr(operand) ? `(${operand})` : operand);
  const [ahead, behind] = [text.slice(left.end, operator.start), text.slice(operator.end, right.start)];
  return replacing(mutable, `${close(before)}${ahead}${and}${behind}${close(after)}`);
}
