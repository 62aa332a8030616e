import { textOf } from './edits.ts';
import type { Mutable, Span } from './mutable.ts';

/**
 * Without what another mutable of the same piece says better: of a condition or returned value that is a comparison or a
 * negation, that one; of a block of one statement, the statement.
 */
export function withoutRepeats(mutables: readonly Mutable[], text: string): readonly Mutable[] {
  const decided = new Set<string>();
  const sole = new Set<string>();
  for (const mutable of mutables) {
    const { kind } = mutable;
    if ((kind === 'binary' || kind === 'unary') && DECIDES.test(textOf(text, mutable.operator)))
      decided.add(keyOf(mutable));
    if (kind === 'statement' && (mutable.removable || OWN.has(mutable.of))) sole.add(keyOf(mutable));
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

/** Statements that have mutants of their own which say as much. */
const OWN = new Set(['return', 'compound']);

/** Operators whose result is true or false. */
const DECIDES = /^(?:[=!]==?|[<>]=?|!|not|in|not\s+in|is|is\s+not|instanceof)$/;

function keyOf({ start, end }: Span): string {
  return `${start}:${end}`;
}
