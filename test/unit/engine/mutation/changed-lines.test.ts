import { describe, expect, it } from 'vitest';
import { changedLines } from '../../../../src/engine/mutation/changed-lines.ts';

const lines = (...texts: readonly string[]): string => `${texts.join('\n')}\n`;
const changed = (base: string | undefined, head: string): readonly number[] =>
  [...changedLines(base, head)].sort((a, b) => a - b);

describe('lines of a change', () => {
  const TABLE: readonly (readonly [what: string, base: string, head: string, expected: readonly number[]])[] = [
    ['nothing', lines('a', 'b'), lines('a', 'b'), []],
    ['an added line', lines('a', 'c'), lines('a', 'b', 'c'), [2]],
    ['a modified line', lines('a', 'b', 'c'), lines('a', 'x', 'c'), [2]],
    ['a deleted line: its neighbours', lines('a', 'b', 'c', 'd'), lines('a', 'c', 'd'), [1, 2]],
    ['a deleted first line', lines('a', 'b', 'c'), lines('b', 'c'), [1]],
    ['a deleted last line', lines('a', 'b', 'c'), lines('a', 'b'), [2]],
    [
      'a deletion beside empty lines: the nearest that say something',
      lines('a', '', 'b', '', 'c'),
      lines('a', '', '', 'c'),
      [1, 4],
    ],
    ['two places', lines('a', 'b', 'c', 'd', 'e'), lines('x', 'b', 'c', 'd', 'y'), [1, 5]],
    ['fewer lines than before', lines('a', 'b', 'c', 'd'), lines('a', 'x', 'd'), [2]],
    ['line ends alone', 'a\r\nb\r\n', 'a\nb\n', []],
    ['everything deleted', lines('a', 'b'), '', []],
  ];
  it.each(TABLE)('%s', (_, base, head, expected) => {
    expect(changed(base, head)).toEqual(expected);
  });

  it('are all lines where there is no base', () => {
    expect(changed(undefined, 'a\nb')).toEqual([1, 2]);
  });

  it('are all lines of a rewrite too large to compare', () => {
    const base = Array.from({ length: 15_000 }, (_, index) => `old ${index}`).join('\n');
    const head = Array.from({ length: 15_000 }, (_, index) => `new ${index}`).join('\n');
    expect(changedLines(base, head).size).toBe(15_000);
  });
});
