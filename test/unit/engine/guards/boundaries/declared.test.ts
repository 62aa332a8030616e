import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declaredAt } from '../../../../../src/engine/guards/boundaries/declared.ts';
import { all } from './judged.ts';

/** The same in one expression, which takes time that grows with the square of the text. */
const DECLARED = /^[^\S\n]*(?:import\b(?!\s*[(.])[^;'"()=]*|export\s*(?:type\s*)?[*{][^;'"()=]*from\s*)['"]/gm;

describe('declarations by their look', () => {
  it.each([
    ["import 'a'", [8]],
    [`import a, { b } from "a"; import 'b'`, [22]],
    ["export * from 'a'\nexport {\n  b,\n} from 'b'", [15, 40]],
    ["import('a')\nimport.meta\nimport a = b\nexport { a }; x = 'a'", []],
    ["import a\nimport b from 'a'", [24]],
  ])('%j: %j', (text, expected) => expect(declaredAt(text)).toEqual(expected));

  it('are those of the expression that says what they are', () => {
    const word = fc.constantFrom(
      ...['import', 'import ', 'export ', 'export', 'type ', '{', '}', '*', 'from', ' from ', "'", '"', ';', '(', '='],
      ...['a', ' ', '\n', '\r\n', '\t', '.', '\u2028', '\nimport ', '\nexport *', '\nexport {a} from'],
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 30 }).map((words) => words.join('')),
        (text) => {
          const expected = [...text.matchAll(DECLARED)].map((match) => match.index + match[0].length);
          expect(declaredAt(text)).toEqual(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

// Quadratic time takes tens of seconds for these, linear time milliseconds.
it.each([
  ['beginnings without end', 'import a\n', ''],
  ['beginnings of exports', 'export *\n', "'"],
  ['blank lines', ' \n', ''],
  ['comments in one line', '/** import ', '*/'],
  ['type arguments', 'require<', ">('x')"],
])('the guard takes no time that grows with the square of a file: %s', { timeout: 10_000 }, async (_, unit, end) => {
  const files = { 'a/a.ts': unit.repeat(80_000) + end, 'b/b.ts': '' };
  expect(await all(files, [{ from: 'a/**', deny: 'b/**' }])).toBeDefined();
});
