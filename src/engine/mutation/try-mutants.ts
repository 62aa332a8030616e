import type { Check } from '../checks/check.ts';
import { Confirmations, isSettled } from './confirm-tries.ts';
import type {
  Heard,
  MutantDeps,
  MutantEvents,
  MutantJob,
  MutantRun,
  MutantRunner,
  MutatedSource,
  NumberedMutant,
  Try,
} from './mutant-runner.ts';
import type { RelevantTests } from './relevant-tests.ts';
import { createSandboxRunner } from './sandbox-runner.ts';
import { type KnownTries, openTryCache, type TryCacheInputs } from './try-cache.ts';
import { isReached, type Testimony } from './verdict.ts';

/** What the tests of one check are asked. */
export interface Inquiry {
  readonly relevant: RelevantTests;
  readonly sources: readonly MutatedSource[];
  readonly mutants: readonly NumberedMutant[];
  /** How many of those that are reached are wanted. */
  readonly enough: number;
  likely(number: number): readonly string[];
}

/** One check with all it has said so far; asked further as the need arises. */
export interface Trial {
  readonly check: Check;
  /** The way that was used, for the report. */
  readonly way: string;
  readonly note?: string;
  readonly baselineMs: number;
  readonly testimony: Testimony;
  /** Everything was known from before; no test was run. */
  readonly cached: boolean;
}

export type TrialOutcome =
  | { readonly kind: 'heard'; readonly trial: Trial }
  /** Its tests fail without a mutant when run this way; the plain command has the last word. */
  | { readonly kind: 'red'; readonly check: Check; readonly failures: readonly string[] }
  | { readonly kind: 'unfit'; readonly check: Check; readonly reason: string }
  | { readonly kind: 'cancelled' };

export interface TrialDeps extends MutantDeps {
  /** Undefined where nothing is to be answered from before. */
  readonly cache: TryCacheInputs | undefined;
}

/** Tries mutants on one check's tests: what is known, then the fast way, then a copy of the tree. */
export async function tryOnCheck(
  inquiry: Inquiry,
  tries: readonly number[],
  deps: TrialDeps,
  events: MutantEvents,
  signal: AbortSignal,
): Promise<TrialOutcome> {
  const { check } = inquiry.relevant;
  const covered =
    inquiry.relevant.files.length > 0 ? inquiry.relevant.files : deps.tree.paths.filter((path) => check.covers(path));
  const known = deps.cache === undefined ? undefined : openTryCache(check, covered, inquiry.mutants, deps.cache);
  let question = whatToAsk(tries, inquiry.enough, covered, known);
  if (known !== undefined && question.files.length === 0 && covered.length > 0) {
    const trial = { check, way: 'known from before', baselineMs: 0, testimony: known.testimony, cached: true };
    return { kind: 'heard', trial };
  }
  let testimony = known?.testimony;
  // Who noticed a mutant before is asked first; the others only about what is left then.
  for (const asked = new Set<string>(); ; ) {
    const outcome = await ask(inquiry, question, covered, deps, events, signal);
    if (outcome.kind !== 'heard') return outcome;
    testimony = testimony === undefined ? outcome.trial.testimony : join(testimony, outcome.trial.testimony, question);
    for (const file of question.files) asked.add(file);
    const open = openOf(tries, inquiry.enough, testimony);
    const files = known === undefined ? [] : lacking(open, covered, testimony).filter((file) => !asked.has(file));
    if (files.length === 0) {
      known?.keep(testimony, covered);
      return { kind: 'heard', trial: { ...outcome.trial, testimony } };
    }
    question = { files, tries: open };
  }
}

async function ask(
  inquiry: Inquiry,
  { files, tries }: Question,
  covered: readonly string[],
  deps: TrialDeps,
  events: MutantEvents,
  signal: AbortSignal,
): Promise<TrialOutcome> {
  const { check, files: all } = inquiry.relevant;
  const whole = files.length === covered.length || check.narrowing === 'whole';
  const job: MutantJob = {
    check,
    testFiles: whole ? all : files,
    sources: inquiry.sources,
    tries,
    enough: inquiry.enough,
    mode: 'together',
    likely: new Map(inquiry.mutants.map(({ number }) => [number, inquiry.likely(number)])),
  };
  const confirmations = new Confirmations(job, deps, events, signal);
  try {
    // Whoever waits for it hears of what goes wrong.
    const onDoubt = (number: number, heard: Heard): void => void confirmations.begin(number, heard).catch(() => {});
    const outcome = await firstFit(job, deps, { ...events, onDoubt }, signal);
    if (outcome.kind !== 'heard') return outcome;
    const { trial } = outcome;
    const testimony = await confirmations.settle(trial.testimony, trial.baselineMs, trial.way);
    return testimony === undefined ? { kind: 'cancelled' } : { kind: 'heard', trial: { ...trial, testimony } };
  } finally {
    confirmations.dispose();
  }
}

interface Question {
  readonly files: readonly string[];
  readonly tries: readonly number[];
}

/** Test files whose answer is not known, and the mutants that those known do not settle. */
function whatToAsk(
  tries: readonly number[],
  enough: number,
  covered: readonly string[],
  known: KnownTries | undefined,
): Question {
  if (known === undefined) return { files: covered, tries };
  const { testimony, fresh } = known;
  const open = openOf(tries, enough, testimony);
  const stale = covered.filter((file) => !fresh.has(file));
  // What no known test reaches those that are asked again may.
  const asked = tries.filter((number) => open.includes(number) || !isReached(number, testimony));
  return { files: stale.length > 0 ? stale : lacking(open, covered, testimony), tries: asked };
}

/** Of the first so many that any test reaches, those that no test has settled. */
function openOf(tries: readonly number[], enough: number, testimony: Testimony): readonly number[] {
  const reached = tries.filter((number) => isReached(number, testimony));
  return reached.slice(0, enough).filter((number) => !isSettled(number, testimony));
}

/** Test files that reach some of these and have not said how they fare. */
function lacking(open: readonly number[], covered: readonly string[], testimony: Testimony): readonly string[] {
  const hasSaid = (number: number, file: string): boolean =>
    testimony.tries.some((result) => result.number === number && (result.file === file || result.file === ''));
  return covered.filter((file) =>
    open.some((number) => isReachedIn(number, file, testimony) && !hasSaid(number, file)),
  );
}

function isReachedIn(number: number, file: string, testimony: Testimony): boolean {
  const tests = testimony.tests.filter((test) => test.file === file || test.file === '');
  const loads = new Map([...testimony.loads].filter(([name]) => name === file || name === ''));
  return isReached(number, { ...testimony, tests, loads });
}

/** The fast way; where it cannot be used, or its tests are red only there, a copy of the tree. */
async function firstFit(
  job: MutantJob,
  deps: TrialDeps,
  events: MutantEvents,
  signal: AbortSignal,
): Promise<TrialOutcome> {
  const { check } = job;
  const ways = [check.mutants, createSandboxRunner()].filter((way): way is MutantRunner => way !== undefined);
  let note: string | undefined;
  for (const [index, way] of ways.entries()) {
    const own = way.chooses === true ? job : { ...job, tries: job.tries.slice(0, job.enough) };
    const run = await way.run(own, deps, events, signal);
    const last = index === ways.length - 1;
    switch (run.kind) {
      case 'cancelled':
        return run;
      case 'ran':
        return {
          kind: 'heard',
          trial: {
            check,
            way: way.name,
            ...(note === undefined ? {} : { note }),
            baselineMs: run.baselineMs,
            testimony: testimonyOf(run),
            cached: false,
          },
        };
      case 'red':
        if (last) return { kind: 'red', check, failures: failuresOf(run) };
        note = `${way.name}: ${failuresOf(run)[0] ?? 'its tests fail'} when run this way`;
        break;
      case 'unfit':
        if (last)
          return {
            kind: 'unfit',
            check,
            reason: [note, run.reason].filter((text) => text !== undefined).join('; then in a copy of the tree: '),
          };
        note = `${way.name} cannot be used: ${run.reason}`;
        break;
      default:
        return run satisfies never;
    }
  }
  return { kind: 'unfit', check, reason: 'no way to run its tests' };
}

function failuresOf({ tests }: MutantRun & { kind: 'red' }): readonly string[] {
  return tests
    .filter((test) => test.status === 'fail')
    .map(
      ({ file, name, message }) =>
        `${[file, name].filter((text) => text !== '').join(': ')}${message === undefined ? '' : ` — ${message}`}`,
    );
}

function testimonyOf({ tests, loads, tries, coverage }: MutantRun & { kind: 'ran' }): Testimony {
  return { tests, loads, tries, coverage: coverage ?? 'known' };
}

/** What was known and what was heard now; where both speak of the same, only the new counts. */
function join(known: Testimony, now: Testimony, { tries }: Question): Testimony {
  const again = new Set(now.tests.map((test) => test.file));
  const isOld = ({ number, file }: Try): boolean => tries.includes(number) && (file === '' || again.has(file));
  return {
    tests: [...known.tests.filter((test) => !again.has(test.file)), ...now.tests],
    loads: new Map([...known.loads, ...now.loads]),
    tries: [...known.tries.filter((result) => !isOld(result)), ...now.tries],
    coverage: known.coverage === 'unknown' || now.coverage === 'unknown' ? 'unknown' : 'known',
  };
}
