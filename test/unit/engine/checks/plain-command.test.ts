import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitPlainCommand } from '../../../../src/engine/checks/plain-command.ts';

it.each<[string, readonly string[]]>([
  ['eslint .', ['eslint', '.']],
  ["  a  'b c'\td ", ['a', 'b c', 'd']],
  ['a "b \\"c\\" \\n"', ['a', 'b "c" \\n']],
  ['a b\\ c \\$HOME', ['a', 'b c', '$HOME']],
  ["a '$HOME' '`x`' ';' '>'", ['a', '$HOME', '`x`', ';', '>']],
  ["a --x='b c'd", ['a', '--x=b cd']],
  ['a "" b', ['a', '', 'b']],
  ['a {files} {scope.root}/x', ['a', '{files}', '{scope.root}/x']],
  ['a src/** "**/*.ts" HEAD~1 x#y', ['a', 'src/**', '**/*.ts', 'HEAD~1', 'x#y']],
  ['grep foo$ "bar$"', ['grep', 'foo$', 'bar$']],
  ['a \\\n b', ['a', 'b']],
  ['a X=1', ['a', 'X=1']],
])('%j is the words %j', (line, words) => expect(splitPlainCommand(line)).toEqual(words));

it.each([
  ...[
    '',
    '  ',
    'a; b',
    'a && b',
    'a || b',
    'a | b',
    'a & b',
    'a &',
    'a\nb',
    '(a)',
    'a > b',
    'a >> b',
    'a 2>&1',
    'a < b',
  ],
  ...['a $X', `a \${X}`, 'a "$X"', `a "x\${X}"`, 'a $(b)', 'a "$(b)"', 'a `b`', 'a "`b`"', 'a $1', "a $'x'"],
  ...['X=1 a', 'X+=1 a', "a 'b", 'a "b', 'a \\', 'a ~/b', 'a # b'],
])('%j needs a shell', (line) => expect(splitPlainCommand(line)).toBeUndefined());

it('words in single quotes come back, whatever they are', () => {
  const word = fc.string({ unit: 'binary' }).filter((text) => !text.includes("'"));
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const line = ['a', ...words.map((text) => `'${text}'`)].join(' ');
      expect(splitPlainCommand(line)).toEqual(['a', ...words]);
    }),
  );
});
