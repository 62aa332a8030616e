import { replacing } from '../edits.ts';
import type { Operator } from '../operator.ts';

export const booleanLiteral: Operator = {
  name: 'boolean-literal',
  description: 'true becomes false, and the other way round',
  mutate(mutable, _text, { true: yes, false: no }) {
    return mutable.kind === 'boolean' ? [replacing(mutable, mutable.value ? no : yes)] : [];
  },
};
