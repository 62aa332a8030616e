import { describe, expect, it } from 'vitest';
import { relocator } from '../../../src/engine/relocate.ts';

const range = (from: number, to = from) => ({ start: { line: from, column: 3 }, end: { line: to, column: 7 } });
const text = (...lines: readonly string[]): string => lines.join('\n');

describe('where a range has gone', () => {
  const before = text('a', 'b', 'c', 'd', 'e');
  const TABLE: readonly (readonly [what: string, now: string, from: number, to: number | undefined])[] = [
    ['nowhere, where nothing changed', before, 3, 3],
    ['down, with lines above', text('x', 'y', 'a', 'b', 'c', 'd', 'e'), 3, 5],
    ['up, where lines above are gone', text('c', 'd', 'e'), 3, 1],
    ['not at all, with lines below', text('a', 'b', 'c', 'd', 'e', 'x'), 3, 3],
    ['away, where its line changed', text('a', 'b', 'C', 'd', 'e'), 3, undefined],
    ['between two changes', text('x', 'b', 'c', 'd', 'y', 'z'), 3, 3],
    ['between insertions', text('a', 'x', 'b', 'c', 'y', 'd', 'e'), 3, 4],
    ['away, where the text is empty', '', 3, undefined],
  ];
  it.each(TABLE)('%s', (_, now, from, to) => {
    expect(relocator(before, now)(range(from))?.start.line).toBe(to);
  });

  it('keeps columns', () => {
    expect(relocator(before, `x\n${before}`)(range(2))).toEqual(range(3));
  });

  it('loses a range of several lines as soon as one of them changes, or another comes between', () => {
    expect(relocator(before, text('a', 'b', 'c', 'D', 'e'))(range(2, 4))).toBeUndefined();
    expect(relocator(before, text('a', 'b', 'c', 'x', 'd', 'e'))(range(2, 4))).toBeUndefined();
    expect(relocator(before, text('x', 'a', 'b', 'c', 'd', 'e'))(range(2, 4))).toEqual(range(3, 5));
  });

  it('says nothing of a text that is another', () => {
    const many = (word: string): string => Array.from({ length: 3000 }, (_, index) => `${word} ${index}`).join('\n');
    expect(relocator(many('a'), many('b'))(range(1500))).toBeUndefined();
  });
});
