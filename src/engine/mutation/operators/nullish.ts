import { parenthesized, replacing, textOf } from '../edits.ts';
import type { Operator } from '../operator.ts';

export const nullish: Operator = {
  name: 'nullish',
  description: 'a ?? b becomes a',
  mutate(mutable, text) {
    if (mutable.kind !== 'logical' || textOf(text, mutable.operator) !== '??') return [];
    // Without it there would be nothing instead of nothing.
    if (/^(?:undefined|null|void 0)$/.test(textOf(text, mutable.right))) return [];
    const left = parenthesized(text, mutable, mutable.left, 'left', mutable.operator);
    return [replacing({ start: left.end, end: mutable.end }, '')];
  },
};
