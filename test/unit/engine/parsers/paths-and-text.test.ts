import { expect, test } from 'vitest';
import { createPathResolver } from '../../../../src/engine/parsers/paths.ts';
import { oneLine } from '../../../../src/engine/parsers/plain-text.ts';
import { parse, ROOT, show } from './tool-output.ts';

test.each([
  ['src/a.ts', 'pkg/src/a.ts'],
  ['./src/a.ts', 'pkg/src/a.ts'],
  ['../a.ts', 'a.ts'],
  ['..\\lib\\a.ts', 'lib/a.ts'],
  [`${ROOT}/src/a.ts`, 'src/a.ts'],
  [`file://${ROOT}/src/a%20b.ts`, 'src/a b.ts'],
  [`${ROOT}/src/100%.ts`, 'src/100%.ts'],
  [`${ROOT}-other/a.ts`, ''],
  ['/etc/passwd', ''],
  ['../../a.ts', ''],
  ['C:\\work\\repo\\a.ts', ''],
  [ROOT, ''],
  ['', ''],
])('%s is %j', (path, expected) => {
  expect(createPathResolver({ root: ROOT, cwd: `${ROOT}/pkg` })(path)).toBe(expected);
});

test.each([
  ['C:\\repo\\src\\a.ts', 'src/a.ts'],
  ['c:/repo/src/a.ts', 'src/a.ts'],
  ['file:///C:/repo/src/a.ts', 'src/a.ts'],
  ['src\\a.ts', 'src/a.ts'],
  ['D:\\repo\\src\\a.ts', ''],
])('on Windows %s is %j', (path, expected) => {
  expect(createPathResolver({ root: 'c:\\repo', cwd: 'C:\\repo' })(path)).toBe(expected);
});

test('a place outside the root is told in the message', () => {
  expect(show(parse('tsc', { stdout: '../other/a.ts(3,4): error TS1005: Expected.\n' }))).toEqual([
    'error types/TS1005  Expected. (in ../other/a.ts:3:4)',
  ]);
});

test('a message holds no folder of this machine', () => {
  const stdout = `a.ts(3,4): error TS2307: Cannot find '${ROOT}/src/b.ts'.\n`;
  expect(show(parse('tsc', { stdout }))).toEqual(["error types/TS2307 a.ts:3:4-3:4 Cannot find 'src/b.ts'."]);
});

test.each([
  ['\u001b[31ma\u001b[39m\r\n\tb\u0000 c ', 'a b c'],
  ['x'.repeat(401), `${'x'.repeat(399)}…`],
  [`${'x'.repeat(398)}😀😀`, `${'x'.repeat(398)}…`],
  ['x'.repeat(400), 'x'.repeat(400)],
])('one line of %j', (text, expected) => {
  expect(oneLine(text)).toBe(expected);
});
