import { replacing } from '../edits.ts';
import type { Operator } from '../operator.ts';

export const optionalChain: Operator = {
  name: 'optional-chain',
  description: 'a?.b becomes a.b',
  mutate(mutable, text) {
    if (mutable.kind !== 'optional-chain') return [];
    const { end } = mutable.operator;
    return [replacing(mutable.operator, /^\s*[([<`]/.test(text.slice(end, end + 40)) ? '' : '.')];
  },
};
