import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, oneLine, plural, positionAt } from '../../../src/engine/text.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('a', '𝒳', '👩‍👩‍👧', 'e\u0301', '🏳️‍🌈', '👍🏽', '🇩🇪', '\n', '\r\n'))
    .map((parts) => parts.join('')),
);

describe('cut', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['', 0, ''],
    ['abcd', 1, '…'],
    ['a𝒳b', 3, 'a…'],
    ['a𝒳bc', 4, 'a𝒳…'],
    ['ae\u0301b', 3, 'a…'],
    ['ab👩‍👩‍👧', 6, 'ab…'],
    ['a👍🏽b', 4, 'a…'],
    ['a🇩🇪b', 4, 'a…'],
  ])('%j to %i: %j', (whole, max, expected) => expect(cut(whole, max)).toBe(expected));

  it('never exceeds the limit, splits a surrogate pair or makes up text', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (whole, max) => {
        const short = cut(whole, max);
        expect(short.length).toBeLessThanOrEqual(max);
        if (short === whole) return;
        expect(whole.length).toBeGreaterThan(max);
        expect(whole.startsWith(short.slice(0, -1))).toBe(true);
        expect(short.endsWith('…')).toBe(true);
        if (whole.isWellFormed()) expect(short.isWellFormed()).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('never splits what a reader takes for one character', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (whole, max) => {
        const short = cut(whole, max);
        if (short === whole) return;
        const ends = [...segmenter.segment(whole)].map(({ index }) => index);
        expect(ends).toContain(short.length - 1);
      }),
    );
  });
});

describe('oneLine', () => {
  it.each([
    ['a\nb', 'a\\nb'],
    ['a\r\nb', 'a\\nb'],
    ['a\tb', 'a b'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['a\u2028b', 'a\\u2028b'],
    ['a\u202eb', 'a\\u202eb'],
    ['a\u0085b', 'a\\u0085b'],
    ['a\u009b31mb', 'a\\u009b31mb'],
    ['ünï 𝒳 👍', 'ünï 𝒳 👍'],
  ])('%j: %j', (from, expected) => expect(oneLine(from)).toBe(expected));

  it('leaves one line without control characters, and that alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (whole) => {
        const line = oneLine(whole);
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(oneLine(line)).toBe(line);
      }),
    );
  });
});

describe('positionAt', () => {
  it.each([
    [0, 1, 1],
    [2, 1, 3],
    [3, 2, 1],
    [4, 2, 2],
    [6, 4, 1],
    [7, 4, 2],
    [99, 4, 2],
    [-5, 1, 1],
  ])('%i is %i:%i', (offset, line, column) => expect(positionAt('ab\nc\n\nd', offset)).toEqual({ line, column }));

  it('leads back to the offset', () => {
    fc.assert(
      fc.property(text, fc.nat(40), (whole, offset) => {
        const { line, column } = positionAt(whole, offset);
        const before = whole
          .split('\n')
          .slice(0, line - 1)
          .reduce((sum, part) => sum + part.length + 1, 0);
        expect(before + column - 1).toBe(Math.min(offset, whole.length));
      }),
    );
  });
});

it.each([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
])('plural %i: %s', (count, expected) => expect(plural(count, 'file')).toBe(expected));
