import type { MutantStatus, TestName } from './mutant.ts';
import type { TestRun, Try } from './mutant-runner.ts';

/** All that one check said of the mutants. */
export interface Testimony {
  readonly tests: readonly TestRun[];
  /** By test file, numbers reached while modules were loaded. */
  readonly loads: ReadonlyMap<string, readonly number[]>;
  readonly tries: readonly Try[];
  readonly coverage: 'known' | 'unknown';
}

export interface Verdict {
  readonly status: Extract<
    MutantStatus,
    'killed' | 'survived' | 'timeout' | 'compile-error' | 'equivalent' | 'error' | 'no-coverage'
  >;
  readonly coveredBy: readonly TestName[];
  readonly killedBy: readonly TestName[];
  readonly killedByIds: readonly string[];
  readonly durationMs: number;
  readonly reason?: string;
}

const DECISIVE = ['killed', 'timeout', 'compile-error', 'equivalent'] as const;

/** Whether a try ends the matter: no further test needs to be asked. */
export function isDecisive(result: Try): boolean {
  return result.unsure === undefined && DECISIVE.some((status) => status === result.status);
}

/** Whether any test of a check, or the loading of its files, runs the place of a mutant. */
export function isReached(number: number, { tests, loads, tries, coverage }: Testimony): boolean {
  if (tests.some((test) => test.reaches.includes(number))) return true;
  if ([...loads.values()].some((reached) => reached.includes(number))) return true;
  if (coverage === 'known') return false;
  const own = tries.filter((result) => result.number === number);
  // Not tried, or tried and not merely passed by: nothing says that no test runs it.
  return own.length === 0 || own.some((result) => result.status !== 'survived' || result.ran.length > 0);
}

/** From what all checks said of one mutant to what it is: one failing test anywhere kills it. */
export function verdictOf(number: number, testimonies: readonly Testimony[]): Verdict {
  const tests = testimonies.flatMap((testimony) => testimony.tests);
  const tries = testimonies.flatMap((testimony) => testimony.tries).filter((result) => result.number === number);
  const ran = new Set(tries.flatMap((result) => result.ran));
  const coveredBy = tests.filter((test) => test.reaches.includes(number) || ran.has(test.id)).map(nameOf);
  const durationMs = tries.reduce((sum, result) => sum + result.durationMs, 0);
  const common = { coveredBy, killedBy: [], killedByIds: [], durationMs };
  const decisive = DECISIVE.flatMap(
    (status) => tries.find((result) => result.status === status && isDecisive(result)) ?? [],
  )[0];
  if (decisive !== undefined) return { ...common, ...told(decisive, tests) };
  if (!testimonies.some((testimony) => isReached(number, testimony))) return { ...common, status: 'no-coverage' };
  const broken = tries.find((result) => result.status === 'error' || result.unsure !== undefined);
  if (tries.length === 0) return { ...common, status: 'error', reason: 'it was not tried' };
  if (broken !== undefined)
    return { ...common, status: 'error', reason: broken.message ?? broken.unsure ?? 'could not be judged' };
  return { ...common, status: 'survived' };
}

function told(
  result: Try,
  tests: readonly TestRun[],
): Pick<Verdict, 'status' | 'killedBy' | 'killedByIds'> & { reason?: string } {
  const killedBy = result.killedBy.map((id) => {
    const known = tests.find((test) => test.id === id);
    return known === undefined ? { file: result.file, name: id } : nameOf(known);
  });
  const reason = result.message === undefined ? {} : { reason: result.message };
  return { status: result.status, killedBy, killedByIds: result.killedBy, ...reason };
}

function nameOf({ file, name }: TestRun): TestName {
  return { file, name };
}
