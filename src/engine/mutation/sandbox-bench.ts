import type { MutantDeps, MutantJob, MutatedSource, NumberedMutant, TestRun } from './mutant-runner.ts';

/** What all tries of one job have in common. */
export interface Bench {
  readonly job: MutantJob;
  readonly deps: MutantDeps;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Stands for all tests of the command: it does not say which ran what. */
  readonly whole: TestRun;
}

export interface Placed {
  readonly source: MutatedSource;
  readonly mutant: NumberedMutant;
}

export function findMutant(sources: readonly MutatedSource[], number: number): Placed | undefined {
  for (const source of sources) {
    const mutant = source.mutants.find((candidate) => candidate.number === number);
    if (mutant !== undefined) return { source, mutant };
  }
  return undefined;
}
