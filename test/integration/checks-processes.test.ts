import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createChecked, script } from './checked.ts';
import { loop, processesWith, processMarker, readVerdict, startCli, until } from './command-line.ts';
import { temporaryFolder } from './repository.ts';

/** Starts a child and that a grandchild, all deaf to what asks them to end; `.git/up` is there once all are up. */
const FAMILY = `
const { spawn } = require('node:child_process');
const [, , marker, depth, detached] = process.argv;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
setInterval(() => {}, 1000);
if (depth === '0') require('node:fs').writeFileSync('.git/up', '');
else spawn(process.execPath, [__filename, marker, String(depth - 1), detached],
  { stdio: 'inherit', detached: detached === 'detached' });
`;

/** Has a process in between start a deaf one in a session of its own and end, so that nothing leads from it to the check. */
const ORPHAN = `
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const [, , marker, between] = process.argv;
setInterval(() => { if (between && existsSync('.git/up')) process.exit(); }, 10);
if (between) spawn(process.execPath, ['family.cjs', marker, '0'], { stdio: 'ignore', detached: true });
else spawn(process.execPath, [__filename, marker, 'between'], { stdio: 'ignore' });
`;

const FILES = { 'family.cjs': FAMILY, 'orphan.cjs': ORPHAN };

function family(marker: string, kind: string, more: Readonly<Record<string, unknown>> = {}) {
  return { run: ['node', 'family.cjs', marker, '2', kind], ...more };
}

test.each(['plain', 'detached'])('after a time-out the whole %s process tree is gone', async (kind) => {
  const marker = processMarker();
  const repository = createChecked({ 'test:it': family(marker, kind, { timeout: '1500ms' }) }, FILES);
  const verdict = await loop(repository.dir);
  expect(verdict.statuses).toEqual({ 'test:it': 'timeout' });
  expect(existsSync(repository.path('.git/up'))).toBe(true);
  expect(processesWith(marker)).toEqual([]);
});

test('what a check leaves running when it ends is ended', async () => {
  const marker = processMarker();
  const leave = `const { spawn } = require('node:child_process');
    spawn(process.execPath, ['family.cjs', '${marker}', '0'], { stdio: 'inherit' }).unref();
    const timer = setInterval(() => { if (require('node:fs').existsSync('.git/up')) process.exit(0); }, 10);`;
  const repository = createChecked({ 'test:it': script(leave) }, FILES);
  expect((await loop(repository.dir)).statuses).toEqual({ 'test:it': 'pass' });
  await until(() => processesWith(marker).length === 0, 'the daemon is gone', 2000);
});

test('after a time-out a daemon in a session of its own is gone too', async () => {
  const marker = processMarker();
  const check = { run: ['node', 'orphan.cjs', marker], timeout: '1500ms' };
  const repository = createChecked({ 'test:it': check }, FILES);
  expect((await loop(repository.dir)).statuses).toEqual({ 'test:it': 'timeout' });
  expect(existsSync(repository.path('.git/up'))).toBe(true);
  expect(processesWith(marker)).toEqual([]);
});

test.each([
  ['SIGINT', 'plain'],
  ['SIGINT', 'detached'],
  ['SIGTERM', 'plain'],
  ['SIGHUP', 'detached'],
] as const)('%s leaves none of a %s tree running, and the exit status is 130', async (signal, kind) => {
  const marker = processMarker();
  const scratch = temporaryFolder();
  const repository = createChecked({ 'test:it': family(marker, kind), 'test:next': script('') }, FILES);
  const running = startCli(repository.dir, ['loop', '--json'], { TMPDIR: scratch });
  await until(() => existsSync(repository.path('.git/up')), 'the tree is up');
  expect(processesWith(marker).length).toBeGreaterThanOrEqual(3);
  running.child.kill(signal);
  const verdict = readVerdict(await running.ended);
  expect([verdict.status, verdict.envelope.ok, verdict.check('test:it').status]).toEqual([130, false, 'cancelled']);
  expect(processesWith(marker)).toEqual([]);
  expect(readdirSync(scratch).filter((name) => name.startsWith('downforce-'))).toEqual([]);
});

test.runIf(process.platform === 'linux').each(['plain', 'detached'])(
  'a kill that it cannot answer leaves none of a %s tree running',
  async (kind) => {
    const marker = processMarker();
    const repository = createChecked({ 'test:it': family(marker, kind) }, FILES);
    const running = startCli(repository.dir, ['loop', '--json']);
    await until(() => existsSync(repository.path('.git/up')), 'the tree is up');
    running.child.kill('SIGKILL');
    await until(() => processesWith(marker).length === 0, 'the tree is gone', 5000);
  },
);

test('an interruption before any check runs is one too', async () => {
  const repository = createChecked({ 'test:it': script('') });
  const running = startCli(repository.dir, ['loop', '--json']);
  await new Promise((resolve) => setTimeout(resolve, 60));
  running.child.kill('SIGINT');
  const { status } = await running.ended;
  // Node itself answers before our handler is there; what a shell makes of that is 130.
  expect(status === 130 || running.child.signalCode === 'SIGINT').toBe(true);
});

test('a second signal ends at once, and still takes the children along', async () => {
  const marker = processMarker();
  const repository = createChecked({ 'test:it': family(marker, 'plain') }, FILES);
  const running = startCli(repository.dir, ['loop', '--json']);
  await until(() => existsSync(repository.path('.git/up')), 'the tree is up');
  running.child.kill('SIGINT');
  running.child.kill('SIGINT');
  expect((await running.ended).status).toBe(130);
  expect(processesWith(marker)).toEqual([]);
});

test('three loops at once give whole verdicts and leave a whole report', async () => {
  const check = script("setTimeout(() => console.log('TAP version 13\\nok 1 - a\\n1..1'), 300)", { parse: 'tap' });
  const repository = createChecked({ 'test:a': check, 'test:b': check });
  const start = () => startCli(repository.dir, ['loop', '--json']).ended;
  for (const output of await Promise.all([start(), start(), start()])) {
    expect(readVerdict(output)).toMatchObject({ status: 0, statuses: { 'test:a': 'pass', 'test:b': 'pass' } });
  }
  expect(readVerdict(await start()).check('test:a').cached).toBe(true);
  expect(readdirSync(repository.path('.downforce/reports'))).toEqual(['loop.json']);
});

test.each([
  [0, script('')],
  [1, script('process.exit(1)')],
  [3, { run: ['no-such-program-anywhere'] }],
])('the process ends with %i', async (status, check) => {
  const repository = createChecked({ 'lint:it': check });
  expect((await startCli(repository.dir, ['loop', '--json']).ended).status).toBe(status);
  expect((await startCli(repository.dir, ['loop', '--quik']).ended).status).toBe(2);
});

test('a reader that goes away does not turn a failure into a pass', async () => {
  const repository = createChecked({ 'lint:it': script('setTimeout(() => process.exit(1), 300)') });
  const running = startCli(repository.dir, ['loop', '--json']);
  running.child.stdout?.destroy();
  expect((await running.ended).status).toBe(1);
});

test('checks run side by side, as many as there are cores', async () => {
  const meet = (own: string, other: string) =>
    script(
      `const fs = require('node:fs'); fs.writeFileSync('.git/${own}', '');
      const timer = setInterval(() => { if (fs.existsSync('.git/${other}')) clearInterval(timer); }, 10);`,
      { timeout: '10s' },
    );
  const repository = createChecked({ 'lint:a': meet('a', 'b'), 'lint:b': meet('b', 'a') });
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:a': 'pass', 'lint:b': 'pass' });
});
