import type { Check } from './checks/check.ts';
import { type Durations, readDurations, type Started } from './checks/durations.ts';
import { type PlannedCheck, planChecks } from './checks/plan.ts';
import type { CheckResult } from './checks/result.ts';
import { runCheck } from './checks/run-check.ts';
import { schedule } from './checks/schedule.ts';
import { createVerdictCache, type VerdictCache } from './checks/verdict-cache.ts';
import { ExpectedError } from './errors.ts';
import { GUARDS } from './guards/run-guards.ts';
import { guardsNamed, inspectWith } from './inspect.ts';
import { nearestWord } from './nearest-word.ts';
import { scopeImports } from './scopes/expand.ts';
import { type Engine, type Survey, survey } from './survey.ts';

export interface LoopOptions {
  /** Ids of the only checks to run, wherever the change is; empty for those that matter. */
  readonly only: readonly string[];
  /** Run every check on everything. */
  readonly everything: boolean;
  /** Milliseconds; infinite for none. */
  readonly budgetMs: number;
  readonly useCache: boolean;
  /** What is known already, where somebody looked before. */
  readonly survey?: Survey;
}

export interface LoopResult {
  readonly survey: Survey;
  readonly results: readonly CheckResult[];
  readonly outside: readonly Check[];
  /** Files changed while the checks ran: the verdict is of no one tree. */
  readonly moved: boolean;
  readonly cancelled: boolean;
}

export interface LoopEvents {
  onPlan?(planned: readonly PlannedCheck[], survey: Survey): void;
  onStart?(planned: PlannedCheck): void;
  onEnd?(result: CheckResult): void;
}

/** change → scope → plan → run → judge. */
export async function runLoop(
  engine: Engine,
  options: LoopOptions,
  events: LoopEvents,
  signal: AbortSignal,
): Promise<LoopResult> {
  const started = engine.clock.now();
  const found = options.survey ?? (await survey(engine));
  signal.throwIfAborted();
  const durations = readDurations(engine.store);
  const { planned, outside } = choose(found, engine, options, durations);
  events.onPlan?.(planned, found);
  if (
    found.change.files.length === 0 &&
    options.only.length === 0 &&
    !options.everything &&
    found.radius.reasons.length === 0
  ) {
    return { survey: found, results: [], outside: found.checks, moved: false, cancelled: false };
  }
  const cache = options.useCache ? openCache(engine, found, await engine.ambient()) : NO_CACHE;
  const deadline = started + options.budgetMs;
  // The tools are processes of their own: the guards look at the change while those run.
  const [results, inspected] = await Promise.all([
    runPlanned(planned, deadline, engine, cache, durations, events, signal),
    inspectChange(engine, found, options, events, signal),
  ]);
  const moved = planned.length > 0 && (await engine.hasMoved());
  if (!moved) cache.commit();
  return {
    survey: found,
    results: [...inspected, ...order(results, planned)],
    outside,
    moved,
    cancelled: signal.aborted,
  };
}

async function runPlanned(
  planned: readonly PlannedCheck[],
  deadline: number,
  engine: Engine,
  cache: VerdictCache,
  durations: Durations,
  events: LoopEvents,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const begun = new Map<string, Started>();
  const run = async (item: PlannedCheck, limitMs: number): Promise<CheckResult> => {
    begun.set(item.check.id, item);
    return runCheck(item, limitMs, { ...engine, cache }, signal);
  };
  const deps = { ...events, durations, concurrency: engine.cores, deadline, now: () => engine.clock.now(), run };
  const results = await schedule(planned, deps, signal);
  durations.learn(results, begun);
  return results;
}

async function inspectChange(
  engine: Engine,
  found: Survey,
  options: LoopOptions,
  events: LoopEvents,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const guards = options.only.length > 0 ? guardsNamed(options.only) : GUARDS;
  const results = await inspectWith(guards, engine, found, options.everything, signal);
  for (const result of results) events.onEnd?.(result);
  return results;
}

function choose(
  found: Survey,
  engine: Engine,
  options: LoopOptions,
  durations: Durations,
): ReturnType<typeof planChecks> {
  const { checks, radius } = found;
  if (options.only.length === 0) return planChecks(checks, radius, engine.tree, durations, options.everything);
  const ids = [...GUARDS.map((guard) => guard.id), ...checks.map((check) => check.id)];
  for (const id of options.only) {
    if (ids.includes(id)) continue;
    const near = nearestWord(id, ids);
    const hint = near === undefined ? `There are: ${ids.join(', ') || 'none'}.` : `Did you mean ${near}?`;
    throw new ExpectedError('usage/check', `There is no check "${id}" in this repository.`, hint);
  }
  const wanted = checks.filter((check) => options.only.includes(check.id));
  const plan = planChecks(wanted, radius, engine.tree, durations, options.everything);
  // Asked for by name: a check that the change does not call for runs on everything.
  const rest = plan.outside.length === 0 ? [] : planChecks(plan.outside, radius, engine.tree, durations, true).planned;
  return { planned: [...plan.planned, ...rest], outside: [] };
}

export const NO_CACHE: VerdictCache = { key: () => undefined, get: () => undefined, put: () => {}, commit: () => {} };

function openCache(engine: Engine, found: Survey, ambient: string | undefined): VerdictCache {
  const imports = scopeImports(found.graph, found.scopes);
  const closure = (id: string): ReadonlySet<string> => {
    const seen = new Set([id]);
    for (const scope of seen) {
      for (const next of imports.get(scope) ?? []) seen.add(next);
      for (const next of found.scopes.get(scope)?.dependsOn ?? []) seen.add(next);
    }
    return seen;
  };
  return createVerdictCache({ ...engine, ambient, scopes: found.scopes, closure });
}

/** As planned, whatever ended first; what was split off comes after what it was split from. */
function order(results: readonly CheckResult[], planned: readonly PlannedCheck[]): readonly CheckResult[] {
  const place = new Map(planned.map((item, index) => [item.check.id, index]));
  const rank = (result: CheckResult): number =>
    place.get(result.check.id) ?? place.get(result.check.id.replace(/\+rest$/, '')) ?? 0;
  return [...results].sort((a, b) => rank(a) - rank(b));
}
