import { structuredPatch } from 'diff';
import { type Mutant, mutate } from '../mutation/mutant.ts';
import { positionAt } from '../text.ts';

/** Lines shown around those that differ. */
const CONTEXT = 1;

/** The mutant as a unified diff of its lines; the text is the whole file's. */
export function mutantDiff(text: string, { path, edit }: Pick<Mutant, 'path' | 'edit'>): string {
  const first = startOfLine(text, edit.start, CONTEXT);
  const last = endOfLine(text, edit.end, CONTEXT);
  const before = text.slice(first, last);
  const after = mutate(before, { ...edit, start: edit.start - first, end: edit.end - first });
  const { hunks } = structuredPatch(path, path, before, after, '', '', { context: CONTEXT });
  const skipped = positionAt(text, first).line - 1;
  const shown = hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => {
    const head = `@@ -${oldStart + skipped},${oldLines} +${newStart + skipped},${newLines} @@`;
    return [head, ...lines.filter((line) => !line.startsWith('\\')).map((line) => line.replace(/\r$/, ''))].join('\n');
  });
  return [`--- ${path}`, `+++ ${path}`, ...shown].join('\n');
}

function startOfLine(text: string, offset: number, more: number): number {
  let start = lineStart(text, offset);
  for (let count = 0; count < more; count++) start = lineStart(text, start - 1);
  return start;
}

function endOfLine(text: string, offset: number, more: number): number {
  let end = lineEnd(text, offset);
  for (let count = 0; count < more; count++) end = lineEnd(text, end);
  return end;
}

function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Behind the end of the line. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}
