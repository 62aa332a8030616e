import { diffArrays } from 'diff';

/** More edits than this are a rewrite: then every line counts as changed. */
const MAX_EDITS = 2000;

/**
 * Lines of the head (from 1) that were added or modified, and the lines around what was deleted: a guard that is gone is a
 * change of what stands beside it. Without a base all lines.
 */
export function changedLines(base: string | undefined, head: string): ReadonlySet<number> {
  const lines = linesOf(head);
  const all = (): ReadonlySet<number> => new Set(lines.map((_, index) => index + 1));
  if (base === undefined) return all();
  const parts = diffArrays(linesOf(base), lines, { maxEditLength: MAX_EDITS });
  if (parts === undefined) return all();
  const changed = new Set<number>();
  let line = 1;
  parts.forEach((part, index) => {
    if (part.added) for (let count = 0; count < part.count; count++) changed.add(line++);
    else if (!part.removed) line += part.count;
    else if (parts[index + 1]?.added !== true && parts[index - 1]?.added !== true) around(line, lines, changed);
  });
  return changed;
}

/** The nearest lines with something on them, before and after a place where lines are missing. */
function around(line: number, lines: readonly string[], changed: Set<number>): void {
  const speaks = (at: number): boolean => (lines[at - 1] ?? '').trim() !== '';
  let before = line - 1;
  while (before > 1 && !speaks(before)) before--;
  let after = line;
  while (after < lines.length && !speaks(after)) after++;
  for (const at of [before, after]) if (at >= 1 && at <= lines.length && speaks(at)) changed.add(at);
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r(?!\n)/);
}
