import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { installed } from './installed.ts';
import { bruteForce, type Fate, type PlannedMutant, repositoryOf, trial } from './trial.ts';
import { TRAPS, type Trap } from './vitest-trouble.ts';

const TOOL = 'vitest';
const VERSIONS = ['5', '4', '3'] as const;

function modulesOf(version: string): string {
  const dir = version === '5' ? join(import.meta.dirname, '../../..') : installed({ vitest: version });
  return join(dir, 'node_modules');
}

function repository({ files, links = {} }: Trap, version: string): string {
  const dir = repositoryOf(files);
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  symlinkSync(modulesOf(version), join(dir, 'node_modules'));
  for (const [path, target] of Object.entries(links)) {
    const folder = dirname(path);
    mkdirSync(join(dir, folder), { recursive: true });
    // Not into the original from a copy.
    symlinkSync(relative(folder, target), join(dir, path));
  }
  return dir;
}

/** What the fast way says, confirmed alone where it is not sure, as the engine does. */
async function fates(dir: string, mutants: readonly PlannedMutant[]): Promise<readonly (Fate | 'unfit')[]> {
  const run = await trial(dir, mutants, { tool: TOOL });
  if (run.kind !== 'ran') throw new Error(JSON.stringify(run));
  const found: (Fate | 'unfit')[] = [];
  for (const [index] of mutants.entries()) {
    const tries = run.tries.filter(({ number }) => number === index + 1);
    const decisive = tries.find(({ status, unsure }) => unsure === undefined && status !== 'survived');
    const unsure = tries.some((result) => result.unsure !== undefined);
    if (decisive !== undefined || !unsure) found.push(fateOf(decisive?.status));
    else found.push(await alone(dir, mutants, index + 1));
  }
  return found;
}

async function alone(dir: string, mutants: readonly PlannedMutant[], number: number): Promise<Fate | 'unfit'> {
  const run = await trial(dir, mutants, { tool: TOOL, mode: 'alone', tries: [number] });
  if (run.kind !== 'ran') return 'unfit';
  return fateOf(run.tries.find(({ status }) => status !== 'survived')?.status);
}

function fateOf(status: string | undefined): Fate {
  return status === undefined ? 'survived' : (status as Fate);
}

/** A process that goes down or hangs says nothing that could be read: noticed all the same. */
function comparable(found: readonly string[]): readonly string[] {
  return found.map((fate) => (fate === 'error' || fate === 'timeout' ? 'killed' : fate));
}

function label(mutants: readonly PlannedMutant[], found: readonly string[]): readonly string[] {
  return mutants.map(({ path, find, replace }, index) => `${path}: ${find} -> ${replace}: ${found[index]}`);
}

function statusOf(dir: string): string {
  const told = execFileSync('git', ['status', '--porcelain', '--ignored'], { cwd: dir, encoding: 'utf8' });
  return told.replace('!! .downforce/\n', '');
}

describe.each(VERSIONS)('Vitest %s', (version) => {
  it.each(Object.keys(TRAPS) as (keyof typeof TRAPS)[])(
    'judges as brute force does: %s',
    { timeout: 600_000 },
    async (name) => {
      const { mutants } = TRAPS[name];
      const dir = repository(TRAPS[name], version);
      const before = statusOf(dir);
      const fast = await fates(dir, mutants);
      expect(statusOf(dir)).toBe(before);
      const slow = await bruteForce(dir, mutants, { tool: TOOL, timeoutMs: 20_000 });
      expect(label(mutants, comparable(fast))).toEqual(label(mutants, comparable(slow)));
    },
  );
});
