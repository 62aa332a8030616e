import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutate } from '../../../../src/engine/mutation/mutant.ts';
import { mutantDiff } from '../../../../src/engine/report/mutant-diff.ts';

function diffOf(text: string, from: string, to: string): readonly string[] {
  const start = text.indexOf(from);
  return mutantDiff(text, { path: 'a.ts', edit: { start, end: start + from.length, text: to } }).split('\n');
}

const HEAD = ['--- a.ts', '+++ a.ts'];

describe('the diff of a mutant', () => {
  it.each<[string, string, string, string, readonly string[]]>([
    [
      'of one line shows its neighbours',
      'a\nx > 1\nb\nc',
      '>',
      '>=',
      ['@@ -1,3 +1,3 @@', ' a', '-x > 1', '+x >= 1', ' b'],
    ],
    ['at the beginning', 'x > 1\nb\nc', '>', '<', ['@@ -1,2 +1,2 @@', '-x > 1', '+x < 1', ' b']],
    ['at the end without a line end', 'a\nx > 1', '>', '<', ['@@ -1,2 +1,2 @@', ' a', '-x > 1', '+x < 1']],
    ['after empty lines', '\n\nx', 'x', 'y', ['@@ -2,2 +2,2 @@', ' ', '-x', '+y']],
    ['of lines that look like a head', 'a\n--x;\nb', '--x;', '++x;', ['@@ -1,3 +1,3 @@', ' a', '---x;', '+++x;', ' b']],
    [
      'of a statement that is gone',
      'a\nf(\n  1,\n);\nb',
      'f(\n  1,\n);',
      '',
      ['@@ -1,5 +1,3 @@', ' a', '-f(', '-  1,', '-);', '+', ' b'],
    ],
    ['with Windows line ends', 'a\r\nx > 1\r\nb\r\n', '>', '<', ['@@ -1,3 +1,3 @@', ' a', '-x > 1', '+x < 1', ' b']],
  ])('%s', (_, text, from, to, expected) => expect(diffOf(text, from, to)).toEqual([...HEAD, ...expected]));

  it('turns the text into the mutant, wherever it is', () => {
    const text = fc.array(fc.constantFrom('a', 'b(', ')', '', '-c', '+d')).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(
        text,
        fc.nat(),
        fc.nat(3),
        fc.constantFrom('', 'z', 'y\nz', '\n'),
        (inner, at, length, replacement) => {
          const source = `first\n${inner}\nlast\n`;
          const start = 'first\n'.length + (at % (inner.length + 1));
          const edit = { start, end: Math.min('first\n'.length + inner.length, start + length), text: replacement };
          const lines = mutantDiff(source, { path: 'a.ts', edit }).split('\n').slice(2);
          expect(applied(source, lines)).toBe(mutate(source, edit));
        },
      ),
    );
  });
});

/** What `patch` does, for hunks without a word about missing line ends. */
function applied(text: string, lines: readonly string[]): string {
  const source = text.split('\n');
  const result = [...source];
  let shift = 0;
  let at = 0;
  for (const line of lines) {
    const head = /^@@ -(\d+),(\d+) \+\d+,\d+ @@$/.exec(line);
    if (head !== null) at = Number(head[1]) - 1 + shift + (head[2] === '0' ? 1 : 0);
    else if (line.startsWith(' ')) expect(result[at++]).toBe(line.slice(1));
    else if (line.startsWith('-')) {
      expect(result[at]).toBe(line.slice(1));
      result.splice(at, 1);
      shift--;
    } else {
      result.splice(at++, 0, line.slice(1));
      shift++;
    }
  }
  return result.join('\n');
}
