import { readFileSync, utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { complaints, createChecked, script } from './checked.ts';
import { failure, loop, runCli } from './command-line.ts';
import { createWork } from './repository.ts';

/** Adds a line to `.git/runs` at each run, whose number is then `runs`. */
const COUNTED = `
const fs = require('node:fs');
fs.appendFileSync('.git/runs', 'x');
const runs = fs.readFileSync('.git/runs', 'utf8').length;
`;

test.each([
  ['passes', script(''), 'pass', 0],
  ['fails', script('process.exit(1)'), 'fail', 1],
  ['fails with any status', script('process.exit(77)'), 'fail', 1],
  ['names a problem', complaints('changed.txt', ['no']), 'fail', 1],
  ['is not there', { run: ['no-such-program-anywhere'] }, 'error', 3],
  ['is ended by a signal', script("process.kill(process.pid, 'SIGSEGV')"), 'error', 3],
  ['ends itself by an abort', script('process.abort()'), 'error', 3],
  ['prints nothing to parse, with exit 0', script('', { parse: 'eslint-json' }), 'error', 3],
  ['prints half a report, with exit 0', script(`console.log('[{"filePath":')`, { parse: 'eslint-json' }), 'error', 3],
  ['prints another format, with exit 0', script("console.log('fine')", { parse: 'tap' }), 'error', 3],
  ['prints another format, with exit 1', script("console.log('no'); process.exit(1)", { parse: 'sarif' }), 'error', 3],
  ['looks at nothing', script("console.log('[]')", { parse: 'eslint-json' }), 'error', 3],
  ['plans no test', script("console.log('TAP version 13\\n1..0')", { parse: 'tap' }), 'error', 3],
  ['skips every test', script("console.log('TAP version 13\\nok 1 - a # SKIP\\n1..1')", { parse: 'tap' }), 'error', 3],
  ['keeps no plan', script("console.log('TAP version 13\\nok 1 - a\\n1..3')", { parse: 'tap' }), 'fail', 1],
  ['breaks off', script("console.log('TAP version 13\\nok 1 - a')", { parse: 'tap' }), 'fail', 1],
  [
    'exits 1 though no test failed',
    script("console.log('TAP version 13\\nok 1 - a\\n1..1'); process.exit(1)", { parse: 'tap' }),
    'fail',
    1,
  ],
])('a check that %s: %#', async (_, check, status, exit) => {
  const repository = createChecked({ 'lint:it': check });
  const verdict = await loop(repository.dir);
  expect([verdict.statuses, verdict.status, verdict.envelope.ok]).toEqual([{ 'lint:it': status }, exit, exit === 0]);
});

test('a failure outweighs an error in the exit status', async () => {
  const repository = createChecked({
    'lint:a': { run: ['no-such-program-anywhere'] },
    'lint:b': script('process.exit(1)'),
  });
  expect((await loop(repository.dir)).status).toBe(1);
});

test('a time-out is told, and is no pass', async () => {
  const repository = createChecked({ 'lint:slow': script('setInterval(() => {}, 1000)', { timeout: '300ms' }) });
  const verdict = await loop(repository.dir);
  expect(verdict.check('lint:slow')).toMatchObject({ status: 'timeout', reason: expect.stringContaining('time-out') });
  expect(verdict.status).toBe(3);
});

test('a very long time-out is no short one', async () => {
  const repository = createChecked({ 'lint:it': script('setTimeout(() => {}, 300)', { timeout: '1000h' }) });
  expect((await loop(repository.dir, '--budget', '0')).statuses).toEqual({ 'lint:it': 'pass' });
});

test('a flaky check passes with a note, and its verdict is not kept', async () => {
  const repository = createChecked({
    'lint:flaky': script(`${COUNTED} process.exit(runs === 2 ? 0 : 1)`, { retries: 2 }),
  });
  const verdict = await loop(repository.dir);
  expect(verdict.check('lint:flaky')).toMatchObject({ status: 'pass', note: expect.stringContaining('2/3') });
  expect((await loop(repository.dir)).check('lint:flaky')).toMatchObject({ status: 'fail' });
});

test('a check that goes on failing is tried as often as it may be', async () => {
  const repository = createChecked({ 'lint:bad': script(`${COUNTED} process.exit(1)`, { retries: 2 }) });
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:bad': 'fail' });
  expect(readFileSync(repository.path('.git/runs'), 'utf8')).toBe('xxx');
});

test('a fallback judges where the command could not, and is named', async () => {
  const repository = createChecked(
    {
      'lint:it': { run: ['no-such-program-anywhere'], fallback: 'node fallback.cjs' },
    },
    { 'fallback.cjs': 'process.exit(1)' },
  );
  const verdict = await loop(repository.dir);
  expect(verdict.check('lint:it')).toMatchObject({ status: 'fail', note: expect.stringContaining('fallback') });
});

test('a fallback is not asked where the command found something', async () => {
  const repository = createChecked({ 'lint:it': script('process.exit(1)', { fallback: 'node -e 0' }) });
  expect((await loop(repository.dir)).check('lint:it')).toMatchObject({ status: 'fail' });
});

test('where the fallback cannot judge either, the first reason stands', async () => {
  const repository = createChecked({ 'lint:it': { run: ['no-such-one'], fallback: 'no-such-other' } });
  expect((await loop(repository.dir)).check('lint:it')).toMatchObject({
    status: 'error',
    reason: expect.stringContaining('no-such-one'),
  });
});

const LINT_REPORT = '[{"filePath":"changed.txt","messages":[]}]';
const TAP_REPORT = 'TAP version 13\nok 1 - a\n1..1\n';

test.each([
  ['eslint-json', LINT_REPORT],
  ['tap', TAP_REPORT],
])('a report that the command writes is read: %s', async (parse, report) => {
  const write = `require('node:fs').writeFileSync('report', ${JSON.stringify(report)})`;
  const repository = createChecked(
    { 'lint:it': script(write, { parse, report: 'report' }) },
    { '.gitignore': 'report' },
  );
  expect((await loop(repository.dir)).check('lint:it')).toMatchObject({ status: 'pass', examined: 1 });
});

test('a report left from before, however new, is not taken for that of this run', async () => {
  const check = script('', { parse: 'tap', report: 'report' });
  const repository = createChecked({ 'test:it': check }, { '.gitignore': 'report' });
  repository.write({ report: TAP_REPORT });
  const soon = new Date(Date.now() + 60_000);
  utimesSync(repository.path('report'), soon, soon);
  expect((await loop(repository.dir)).statuses).toEqual({ 'test:it': 'error' });
});

test('tests of Node.js are found without configuration, narrowed, and their failures have places', async () => {
  const repository = createWork({
    'package.json': JSON.stringify({ name: 'x', type: 'module', scripts: { test: 'node --test' } }),
    'add.js': 'export const add = (a, b) => a + b;\n',
    'add.test.js':
      "import assert from 'node:assert';\nimport test from 'node:test';\nimport { add } from './add.js';\ntest('adds', () => {\n  assert.equal(add(1, 2), 3);\n});\n",
    'other.test.js': "import test from 'node:test';\ntest('other', () => { throw new Error('not asked for'); });\n",
  });
  repository.write({ 'add.js': 'export const add = (a, b) => a - b;\n' });
  const verdict = await loop(repository.dir);
  const check = verdict.check('test:x');
  expect([check.status, check.examined, check.details.length]).toEqual(['fail', 1, 1]);
  expect(check.details[0]).toMatch(/^add\.test\.js:\d+:\d+ .*adds/);
  repository.write({ 'add.js': 'export const add = (a, b) => b + a;\n' });
  expect((await loop(repository.dir)).check('test:x')).toMatchObject({ status: 'pass', examined: 1 });
});

test('a test file that does not load is a failure', async () => {
  const repository = createWork({
    'package.json': JSON.stringify({ name: 'x', type: 'module', scripts: { test: 'node --test' } }),
    'a.js': 'export const a = 1;',
    'a.test.js': "import './a.js';",
  });
  repository.write({ 'a.js': 'export const a = ;' });
  expect((await loop(repository.dir)).statuses).toEqual({ 'test:x': 'fail' });
});

test('--only runs what it names and nothing else, also where the change does not call for it', async () => {
  const repository = createChecked({
    'lint:a': script('process.exit(1)', { covers: ['none/**'] }),
    'lint:b': script(''),
    'lint:c': script(''),
  });
  expect((await loop(repository.dir, '--only', 'lint:a')).statuses).toEqual({ 'lint:a': 'fail' });
  expect((await loop(repository.dir, '--only', 'lint:a', '--only', 'lint:b')).statuses).toEqual({
    'lint:a': 'fail',
    'lint:b': 'pass',
  });
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:b': 'pass', 'lint:c': 'pass' });
  expect(await failure(repository.dir, 'loop', '--only', 'lint:d')).toMatchObject({
    status: 2,
    text: expect.stringContaining('lint:'),
  });
});

test.each([
  [['lop'], 'loop'],
  [['loop', '--bse', 'main'], '--base'],
  [['loop', '--format', 'jsn'], 'json'],
  [['loop', '--budget', 'soon'], '90s'],
  [['doctor', '--all'], 'loop'],
  [['explain'], 'explain'],
])('%j is wrong usage, with what would be right', async (argv, hint) => {
  const repository = createChecked({ 'lint:a': script('') });
  const { status, stdout } = await runCli(repository.dir, argv);
  expect(status).toBe(2);
  expect(stdout).toContain(hint);
});

test('progress and warnings are kept from standard output', async () => {
  const repository = createChecked({ 'lint:a': script("console.error('noise'); console.log('noise')") });
  const { stdout } = await runCli(repository.dir, ['loop', '--format', 'text'], { tty: true });
  expect(stdout).not.toContain('noise');
  expect(stdout).toContain('lint:a');
});
