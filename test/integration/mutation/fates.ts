import { expect } from 'vitest';
import type { MutantRun, Try } from '../../../src/engine/mutation/mutant-runner.ts';
import { inParallel } from '../../../src/runners/node-test/driver/parallel.ts';
import { bruteForce, type Fate, type PlannedMutant, trial } from './trial.ts';

/** Every mutant that is not sure is tried again, alone, as the engine does. */
async function fates(dir: string, planned: readonly PlannedMutant[], tool: string): Promise<readonly Fate[]> {
  const run = await trial(dir, planned, { tool });
  if (run.kind !== 'ran') throw new Error(JSON.stringify(run));
  return inParallel([...planned.keys()], 3, (index) => fateOf(dir, planned, index + 1, run, tool));
}

async function fateOf(
  dir: string,
  planned: readonly PlannedMutant[],
  number: number,
  run: MutantRun & { kind: 'ran' },
  tool: string,
): Promise<Fate> {
  const own = run.tries.filter((one) => one.number === number);
  const sure = own.find((one) => one.unsure === undefined && one.status !== 'survived');
  if (sure !== undefined) return asFate(sure);
  const reached =
    [...run.loads.values()].some((reaches) => reaches.includes(number)) ||
    run.tests.some((test) => test.reaches.includes(number));
  const doubtful = own.some((one) => one.unsure !== undefined) || (own.length === 0 && reached);
  if (!doubtful) return 'survived';
  const alone = await trial(dir, planned, { tool, mode: 'alone', tries: [number] });
  if (alone.kind !== 'ran' || alone.tries[0] === undefined) throw new Error(JSON.stringify(alone));
  return asFate(alone.tries[0]);
}

/** A test that is cut off is a test that fails: brute force tells no difference where the runner's own limit ends it. */
function asFate({ status }: Try): Fate {
  if (status === 'equivalent') return 'survived';
  return status === 'survived' || status === 'error' ? status : 'killed';
}

/** The fast way, with its doubts settled, says what a fresh process for each mutant says. */
export async function expectBruteForce(dir: string, planned: readonly PlannedMutant[], tool: string): Promise<void> {
  const truth = await bruteForce(dir, planned, { tool, timeoutMs: 12_000 });
  const wanted = truth.map((fate) => (fate === 'survived' ? fate : 'killed'));
  expect(await fates(dir, planned, tool)).toEqual(wanted);
}
