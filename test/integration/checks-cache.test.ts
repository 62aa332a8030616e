import { chmodSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configText, createChecked, script } from './checked.ts';
import { loop } from './command-line.ts';
import { createRepository, createWork, type Repository, repositoryIn, temporaryFolder } from './repository.ts';

/** Passes as long as the file it is given says `good`. */
const READ = `process.exit(require('node:fs').readFileSync(process.argv[2], 'utf8').trim() === 'good' ? 0 : 1);`;

/** A check that reads one file and passes, its verdict in the cache. */
async function remembered(
  path: string,
  files: Readonly<Record<string, string>> = {},
  prepare: (repository: Repository) => void = () => {},
): Promise<Repository> {
  const repository = createChecked({ 'lint:it': { run: ['node', 'read.cjs', path] } }, { 'read.cjs': READ, ...files });
  prepare(repository);
  expect((await loop(repository.dir)).check('lint:it')).toMatchObject({ status: 'pass' });
  expect((await loop(repository.dir)).check('lint:it')).toMatchObject({ status: 'pass', cached: true });
  return repository;
}

async function expectJudgedAnew(repository: Repository, status = 'fail'): Promise<void> {
  const check = (await loop(repository.dir)).check('lint:it');
  expect([check.status, check.cached]).toEqual([status, undefined]);
}

test('a failure is remembered too, with its findings; --no-cache judges anew', async () => {
  const repository = createChecked({ 'lint:it': script("console.error('said'); process.exit(1)") });
  const first = await loop(repository.dir);
  const second = await loop(repository.dir);
  expect(second.check('lint:it')).toEqual({ ...first.check('lint:it'), cached: true });
  expect([first.status, second.status]).toEqual([1, 1]);
  expect((await loop(repository.dir, '--no-cache')).check('lint:it').cached).toBeUndefined();
});

test.each([
  ['error', { run: ['no-such-program-anywhere'] }],
  ['timeout', script('setInterval(() => {}, 1000)', { timeout: '200ms' })],
])('an %s is never remembered', async (status, check) => {
  const repository = createChecked({ 'lint:it': check });
  for (const _ of [1, 2]) {
    const found = (await loop(repository.dir)).check('lint:it');
    expect([found.status, found.cached]).toEqual([status, undefined]);
  }
});

test('a source that changed', async () => {
  const repository = await remembered('input.txt', { 'input.txt': 'good' });
  repository.write({ 'input.txt': 'bad' });
  await expectJudgedAnew(repository);
});

test('a source changed back is answered from the cache again', async () => {
  const repository = await remembered('input.txt', { 'input.txt': 'good' });
  repository.write({ 'input.txt': 'bad' });
  await expectJudgedAnew(repository);
  repository.write({ 'input.txt': 'good' });
  expect((await loop(repository.dir)).check('lint:it')).toMatchObject({ status: 'pass', cached: true });
});

test('a source of the same size and time', async () => {
  const repository = await remembered('input.txt', { 'input.txt': 'good' });
  const { atime, mtime } = statSync(repository.path('input.txt'));
  repository.write({ 'input.txt': 'evil' });
  utimesSync(repository.path('input.txt'), atime, mtime);
  await expectJudgedAnew(repository);
});

test('a source that was committed, with nothing else changed', async () => {
  const repository = await remembered('input.txt', { 'input.txt': 'good' });
  repository.commit({ 'input.txt': 'bad' });
  await expectJudgedAnew(repository);
});

test('a source that is gone', async () => {
  const repository = await remembered('input.txt', { 'input.txt': 'good' });
  repository.remove('input.txt');
  await expectJudgedAnew(repository);
});

test('an untracked file, new or edited', async () => {
  const list = "process.exit(require('node:fs').readdirSync('.').includes('new.txt') ? 1 : 0)";
  const repository = createChecked({ 'lint:it': script(list) });
  await loop(repository.dir);
  repository.write({ 'new.txt': '' });
  await expectJudgedAnew(repository);
  const edited = await remembered('new.txt', {}, (it) => it.write({ 'new.txt': 'good' }));
  edited.write({ 'new.txt': 'bad' });
  await expectJudgedAnew(edited);
});

test.each(['.env', 'generated/deep/code.txt', 'build/out.txt'])('a file that git ignores: %s', async (path) => {
  const ignore = { '.gitignore': '.env\ngenerated/\nbuild\n' };
  const repository = await remembered(path, ignore, (it) => it.write({ [path]: 'good' }));
  repository.write({ [path]: 'worse' });
  await expectJudgedAnew(repository);
});

test('packages that were installed or updated since', async () => {
  const main = "process.exit(require('dependency') === 'good' ? 0 : 1)";
  const repository = createChecked(
    { 'lint:it': { run: ['node', 'main.cjs'] } },
    {
      '.gitignore': 'node_modules\n',
      'main.cjs': main,
      'package.json': '{ "dependencies": { "dependency": "*" } }',
    },
  );
  await expectJudgedAnew(repository);
  repository.write({
    'node_modules/dependency/package.json': '{ "version": "1.0.0" }',
    'node_modules/dependency/index.js': "module.exports = 'good'",
    'node_modules/.package-lock.json': '{ "packages": { "node_modules/dependency": { "version": "1.0.0" } } }',
  });
  await expectJudgedAnew(repository, 'pass');
  repository.write({
    'node_modules/dependency/index.js': "module.exports = 'bad'",
    'node_modules/.package-lock.json': '{ "packages": { "node_modules/dependency": { "version": "1.0.10" } } }',
  });
  await expectJudgedAnew(repository);
});

test('the file of the tool itself, wherever it is', async () => {
  const tool = temporaryFolder();
  const files = { 'input.txt': 'good' };
  const repository = createChecked({ 'lint:it': { run: [`${tool}/tool`, 'input.txt'] } }, files);
  const install = (code: number): void => {
    repositoryIn(tool).executable('tool', `#!/bin/sh\nexit ${code}\n`);
  };
  install(0);
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:it': 'pass' });
  install(1);
  await expectJudgedAnew(repository);
});

test('a script of the tool that lies in node_modules', async () => {
  const repository = createChecked(
    { 'lint:it': { run: ['node', 'node_modules/tool/cli.cjs', 'input.txt'] } },
    { '.gitignore': 'node_modules\n', 'input.txt': 'good' },
  );
  repository.write({ 'node_modules/tool/cli.cjs': READ });
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:it': 'pass' });
  repository.write({ 'node_modules/tool/cli.cjs': 'process.exit(1)' });
  await expectJudgedAnew(repository);
});

test('an environment variable that the check names, set, changed and taken away', async () => {
  const check = script("process.exit(process.env.DF_TEST_MODE === 'bad' ? 1 : 0)", { env: ['DF_TEST_MODE'] });
  const repository = createChecked({ 'lint:it': check });
  try {
    await expectJudgedAnew(repository, 'pass');
    process.env['DF_TEST_MODE'] = 'bad';
    await expectJudgedAnew(repository);
    process.env['DF_TEST_MODE'] = '';
    await expectJudgedAnew(repository, 'pass');
  } finally {
    delete process.env['DF_TEST_MODE'];
  }
  expect((await loop(repository.dir)).check('lint:it').cached).toBe(true);
});

test('the configuration of the check, also where its file is elsewhere', async () => {
  const repository = createChecked({}, {});
  const elsewhere = createRepository();
  const config = (check: unknown): void =>
    elsewhere.write({ 'own.jsonc': configText({ checks: { 'lint:it': check } }) });
  const judged = async (): Promise<unknown> => {
    const { status, cached } = (await loop(repository.dir, '--config', elsewhere.path('own.jsonc'))).check('lint:it');
    return [status, cached];
  };
  config(script("console.log('TAP')"));
  expect(await judged()).toEqual(['pass', undefined]);
  expect(await judged()).toEqual(['pass', true]);
  config(script("console.log('TAP')", { parse: 'tap' }));
  expect(await judged()).toEqual(['error', undefined]);
  config(script("console.log('TAP')", { parse: { regexp: '(T)(A)(P)', file: 1, line: 2, message: 3 } }));
  expect(await judged()).toEqual(['fail', undefined]);
});

test('whether a file may be executed', async () => {
  const spawned = "process.exit(require('node:child_process').spawnSync('./tool.sh').status === 0 ? 0 : 1)";
  const repository = createChecked({ 'lint:it': script(spawned) }, {});
  repository.executable('tool.sh', '#!/bin/sh\n');
  repository.commit();
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:it': 'pass' });
  chmodSync(repository.path('tool.sh'), 0o644);
  await expectJudgedAnew(repository);
});

test('where a link points, and what stands there though it is outside', async () => {
  const outside = createRepository({ 'one.txt': 'good', 'two.txt': 'bad' });
  const link = (target: string) => (it: Repository) => symlinkSync(outside.path(target), it.path('link.txt'));
  const repository = await rememberedOrNot('link.txt', link('one.txt'));
  repository.remove('link.txt');
  link('two.txt')(repository);
  await expectJudgedAnew(repository);
  const other = await rememberedOrNot('link.txt', link('one.txt'));
  outside.write({ 'one.txt': 'worse' });
  await expectJudgedAnew(other);
});

/** As `remembered`, where what is read may as well be kept out of the cache. */
async function rememberedOrNot(path: string, prepare: (repository: Repository) => void): Promise<Repository> {
  const repository = createChecked({ 'lint:it': { run: ['node', 'read.cjs', path] } }, { 'read.cjs': READ });
  prepare(repository);
  repository.commit();
  expect((await loop(repository.dir)).check('lint:it')).toMatchObject({ status: 'pass' });
  return repository;
}

test('a submodule, moved or edited', async () => {
  const library = createRepository({ 'input.txt': 'good' });
  const repository = await rememberedOrNot('library/input.txt', (it) =>
    it.git('submodule', '--quiet', 'add', library.dir, 'library'),
  );
  repository.write({ 'library/input.txt': 'bad' });
  await expectJudgedAnew(repository);
});

test('a file that git was told to assume unchanged', async () => {
  const repository = await remembered('input.txt', { 'input.txt': 'good' });
  repository.git('update-index', '--assume-unchanged', 'input.txt');
  repository.write({ 'input.txt': 'bad' });
  await expectJudgedAnew(repository);
});

test('a file of any package, for a check of the whole workspace', async () => {
  const repository = createWork({
    'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
    'packages/a/package.json': '{ "name": "a" }',
    'packages/a/input.txt': 'good',
    'packages/b/package.json': '{ "name": "b" }',
    'read.cjs': READ,
    'downforce.jsonc': configText({
      checks: { 'lint:it': { run: ['node', 'read.cjs', 'packages/a/input.txt'] } },
    }),
  });
  repository.write({ 'packages/a/other.txt': '1' });
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:it': 'pass' });
  repository.write({ 'packages/a/input.txt': 'bad' });
  await expectJudgedAnew(repository);
});
