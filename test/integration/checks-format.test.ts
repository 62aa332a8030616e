import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { complaints, createChecked, script } from './checked.ts';
import { loop, reported, runCli } from './command-line.ts';
import type { Repository } from './repository.ts';

const RACE_CAR = '🏎';

/** 25 checks: the first fails with 3,000 findings of 300 characters each, one cannot run, one passes, all others fail once. */
function createMany(): Repository {
  const long = Array.from({ length: 3000 }, (_, index) => `${index}${RACE_CAR.repeat(150)}`);
  const write = `const messages = ${JSON.stringify(long.slice(0, 10))}; const all = [];
    for (let line = 1; line <= 3000; line++) all.push({ ruleId: 'rule', severity: 2, message: line + messages[line % 10], line, column: 1 });
    console.log(JSON.stringify([{ filePath: 'changed.txt', messages: all }])); process.exitCode = 1;`;
  const others = Array.from({ length: 22 }, (_, index) => [`lint:n${index}`, complaints('changed.txt', ['no'])]);
  return createChecked({
    'lint:ok': script(''),
    'lint:broken': { run: ['no-such-program-anywhere'] },
    ...Object.fromEntries(others),
    'lint:many': script(write, { parse: 'eslint-json' }),
  });
}

/** Half of a character, as a cut in the wrong place leaves it. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

test('JSON is bounded: 20 checks, failing first, 8 details, 240 characters; the rest is counted', async () => {
  const repository = createMany();
  const { result, stdout, envelope, check } = await loop(repository.dir);
  expect([result.checks.length, result.omitted_checks, result.summary.total]).toEqual([20, 5, 25]);
  expect(result.checks.map(({ status }) => status)).not.toContain('pass');
  const details = result.checks.flatMap((item) => item.details);
  expect(Math.max(...details.map((detail) => detail.length))).toBeLessThanOrEqual(240);
  expect(details.filter((detail) => LONE.test(detail))).toEqual([]);
  expect(envelope.next_actions.length).toBeLessThanOrEqual(5);
  expect(stdout.length).toBeLessThan(60_000);
  const only = await loop(repository.dir, '--only', 'lint:many', '--no-cache');
  expect([only.check('lint:many').details.length, only.check('lint:many').omitted_details]).toEqual([8, 2992]);
  expect(check('lint:n0').omitted_details).toBe(0);
});

test('the report is the same without bounds', async () => {
  const repository = createMany();
  await loop(repository.dir);
  const many = reported(repository.dir, 'lint:many');
  expect([many?.findings?.length, many?.details.length, many?.omitted_details]).toEqual([3000, 3000, 0]);
  expect(reported(repository.dir, 'lint:ok')?.status).toBe('pass');
  expect(readFileSync(repository.path('.downforce/.gitignore'), 'utf8')).toBe('*\n');
});

test('a cut never leaves half a character, wherever it falls', async () => {
  const messages = Array.from({ length: 8 }, (_, index) => 'x'.repeat(index) + RACE_CAR.repeat(190));
  const repository = createChecked({ 'lint:it': complaints('changed.txt', messages) });
  const { stdout, check } = await loop(repository.dir);
  expect(check('lint:it').details.every((detail) => detail.length <= 240 && detail.endsWith('…'))).toBe(true);
  expect(LONE.test(stdout)).toBe(false);
  for (const format of ['text', 'github', 'gitlab', 'sarif'])
    expect(LONE.test((await runCli(repository.dir, ['loop', '--format', format])).stdout)).toBe(false);
});

test('text is for a person: failing checks first, without colours in a pipe', async () => {
  const repository = createMany();
  const { stdout, status } = await runCli(repository.dir, ['loop', '--format', 'text']);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^not ok {2}1 passed, 23 failed, 1 errored/m);
  expect(stdout).not.toContain('\u001b');
  expect(stdout.split('\n').length).toBeLessThan(120);
});

const sarif = z.object({
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.object({
      tool: z.object({ driver: z.object({ name: z.string(), rules: z.array(z.object({ id: z.string() })) }) }),
      invocations: z.tuple([
        z.object({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(z.object({ level: z.string(), message: z.object({ text: z.string() }) })),
        }),
      ]),
      results: z.array(
        z.object({
          ruleId: z.string(),
          ruleIndex: z.number().min(0),
          level: z.enum(['error', 'warning', 'note']),
          message: z.object({ text: z.string().min(1) }),
          partialFingerprints: z.record(z.string(), z.string()),
        }),
      ),
    }),
  ]),
});

test('SARIF is well-formed, says what could not judge, and keeps to 5,000 results', async () => {
  const repository = createMany();
  const { stdout, status } = await runCli(repository.dir, ['loop', '--format', 'sarif']);
  const [run] = sarif.parse(JSON.parse(stdout)).runs;
  expect([status, run.results.length]).toEqual([1, 3022]);
  expect(run.invocations[0].executionSuccessful).toBe(false);
  expect(run.invocations[0].toolExecutionNotifications.map(({ message }) => message.text).join()).toContain(
    'lint:broken',
  );
  const prints = run.results.map((result) => result.partialFingerprints['downforce/1']);
  expect(prints).not.toContain(undefined);
});

test('GitHub shows at most ten annotations of a level, each on a line of its own', async () => {
  const repository = createMany();
  const { stdout, status } = await runCli(repository.dir, ['loop', '--format', 'github']);
  const commands = stdout.split('\n').filter((line) => line.startsWith('::'));
  expect(status).toBe(1);
  expect(commands.filter((line) => line.startsWith('::error')).length).toBeLessThanOrEqual(11);
  expect(commands.some((line) => line.includes('lint%3Abroken'))).toBe(true);
  expect(stdout).toContain('3022 findings');
});

test('a finding cannot smuggle a workflow command in', async () => {
  const repository = createChecked({
    'lint:it': complaints('a,b:c\n::set-env.js', ['one\n::warning::two\r\n::error::three%0A']),
  });
  const { stdout } = await runCli(repository.dir, ['loop', '--format', 'github']);
  expect(stdout.split(/\r|\n/).filter((line) => line.startsWith('::'))).toHaveLength(1);
  expect(stdout).toContain('a%2Cb%3Ac');
  expect(stdout).toContain('%250A');
});

const gitlab = z.array(
  z.object({
    description: z.string().min(1),
    check_name: z.string(),
    fingerprint: z.string(),
    severity: z.enum(['info', 'minor', 'major', 'critical', 'blocker']),
    location: z.object({ path: z.string().min(1), lines: z.object({ begin: z.number().int().min(1) }) }),
  }),
);

test('the report for GitLab is well-formed, with a fingerprint each', async () => {
  const repository = createMany();
  const { stdout, status } = await runCli(repository.dir, ['loop', '--format', 'gitlab']);
  const issues = gitlab.parse(JSON.parse(stdout));
  expect([status, issues.length]).toEqual([1, 3023]);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
});

test.each(['text', 'json', 'sarif', 'github', 'gitlab'])(
  '%s of a loop with nothing to judge says so',
  async (format) => {
    const repository = createChecked({});
    const { status, stdout, stderr } = await runCli(repository.dir, ['loop', '--format', format]);
    expect(status).toBe(3);
    expect(stdout + stderr).toContain('no check');
  },
);

test('fingerprints stay when code moves and are the same on another machine', async () => {
  const print = async (lines: number): Promise<string | undefined> => {
    const messages = Array.from({ length: lines }, () => 'same');
    const repository = createChecked({ 'lint:it': complaints('changed.txt', messages) });
    await loop(repository.dir);
    return reported(repository.dir, 'lint:it')?.findings?.at(-1)?.fingerprint;
  };
  expect(await print(1)).toBe(await print(5));
});

test('a terminal gets text, a pipe JSON', async () => {
  const repository = createChecked({ 'lint:it': script('') });
  expect((await runCli(repository.dir, ['loop'], { tty: true })).stdout).toContain('✓');
  expect(JSON.parse((await runCli(repository.dir, ['loop'])).stdout).ok).toBe(true);
});
