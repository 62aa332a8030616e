import { replacing, textOf } from '../edits.ts';
import type { Operator } from '../operator.ts';

const NOTHING = /^(?:undefined|null|None|void 0)$/;

export const defaultArgument: Operator = {
  name: 'default-argument',
  description: 'a parameter loses its default',
  mutate(mutable, text, { language, null: nothing }) {
    if (mutable.kind !== 'default' || NOTHING.test(textOf(text, mutable.value))) return [];
    if (language === 'go' || language === 'rust' || language === 'java') return [];
    return [replacing(mutable.value, language === 'python' ? nothing : 'undefined')];
  },
};
