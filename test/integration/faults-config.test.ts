import { devNull } from 'node:os';
import { expect, test } from 'vitest';
import { createChecked, script } from './checked.ts';
import { failure, loop, runCli, startCli } from './command-line.ts';
import { createRepository, createWork, type Repository, temporaryFolder } from './repository.ts';

function configured(text: string | Buffer): Repository {
  const repository = createWork({ 'a.js': '1', 'downforce.jsonc': text });
  repository.write({ 'a.js': '2' });
  return repository;
}

test.each([
  ['not JSON', '{ "base" = 1 }', ['downforce.jsonc:1:10']],
  ['cut off', '{\n  "base": "main",\n  "inert": [', ['downforce.jsonc:3:']],
  ['nothing', '', ['downforce.jsonc']],
  ['a list', '[]', ['the configuration']],
  ['a text', '"x"', ['the configuration']],
  ['null', 'null', ['the configuration']],
  ['more than one value', '{} {}', ['downforce.jsonc:1:4']],
  ['a key unknown', '{\n  "chekcs": {}\n}', ['downforce.jsonc:2:3', 'chekcs', '"checks"']],
  ['a key unknown of a check', '{ "checks": { "lint:a": { "tiemout": "1s" } } }', ['lint:a', '"timeout"']],
  ['a key unknown and far from all', '{ "qqqqqqqqqqqq": 1 }', ['allowed: ', 'inert']],
  ['a number for a text', '{ "base": 5 }', ['base is 5']],
  ['a text for a list', '{ "inert": "docs/**" }', ['inert', 'docs/**']],
  ['no duration', '{ "budget": "soon" }', ['budget', '"90s"']],
  ['a check of no kind', '{ "checks": { "linter": { "run": "x" } } }', ['linter']],
  ['a format unknown', '{ "checks": { "lint:a": { "run": "x", "parse": "eslint-jsn" } } }', ['eslint-json']],
  ['a runner unknown', '{ "checks": { "test:a": { "runner": "vitesst" } } }', ['vitest']],
  ['both run and runner', '{ "checks": { "test:a": { "run": "x", "runner": "jest" } } }', ['runner']],
  ['neither', '{ "checks": { "test:a": {} } }', ['test:a']],
  ['a line for a shell', '{ "checks": { "lint:a": { "run": "a && b" } } }', ['shell']],
  ['a scope unknown', '{ "checks": { "lint:a": { "run": "x", "scope": "rot" } } }', ['"rot"']],
  [
    'a scope that needs one unknown',
    '{ "scopes": { "core": { "paths": ["a/**"] }, "ui": { "paths": ["b/**"], "dependsOn": ["cor"] } } }',
    ['cor', '"core"'],
  ],
  ['paths outside', '{ "inert": ["../**"] }', ['inert', 'inside']],
  ['absolute paths', '{ "scopes": { "a": { "paths": ["/etc/**"] } } }', ['scopes', 'inside']],
  ['paths of Windows', '{ "scopes": { "a": { "paths": ["C:\\\\x"] } } }', ['scopes', 'inside']],
  ['a folder outside', '{ "checks": { "lint:a": { "run": "x", "cwd": "a/../../b" } } }', ['cwd', 'inside']],
  ['a report outside', '{ "checks": { "lint:a": { "run": "x", "report": "/etc/passwd" } } }', ['report', 'inside']],
  ['__proto__ at the top', '{ "__proto__": { "base": "x" } }', ['__proto__']],
  ['__proto__ as a check', '{ "checks": { "__proto__": { "run": "x" } } }', ['__proto__']],
  ['__proto__ as a scope', '{ "scopes": { "__proto__": { "paths": ["a"] } } }', ['__proto__']],
  ['constructor', '{ "constructor": { "prototype": {} } }', ['constructor']],
  ['a key twice', '{ "checks": { "lint:a": { "run": "x" } }, "checks": {} }', ['checks', 'twice']],
  [
    'a pattern that is none',
    '{ "checks": { "lint:a": { "run": "x", "parse": { "regexp": "(", "file": 1, "line": 2, "message": 3 } } } }',
    ['lint:a', 'regexp'],
  ],
  ['a NUL in a command', '{ "checks": { "lint:a": { "run": ["x", "a\\u0000b"] } } }', ['lint:a']],
])('%s in the configuration is told with its place', async (_, text, hints) => {
  const told = await failure(configured(text).dir, 'loop');
  expect([told.status, told.code]).toEqual([2, 'config/invalid']);
  for (const hint of hints) expect(told.text).toContain(hint);
});

test('a file too large, and one of bytes, are none', async () => {
  const large = configured(`{ "inert": ["${'x'.repeat(2 * 1024 * 1024)}"] }`);
  expect(await failure(large.dir, 'loop')).toMatchObject({ status: 2, text: expect.stringContaining('1 MB') });
  const binary = configured(Buffer.from([0, 255, 254, 0, 1, 2, 3]));
  expect(await failure(binary.dir, 'loop')).toMatchObject({ status: 2, code: 'config/invalid' });
});

test('a thousand mistakes are told by a few and a count', async () => {
  const keys = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`key${index}`, index]));
  const { text } = await failure(configured(JSON.stringify(keys)).dir, 'loop');
  expect(text.length).toBeLessThan(4000);
  expect(text).toContain('more');
});

test('very deep JSON is refused, not a crash', async () => {
  const depth = 100_000;
  const { status } = await failure(configured('['.repeat(depth) + ']'.repeat(depth)).dir, 'loop');
  expect(status).toBe(2);
});

test.each([
  ['a byte order mark', '\uFEFF{ "base": "work" }'],
  ['comments and commas', '// c\n{ /* c */ "base": "work", "inert": ["a",], }'],
  ['CRLF', '{\r\n  "base": "work"\r\n}\r\n'],
])('%s is all right in the configuration', async (_, text) => {
  expect((await loop(configured(text).dir)).result.scope.base_name).toBe('work');
});

test('a place is right behind a byte order mark', async () => {
  const { text } = await failure(configured('\uFEFF{ "base" = 1 }').dir, 'loop');
  expect(text).toContain('downforce.jsonc:1:10');
});

test('a folder in the place of the configuration is told', async () => {
  const repository = createWork({ 'a.js': '1', 'downforce.jsonc/x': '1' });
  expect(await failure(repository.dir, 'loop')).toMatchObject({ status: 2, code: 'config/unreadable' });
});

test('a configuration that links out of the repository is not read', async () => {
  const outside = createRepository({ secret: '{ "base": "token-of-another-project" }' });
  const repository = createWork({ 'a.js': '1' });
  repository.link('downforce.jsonc', outside.path('secret'));
  const { status, text } = await failure(repository.dir, 'loop');
  expect(status).toBe(2);
  expect(text).not.toContain('token');
});

test('a configuration that links to what never ends does not hang', async () => {
  const repository = createWork({ 'a.js': '1' });
  repository.link('downforce.jsonc', '/dev/zero');
  const running = startCli(repository.dir, ['loop', '--json']);
  const timer = setTimeout(() => running.child.kill('SIGKILL'), 10_000);
  const { status } = await running.ended;
  clearTimeout(timer);
  expect(status).toBe(2);
});

test('--config of what is not there, and of a folder, is told', async () => {
  const repository = createWork({ 'a.js': '1' });
  for (const file of ['nowhere.jsonc', temporaryFolder(), '']) {
    const { status, text } = await failure(repository.dir, 'loop', '--config', file);
    expect([status, text.includes('internal')]).toEqual([2, false]);
  }
  expect((await failure(repository.dir, 'loop', '--config', devNull)).status).toBe(2);
});

test('a name that would steer the terminal does not', async () => {
  const name = 'evil\u001b]0;owned\u0007\u001b[2J';
  const repository = createWork({
    'package.json': JSON.stringify({ name, scripts: { test: 'node --test' } }),
    'a.test.js': "require('node:test')('a', () => {});",
  });
  repository.write({ 'a.test.js': "require('node:test')('b', () => {});" });
  for (const argv of [['loop'], ['doctor'], ['explain', 'a.test.js'], ['loop', '--only', name]]) {
    const { stdout, stderr } = await runCli(repository.dir, [...argv, '--format', 'text']);
    expect((stdout + stderr).includes('\u001b') || (stdout + stderr).includes('\u0007')).toBe(false);
  }
});

test('a pattern that never ends for a line does not hang the loop', async () => {
  const pattern = { regexp: '^(a+)+$', file: 1, line: 1, message: 1 };
  const repository = createChecked({ 'lint:it': script(`console.log('${'a'.repeat(60)}!')`, { parse: pattern }) });
  const running = startCli(repository.dir, ['loop', '--json']);
  const timer = setTimeout(() => running.child.kill('SIGKILL'), 10_000);
  const { status } = await running.ended;
  clearTimeout(timer);
  expect(status).toBe(3);
});

test('init writes what loop reads, and never over what is there', async () => {
  const repository = createWork({
    'package.json': '{ "name": "*/ x", "scripts": { "test": "node --test" } }',
    'a.test.js': '',
  });
  expect((await runCli(repository.dir, ['init'])).status).toBe(0);
  expect((await loop(repository.dir)).result.scope.widening_reasons[0]).toMatchObject({ code: 'harness-config' });
  expect(await failure(repository.dir, 'init')).toMatchObject({ status: 2, code: 'init/exists' });
});
