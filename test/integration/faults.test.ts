import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { complaints, createChecked, script } from './checked.ts';
import { loop, readVerdict, reported, runCli, startCli } from './command-line.ts';
import { createWork } from './repository.ts';

test('a tool that is missing is named, with where it is asked for', async () => {
  const repository = createChecked({ 'lint:it': { run: ['no-such-program-anywhere', 'x'] } });
  const { check, status } = await loop(repository.dir);
  expect([status, check('lint:it').reason]).toEqual([3, expect.stringContaining('no-such-program-anywhere')]);
});

test('a detected tool that is not installed is an error that says how to get it', async () => {
  const repository = createWork({
    'package.json': '{ "name": "x", "devDependencies": { "vitest": "*" }, "scripts": { "test": "vitest run" } }',
    'a.test.js': '1',
  });
  repository.write({ 'a.test.js': '2' });
  const { check, status } = await loop(repository.dir);
  expect([status, check('test:x').status]).toEqual([3, 'error']);
  expect(check('test:x').reason).toMatch(/vitest.*npm install/);
  expect((await runCli(repository.dir, ['doctor'])).status).toBe(3);
});

test('a tool that hangs with its pipes closed is stopped', async () => {
  const hang = "require('node:fs').closeSync(1); require('node:fs').closeSync(2); setInterval(() => {}, 1000)";
  const repository = createChecked({ 'lint:it': script(hang, { timeout: '500ms' }) });
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:it': 'timeout' });
});

test('a tool that waits for input gets none', async () => {
  const repository = createChecked({ 'lint:it': script("process.stdin.on('end', () => process.exit(0)).resume()") });
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:it': 'pass' });
});

/** Writes a gigabyte to both streams and ends well. */
const FLOOD = `
const line = Buffer.alloc(1 << 20, 'x'.repeat(99) + '\\n');
const fs = require('node:fs');
for (let count = 0; count < 512; count++) { fs.writeSync(1, line); fs.writeSync(2, line); }
`;

test('a flood of a gigabyte is read to its end in bounded memory, and judged by what may be trusted', async () => {
  const repository = createChecked({
    'lint:exit': script(FLOOD),
    'lint:parsed': script(FLOOD, { parse: 'eslint-json' }),
  });
  const probe = `process.on('exit', () => process.stderr.write('PEAK ' + process.resourceUsage().maxRSS))`;
  repository.write({ '.git/probe.cjs': probe });
  const running = startCli(repository.dir, ['loop', '--json'], {
    NODE_OPTIONS: `--require ${repository.path('.git/probe.cjs')} --max-old-space-size=256`,
  });
  const verdict = readVerdict(await running.ended);
  expect(verdict.statuses).toEqual({ 'lint:exit': 'pass', 'lint:parsed': 'error' });
  const peakKilobytes = Number(/PEAK (\d+)$/.exec(verdict.stderr)?.[1]);
  expect(peakKilobytes).toBeGreaterThan(0);
  expect(peakKilobytes).toBeLessThan(400_000);
});

test('a line without an end is bounded too', async () => {
  const endless = "for (let count = 0; count < 200; count++) process.stdout.write('x'.repeat(1 << 20))";
  const pattern = { regexp: '^(.+):(\\d+): (.+)$', file: 1, line: 2, message: 3 };
  const repository = createChecked({ 'lint:it': script(endless, { parse: pattern }) });
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:it': 'error' });
});

test.each(['SIGKILL', 'SIGSEGV', 'SIGTERM'])('a tool ended by %s is named with the signal', async (signal) => {
  const repository = createChecked({
    'lint:it': script(`process.kill(process.pid, '${signal}'); setInterval(() => {}, 9)`),
  });
  expect((await loop(repository.dir)).check('lint:it')).toMatchObject({
    status: 'error',
    reason: expect.stringContaining(signal),
  });
});

test('output that is no UTF-8 is still a verdict', async () => {
  const bytes = 'process.stdout.write(Buffer.from([0x63, 0x3a, 0x31, 0x3a, 0x20, 0xff, 0xfe, 0xc3, 0x28, 0x0a]))';
  const pattern = { regexp: '^(.+):(\\d+): (.+)$', file: 1, line: 2, message: 3 };
  const repository = createChecked({ 'lint:it': script(`${bytes}; process.exitCode = 1`, { parse: pattern }) });
  const { check, stdout } = await loop(repository.dir);
  expect(check('lint:it')).toMatchObject({ status: 'fail', details: [expect.stringContaining('\ufffd')] });
  expect(Buffer.from(stdout).toString()).toBe(stdout);
});

test('a file name with a line end in a finding stays on one line, and whole in the report', async () => {
  const repository = createChecked({ 'lint:it': complaints('src/new\nline.js', ['message\nof two lines']) });
  const { check } = await loop(repository.dir);
  expect(check('lint:it').details).toEqual([expect.stringMatching(/^src\/new\\nline\.js:1:1 message of two lines/)]);
  expect(reported(repository.dir, 'lint:it')?.findings?.[0]?.path).toBe('src/new\nline.js');
  const text = await runCli(repository.dir, ['loop', '--format', 'text']);
  expect(text.stdout.split('\n').filter((line) => line.startsWith('line.js'))).toEqual([]);
});

test.each(['text', 'json', 'sarif', 'github', 'gitlab'])(
  'half a character in a finding does not break %s',
  async (format) => {
    const repository = createChecked({ 'lint:it': complaints('a\ud800.js', ['half \udc00 of one']) });
    const { status, stdout } = await runCli(repository.dir, ['loop', '--format', format]);
    expect(status).toBe(1);
    expect(stdout).not.toContain('a defect of Downforce');
  },
);

test('a finding outside of the repository names no path of it', async () => {
  const repository = createChecked({ 'lint:it': complaints('../../etc/passwd', ['outside']) });
  await loop(repository.dir);
  expect(reported(repository.dir, 'lint:it')?.findings?.[0]?.path).toBe('');
});

test('a source file of 50 MB is no hindrance, changed or not', async () => {
  const repository = createChecked({ 'lint:it': script('') }, { 'a.js': 'export {};' });
  const line = 'export const x = 1; // padding padding padding padding padding\n';
  writeFileSync(repository.path('huge.js'), line.repeat(Math.ceil((50 * 1024 * 1024) / line.length)));
  const started = Date.now();
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:it': 'pass' });
  expect(Date.now() - started).toBeLessThan(10_000);
  expect((await runCli(repository.dir, ['explain', 'huge.js'])).status).toBe(0);
});

test('what a file too large to read may import is not taken for nothing', async () => {
  const repository = createWork({ 'a.js': 'export const a = 1;', 'a.test.js': "import './a.js';" });
  repository.write({ 'huge.test.js': `import './a.js';\n// ${'x'.repeat(5 * 1024 * 1024)}` });
  repository.commit();
  repository.git('branch', '--force', 'main');
  repository.write({ 'a.js': 'export const a = 2;' });
  const { stdout } = await runCli(repository.dir, ['explain', 'huge.test.js']);
  expect(stdout).toContain('affected');
  expect(stdout).not.toContain('not affected');
});

test.each([
  ['a folder that is a file', { run: ['node', '-e', ''], cwd: 'changed.txt' }],
  ['a folder that is not there', { run: ['node', '-e', ''], cwd: 'nowhere' }],
  ['an argument too long for the system', { run: ['node', '-e', '', 'x'.repeat(300_000)] }],
  ['a program that is a folder', { run: ['./folder'] }],
  ['a program that may not be executed', { run: ['./changed.txt'] }],
  ['a program below a file', { run: ['./changed.txt/tool'] }],
])('%s: that check is an error, and the others are judged', async (_, check) => {
  const repository = createChecked({ 'lint:bad': check, 'lint:good': script('') }, { 'folder/x': '' });
  expect((await loop(repository.dir)).statuses).toEqual({ 'lint:bad': 'error', 'lint:good': 'pass' });
});

test('a folder that is not there is named, not the program', async () => {
  const repository = createChecked({ 'lint:it': { run: ['node', '-e', ''], cwd: 'nowhere' } });
  expect((await loop(repository.dir)).check('lint:it').reason).toContain('nowhere');
});

test('more files than fit on a command line are all looked at', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 3000 }, (_, index) => [`some/longer/folder/name/file-${index}.js`, '1']),
  );
  const echo = 'process.exit(process.argv.slice(2).join() === "." ? 0 : 1)';
  const repository = createChecked(
    { 'lint:it': { run: ['node', 'echo.cjs', '{files}'] } },
    { ...files, 'echo.cjs': echo },
  );
  repository.write(Object.fromEntries(Object.keys(files).map((name) => [name, '2'])));
  const { statuses, result } = await loop(repository.dir);
  expect([statuses, result.scope.changed_files]).toEqual([{ 'lint:it': 'pass' }, 3001]);
});
