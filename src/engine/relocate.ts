import { diffArrays } from 'diff';
import type { Range } from '../protocol/finding.ts';

/** Texts that differ more than this are not compared: what was said of one says nothing of the other. */
const MAX_EDITS = 500;

/**
 * Where a range of one text stands in a later one; undefined where any of its lines has changed. Many ranges of the same two texts
 * are moved at the price of one comparison.
 */
export function relocator(before: string, now: string): (range: Range) => Range | undefined {
  if (before === now) return (range) => range;
  const lines = mapLines(before.split('\n'), now.split('\n'));
  return ({ start, end }) => {
    const from = lines(start.line);
    if (from === undefined) return undefined;
    for (let line = start.line; line <= lastLine({ start, end }); line++)
      if (lines(line) !== from + line - start.line) return undefined;
    const shift = from - start.line;
    return { start: { ...start, line: start.line + shift }, end: { ...end, line: end.line + shift } };
  };
}

function lastLine({ start, end }: Range): number {
  return end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
}

/** The line that an unchanged line has become, both from 1. */
function mapLines(before: readonly string[], now: readonly string[]): (line: number) => number | undefined {
  let head = 0;
  while (head < before.length && head < now.length && before[head] === now[head]) head++;
  let tail = 0;
  const room = Math.min(before.length, now.length) - head;
  while (tail < room && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const middle = mapMiddle(before.slice(head, before.length - tail), now.slice(head, now.length - tail));
  return (line) => {
    if (line <= head) return line;
    if (line > before.length - tail) return line + now.length - before.length;
    const within = middle.get(line - head);
    return within === undefined ? undefined : within + head;
  };
}

function mapMiddle(before: string[], now: string[]): ReadonlyMap<number, number> {
  const map = new Map<number, number>();
  const parts =
    before.length === 0 || now.length === 0 ? [] : (diffArrays(before, now, { maxEditLength: MAX_EDITS }) ?? []);
  let from = 1;
  let to = 1;
  for (const { added, removed, count } of parts) {
    if (!added && !removed) for (let step = 0; step < count; step++) map.set(from + step, to + step);
    if (!added) from += count;
    if (!removed) to += count;
  }
  return map;
}
