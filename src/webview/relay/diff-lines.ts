import { diffLines } from 'diff';

export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'place' | 'same';
  /** Without the sign. */
  readonly text: string;
}

/** Of a unified diff, without the lines that name the files. */
export function parseUnified(diff: string): readonly DiffLine[] {
  const lines = diff.replace(/\n$/, '').split('\n');
  const first = lines.findIndex((line) => line.startsWith('@@'));
  return lines.slice(Math.max(0, first)).flatMap((line) => lineOf(line));
}

function lineOf(line: string): readonly DiffLine[] {
  if (line.startsWith('\\')) return [];
  if (line.startsWith('@@')) return [{ kind: 'place', text: line }];
  const text = line.slice(1);
  if (line.startsWith('+')) return [{ kind: 'added', text }];
  if (line.startsWith('-')) return [{ kind: 'removed', text }];
  return [{ kind: 'same', text }];
}

/** What taking `theirs` for `own` would change. */
export function compare(own: string, theirs: string): readonly DiffLine[] {
  const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
  return diffLines(ended(own), ended(theirs)).flatMap(({ added, removed, value }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): DiffLine => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text })),
  );
}
