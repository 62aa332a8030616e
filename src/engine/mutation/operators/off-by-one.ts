import { inParentheses, replacing, swapToken, textOf } from '../edits.ts';
import type { Edit, Span, Spelling } from '../mutable.ts';
import type { Operator } from '../operator.ts';

/** Calls whose numbers are places in a sequence. */
const BY_PLACE: Readonly<Record<Spelling['language'], RegExp>> = {
  typescript: /^(?:slice|substring|subarray|at|charAt|charCodeAt|codePointAt)$/,
  javascript: /^(?:slice|substring|subarray|at|charAt|charCodeAt|codePointAt)$/,
  python: /^(?:range|islice)$/,
  go: /^$/,
  rust: /^(?:skip|take|nth|split_at|truncate)$/,
  java: /^(?:substring|subList|subSequence|copyOfRange|range|skip|limit)$/,
};

export const offByOne: Operator = {
  name: 'off-by-one',
  description: 'slice(a, b) becomes slice(a, b + 1), a..b becomes a..=b',
  mutate(mutable, text, { language }) {
    switch (mutable.kind) {
      case 'range':
        return inclusive(text, mutable.operator);
      case 'slice':
        return [mutable.to, mutable.from].flatMap((bound) => (bound === undefined ? [] : plusOne(text, bound)));
      case 'call': {
        if (!BY_PLACE[language].test(textOf(text, mutable.name)) || mutable.isNew) return [];
        const numbers = mutable.arguments.toReversed().slice(language === 'python' ? -2 : 0);
        return numbers.flatMap((argument) => plusOne(text, argument));
      }
      default:
        return [];
    }
  },
};

/** Numbers written out are mutated as numbers, those behind a sign too. */
function plusOne(text: string, bound: Span): readonly Edit[] {
  const written = textOf(text, bound);
  if (/^[-\d]|^["'`{[]|=>|\blambda\b|^\.\.\.|[-+]\s*\d+$/.test(written) || /^(?:None|null|undefined)$/.test(written))
    return [];
  return [replacing(bound, `${inParentheses(written)} + 1`)];
}

/** A range without an end has none that could be meant. */
function inclusive(text: string, operator: Span): readonly Edit[] {
  const token = textOf(text, operator);
  if (token === '..=') return [swapToken(text, operator, '..')];
  return token === '..' && /^\s*[^\s)\]},;{]/.test(text.slice(operator.end, operator.end + 20))
    ? [replacing(operator, '..=')]
    : [];
}
