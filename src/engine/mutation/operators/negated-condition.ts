import { replacing, textOf } from '../edits.ts';
import type { Operator } from '../operator.ts';

export const negatedCondition: Operator = {
  name: 'negated-condition',
  description: 'if (a) becomes if (!a)',
  mutate(mutable, text, { true: yes, false: no, not }) {
    if (mutable.kind !== 'condition') return [];
    const condition = textOf(text, mutable);
    if (condition === yes || condition === no) return [];
    return [replacing(mutable, not(condition))];
  },
};
