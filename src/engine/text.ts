import type { Position } from '../protocol/finding.ts';

/** Place of a UTF-16 offset, 1-based. */
export function positionAt(text: string, offset: number): Position {
  const end = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: end - start + 1 };
}

/** UTF-16 offset of a place; the end of the text where there is none such. */
export function offsetAt(text: string, { line, column }: Position): number {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return Math.min(text.length, start + column - 1);
}

/** Cuts to at most `max` UTF-16 units, never inside what a reader takes for one character; `…` shows the cut. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return max < 1 ? '' : `${text.slice(0, boundaryBefore(text, max - 1))}…`;
}

let segmenter: Intl.Segmenter | undefined;

/** The last place, `end` or before, between two characters of a reader. */
function boundaryBefore(text: string, end: number): number {
  // Only what stands between two plain letters can belong together, so no more than that is looked at.
  let start = end;
  while (start > 0 && !(isPlain(text, start - 1) && isPlain(text, start))) start--;
  if (start === end) return end;
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const around = text.slice(start, end + 2);
  return start + (segmenter.segment(around).containing(end - start)?.index ?? 0);
}

/** Printable ASCII: between two of these there always is a boundary. */
function isPlain(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x20 && code <= 0x7e;
}

/** What moves a cursor, ends a line or turns the direction of the text around. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** One line for a person: control characters, line ends among them, shown as escapes. */
export function oneLine(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return ' ';
    return character === '\r' ? '' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
