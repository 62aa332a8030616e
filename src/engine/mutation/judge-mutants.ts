import type { MutantResult } from './mutant.ts';
import type { NumberedMutant } from './mutant-runner.ts';
import type { Trial } from './try-mutants.ts';
import { isReached, type Verdict, verdictOf } from './verdict.ts';

export interface Judged {
  /** Those selected, and one for each line that no test runs. */
  readonly results: readonly MutantResult[];
  /** Changed lines of runtime code that no test runs. */
  readonly uncovered: readonly { readonly path: string; readonly line: number; readonly symbol: string }[];
}

/** What became of those selected, and of the lines that no test runs. */
export function judgeAll(
  mutants: readonly NumberedMutant[],
  trials: readonly Trial[],
  selected: readonly NumberedMutant[],
  waived: ReadonlySet<string>,
): Judged {
  const testimonies = trials.map((trial) => trial.testimony);
  const results = selected.map((mutant) => {
    const cached = trials.length > 0 && trials.every((trial) => trial.cached);
    return resultOf(mutant, verdictOf(mutant.number, testimonies), waived, cached);
  });
  const unreached = mutants.filter(({ number }) => !testimonies.some((told) => isReached(number, told)));
  return withUncovered(results, mutants, unreached, waived);
}

/** No test is relevant to any of it. */
export function untested(mutants: readonly NumberedMutant[], waived: ReadonlySet<string>): Judged {
  return withUncovered([], mutants, mutants, waived);
}

/** Adds one mutant for each line of which none is reached, and those lines. */
function withUncovered(
  results: readonly MutantResult[],
  mutants: readonly NumberedMutant[],
  unreached: readonly NumberedMutant[],
  waived: ReadonlySet<string>,
): Judged {
  const silent = new Set(unreached.map(({ number }) => number));
  const lines = [...Map.groupBy(mutants, ({ path, range }) => `${path}:${range.start.line}`).values()];
  const first = lines
    .filter((line) => line.every(({ number }) => silent.has(number)))
    .flatMap((line) => spokesman(line, waived) ?? []);
  const told = new Set(results.map(({ mutant }) => mutant.id));
  const verdict: Verdict = { status: 'no-coverage', coveredBy: [], killedBy: [], killedByIds: [], durationMs: 0 };
  const more = first.filter(({ id }) => !told.has(id)).map((mutant) => resultOf(mutant, verdict, waived, false));
  const open = first.filter(({ id }) => !waived.has(id));
  return {
    results: [...results, ...more],
    uncovered: open.map(({ path, range, symbol }) => ({ path, line: range.start.line, symbol })).sort(inOrder),
  };
}

/** The same whatever history thinks of them: one that is waived speaks for its line, else the first in it. */
function spokesman(line: readonly NumberedMutant[], waived: ReadonlySet<string>): NumberedMutant | undefined {
  const inPlace = [...line].sort((a, b) => a.edit.start - b.edit.start || (a.id < b.id ? -1 : 1));
  return inPlace.find(({ id }) => waived.has(id)) ?? inPlace[0];
}

function inOrder(a: { path: string; line: number }, b: { path: string; line: number }): number {
  return a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1;
}

function resultOf(
  mutant: NumberedMutant,
  verdict: Verdict,
  waived: ReadonlySet<string>,
  cached: boolean,
): MutantResult {
  const { status, coveredBy, killedBy, killedByIds, durationMs, reason } = verdict;
  const accused = status === 'survived' || status === 'no-coverage';
  return {
    mutant,
    status: accused && waived.has(mutant.id) ? 'ignored' : status,
    coveredBy,
    killedBy,
    killedByIds,
    durationMs,
    ...(reason === undefined ? {} : { reason }),
    ...(cached ? { cached } : {}),
  };
}
