import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';

/** What is printed where, for words that are wrong. */
async function said(...argv: readonly string[]): Promise<{ out: string; err: string; status: number }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const streams = { stdin: { isTTY: false }, stdout, stderr, env: {}, cwd: '/' };
  const status = await run(argv, streams as unknown as Parameters<typeof run>[1], new AbortController().signal);
  return { out: String(stdout.read() ?? ''), err: String(stderr.read() ?? ''), status };
}

it.each([
  [['loop', '--onyl', 'x', '--format', 'text'], 'err'],
  [['loop', '--onyl', 'x', '--format=text'], 'err'],
  [['loop', '--onyl', 'x', '--json'], 'out'],
  [['loop', '--onyl', 'x'], 'out'],
  [['loop', '--onyl', 'x', '--format', 'txt'], 'out'],
] as const)('says what is wrong with %j in the format that was asked for', async (argv, where) => {
  const { out, err, status } = await said(...argv);
  expect(status).toBe(2);
  expect(where === 'out' ? JSON.parse(out).error.code : err).toMatch(/usage|Unknown option/);
  expect(where === 'out' ? err : out).toBe('');
});
