import { replacing } from '../edits.ts';
import type { Operator } from '../operator.ts';

export const blockRemoval: Operator = {
  name: 'block-removal',
  description: 'the body of a function, branch, loop or handler becomes empty',
  mutate(mutable, _text, { language, nothing }) {
    if (mutable.kind !== 'block' || !mutable.emptiable || mutable.statements === 0) return [];
    return [replacing(mutable, language === 'python' ? nothing : '')];
  },
};
