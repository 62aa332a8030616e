import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseWaivers } from '../../src/engine/waivers/waivers-file.ts';
import { failure, loop, readVerdict, reported, runCli, startCli } from './command-line.ts';
import { createWork, type Repository } from './repository.ts';

const CONFIG = JSON.stringify({
  detect: false,
  checks: { 'lint:a': { run: ['node', '-e', ''] } },
  guards: { 'changed-tests': 'off', suppressions: 'off', 'file-size': 'off' },
  boundaries: [{ from: 'src/core/**', deny: ['src/ui/**'], because: 'core knows no screen' }],
});
const REASON = 'the screen is drawn by core until March';

/** A change in which core imports the screen. */
function denied(): Repository {
  const repository = createWork({ 'src/core/a.ts': '', 'src/ui/b.ts': '', 'downforce.jsonc': CONFIG });
  repository.git('config', 'user.name', 'Ada Lovelace');
  repository.git('config', 'user.email', 'ada@example.org');
  repository.write({ 'src/core/a.ts': "import '../ui/b.ts';\n" });
  return repository;
}

async function fingerprintOf({ dir }: Repository): Promise<string> {
  await loop(dir);
  const fingerprint = reported(dir, 'boundaries')?.findings?.[0]?.fingerprint;
  if (fingerprint === undefined) throw new Error('nothing found');
  return fingerprint;
}

function waiversOf({ path }: Repository) {
  return parseWaivers(readFileSync(path('downforce.waivers.jsonc'), 'utf8')).map(({ waiver }) => waiver);
}

test('a finding that a person waives fails no more, and is counted', async () => {
  const repository = denied();
  const { dir } = repository;
  const fingerprint = await fingerprintOf(repository);
  const { status, stdout } = await runCli(dir, ['waive', fingerprint.slice(0, 8), '--reason', REASON], { tty: true });
  expect([status, stdout]).toEqual([0, expect.stringContaining('waived by Ada Lovelace <ada@example.org>')]);
  expect(waiversOf(repository)).toEqual([
    {
      ...{ fingerprint, code: 'boundary/denied', path: 'src/core/a.ts', lines: 1, reason: REASON },
      ...{ text: expect.stringContaining('ui'), content: expect.stringMatching(/^[0-9a-f]{16}$/) },
      ...{ who: 'Ada Lovelace <ada@example.org>', when: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    },
  ]);
  const { check, status: after } = await loop(dir);
  expect([after, check('boundaries')]).toEqual([
    0,
    expect.objectContaining({ status: 'pass', waived: 1, details: [] }),
  ]);
  expect(check('waivers').details).toEqual([
    expect.stringContaining('Ada Lovelace <ada@example.org> waives src/core/a.ts'),
  ]);
  expect(reported(dir, 'boundaries')?.waived_findings?.[0]?.data).toMatchObject({ waiver: { reason: REASON } });
  const gated = readVerdict(await runCli(dir, ['gate', '--json']));
  expect([gated.status, gated.check('boundaries').waived]).toEqual([0, 1]);
});

test('the waiver lapses when the code changes', async () => {
  const repository = denied();
  const { dir, write } = repository;
  await runCli(dir, ['waive', await fingerprintOf(repository), '--reason', REASON]);
  write({ 'src/core/a.ts': "\n\nimport   '../ui/b.ts';\n" });
  expect((await loop(dir)).status).toBe(0);
  write({ 'src/core/a.ts': "import '../ui/b.ts'; // now for good\n" });
  const { status, check } = await loop(dir);
  expect([status, check('boundaries').status]).toEqual([1, 'fail']);
  expect(check('waivers').details[0]).toContain('has lapsed: what it speaks of in src/core/a.ts has changed');
});

test('it is a person’s act', async () => {
  const repository = denied();
  const fingerprint = await fingerprintOf(repository);
  const { status, stdout } = await startCli(repository.dir, ['waive', fingerprint, '--reason', REASON], {
    CLAUDECODE: '1',
  }).ended;
  expect([status, JSON.parse(stdout).error]).toMatchObject([
    2,
    { code: 'waive/agent', message: expect.stringContaining('Claude Code') },
  ]);
  expect(existsSync(repository.path('downforce.waivers.jsonc'))).toBe(false);
});

test('it takes something to waive, and a reason', async () => {
  const repository = denied();
  const { dir } = repository;
  const fingerprint = await fingerprintOf(repository);
  const refused = async (...argv: string[]) => failure(dir, 'waive', ...argv);
  expect(await refused('--reason', REASON)).toMatchObject({ code: 'usage', status: 2 });
  expect(await refused(fingerprint)).toMatchObject({ code: 'usage', status: 2 });
  expect(await refused(fingerprint, '--reason', ' because  ')).toMatchObject({ code: 'waive/reason', status: 2 });
  expect(await refused('feedfacefeedface', '--reason', REASON)).toMatchObject({ code: 'waive/refused', status: 2 });
  expect(await refused('m-0123456789', '--reason', REASON)).toMatchObject({ code: 'waive/refused' });
  expect(await refused(fingerprint.slice(0, 3), '--reason', REASON)).toMatchObject({ code: 'waive/refused' });
  expect(existsSync(repository.path('downforce.waivers.jsonc'))).toBe(false);
  await runCli(dir, ['waive', fingerprint, '--reason', REASON]);
  expect((await refused(fingerprint, '--reason', REASON)).text).toContain('is waived already');
});

test('someone else may be named, and comments in the file stay', async () => {
  const repository = denied();
  const { dir, write } = repository;
  write({ 'downforce.waivers.jsonc': '// ours\n{\n  "waivers": [] // none yet\n}\n' });
  await runCli(dir, ['waive', await fingerprintOf(repository), '--reason', REASON, '--as', 'Grace Hopper']);
  expect(waiversOf(repository)[0]?.who).toBe('Grace Hopper');
  expect(readFileSync(repository.path('downforce.waivers.jsonc'), 'utf8')).toMatch(/^\/\/ ours\n[\s\S]*\/\/ none yet/);
});

test('a file that is wrong is an error of configuration, with its place', async () => {
  const repository = denied();
  repository.write({ 'downforce.waivers.jsonc': '{\n  "waiver": []\n}' });
  const { code, status, text } = await failure(repository.dir, 'loop');
  expect([code, status]).toEqual(['config/invalid', 2]);
  expect(text).toContain('downforce.waivers.jsonc:2:3: the file has an unknown key "waiver"; did you mean "waivers"?');
});

test('a file that leads out of the repository is not read', async () => {
  const repository = denied();
  repository.link('downforce.waivers.jsonc', '/etc/hostname');
  expect(await failure(repository.dir, 'loop')).toMatchObject({ code: 'config/unreadable', status: 2 });
});

test('a change of waivers alone calls for no check', async () => {
  const repository = denied();
  repository.commit();
  repository.git('branch', '--force', 'main', 'work');
  repository.write({ 'downforce.waivers.jsonc': '{}' });
  const { result, status } = await loop(repository.dir);
  expect([status, result.scope.widening_reasons, result.scope.inert_files]).toEqual([0, [], 1]);
});
