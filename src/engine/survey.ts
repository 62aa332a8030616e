import type { Config } from '../protocol/config.ts';
import type { Change } from './change/change.ts';
import type { Check } from './checks/check.ts';
import { configuredChecks } from './checks/configured.ts';
import type { RunDeps } from './checks/run-check.ts';
import { buildGraph } from './graph/build-graph.ts';
import type { SourceGraph } from './graph/import-graph.ts';
import type { Language } from './language.ts';
import type { MutantDeps } from './mutation/mutant-runner.ts';
import type { Clock, Digest, Grammars, MatchLines, Processes, Store, Toolbox, Tree } from './ports.ts';
import type { BlastRadius } from './scopes/blast-radius.ts';
import { detectScopes } from './scopes/detect-scopes.ts';
import { expand } from './scopes/expand.ts';
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
