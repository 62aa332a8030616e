import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { envelopeSchema } from '../../../src/protocol/envelope.ts';
import type { MutationSummary } from '../../../src/protocol/mutation.ts';
import { until } from '../command-line.ts';
import { treeHash } from './tree-hash.ts';
import { createProject, DOWNFORCE, PROJECTS } from './untouched-projects.ts';

const COMMAND = [join(DOWNFORCE, 'dist/cli.cjs'), 'mutate', '--base', 'HEAD', '--no-cache', '--json'];
/** In the environment of the command line, and so of all that it starts. */
const MARK = 'DOWNFORCE_TEST_ROUND';
/** Or when a whole run is over, if that takes longer. */
const LATEST_KILL_MS = 2500;
/** What it started may live on for so long, on a machine that does much else. */
const REST_MS = 5000;

const dirs: string[] = [];
const marks: string[] = [];

// Tests that run side by side have no hooks of their own.
afterAll(() => {
  for (const mark of marks) endAll(mark);
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

interface Round {
  /** Processes that it had started, when it was killed. */
  readonly started: number;
  readonly ended: boolean;
}

/** Kills the command line alone, as a supervisor that knows nothing of its children would, and waits until those are gone. */
async function killed(dir: string, afterMs: number): Promise<Round> {
  const mark = randomUUID();
  marks.push(mark);
  const child = spawn(process.execPath, COMMAND, { cwd: dir, stdio: 'ignore', env: { ...process.env, [MARK]: mark } });
  const exit = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  const seen = new Promise<number>((resolve) => setTimeout(() => resolve(marked(mark).length - 1), afterMs - 5));
  await exit;
  clearTimeout(timer);
  await until(() => marked(mark).length === 0, `what it started is gone, killed after ${afterMs} ms`, REST_MS);
  return { started: await seen, ended: child.signalCode === null };
}

function marked(mark: string): readonly number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return readFileSync(`/proc/${name}/environ`, 'latin1').includes(`${MARK}=${mark}`) ? [Number(name)] : [];
    } catch {
      // Ended while we looked.
      return [];
    }
  });
}

function endAll(mark: string): void {
  for (const pid of marked(mark)) process.kill(pid, 'SIGKILL');
}

async function wholeRun(dir: string): Promise<{ readonly ms: number; readonly summary: MutationSummary | undefined }> {
  const started = performance.now();
  const child = spawn(process.execPath, COMMAND, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
  const [text, complaint] = await Promise.all(
    [child.stdout, child.stderr].map(async (stream) => (await stream.toArray()).join('')),
  );
  if (text === undefined || text === '') throw new Error(`no answer: ${complaint}`);
  const summary = envelopeSchema.parse(JSON.parse(text)).result?.mutation;
  return { ms: performance.now() - started, summary };
}

describe.runIf(process.platform === 'linux')('a run that is killed', () => {
  it.concurrent.each(Object.entries(PROJECTS))(
    'leaves the tree as it was, and nobody running: %s',
    { timeout: 300_000 },
    async (_, project) => {
      if (!project.ready) return;
      const dir = createProject(project);
      dirs.push(dir);
      const before = treeHash(dir);
      const whole = await wholeRun(dir);
      expect(whole.summary).toMatchObject({ errors: 0 });
      const latestMs = Math.max(LATEST_KILL_MS, whole.ms);
      const rounds: Round[] = [];
      for (let round = 0; round < project.rounds; round++) {
        // At random, and no moment left out.
        const afterMs = ((round + Math.random()) / project.rounds) * latestMs;
        rounds.push(await killed(dir, afterMs));
        expect(treeHash(dir), `killed after ${afterMs} ms`).toBe(before);
      }
      expect(rounds.filter(({ started, ended }) => started > 0 && !ended).length).toBeGreaterThan(2);
      expect((await wholeRun(dir)).summary).toEqual(whole.summary);
      expect(treeHash(dir)).toBe(before);
    },
  );
});
