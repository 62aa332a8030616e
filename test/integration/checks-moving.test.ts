import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configText, createChecked, script } from './checked.ts';
import { loop, readVerdict, startCli, until } from './command-line.ts';

/** Waits for `.git/go` before it ends well, having said by `.git/up` that it runs. */
const WAIT = `const fs = require('node:fs'); fs.writeFileSync('.git/up', '');
  const timer = setInterval(() => { if (fs.existsSync('.git/go')) clearInterval(timer); }, 10);`;

test.each([
  ['a source is edited', { 'input.txt': 'edited' }],
  ['the changed file is edited', { 'changed.txt': '3' }],
  ['an untracked file is edited', { 'new.txt': 'edited' }],
  ['an untracked file appears', { 'other.txt': '1' }],
])('a verdict is not kept where %s while the check runs, even if that is taken back later', async (_, edit) => {
  const before = { 'input.txt': 'good', 'changed.txt': '2', 'new.txt': '1' };
  const repository = createChecked({ 'lint:it': script(WAIT) }, { 'input.txt': 'good' });
  repository.write(before);
  const running = startCli(repository.dir, ['loop', '--json']);
  await until(() => existsSync(repository.path('.git/up')), 'the check runs');
  repository.write({ ...edit, '.git/go': '' });
  expect(readVerdict(await running.ended).statuses).toEqual({ 'lint:it': 'pass' });
  repository.write(before);
  if ('other.txt' in edit) repository.remove('other.txt');
  const second = readVerdict(await startCli(repository.dir, ['loop', '--json']).ended);
  expect([second.check('lint:it').status, second.check('lint:it').cached]).toEqual(['pass', undefined]);
});

test('an ignored file edited while the check runs is looked at the next time', async () => {
  const repository = createChecked({ 'lint:it': script(WAIT) }, { '.gitignore': '.env' });
  repository.write({ '.env': 'MODE=1' });
  const running = startCli(repository.dir, ['loop', '--json']);
  await until(() => existsSync(repository.path('.git/up')), 'the check runs');
  repository.write({ '.env': 'MODE=two', '.git/go': '' });
  await running.ended;
  const second = readVerdict(await startCli(repository.dir, ['loop', '--json']).ended);
  expect(second.check('lint:it').cached).toBeUndefined();
});

test('that files changed while the checks ran is told, as what to do next', async () => {
  const edits = "require('node:fs').appendFileSync('input.txt', 'x')";
  const repository = createChecked({ 'lint:it': script(edits) }, { 'input.txt': 'good' });
  const { envelope } = await loop(repository.dir);
  expect(envelope.next_actions.map(({ description }) => description).join()).toContain('changed while');
});

test('files that vanish while checks run leave a verdict', async () => {
  const vanish = `const fs = require('node:fs'); fs.rmSync('gone', { recursive: true }); fs.rmSync('changed.txt');
    console.log(JSON.stringify([{ filePath: 'gone/a.js', messages: [{ ruleId: 'r', severity: 2, message: 'm', line: 1 }] }]));
    process.exitCode = 1;`;
  const repository = createChecked(
    { 'lint:it': script(vanish, { parse: 'eslint-json' }), 'lint:next': { run: ['node', '-e', '', '{files}'] } },
    { 'gone/a.js': 'export {};', 'gone/b.js': "import './a.js';" },
  );
  const verdict = await loop(repository.dir);
  expect(verdict.statuses).toMatchObject({ 'lint:it': 'fail', 'lint:next': 'pass' });
  const after = await loop(repository.dir, '--only', 'lint:next');
  expect(after.result.scope.changed_files).toBe(3);
});

test('a budget that is spent stops what runs and defers the rest', async () => {
  const hang = script('setInterval(() => {}, 1000)');
  const names = Array.from({ length: 40 }, (_, index) => [`lint:${index}`, hang]);
  const repository = createChecked(Object.fromEntries(names));
  const started = Date.now();
  const { result, status } = await loop(repository.dir, '--budget', '4s');
  expect(Date.now() - started).toBeLessThan(10_000);
  expect(status).toBe(3);
  expect(result.summary.errored + result.summary.deferred).toBe(40);
  expect(result.summary.deferred).toBeGreaterThan(0);
  const stopped = result.checks.find((check) => check.status === 'timeout');
  expect(stopped?.reason).toContain('the budget');
});

test('what is expected not to fit is deferred in plain sight, and run with more time', async () => {
  const repository = createChecked({ 'build:slow': script('') });
  const { check, status, envelope } = await loop(repository.dir, '--budget', '10s');
  expect([check('build:slow').status, status, envelope.ok]).toEqual(['deferred', 0, true]);
  expect(check('build:slow').reason).toMatch(/expected to take 20 s/);
  expect(envelope.next_actions[0]?.command).toContain('--only build:slow');
  expect((await loop(repository.dir, '--budget', '0')).statuses).toEqual({ 'build:slow': 'pass' });
});

test('what a check took is learned, so that the budget fits it the next time', async () => {
  const repository = createChecked({ 'build:quick': script('') });
  await loop(repository.dir, '--no-cache', '--budget', '0');
  const second = await loop(repository.dir, '--no-cache', '--budget', '10s');
  expect(second.statuses).toEqual({ 'build:quick': 'pass' });
});

test('a budget of nothing in the configuration means no limit, as it does on the command line', async () => {
  const repository = createChecked({});
  const checks = { 'lint:it': script('') };
  repository.write({ 'downforce.jsonc': configText({ budget: '0s', checks }) });
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:it': 'pass' });
});

test('nearest first, then cheapest', async () => {
  const order = (name: string) => script(`require('node:fs').appendFileSync('.git/order', '${name} ')`);
  const repository = createChecked({
    'build:far': order('build'),
    'types:mid': order('types'),
    'lint:near': order('lint'),
  });
  const { envelope } = await loop(repository.dir);
  expect(envelope.result?.checks.map(({ id }) => id)).toEqual(['lint:near', 'types:mid', 'build:far']);
});
