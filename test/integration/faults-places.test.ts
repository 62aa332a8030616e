import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { createChecked, script } from './checked.ts';
import { failure, loop, runCli, startCli } from './command-line.ts';
import { createRepository, createWork, repositoryIn, temporaryFolder } from './repository.ts';

test('an empty folder is no repository', async () => {
  for (const command of ['loop', 'doctor', 'init'])
    expect(await failure(temporaryFolder(), command)).toMatchObject({ status: 3, code: 'git/none' });
});

test('a folder that does not exist, and a file, are wrong usage', async () => {
  const repository = createRepository({ 'a.js': '1' });
  expect(await failure(repository.dir, 'loop', '--root', 'nowhere')).toMatchObject({ status: 2, code: 'usage/root' });
  expect(await failure(repository.dir, 'loop', '--root', 'a.js')).toMatchObject({ status: 2, code: 'usage/root' });
});

test('a bare repository and the inside of .git are told', async () => {
  const bare = repositoryIn(temporaryFolder());
  bare.git('init', '--quiet', '--bare');
  expect(await failure(bare.dir, 'loop')).toMatchObject({ status: 3, code: 'git/bare' });
  expect(await failure(createRepository({ 'a.js': '1' }).path('.git'), 'loop')).toMatchObject({
    status: 3,
    code: 'git/bare',
  });
});

test('a .git that leads nowhere is told', async () => {
  const repository = repositoryIn(temporaryFolder());
  repository.write({ '.git': 'gitdir: /nowhere/at/all\n' });
  expect(await failure(repository.dir, 'loop')).toMatchObject({ status: 3 });
});

test('a broken index is told, and nothing passes', async () => {
  const repository = createChecked({ 'lint:it': script('') });
  repository.write({ '.git/index': 'garbage' });
  const { status, stdout } = await runCli(repository.dir, ['loop', '--json']);
  expect(status).toBe(3);
  expect(stdout).not.toContain('a defect of Downforce');
});

test('an index that another git has locked is no hindrance', async () => {
  const repository = createChecked({ 'lint:it': script('') });
  repository.write({ '.git/index.lock': '' });
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:it': 'pass' });
});

test('without git on the PATH that is what is said', async () => {
  const repository = createChecked({ 'lint:it': script('') });
  const path = temporaryFolder();
  symlinkSync(process.execPath, `${path}/node`);
  const { status, stdout } = await startCli(repository.dir, ['loop', '--json'], { PATH: path }).ended;
  expect([status, JSON.parse(stdout).error.code]).toEqual([3, 'git/missing']);
});

test('a file where state should be: the verdict comes all the same, with a warning and without a report', async () => {
  const repository = createChecked({ 'lint:it': script('process.exit(1)') });
  repository.write({ '.downforce': 'in the way' });
  const { stderr, status, result, statuses } = await loop(repository.dir);
  expect([status, statuses, result.report]).toEqual([1, { 'lint:it': 'fail' }, null]);
  expect(stderr.split('\n').filter((line) => line.includes('.downforce'))).toHaveLength(1);
  expect((await loop(repository.dir, '--quiet')).stderr).toBe('');
});

test('folders where files of state should be: the same', async () => {
  const repository = createChecked({ 'lint:it': script('') });
  for (const folder of [
    'reports/loop.json/x',
    'cache/graph.json/x',
    'cache/references.json/x',
    'history/checks.jsonl/x',
  ])
    mkdirSync(repository.path(`.downforce/${folder}`), { recursive: true });
  const { status, result } = await loop(repository.dir);
  expect([status, result.report]).toEqual([0, null]);
});

test('state that is garbage is made anew', async () => {
  const repository = createChecked({ 'lint:it': script('') }, { 'a.js': "import './b.js'", 'b.js': '' });
  await loop(repository.dir);
  const verdicts = readdirSync(repository.path('.downforce/cache/verdicts')).map((name) => `cache/verdicts/${name}`);
  const names = [
    'cache/graph.json',
    'cache/references.json',
    'history/checks.jsonl',
    'history/test-files.json',
    ...verdicts,
  ];
  for (const garbage of ['', '{', 'null', '[]', '{"version":1}', '"x"', '\u0000\u0001']) {
    repository.write(Object.fromEntries(names.map((name) => [`.downforce/${name}`, garbage])));
    const { status, statuses, check } = await loop(repository.dir);
    expect([status, statuses, check('lint:it').cached]).toEqual([0, { 'lint:it': 'pass' }, undefined]);
  }
});

test('a cached graph that is wrong in shape is made anew', async () => {
  const repository = createChecked({ 'lint:it': script('') }, { 'a.js': "import './b.js'", 'b.js': '' });
  await loop(repository.dir);
  for (const nodes of ['[5]', '["x"]', '[[["x"]]]', '[[[99999]],[[-1]],[[0.5]],[[null]]]', '[{}]']) {
    repository.write({ '.downforce/cache/graph.json': `{"version":1,"layout":"x","digests":[null],"nodes":${nodes}}` });
    expect((await loop(repository.dir)).status).toBe(0);
  }
});

test('state is not written through a link out of the repository', async () => {
  const outside = temporaryFolder();
  const repository = createWork({ 'a.js': '1' });
  repository.link('.downforce', outside);
  repository.commit();
  repository.write({ 'a.js': '2' });
  await loop(repository.dir);
  expect(readdirSync(outside)).toEqual([]);
});

test('explain and doctor work where state cannot be written', async () => {
  const repository = createChecked({ 'lint:it': script('') });
  repository.write({ '.downforce': 'in the way' });
  expect((await runCli(repository.dir, ['explain', 'changed.txt'])).status).toBe(0);
  expect((await runCli(repository.dir, ['doctor'])).status).toBe(0);
});

test('without a temporary folder no check passes, and the reason is told', async () => {
  const repository = createChecked({ 'lint:it': script('') });
  const running = startCli(repository.dir, ['loop', '--json'], { TMPDIR: repository.path('changed.txt') });
  const { status, stdout } = await running.ended;
  expect([status, JSON.parse(stdout).result?.checks[0].reason]).toEqual([3, expect.stringContaining('temporary')]);
});

test('an older Node.js on the PATH of the tools does not matter to Downforce itself', async () => {
  const repository = createChecked({ 'lint:it': script('') });
  const folder = temporaryFolder();
  repositoryIn(folder).executable('node', '#!/bin/sh\nexit 9\n');
  const path = [folder, dirname(process.execPath), process.env['PATH']].join(delimiter);
  const { status, stdout } = await startCli(repository.dir, ['loop', '--json'], { PATH: path }).ended;
  expect([status, JSON.parse(stdout).result.checks[0].status]).toEqual([1, 'fail']);
});
