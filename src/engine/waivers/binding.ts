import type { Finding, Range } from '../../protocol/finding.ts';
import type { Waiver } from '../../protocol/waivers.ts';
import type { Digest } from '../ports.ts';

/** What a waiver is tied to: it holds while these lines stand somewhere in its file. */
export type Binding = Pick<Waiver, 'lines' | 'content'>;

/** Text of a file as it stands; undefined where there is none. */
export type TextOf = (path: string) => string | undefined;

/** Findings that speak of a file as a whole, whatever line they point at. */
const WHOLE = /^(tests|size)\//;
/** A comment says nothing without the line it silences. */
const WITH_NEXT = /^suppression\//;

export function bindFinding(
  { code, path, range, message }: Pick<Finding, 'code' | 'path' | 'range' | 'message'>,
  textOf: TextOf,
  digest: Digest,
): Binding {
  if (path === '') return { lines: 0, content: short(message, digest) };
  const text = textOf(path);
  if (range === undefined || text === undefined || WHOLE.test(code)) return bindFile(text, digest);
  return bindLines(text, range, digest, WITH_NEXT.test(code) ? 1 : 0);
}

function bindFile(text: string | undefined, digest: Digest): Binding {
  return { lines: 0, content: short(text ?? '', digest) };
}

/** @param more lines after those of the range. */
export function bindLines(text: string, { start, end }: Range, digest: Digest, more = 0): Binding {
  const last = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  const all = linesOf(text);
  const lines = all.slice(start.line - 1, last + more);
  return { lines: Math.max(1, lines.length), content: short(lines.join('\n'), digest) };
}

/** Whether what a waiver is bound to is still there, wherever in its file it has moved. */
export function stands({ path, lines, content }: Waiver, textOf: TextOf, digest: Digest): boolean {
  if (path === '') return true;
  const text = textOf(path);
  if (lines === 0) return bindFile(text, digest).content === content;
  const all = linesOf(text ?? '');
  return all.some((_, at) => short(all.slice(at, at + lines).join('\n'), digest) === content);
}

/** Indentation and spacing are a formatter's. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n/).map((line) => line.trim().replace(/\s+/g, ' '));
}

function short(text: string, digest: Digest): string {
  return digest(text).slice(0, 16);
}
