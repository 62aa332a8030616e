import { swapToken, textOf } from '../edits.ts';
import type { Operator } from '../operator.ts';
import { holdsString } from '../strings.ts';

const SWAPS: Readonly<Record<string, string>> = {
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
  '//=': '*=',
  '%=': '*=',
  '**=': '*=',
  '&=': '|=',
  '|=': '&=',
  '^=': '&=',
  '&^=': '|=',
  '<<=': '>>=',
  '>>=': '<<=',
  '>>>=': '<<=',
  '&&=': '||=',
  '||=': '&&=',
  '??=': '=',
};

export const compoundAssignment: Operator = {
  name: 'compound-assignment',
  description: '+= becomes -=, &&= becomes ||=, ??= becomes =',
  mutate(mutable, text, spelling) {
    if (mutable.kind !== 'assignment') return [];
    const operator = textOf(text, mutable.operator);
    const token = SWAPS[operator];
    if (token === undefined) return [];
    // Text and lists can be added to, not taken from.
    const sides = { ...mutable, left: mutable.target, right: mutable.value };
    return [swapToken(text, mutable.operator, operator === '+=' && holdsString(sides, text, spelling) ? '=' : token)];
  },
};
