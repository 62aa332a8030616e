import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '../../../src/engine/change/change.ts';
import { parseRaw } from '../../../src/platform/read-change.ts';

const NONE = '0'.repeat(40);
const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);

function raw(letter: string, paths: readonly string[], modes = '100644 100644', ids = `${OLD} ${NEW}`): string {
  return `:${modes} ${ids} ${letter}\0${paths.map((path) => `${path}\0`).join('')}`;
}

function file(more: Partial<ChangedFile>): ChangedFile {
  return { path: 'a', status: 'modified', entry: 'file', untracked: false, ...more };
}

describe('one line of git diff --raw -z', () => {
  it.each<[string, string, ChangedFile]>([
    ['modified', raw('M', ['a']), file({ baseDigest: OLD })],
    ['modified in the working tree', raw('M', ['a'], '100644 100644', `${OLD} ${NONE}`), file({ baseDigest: OLD })],
    ['added', raw('A', ['a'], '000000 100644', `${NONE} ${NEW}`), file({ status: 'added' })],
    ['deleted', raw('D', ['a'], '100644 000000', `${OLD} ${NONE}`), file({ status: 'deleted', baseDigest: OLD })],
    ['renamed', raw('R100', ['old', 'a']), file({ status: 'renamed', from: 'old', baseDigest: OLD })],
    ['renamed and changed', raw('R075', ['old', 'a']), file({ status: 'renamed', from: 'old', baseDigest: OLD })],
    ['copied', raw('C100', ['other', 'a']), file({ status: 'added' })],
    ['made executable', raw('M', ['a'], '100644 100755', `${OLD} ${OLD}`), file({ status: 'mode', baseDigest: OLD })],
    ['became a link', raw('T', ['a'], '100644 120000'), file({ status: 'type', entry: 'symlink', baseDigest: OLD })],
    ['a link', raw('M', ['a'], '120000 120000'), file({ entry: 'symlink', baseDigest: OLD })],
    ['a link gone', raw('D', ['a'], '120000 000000'), file({ status: 'deleted', entry: 'symlink', baseDigest: OLD })],
    ['submodule', raw('M', ['a'], '160000 160000'), file({ entry: 'submodule', baseDigest: OLD })],
    [
      'submodule added',
      raw('A', ['a'], '000000 160000', `${NONE} ${NEW}`),
      file({ status: 'added', entry: 'submodule' }),
    ],
    [
      'became a submodule',
      raw('T', ['a'], '100644 160000'),
      file({ status: 'type', entry: 'submodule', baseDigest: OLD }),
    ],
    ['unmerged', raw('U', ['a'], '000000 000000', `${NONE} ${NONE}`), file({ status: 'conflicted' })],
    ['SHA-256', raw('A', ['a'], '000000 100644', `${'0'.repeat(64)} ${'c'.repeat(64)}`), file({ status: 'added' })],
  ])('%s', (_, text, expected) => expect(parseRaw(text)).toEqual([expected]));

  it.each(['a b', 'a\nb', 'a\tb', 'ü', ':100644 x', '"a"', 'a\\b', '-a', '𝒳'])(
    'takes the path as it is: %j',
    (path) => {
      expect(parseRaw(raw('M', [path])).map((found) => found.path)).toEqual([path]);
      expect(parseRaw(raw('R090', ['x', path]))[0]).toMatchObject({ from: 'x', path });
      expect(parseRaw(raw('R090', [path, 'x']))[0]).toMatchObject({ from: path, path: 'x' });
    },
  );
});

describe('several', () => {
  it('come in order, a rename among them', () => {
    const text = raw('M', ['a']) + raw('R100', ['b', 'c']) + raw('D', ['d'], '100644 000000');
    expect(parseRaw(text).map(({ path, status }) => `${path} ${status}`)).toEqual([
      'a modified',
      'c renamed',
      'd deleted',
    ]);
  });

  it.each([
    ['first as unmerged', raw('U', ['a'], '000000 000000', `${NONE} ${NONE}`) + raw('M', ['a'])],
    ['first as modified', raw('M', ['a']) + raw('U', ['a'], '000000 000000', `${NONE} ${NONE}`)],
  ])('of one path in conflict are one conflict: %s', (_, text) => {
    expect(parseRaw(text).map(({ path, status }) => `${path} ${status}`)).toEqual(['a conflicted']);
  });

  it('are none of nothing', () => expect(parseRaw('')).toEqual([]));

  it('give every path once, whatever git lists', () => {
    const path = fc.string({ minLength: 1, maxLength: 4 }).filter((text) => !text.includes('\0'));
    const entry = fc.tuple(fc.constantFrom('M', 'A', 'D', 'T', 'R100', 'C90', 'U'), path, path);
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const text = entries
          .map(([letter, first, second]) => raw(letter, /^[RC]/.test(letter) ? [first, second] : [first]))
          .join('');
        const paths = entries.map(([letter, first, second]) => (/^[RC]/.test(letter) ? second : first));
        expect(parseRaw(text).map((found) => found.path)).toEqual([...new Set(paths)]);
      }),
    );
  });
});
