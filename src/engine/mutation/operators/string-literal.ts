import { replacing, textOf } from '../edits.ts';
import type { Spelling } from '../mutable.ts';
import type { Operator } from '../operator.ts';

const FILLING = 'downforce';

export const stringLiteral: Operator = {
  name: 'string-literal',
  description: '"text" becomes "", "" becomes "downforce"',
  mutate(mutable, text, { language }) {
    if (mutable.kind !== 'string' || isFixed(textOf(text, mutable), language)) return [];
    return [replacing(mutable.content, mutable.content.start === mutable.content.end ? FILLING : '')];
  },
};

/** One character, bytes of a length that is part of the type, a format that the compiler holds against its arguments. */
function isFixed(literal: string, language: Spelling['language']): boolean {
  if (language === 'go') return /^'|%[^%]/.test(literal);
  if (language === 'rust') return /^b?'|^br?#*"|[{}]/.test(literal);
  return language === 'java' && literal.startsWith("'");
}
