import fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { globMatcher } from '../../../src/engine/glob.ts';

describe('globs', () => {
  it.each<[readonly string[], string, boolean]>([
    [['src/**'], 'src/a/b.ts', true],
    [['a', 'b'], 'b', true],
    [['a', 'b'], 'c', false],
    [[], 'a', false],
    [[''], '', false],
    [['', 'a'], 'a', true],
  ])('%j and %j: %s', (globs, path, expected) => expect(globMatcher(globs)(path)).toBe(expected));

  // picomatch alone never returns for some of these.
  it.each(['a', '*', '[a', '[a]', '!(a)', '{a,b}', 'a/b', '(', '"'])('come to an end after %j', (start) => {
    for (let count = 0; count < 12; count++) {
      const glob = start + '\\'.repeat(count);
      for (const options of [{}, { dot: true }, { dot: true, nonegate: true }])
        expect(typeof globMatcher(glob, options)('a\\')).toBe('boolean');
    }
  });

  it.each([
    ['[x]/a\\\\\\\\', 'x/a\\', true],
    ['[x]/a\\\\\\\\', 'x/a', false],
    ['*\\\\\\\\\\\\', 'a\\', true],
  ])('take a run of backslashes at the end for one, as in the middle: %j and %j', (glob, path, expected) =>
    expect(globMatcher(glob)(path)).toBe(expected),
  );

  it('mean what picomatch says of all others', () => {
    const part = fc.constantFrom('a', 'b', '/', '*', '**', '?', '[', ']', '{', '}', ',', '!', '(', ')', '\\', '.');
    const text = fc.array(part).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (glob, path) => {
        fc.pre(glob !== '' && !/\\{4}$/.test(glob));
        expect(globMatcher(glob, { dot: true })(path)).toBe(picomatch(glob, { dot: true })(path));
      }),
      { numRuns: 500 },
    );
  });
});
