import type { Config } from '../protocol/config.ts';
import type { Change } from './change/change.ts';
import type { Check } from './checks/check.ts';
import { configuredChecks } from './checks/configured.ts';
import { type Durations, readDurations, type Started } from './checks/durations.ts';
import { type PlannedCheck, planChecks } from './checks/plan.ts';
import type { CheckResult } from './checks/result.ts';
import { type RunDeps, runCheck } from './checks/run-check.ts';
import { schedule } from './checks/schedule.ts';
import { createVerdictCache, type VerdictCache } from './checks/verdict-cache.ts';
import { ExpectedError } from './errors.ts';
import { buildGraph } from './graph/build-graph.ts';
import type { SourceGraph } from './graph/import-graph.ts';
import { createAnalyses } from './guards/analyses.ts';
import type { Guard, GuardContext } from './guards/guard.ts';
import { GUARDS, levelOf, runGuards } from './guards/run-guards.ts';
import type { Language } from './language.ts';
import type { MutantDeps } from './mutation/mutant-runner.ts';
import { nearestWord } from './nearest-word.ts';
import type { Clock, Digest, Grammars, MatchLines, Processes, Store, Toolbox, Tree } from './ports.ts';
import type { BlastRadius } from './scopes/blast-radius.ts';
import { detectScopes } from './scopes/detect-scopes.ts';
import { expand, scopeImports } from './scopes/expand.ts';
import { createInertRules } from './scopes/path-rules.ts';
import type { ScopeMap } from './scopes/scope.ts';
import { detectChecks } from './tools/detect.ts';
import { readNodePackages } from './tools/read-node-packages.ts';
import type { Tool } from './tools/tool.ts';
import type { PlacedWaiver } from './waivers/waivers-file.ts';

/** What the engine is given: the outside world, and the languages and tools it knows. */
export interface Engine {
  /** Absolute root of the repository. */
  readonly root: string;
  /** Checked out; undefined on a detached head. */
  readonly branch: string | undefined;
  readonly config: Config;
  /** What people have decided to let stay, as the repository has it. */
  readonly waivers: readonly PlacedWaiver[];
  readonly change: Change;
  readonly tree: Tree;
  /** There are repositories inside this one, of whose content `tree` says nothing. */
  readonly hasSubmodules: boolean;
  /** The tree of the base, opened only where something was deleted or renamed. */
  openBaseTree(): Promise<Tree>;
  /** What the working tree was when it was opened: the same as long as no file changes. */
  state(): string;
  /** Whether any file of the working tree changed since `tree` was opened. */
  hasMoved(): Promise<boolean>;
  readonly languages: readonly Language[];
  readonly grammars: Grammars;
  readonly tools: readonly Tool[];
  readonly store: Store;
  readonly toolbox: Toolbox;
  readonly processes: Processes;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly matchLines: MatchLines;
  createScratch: RunDeps['createScratch'];
  /** What trying mutants needs beside. */
  readonly mutation: Pick<MutantDeps, 'createScratch' | 'driver' | 'openSandbox'>;
  absolute(path: string): string;
  searchPath: RunDeps['searchPath'];
  /** Identity of ignored files that a check may read; undefined where it cannot be told. */
  ambient(): Promise<string | undefined>;
  env(name: string): string | undefined;
  readonly version: string;
  readonly cores: number;
}

/** Everything known before a check runs. */
export interface Survey {
  readonly change: Change;
  readonly graph: SourceGraph;
  readonly scopes: ScopeMap;
  readonly checks: readonly Check[];
  readonly radius: BlastRadius;
  /** The tree of the base and its graph, opened when first asked for. */
  baseTree(): Promise<Tree>;
  baseGraph(): Promise<SourceGraph>;
}

/** change → scope: what changed, what may depend on it, and which checks the repository has. */
export async function survey(engine: Engine): Promise<Survey> {
  const { tree, config, change, languages } = engine;
  const deps = { languages, store: engine.store, digest: engine.digest };
  const baseTree = once(() => engine.openBaseTree());
  // Asked for now, so that git reads it while the graph is made; who needs it hears of a failure.
  if (change.files.length > 0) baseTree().catch(() => {});
  const graph = await buildGraph(tree, deps);
  const scopes = detectScopes(tree, languages, config);
  const checks = findChecks(engine, scopes);
  const baseGraph = once(async () => buildGraph(await baseTree(), { ...deps, store: readOnly(engine.store) }));
  const gone = change.files.some((file) => ['deleted', 'renamed', 'type'].includes(file.status));
  const toolConfig = new Set(checks.flatMap((check) => check.config));
  const inert = createInertRules(config.inert);
  const radius = expand({
    change,
    tree,
    graph,
    baseGraph: gone ? await baseGraph() : undefined,
    scopes,
    inert,
    toolConfig,
  });
  return { change, graph, scopes, checks, radius, baseTree, baseGraph };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The base graph must not replace the working tree's in the cache, but may use what is in it. */
function readOnly(store: Store): Store {
  return { ...store, write: () => true, append: () => true, remove: () => {} };
}

export function findChecks(engine: Engine, scopes: ScopeMap): readonly Check[] {
  const { tree, root, toolbox, matchLines, config } = engine;
  const workspace = { root, tree, scopes, toolbox, matchLines, nodePackages: readNodePackages(tree) };
  const detected = config.detect ? detectChecks(engine.tools, workspace) : [];
  return configuredChecks(config, detected, workspace);
}

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

/** Guards alone: nothing of the repository is run. */
export async function inspectWith(
  guards: readonly Guard[],
  engine: Engine,
  found: Survey,
  everything: boolean,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  if (guards.length === 0) return [];
  return runGuards(guards, await guardContext(engine, found, everything), engine, signal);
}

/** Those that are not switched off and find in this repository what they are about. */
export async function findGuards(engine: Engine, found: Survey): Promise<readonly Guard[]> {
  const context = await guardContext(engine, found, true);
  return GUARDS.filter((guard) => levelOf(guard.id, engine.config) !== 'off' && guard.applies?.(context) !== false);
}

/** All that the guards say now, of the change and of the whole tree. */
export async function inspectAll(engine: Engine, found: Survey, signal: AbortSignal): Promise<readonly CheckResult[]> {
  const change = await inspectWith(GUARDS, engine, found, false, signal);
  return [...change, ...(await inspectWith(GUARDS, engine, found, true, signal))];
}

export function guardsNamed(ids: readonly string[]): readonly Guard[] {
  return GUARDS.filter((guard) => ids.includes(guard.id));
}

async function guardContext(engine: Engine, found: Survey, everything: boolean): Promise<GuardContext> {
  const { tree, config, languages } = engine;
  const { change, graph, scopes, baseGraph } = found;
  const baseTree = await found.baseTree();
  return {
    change,
    tree,
    baseTree,
    graph,
    baseGraph,
    scopes,
    config,
    languages,
    analyse: createAnalyses(languages, engine.grammars),
    everything,
    waivers: engine.waivers,
    digest: engine.digest,
  };
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
