import type { Check } from '../checks/check.ts';
import type {
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
import { isDecisive, isReached, type Testimony } from './verdict.ts';

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
  const outcome = await firstFit(job, deps, events, signal);
  if (outcome.kind !== 'heard') return outcome;
  const testimony = await confirm(outcome.trial, job, deps, events, signal);
  return testimony === undefined ? { kind: 'cancelled' } : { kind: 'heard', trial: { ...outcome.trial, testimony } };
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

function isSettled(number: number, { tries }: Testimony): boolean {
  return tries.some((result) => result.number === number && isDecisive(result));
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

/** A try that may have been misled is made again, alone in a process; undefined where interrupted. */
async function confirm(
  trial: Trial,
  job: MutantJob,
  deps: TrialDeps,
  events: MutantEvents,
  signal: AbortSignal,
): Promise<Testimony | undefined> {
  const { testimony } = trial;
  const isTold = (number: number): boolean =>
    isReached(number, testimony) || testimony.tries.some((result) => result.number === number);
  const wanted = job.tries.filter(isTold).slice(0, job.enough);
  const doubtful = wanted.filter((number) => !isSettled(number, testimony) && isDoubtful(number, testimony));
  if (doubtful.length === 0) return testimony;
  const queue = [...doubtful];
  const sure = new Map<number, Testimony['tries']>();
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift())
      sure.set(next, await tryAlone(next, trial, job, deps, events, signal));
  };
  await Promise.all(Array.from({ length: deps.cores }, worker));
  if (signal.aborted) return undefined;
  const kept = testimony.tries.filter((result) => !sure.has(result.number));
  return { ...testimony, tries: [...kept, ...[...sure.values()].flat()] };
}

/** Unsure, or reached and yet not tried, as what runs while modules are loaded. */
function isDoubtful(number: number, testimony: Testimony): boolean {
  const own = testimony.tries.filter((result) => result.number === number);
  return own.some((result) => result.unsure !== undefined) || (own.length === 0 && isReached(number, testimony));
}

async function tryAlone(
  number: number,
  trial: Trial,
  job: MutantJob,
  deps: TrialDeps,
  events: MutantEvents,
  signal: AbortSignal,
): Promise<Testimony['tries']> {
  const files = filesThatReach(number, trial.testimony, job.testFiles);
  const alone: MutantJob = { ...job, testFiles: files, tries: [number], mode: 'alone', baselineMs: trial.baselineMs };
  const ways = [job.check.mutants, createSandboxRunner()].filter((way): way is MutantRunner => way !== undefined);
  const first = trial.way === createSandboxRunner().name ? ways.slice(-1) : ways;
  for (const way of first) {
    const run = await way.run(alone, deps, events, signal);
    if (run.kind === 'ran') return run.tries.map(({ unsure: _, ...result }) => result);
    if (run.kind === 'cancelled') break;
  }
  const why = 'it could not be confirmed in a process of its own';
  return [{ number, file: '', status: 'error', killedBy: [], ran: [], durationMs: 0, message: why }];
}

/** Of the test files asked those that run the place, on their own or while they are loaded; all where that is not known. */
function filesThatReach(number: number, { tests, loads }: Testimony, asked: readonly string[]): readonly string[] {
  const reaching = new Set([
    ...tests.filter((test) => test.reaches.includes(number)).map((test) => test.file),
    ...[...loads].filter(([, numbers]) => numbers.includes(number)).map(([file]) => file),
  ]);
  if (reaching.size === 0 || reaching.has('')) return asked;
  return asked.length === 0 ? [...reaching] : asked.filter((file) => reaching.has(file));
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
