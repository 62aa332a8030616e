import { textOf } from './edits.ts';
import type { Mutable, Span } from './mutable.ts';

/**
 * Without what another mutable of the same piece says better: of a condition or returned value that is a comparison or a
 * negation, that one; of a block of one statement that can be taken out, the statement.
 */
export function withoutRepeats(mutables: readonly Mutable[], text: string): readonly Mutable[] {
  const decided = new Set<string>();
  const sole = new Set<string>();
  for (const mutable of mutables) {
    const { kind } = mutable;
    if ((kind === 'binary' || kind === 'unary') && DECIDES.test(textOf(text, mutable.operator)))
      decided.add(keyOf(mutable));
    if (kind === 'statement' && (mutable.removable || mutable.of === 'return')) sole.add(keyOf(mutable));
  }
  return mutables.filter((mutable) => {
    switch (mutable.kind) {
      case 'condition':
        return !decided.has(keyOf(mutable));
      case 'return':
        return mutable.value === undefined || !decided.has(keyOf(mutable.value));
      case 'block':
        return mutable.statements !== 1 || !sole.has(keyOf(mutable));
      default:
        return true;
    }
  });
}

/** Operators whose result is true or false. */
const DECIDES = /^(?:[=!]==?|[<>]=?|!|not|in|not\s+in|is|is\s+not|instanceof)$/;

function keyOf({ start, end }: Span): string {
  return `${start}:${end}`;
}
