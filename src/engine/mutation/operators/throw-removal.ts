import { replacing } from '../edits.ts';
import type { Operator } from '../operator.ts';

export const throwRemoval: Operator = {
  name: 'throw-removal',
  description: 'throw, raise or panic is left out',
  mutate(mutable, _text, { nothing }) {
    if (mutable.kind !== 'statement' || !mutable.removable || mutable.of !== 'throw') return [];
    return [replacing(mutable, nothing)];
  },
};
