import { swapToken, textOf } from '../edits.ts';
import type { Operator } from '../operator.ts';

export const update: Operator = {
  name: 'update',
  description: '++ becomes --, and the other way round',
  mutate(mutable, text) {
    if (mutable.kind !== 'update') return [];
    return [swapToken(text, mutable.operator, textOf(text, mutable.operator) === '++' ? '--' : '++')];
  },
};
