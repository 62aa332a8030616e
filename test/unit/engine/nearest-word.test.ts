import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../../src/engine/nearest-word.ts';

const WORDS = ['loop', 'explain', 'init', 'doctor'];

describe('the nearest word', () => {
  it.each([
    ['loop', 'loop'],
    ['lop', 'loop'],
    ['LOOP', 'loop'],
    ['pool', 'loop'],
    ['explian', 'explain'],
    ['explanation', undefined],
    ['docter', 'doctor'],
    ['mutate', undefined],
    ['', undefined],
    ['xyz', undefined],
  ])('to %j is %s', (word, expected) => expect(nearestWord(word, WORDS)).toBe(expected));

  it('is the first of several as near', () => expect(nearestWord('ax', ['ab', 'ac'])).toBe('ab'));

  it('is none among none', () => expect(nearestWord('a', [])).toBeUndefined());

  it('is the word itself where it is there', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, selector: (word) => word.toLowerCase() }),
        (words) => {
          for (const word of words) expect(nearestWord(word, words)).toBe(word);
        },
      ),
    );
  });

  it('is one of the words, or none', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (word, words) => {
        const near = nearestWord(word, words);
        if (near !== undefined) expect(words).toContain(near);
      }),
    );
  });
});
