import { runInNewContext } from 'node:vm';
import type { MatchedGroups, MatchLines } from '../engine/ports.ts';

/** Milliseconds for all lines of one output. */
const LIMIT = 2_000;
const SCRIPT = 'const pattern = new RegExp(regexp); lines.map((line) => pattern.exec(line) ?? undefined)';

/** Only a script in a context of its own can be stopped in the middle of a match. */
export const matchLines: MatchLines = (regexp, lines) => {
  try {
    const matches: (MatchedGroups | undefined)[] = runInNewContext(SCRIPT, { regexp, lines }, { timeout: LIMIT });
    return matches;
  } catch (error) {
    if (codeOf(error) === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
};

/** By its shape: an error may be of the other context's class. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
