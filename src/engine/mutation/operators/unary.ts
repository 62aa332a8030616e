import { removing } from '../edits.ts';
import type { Operator } from '../operator.ts';

export const unary: Operator = {
  name: 'unary',
  description: '!a becomes a, -a becomes a, not a becomes a',
  mutate(mutable, text) {
    return mutable.kind === 'unary' ? [removing(text, mutable.operator)] : [];
  },
};
