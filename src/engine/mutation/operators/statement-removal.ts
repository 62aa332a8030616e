import { replacing } from '../edits.ts';
import type { Operator } from '../operator.ts';

const REMOVABLE = new Set(['assignment', 'return', 'jump', 'delete', 'other']);

export const statementRemoval: Operator = {
  name: 'statement-removal',
  description: 'an assignment, early return, break or continue is left out',
  mutate(mutable, _text, { nothing }) {
    if (mutable.kind !== 'statement' || !mutable.removable || !REMOVABLE.has(mutable.of)) return [];
    return [replacing(mutable, nothing)];
  },
};
