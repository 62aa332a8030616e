import { replacing } from '../edits.ts';
import type { Operator } from '../operator.ts';

export const callRemoval: Operator = {
  name: 'call-removal',
  description: 'a call whose result nobody uses is left out',
  mutate(mutable, _text, { nothing }) {
    if (mutable.kind !== 'statement' || !mutable.removable || mutable.of !== 'call') return [];
    return [replacing(mutable, nothing)];
  },
};
