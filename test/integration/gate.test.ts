import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configText, createChecked, script } from './checked.ts';
import { failure, readVerdict, runCli, startCli, type Verdict } from './command-line.ts';
import { createWork, type Repository, temporaryFolder } from './repository.ts';

const PASS = script('');
const FAIL = script('process.exitCode = 1');

async function gate(dir: string, ...argv: string[]): Promise<Verdict> {
  return readVerdict(await runCli(dir, ['gate', '--json', ...argv]));
}

async function merge(dir: string, ...reports: string[]): Promise<Verdict> {
  return readVerdict(await runCli(dir, ['merge', '--json', ...reports]));
}

function reports(...names: string[]): string[] {
  return names.map((name) => `.downforce/reports/${name}.json`);
}

test('everything is judged, called for by the change or not, and nothing is deferred', async () => {
  const { dir } = createChecked({
    'lint:near': PASS,
    'lint:far': { ...PASS, covers: ['elsewhere/**'] },
    'test:long': { ...PASS, timeout: '60m' },
  });
  const { statuses, status, envelope, result, check } = await gate(dir);
  expect([status, envelope.ok, envelope.command]).toEqual([0, true, 'downforce gate']);
  expect(statuses).toEqual({ 'lint:near': 'pass', 'lint:far': 'pass', 'test:long': 'pass' });
  expect(check('mutation').status).toBe('skipped');
  expect([result.summary.deferred, result.report]).toEqual([0, '.downforce/reports/gate.json']);
  expect(envelope.next_actions).toEqual([]);
});

test('one that fails makes the gate fail', async () => {
  const { dir } = createChecked({ 'lint:a': PASS, 'lint:b': FAIL });
  const { status, envelope } = await gate(dir);
  expect([status, envelope.ok]).toEqual([1, false]);
  expect(envelope.next_actions[0]?.command).toBe('downforce loop --only lint:b --all');
});

test('a repository without checks passes no gate', async () => {
  const { dir } = createChecked({});
  const { status, envelope } = await gate(dir);
  expect([status, envelope.error?.code]).toEqual([3, 'gate/nothing-to-run']);
});

test('where tests fail without a mutant, none is tried', async () => {
  const { dir } = createChecked({ 'test:a': FAIL });
  const { check } = await gate(dir);
  expect(check('mutation')).toMatchObject({ status: 'skipped', reason: 'not tried: test:a fails without any mutant' });
});

test('runtime code without a changed test fails where mutants are to come with one', async () => {
  const mutation = { requireChangedTests: true };
  const config = configText({ checks: { 'lint:a': PASS }, mutation });
  const files = { 'src/a.js': 'export const a = () => 1;', 'test/a.test.js': 'import "../src/a.js";' };
  const repository = createWork({ ...files, 'downforce.jsonc': config });
  repository.write({ 'src/a.js': 'export const a = () => 2;' });
  const { check, status } = await gate(repository.dir);
  expect([check('changed-tests').status, status]).toEqual(['fail', 1]);
});

test('the verdict is kept for this very tree, and never given for another', async () => {
  const repository = createChecked({ 'lint:a': script('console.log("ran")') });
  const { dir } = repository;
  expect(await failure(dir, 'gate', '--recorded')).toMatchObject({ code: 'gate/not-recorded', status: 3 });
  await gate(dir);
  const recorded = await gate(dir, '--recorded');
  expect([recorded.status, recorded.envelope.ok]).toEqual([0, true]);
  expect(recorded.result.recorded).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(recorded.statuses).toEqual({ 'lint:a': 'pass' });
  for (const change of CHANGES) {
    change.make(repository);
    expect(await failure(dir, 'gate', '--recorded'), change.what).toMatchObject({ code: 'gate/not-recorded' });
    change.undo(repository);
    expect((await gate(dir, '--recorded')).status, change.what).toBe(0);
  }
});

interface Edit {
  readonly what: string;
  make(repository: Repository): void;
  undo(repository: Repository): void;
}

const CHANGES: readonly Edit[] = [
  {
    what: 'a content',
    make: ({ write }) => write({ 'changed.txt': '3' }),
    undo: ({ write }) => write({ 'changed.txt': '2' }),
  },
  {
    what: 'a file of the same length and time',
    make: ({ write }) => write({ 'changed.txt': '4' }),
    undo: ({ write }) => write({ 'changed.txt': '2' }),
  },
  { what: 'a new file', make: ({ write }) => write({ 'new.txt': '' }), undo: ({ remove }) => remove('new.txt') },
  {
    what: 'a file gone',
    make: ({ remove }) => remove('changed.txt'),
    undo: ({ write }) => write({ 'changed.txt': '2' }),
  },
  {
    what: 'a mode',
    make: ({ executable }) => executable('changed.txt', '2'),
    undo: ({ remove, write }) => {
      remove('changed.txt');
      write({ 'changed.txt': '2' });
    },
  },
  {
    what: 'a name',
    make: ({ remove, write }) => {
      remove('changed.txt');
      write({ 'other.txt': '2' });
    },
    undo: ({ remove, write }) => {
      remove('other.txt');
      write({ 'changed.txt': '2' });
    },
  },
  {
    what: 'the base',
    make: ({ git }) => git('branch', '--force', 'main', git('commit-tree', 'HEAD^{tree}', '-m', 'x').trim()),
    undo: ({ git }) => git('branch', '--force', 'main', 'work'),
  },
  {
    what: 'a waiver that git ignores',
    make: ({ write, git }) => {
      write({ 'downforce.waivers.jsonc': WAIVER });
      write({ '.git/info/exclude': 'downforce.waivers.jsonc\n' });
      git('status');
    },
    undo: ({ remove, write }) => {
      remove('downforce.waivers.jsonc');
      write({ '.git/info/exclude': '' });
    },
  },
];

const WAIVER = JSON.stringify({
  waivers: [
    {
      ...{ fingerprint: 'm-0123456789', code: 'mutant/survived', path: 'a.js', text: 'x', lines: 1 },
      ...{ content: '0123456789abcdef', reason: 'for no reason at all', who: 'x', when: '2026-11-21' },
    },
  ],
});

test('the verdict holds whether the tree is staged or committed', async () => {
  const repository = createChecked({ 'lint:a': PASS });
  repository.write({ 'untracked.txt': 'x', 'dir/more.txt': 'y' });
  await gate(repository.dir);
  repository.git('add', '--all');
  expect((await gate(repository.dir, '--recorded')).status).toBe(0);
  repository.git('commit', '--quiet', '--message', 'all of it');
  expect((await gate(repository.dir, '--recorded')).status).toBe(0);
  repository.write({ 'changed.txt': '2' });
  expect((await gate(repository.dir, '--recorded')).status).toBe(0);
});

test('a failure is kept too, in every format', async () => {
  const { dir } = createChecked({ 'lint:a': FAIL });
  await gate(dir);
  expect((await gate(dir, '--recorded')).status).toBe(1);
  for (const format of ['text', 'sarif', 'github', 'gitlab']) {
    const { status, stdout } = await runCli(dir, ['gate', '--recorded', '--format', format]);
    expect([
      status,
      stdout.includes('lint:a') || stdout.includes('check/failed') || stdout.includes('lint/failed'),
    ]).toEqual([1, true]);
  }
});

test('what could not judge is not kept', async () => {
  const { dir } = createChecked({ 'lint:a': { run: ['no-such-program-anywhere'] } });
  expect((await gate(dir)).status).toBe(3);
  expect(await failure(dir, 'gate', '--recorded')).toMatchObject({ code: 'gate/not-recorded' });
});

test('what was judged while files changed is not kept', async () => {
  const moving = script('require("node:fs").writeFileSync("changed.txt", String(Date.now()))');
  const { dir, path } = createChecked({ 'lint:a': moving });
  const { status, envelope } = await gate(dir);
  expect([status, envelope.error?.code]).toEqual([3, 'gate/files-moved']);
  writeFileSync(path('changed.txt'), '2');
  expect(await failure(dir, 'gate', '--recorded')).toMatchObject({ code: 'gate/not-recorded' });
});

test('a data file that only changed while it was judged is seen', async () => {
  const moving = script('require("node:fs").writeFileSync("data.bin", String(Date.now()))');
  const repository = createChecked({ 'lint:a': moving }, { 'data.bin': '1' });
  repository.write({ 'data.bin': '2' });
  expect((await gate(repository.dir, '--no-cache')).envelope.error?.code).toBe('gate/files-moved');
});

test('a repository whose tree cannot be named keeps nothing, and says why', async () => {
  const inner = createChecked({});
  const outer = createChecked({ 'lint:a': PASS });
  outer.git('submodule', '--quiet', 'add', inner.dir, 'inner');
  await gate(outer.dir);
  expect(await failure(outer.dir, 'gate', '--recorded')).toMatchObject({
    code: 'gate/not-recorded',
    text: expect.stringContaining('there are submodules'),
  });
  expect(await failure(outer.dir, 'gate', '--shard', '1/1')).toMatchObject({ code: 'shard/tree', status: 3 });
});

const FOUR = { 'lint:a': PASS, 'lint:b': PASS, 'test:a': PASS, 'types:a': PASS };

test('parts judge every check once, and merge to one verdict that is kept', async () => {
  const { dir } = createChecked(FOUR);
  const parts = [
    await gate(dir, '--shard', '1/3'),
    await gate(dir, '--shard', '2/3'),
    await gate(dir, '--shard', '3/3'),
  ];
  expect(parts.map(({ status }) => status)).toEqual([0, 0, 0]);
  expect(parts.flatMap(({ statuses }) => Object.keys(statuses)).toSorted()).toEqual(Object.keys(FOUR).toSorted());
  expect(parts[0]?.envelope.next_actions[0]?.command).toBe('downforce merge .downforce/reports/gate-*-of-3.json');
  expect(await failure(dir, 'gate', '--recorded')).toMatchObject({ code: 'gate/not-recorded' });
  const merged = await merge(dir, ...reports('gate-3-of-3', 'gate-1-of-3', 'gate-2-of-3'));
  expect([merged.status, merged.envelope.ok, merged.envelope.command]).toEqual([0, true, 'downforce merge']);
  expect(Object.keys(merged.statuses).toSorted()).toEqual(Object.keys(FOUR).toSorted());
  expect((await gate(dir, '--recorded')).statuses).toEqual(merged.statuses);
});

test('parts of which one fails merge to a failure', async () => {
  const { dir } = createChecked({ ...FOUR, 'lint:b': FAIL });
  const parts = [await gate(dir, '--shard', '1/2'), await gate(dir, '--shard', '2/2')];
  expect(parts.map(({ status }) => status).toSorted()).toEqual([0, 1]);
  const merged = await merge(dir, ...reports('gate-1-of-2', 'gate-2-of-2'));
  expect([merged.status, merged.statuses['lint:b']]).toEqual([1, 'fail']);
  expect((await gate(dir, '--recorded')).status).toBe(1);
});

test('a part that is missing, doubled, of another tree or none is refused', async () => {
  const repository = createChecked(FOUR);
  const { dir } = repository;
  await gate(dir, '--shard', '1/2');
  await gate(dir, '--shard', '2/2');
  await gate(dir);
  const [one = '', two = '', whole = ''] = reports('gate-1-of-2', 'gate-2-of-2', 'gate');
  const refused = async (...files: string[]) => {
    const { code, text, status } = await failure(dir, 'merge', ...files);
    expect([code, status]).toEqual(['merge/refused', 3]);
    return text;
  };
  expect(await refused(one)).toContain('part 2/2 is missing');
  expect(await refused(one, two, two)).toContain('part 2/2 is there more than once');
  expect(await refused(one, whole)).toContain('made without --shard');
  expect(await refused(one, 'no-such.json')).toContain('no-such.json cannot be read');
  repository.write({ 'broken.json': '{', 'strange.json': '[]' });
  expect(await refused(one, 'broken.json')).toContain('broken.json cannot be read');
  expect(await refused(one, 'strange.json')).toContain('strange.json is no report');
});

test('parts of two trees are refused, and parts of a tree that is not here are not kept for the one that is', async () => {
  const repository = createChecked(FOUR);
  const { dir, write } = repository;
  await gate(dir, '--shard', '1/2');
  await gate(dir, '--shard', '2/2');
  write({ 'changed.txt': 'other' });
  expect((await merge(dir, ...reports('gate-1-of-2', 'gate-2-of-2'))).status).toBe(0);
  expect(await failure(dir, 'gate', '--recorded')).toMatchObject({ code: 'gate/not-recorded' });
  await gate(dir, '--shard', '2/2');
  const { code, text } = await failure(dir, 'merge', ...reports('gate-1-of-2', 'gate-2-of-2'));
  expect([code, text.includes('of another tree, base or configuration')]).toEqual(['merge/refused', true]);
});

test('more parts than there is to do are refused: one would pass without judging anything', async () => {
  const { dir } = createChecked({ 'lint:a': PASS, 'lint:b': PASS });
  expect(await failure(dir, 'gate', '--shard', '3/3')).toMatchObject({ code: 'gate/too-many-shards', status: 2 });
  expect(await failure(dir, 'gate', '--shard', '1/3')).toMatchObject({ code: 'gate/too-many-shards', status: 2 });
});

test('parts of nothing to mutate are idle, and their merge says that the whole was looked at', async () => {
  const { dir } = createChecked({});
  for (const shard of ['1/2', '2/2']) {
    const { status, stdout } = await runCli(dir, ['mutate', '--json', '--shard', shard]);
    expect([status, readVerdict({ status, stdout, stderr: '' }).check('mutation').status]).toEqual([0, 'skipped']);
  }
  const merged = await merge(dir, ...reports('mutate-1-of-2', 'mutate-2-of-2'));
  expect([merged.status, merged.check('mutation').status]).toEqual([0, 'skipped']);
  expect(await failure(dir, 'merge', ...reports('mutate-1-of-2'))).toMatchObject({ code: 'merge/refused' });
});

test('no more than fifty verdicts are kept', async () => {
  const repository = createChecked({ 'lint:a': PASS });
  await gate(repository.dir);
  repository.write({ 'changed.txt': '3' });
  for (let index = 0; index < 60; index++) repository.write({ [`.downforce/verdicts/${index}.json`]: '{}' });
  await gate(repository.dir);
  expect(readdirSync(repository.path('.downforce/verdicts'))).toHaveLength(50);
  expect((await gate(repository.dir, '--recorded')).status).toBe(0);
});

test('the built command line gates as this process does', async () => {
  const { dir } = createChecked({ 'lint:a': PASS });
  const { status, stdout } = await startCli(dir, ['gate', '--json']).ended;
  expect([status, JSON.parse(stdout).ok]).toEqual([0, true]);
  expect(readFileSync(`${dir}/.downforce/reports/gate.json`, 'utf8')).toContain('"downforce gate"');
});

test('parts judged in clones of their own merge to one verdict', async () => {
  const origin = createChecked({ ...FOUR, 'lint:b': FAIL });
  origin.commit();
  const files: string[] = [];
  for (const index of [1, 2]) {
    const dir = join(temporaryFolder(), `clone-${index}`);
    origin.git('clone', '--quiet', '--branch', 'work', origin.dir, dir);
    await gate(dir, '--shard', `${index}/2`);
    files.push(join(dir, `.downforce/reports/gate-${index}-of-2.json`));
  }
  const merged = await merge(origin.dir, ...files);
  expect([merged.status, merged.result.summary.failed]).toEqual([1, 1]);
  expect((await gate(origin.dir, '--recorded')).status).toBe(1);
});

test('times that git looks up anew are no files that moved', async () => {
  const repository = createChecked({ 'lint:a': PASS });
  for (const name of ['downforce.jsonc', 'changed.txt']) utimesSync(repository.path(name), 1, 1);
  const { status, envelope } = await gate(repository.dir);
  expect([status, envelope.error]).toEqual([0, undefined]);
});
