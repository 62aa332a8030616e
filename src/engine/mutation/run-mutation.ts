import { type Shard, shareOf } from '../shards/shard.ts';
import type { Engine, Survey } from '../survey.ts';
import { plural } from '../text.ts';
import { type CandidateSource, type Candidates, findCandidates } from './candidates.ts';
import { type MutantHistory, readHistory } from './history.ts';
import { type Judged, judgeAll, untested } from './judge-mutants.ts';
import type { Mutant } from './mutant.ts';
import type { MutatedSource, NumberedMutant, TestRun, Try } from './mutant-runner.ts';
import { type RelevantTests, relevantTests } from './relevant-tests.ts';
import { rank } from './select.ts';
import type { TryCacheInputs } from './try-cache.ts';
import { type Trial, type TrialDeps, tryOnCheck } from './try-mutants.ts';
import { isDecisive, isReached, type Testimony } from './verdict.ts';

export interface MutationOptions {
  /** Ids of the only mutants to try; empty for those that selection finds worth it. */
  readonly only: readonly string[];
  /** At most so many. */
  readonly max: number;
  /** One part of the selection, from 1. */
  readonly shard?: Shard;
  readonly useCache: boolean;
  /** Ids that a person has waived. */
  readonly waived: ReadonlySet<string>;
}

export interface MutationEvents {
  /** What will be tried, and with how many test files. */
  onPlan?(mutants: number, testFiles: number): void;
  onTest?(test: TestRun): void;
  onTry?(result: Try, mutant: Mutant | undefined): void;
}

/** How the tests of one check were asked. */
export interface MutationCheck {
  readonly id: string;
  readonly way: string;
  readonly tests: number;
  readonly baselineMs: number;
  readonly note?: string;
}

export interface MutationResult extends Judged {
  /** `nothing`: no runtime code changed. `red`: tests fail without a mutant. `unfit`: no way to run them. `moved`: files changed meanwhile. */
  readonly stage: 'done' | 'nothing' | 'red' | 'unfit' | 'moved' | 'cancelled';
  readonly reason?: string;
  readonly checks: readonly MutationCheck[];
  readonly notes: readonly string[];
  /** Mutants that the changed lines offer, after noise and equivalents are gone. */
  readonly candidates: number;
  /** Ids of all that were selected, in order; those that other parts of a split run try are among them. */
  readonly selection: readonly string[];
  readonly sources: ReadonlyMap<string, string>;
  readonly durationMs: number;
}

/** More would make the text of a file slow, and no one would look at them. */
const MAX_CANDIDATES = 1000;
/** So many times as many mutants as are wanted are offered to a runner. */
const SPARE = 3;

/** changed lines → mutants → tests that run them → verdicts. */
export async function runMutation(
  engine: Engine,
  found: Survey,
  options: MutationOptions,
  events: MutationEvents,
  signal: AbortSignal,
): Promise<MutationResult> {
  const started = engine.clock.now();
  const candidates = await findCandidates(engine, found, signal);
  // Parts of a split run have to choose alike on several machines, whatever each of these remembers.
  const memory = options.shard === undefined ? engine.store : { ...engine.store, read: () => undefined };
  const history = readHistory(memory, found.change.base ?? '');
  const plan = await planTrials(candidates, found, engine, history, options);
  const ended = (result: Partial<MutationResult> & Pick<MutationResult, 'stage'>): MutationResult => ({
    results: [],
    uncovered: [],
    checks: [],
    notes: candidates.notes,
    candidates: plan.mutants.length,
    selection: [],
    sources: new Map(candidates.sources.map(({ path, text }) => [path, text])),
    durationMs: engine.clock.now() - started,
    ...result,
  });
  if (plan.mutants.length === 0) return ended({ stage: 'nothing', reason: nothingBecause(candidates, options) });
  if (plan.relevant.length === 0) return ended({ stage: 'done', ...untested(plan.mutants, options.waived) });
  events.onPlan?.(Math.min(options.max, plan.mutants.length), countFiles(plan));
  const heard = await hear(plan, engine, found, options, events, signal);
  if (signal.aborted || heard.kind === 'cancelled') return ended({ stage: 'cancelled', reason: 'interrupted' });
  if (heard.kind !== 'heard') return ended({ stage: heard.kind, reason: heard.reason });
  if (await engine.hasMoved()) return ended({ stage: 'moved', reason: 'files changed while the tests ran' });
  const judged = judgeAll(plan.mutants, heard.trials, heard.selected, options.waived);
  if (options.only.length === 0 && options.shard === undefined)
    history.learn(
      judged.results,
      heard.selected.map(({ id }) => id),
    );
  const selection = select(plan, testimoniesOf(heard.trials), options).map(({ id }) => id);
  return ended({ stage: 'done', ...judged, selection, checks: heard.trials.map(checkOf) });
}

interface TrialPlan {
  readonly relevant: readonly RelevantTests[];
  readonly sources: readonly MutatedSource[];
  /** In the order of their worth. */
  readonly mutants: readonly NumberedMutant[];
  readonly history: MutantHistory;
}

async function planTrials(
  { sources }: Candidates,
  found: Survey,
  engine: Engine,
  history: MutantHistory,
  options: MutationOptions,
): Promise<TrialPlan> {
  const all = sources.flatMap((source) => source.mutants);
  const wanted = options.only.length === 0 ? all : all.filter((mutant) => options.only.includes(mutant.id));
  const ranked = rank(wanted, history)
    .slice(0, MAX_CANDIDATES)
    .map((mutant, index) => ({ ...mutant, number: index + 1 }));
  const named = new Set(ranked.map((mutant) => mutant.path));
  const written = await Promise.all(
    sources.filter(({ path }) => named.has(path)).map((source) => writeSource(source, ranked)),
  );
  const omitted = new Set(written.flatMap((source) => source.omitted));
  const mutants = ranked.filter(({ number }) => !omitted.has(number));
  const paths = [...new Set(mutants.map((mutant) => mutant.path))];
  const relevant = relevantTests(found, paths, engine.tree, history.killerFiles(paths));
  return { relevant, sources: written.map(({ source }) => source), mutants, history };
}

/** With its schemata; a mutant that cannot be written into them is none we can try. */
async function writeSource(
  { path, text, language }: CandidateSource,
  ranked: readonly NumberedMutant[],
): Promise<{ readonly source: MutatedSource; readonly omitted: readonly number[] }> {
  const own = ranked.filter((mutant) => mutant.path === path);
  const write = await language.openSchemata?.();
  if (write === undefined) return { source: { path, text, mutants: own }, omitted: [] };
  const { text: schemata, omitted } = write(path, text, own);
  return { source: { path, text, schemata, mutants: own.filter(({ number }) => !omitted.includes(number)) }, omitted };
}

function nothingBecause({ sources }: Candidates, { only }: MutationOptions): string {
  if (only.length > 0 && sources.length > 0) return `no mutant of the changed lines is called ${only.join(', ')}`;
  return 'no runtime code changed on which a mutant could be made';
}

function countFiles({ relevant }: TrialPlan): number {
  return relevant.reduce((sum, { files }) => sum + files.length, 0);
}

type Heard =
  | { readonly kind: 'heard'; readonly trials: readonly Trial[]; readonly selected: readonly NumberedMutant[] }
  | { readonly kind: 'red' | 'unfit'; readonly reason: string }
  | { readonly kind: 'cancelled' };

/** Asks every check about the most promising mutants; then, where no test runs some of those, about the next. */
async function hear(
  plan: TrialPlan,
  engine: Engine,
  found: Survey,
  options: MutationOptions,
  events: MutationEvents,
  signal: AbortSignal,
): Promise<Heard> {
  const deps = trialDeps(
    engine,
    options.useCache
      ? { ...engine, graph: found.graph, checks: found.checks, ambient: await engine.ambient() }
      : undefined,
  );
  const byNumber = new Map(plan.mutants.map((mutant) => [mutant.number, mutant]));
  const told = {
    onTest: (test: TestRun) => events.onTest?.(test),
    onTry: (result: Try) => events.onTry?.(result, byNumber.get(result.number)),
  };
  const ask = async (relevant: RelevantTests, numbers: readonly number[]): ReturnType<typeof tryOnCheck> => {
    const likely = (number: number): readonly string[] => {
      const mutant = byNumber.get(number);
      return mutant === undefined ? [] : plan.history.likelyKillers(mutant.id, mutant.path);
    };
    const { sources, mutants } = plan;
    const inquiry = { relevant, sources, mutants, enough: options.max, likely };
    return tryOnCheck(inquiry, numbers, deps, told, signal);
  };
  const trials = new Map<string, Trial>();
  let wanted = firstChoice(plan, options);
  for (let round = 0; round < 2; round++) {
    for (const relevant of plan.relevant) {
      const open = wanted.filter(({ number }) => isOpen(number, trials, relevant.check.id)).map(({ number }) => number);
      if (open.length === 0 && trials.has(relevant.check.id)) continue;
      const outcome = await ask(relevant, open);
      if (outcome.kind === 'cancelled') return outcome;
      if (outcome.kind === 'red') return { kind: 'red', reason: redBecause(outcome.failures) };
      if (outcome.kind === 'unfit') return { kind: 'unfit', reason: `${outcome.check.id}: ${outcome.reason}` };
      trials.set(relevant.check.id, merged(trials.get(relevant.check.id), outcome.trial));
    }
    wanted = choose(plan, testimoniesOf([...trials.values()]), options);
  }
  return { kind: 'heard', trials: [...trials.values()], selected: wanted };
}

/** With some to spare: which of them any test runs is not known yet. */
function firstChoice(plan: TrialPlan, options: MutationOptions): readonly NumberedMutant[] {
  return choose(plan, [], options.shard === undefined ? { ...options, max: SPARE * options.max } : options);
}

function testimoniesOf(trials: readonly Trial[]): readonly Testimony[] {
  return trials.map((trial) => trial.testimony);
}

/** Of those selected what this part of a split run is to try. */
function choose(
  plan: TrialPlan,
  testimonies: readonly Testimony[],
  options: MutationOptions,
): readonly NumberedMutant[] {
  const all = select(plan, testimonies, options);
  return options.shard === undefined ? all : shareOf(all, options.shard);
}

/** The first so many, in the order of worth, that any test runs; before any was heard, simply the first. */
function select(
  plan: TrialPlan,
  testimonies: readonly Testimony[],
  { max, shard }: MutationOptions,
): readonly NumberedMutant[] {
  // What one part tried the others did not: they agree on the run without a mutant alone.
  const common = shard === undefined ? testimonies : testimonies.map((told) => ({ ...told, tries: [] }));
  const reached = (number: number): boolean => common.length === 0 || common.some((told) => isReached(number, told));
  return plan.mutants.filter(({ number }) => reached(number)).slice(0, max);
}

function isOpen(number: number, trials: ReadonlyMap<string, Trial>, check: string): boolean {
  const all = [...trials.values()]
    .flatMap((trial) => trial.testimony.tries)
    .filter((result) => result.number === number);
  if (all.some(isDecisive)) return false;
  const own = trials.get(check)?.testimony;
  if (own === undefined) return true;
  return isReached(number, own) && !own.tries.some((result) => result.number === number);
}

function merged(before: Trial | undefined, now: Trial): Trial {
  if (before === undefined) return now;
  return { ...now, testimony: { ...now.testimony, tries: [...before.testimony.tries, ...now.testimony.tries] } };
}

function redBecause(failures: readonly string[]): string {
  const more = failures.length > 1 ? ` (and ${plural(failures.length - 1, 'more')})` : '';
  return `tests fail without any mutant: ${failures[0] ?? 'no word of which'}${more}`;
}

function trialDeps(engine: Engine, cache: TryCacheInputs | undefined): TrialDeps {
  const { root, tree, processes, clock, digest, cores } = engine;
  const { absolute, searchPath } = engine;
  return { root, tree, processes, clock, digest, cores, absolute, searchPath, ...engine.mutation, cache };
}

function checkOf({ check, way, testimony, baselineMs, note }: Trial): MutationCheck {
  const tests = testimony.tests.filter((test) => test.status === 'pass').length;
  return { id: check.id, way, tests, baselineMs: Math.round(baselineMs), ...(note === undefined ? {} : { note }) };
}
