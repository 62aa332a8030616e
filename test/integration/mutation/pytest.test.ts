import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findPython, pythonEnvironment } from './pytest-environment.ts';
import { TRAPS, troubleOf } from './pytest-trouble.ts';
import { bruteForce, type Fate, type PlannedMutant, repositoryOf, trial } from './trial.ts';

const TOOL = 'pytest';
const ENVIRONMENTS = [
  { python: '3.9', packages: ['pytest>=7,<8'] },
  { python: '3.11', packages: ['pytest>=8,<9'] },
  { python: '3.13', packages: ['pytest>=9,<10'] },
] as const;

function repository(files: Readonly<Record<string, string>>, python: string, packages: readonly string[]): string {
  const dir = repositoryOf(files);
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  symlinkSync(pythonEnvironment(python, ...packages), join(dir, '.venv'));
  return dir;
}

/** What the fast way says, confirmed alone where it is not sure, as the engine does. */
async function fates(dir: string, mutants: readonly PlannedMutant[]): Promise<readonly (Fate | 'unfit')[]> {
  const run = await trial(dir, mutants, { tool: TOOL });
  if (run.kind !== 'ran') throw new Error(JSON.stringify(run));
  const found: (Fate | 'unfit')[] = [];
  for (const [index] of mutants.entries()) {
    const number = index + 1;
    const result = run.tries.find((candidate) => candidate.number === number);
    found.push(result?.unsure === undefined ? fateOf(result?.status) : await alone(dir, mutants, number));
  }
  return found;
}

async function alone(dir: string, mutants: readonly PlannedMutant[], number: number): Promise<Fate | 'unfit'> {
  const run = await trial(dir, mutants, { tool: TOOL, mode: 'alone', tries: [number] });
  return run.kind === 'ran' ? fateOf(run.tries[0]?.status) : 'unfit';
}

function fateOf(status: string | undefined): Fate {
  return status === undefined || status === 'equivalent' ? 'survived' : (status as Fate);
}

/** A process that goes down says nothing that could be read: killed all the same. */
function comparable(found: readonly string[]): readonly string[] {
  return found.map((fate) => (fate === 'error' ? 'killed' : fate));
}

function label(mutants: readonly PlannedMutant[], found: readonly string[]): readonly string[] {
  return mutants.map((mutant, index) => `${mutant.path}: ${mutant.find} -> ${mutant.replace}: ${found[index]}`);
}

function statusOf(dir: string): string {
  const told = execFileSync('git', ['status', '--porcelain', '--ignored'], { cwd: dir, encoding: 'utf8' });
  return told.replace('!! .downforce/\n', '');
}

describe.each(ENVIRONMENTS)('pytest on Python $python ($packages)', ({ python, packages }) => {
  it.runIf(findPython(python)).each(Object.keys(TRAPS) as (keyof typeof TRAPS)[])(
    'judges as brute force does: %s',
    { timeout: 600_000 },
    async (name) => {
      const { files, mutants } = troubleOf([TRAPS[name]]);
      const dir = repository(files, python, packages);
      const before = statusOf(dir);
      const fast = await fates(dir, mutants);
      expect(statusOf(dir)).toBe(before);
      const slow = await bruteForce(dir, mutants, { tool: TOOL, timeoutMs: 15_000 });
      expect(label(mutants, comparable(fast))).toEqual(label(mutants, comparable(slow)));
    },
  );
});
