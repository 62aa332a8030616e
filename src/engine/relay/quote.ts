import { cut } from '../text.ts';

/** What a reader does not see and a model does: control characters, changes of direction, joiners, tags, selectors. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const BREAKS = /\r\n|[\r\u000b\u000c\u0085\u2028\u2029]/g;
/** Escape sequences of a terminal, whole, so that nothing like `[31m` is left of them. */
const TERMINAL = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-_])/g;

/** The text in plain characters, line ends as `\n`. */
export function visible(text: string): string {
  return text.replace(TERMINAL, '').replace(BREAKS, '\n').replace(INVISIBLE, '');
}

/** One line of plain characters. */
export function flat(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

const MAX_INLINE = 160;

/** Text of the repository within a line: a code span that nothing in it can end. */
export function code(text: string, max = MAX_INLINE): string {
  const line = cut(flat(text), max);
  if (line === '') return '(empty)';
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Several as one enumeration, what is beyond `max` counted. */
export function codes(texts: readonly string[], max: number): string {
  const shown = texts.slice(0, max).map((text) => code(text));
  const rest = texts.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

/** Text of the repository of more than a line: fenced, by a fence longer than any in it. */
export function fenced(text: string, max: number): string {
  const body = cut(
    visible(text)
      .replaceAll('\t', '  ')
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    max,
  );
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}text\n${body}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** `2026-11-21 15:02 UTC`; empty for what is no date. */
export function moment(iso: string | undefined): string {
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? '' : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
