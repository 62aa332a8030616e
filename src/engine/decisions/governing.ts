import { flat } from '../relay/quote.ts';
import { cut, oneLine } from '../text.ts';
import type { Decision } from './decision.ts';

/** Those that govern one of the scopes, or all of the repository; what governs fewer scopes speaks of them more closely. */
export function governing(decisions: readonly Decision[], scopes: ReadonlySet<string>): readonly Decision[] {
  const own = decisions.filter((decision) => decision.scopes.some((scope) => scopes.has(scope)));
  return [...own, ...decisions.filter((decision) => decision.scopes.length === 0)];
}

const MAX = 5;
const MAX_TEXT = 240;
/** Leaves room for where it stands. */
const MAX_TITLE = 160;

/** For an agent's answer: a line each, what is beyond them counted. */
export function decisionLines(decisions: readonly Decision[]): {
  readonly lines: readonly string[];
  readonly omitted: number;
} {
  const lines = decisions.slice(0, MAX).map(({ date, title, scopes, file }) => {
    const governed = scopes.length === 0 ? '' : ` (${scopes.slice(0, 5).join(', ')})`;
    const head = date === undefined ? '' : `${date}: `;
    return cut(oneLine(`${head}${cut(flat(title), MAX_TITLE)}${governed} [${file}]`), MAX_TEXT);
  });
  return { lines, omitted: decisions.length - lines.length };
}
