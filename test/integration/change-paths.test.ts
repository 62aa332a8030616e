import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configText } from './checked.ts';
import { loop, reported, runCli } from './command-line.ts';
import { createRepository, createWork, repositoryIn, temporaryFolder } from './repository.ts';
import { changeOf, reachOf } from './surveyed.ts';

const NAMES = [
  'with space.js',
  'ümläut-日本-🏎.js',
  'quote\'"`.js',
  'new\nline.js',
  'tab\there.js',
  '-leading.js',
  '--option=x.js',
  '$(touch hacked).js',
  '*glob?.js',
  ':(top)magic.js',
  '{files}.js',
  'dollar$&.js',
  'semi;colon.js',
  '#hash.js',
  'trailing .js',
];

/** Fails for each file it is given, in ESLint's words. */
const COMPLAIN = `
const path = require('node:path');
const files = process.argv.slice(2).map((file) => ({ filePath: path.resolve(file), messages: [
  { ruleId: 'seen', severity: 2, message: require('node:fs').readFileSync(file, 'utf8'), line: 1, column: 1 } ] }));
console.log(JSON.stringify(files));
process.exit(1);
`;
const LINT = configText({
  inert: ['complain.cjs'],
  checks: { 'lint:seen': { run: ['node', 'complain.cjs', '{files}'], parse: 'eslint-json', covers: ['**/*.js'] } },
});

test.each(NAMES)('a file named %j is found, handed to the tool as one word, and named in the finding', async (name) => {
  const repository = createWork({ [name]: 'old', 'complain.cjs': COMPLAIN, 'downforce.jsonc': LINT });
  repository.write({ [name]: 'new' });
  expect(await changeOf(repository.dir)).toEqual([`modified ${name}`]);
  const verdict = await loop(repository.dir);
  expect(verdict.check('lint:seen')).toMatchObject({ status: 'fail', omitted_details: 0 });
  expect(verdict.check('lint:seen').details.join()).not.toContain('\n');
  expect(reported(repository.dir, 'lint:seen')?.findings).toEqual([
    expect.objectContaining({ path: name, message: 'new' }),
  ]);
});

test('new files of any name are found, in folders of any name', async () => {
  const repository = createWork({ 'a.js': '1' });
  const paths = NAMES.map((name) => `ö folder\n-/${name}`);
  repository.write(Object.fromEntries(paths.map((path) => [path, '1'])));
  expect(await changeOf(repository.dir)).toEqual([...paths].sort().map((path) => `added ${path}`));
});

test('renames from and to names of any kind keep both names', async () => {
  const content = (name: string): string => `${name}\n${name}1\n${name}2\n${name}3\n`;
  const plain = NAMES.map((_, index) => `plain${index}.js`);
  const files = NAMES.flatMap((name, index) => [
    [plain[index] ?? '', content(name)],
    [`from/${name}`, content(`from ${name}`)],
  ]);
  const repository = createWork(Object.fromEntries(files));
  NAMES.forEach((name, index) => {
    repository.git('mv', '--', plain[index] ?? '', `./${name}`);
    repository.git('mv', '--', `from/${name}`, `from/${plain[index]}`);
  });
  const expected = NAMES.flatMap((name, index) => [
    `renamed ${name} < ${plain[index]}`,
    `renamed from/${plain[index]} < from/${name}`,
  ]);
  expect([...(await changeOf(repository.dir))].sort()).toEqual(expected.sort());
});

test('names that are no UTF-8 do not bring the loop down', async () => {
  const repository = createWork({ 'a.js': '1', 'complain.cjs': COMPLAIN, 'downforce.jsonc': LINT });
  writeFileSync(Buffer.concat([Buffer.from(`${repository.dir}/`), Buffer.from([0x66, 0xfc]), Buffer.from('.js')]), '1');
  repository.write({ 'a.js': '2' });
  const { result } = await loop(repository.dir);
  expect([result.scope.changed_files, result.checks.length]).toEqual([2, 1]);
});

test('a text with CRLF line ends is read as one with LF, and line ends alone are a change', async () => {
  const repository = createWork({
    'a.js': 'export const a = 1;\r\n',
    'user.test.js': "import {\r\n  a\r\n} from './a.js';\r\n",
    'b.js': 'one\ntwo\n',
  });
  repository.write({ 'a.js': 'export const a = 2;\r\n', 'b.js': 'one\r\ntwo\r\n' });
  expect(await changeOf(repository.dir)).toEqual(['modified a.js', 'modified b.js']);
  expect(await reachOf(repository.dir)).toMatchObject({ 'user.test.js': 1 });
});

test('with line ends that git converts, a file checked out is no change', async () => {
  const repository = createWork({ '.gitattributes': '*.js text eol=crlf\n', 'a.js': 'one\r\ntwo\r\n' });
  repository.remove('a.js');
  repository.git('checkout', '--', 'a.js');
  repository.write({ 'a.js': 'one\r\ntwo\r\n' });
  expect(await changeOf(repository.dir)).toEqual([]);
});

test.each(['with space', 'ümläut', "quote'", '-dash', 'back\\slash', '$HOME', 'semi;colon'])(
  'a repository in a folder named %j is judged',
  async (name) => {
    const repository = repositoryIn(join(temporaryFolder(), name));
    mkdirSync(repository.dir);
    repository.git('init', '--quiet', '--initial-branch=main');
    repository.commit({ 'a.js': '1', 'complain.cjs': COMPLAIN, 'downforce.jsonc': LINT });
    repository.git('switch', '--quiet', '--create', 'work');
    repository.write({ 'a.js': '2' });
    const verdict = await loop(repository.dir);
    expect([verdict.status, verdict.check('lint:seen').details]).toEqual([1, ['a.js:1:1 2 [seen]']]);
  },
);

test('a repository in a folder with a line end in its name is judged or refused, in clear words', async () => {
  const repository = repositoryIn(join(temporaryFolder(), 'line\nend'));
  mkdirSync(repository.dir);
  repository.git('init', '--quiet', '--initial-branch=main');
  repository.commit({ 'a.js': '1', 'complain.cjs': COMPLAIN, 'downforce.jsonc': LINT });
  repository.git('switch', '--quiet', '--create', 'work');
  repository.write({ 'a.js': '2' });
  const { status, stdout } = await runCli(repository.dir, ['loop', '--json']);
  expect(stdout).not.toContain('"internal"');
  expect([1, 3]).toContain(status);
});

test('names that differ in case or in Unicode form alone are different files', async () => {
  const repository = createRepository({ 'A.js': '1', 'a.js': '1', 'caf\u00e9.js': '1', 'cafe\u0301.js': '1' });
  repository.git('switch', '--quiet', '--create', 'work');
  repository.write({ 'a.js': '2', 'cafe\u0301.js': '2' });
  expect(await changeOf(repository.dir)).toEqual(['modified a.js', 'modified cafe\u0301.js']);
});
