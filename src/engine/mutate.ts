import type { Config } from '../protocol/config.ts';
import type { Waiver } from '../protocol/waivers.ts';
import type { CheckResult } from './checks/result.ts';
import { guardsNamed, inspectWith } from './inspect.ts';
import { type MutationEvents, type MutationResult, runMutation } from './mutation/run-mutation.ts';
import type { MutationReport } from './report/envelope.ts';
import { judgeMutation } from './report/mutation-check.ts';
import { mutationDocument } from './report/mutation-json.ts';
import type { Shard } from './shards/shard.ts';
import type { Engine, Survey } from './survey.ts';
import { standingMutants } from './waivers/standing-mutants.ts';

export interface MutateOptions {
  /** Ids of the only mutants to try; empty for those that selection finds worth it. */
  readonly only: readonly string[];
  readonly shard?: Shard;
  readonly useCache: boolean;
}

export interface MutateResult {
  readonly survey: Survey;
  readonly options: MutateOptions;
  /** The mutants as one check, after the guard that the configuration asks for beside them. */
  readonly results: readonly CheckResult[];
  readonly mutation: MutationResult;
  /** With the document in the public schema. */
  readonly report: MutationReport & { readonly document: ReturnType<typeof mutationDocument> };
  readonly cancelled: boolean;
}

/** change → mutants → verdict, with the waivers that stand and what the configuration asks for beside. */
export async function runMutate(
  engine: Engine,
  found: Survey,
  options: MutateOptions,
  events: MutationEvents,
  signal: AbortSignal,
): Promise<MutateResult> {
  const waivers = standingMutants(engine.waivers, (path) => engine.tree.read(path), engine.digest);
  const guards = guardsNamed(guardsOf(engine.config, options.shard));
  const asked = { ...engine, config: withRequiredTests(engine.config) };
  const [inspected, mutation] = await Promise.all([
    inspectWith(guards, asked, found, false, signal),
    tryMutants(engine, found, options, waivers, events, signal),
  ]);
  return { ...judged(mutation, inspected, engine, found, waivers), options, cancelled: signal.aborted };
}

const TESTS = 'changed-tests';

/** Guards that look at the change beside the mutants; of a split run the first part does that. */
export function guardsOf({ mutation }: Config, shard: Shard | undefined): readonly string[] {
  return mutation.requireChangedTests && (shard?.index ?? 1) === 1 ? [TESTS] : [];
}

/** With the guard that `requireChangedTests` asks for, whatever its own level is. */
export function withRequiredTests(config: Config): Config {
  const { guards, mutation } = config;
  if (!mutation.requireChangedTests) return config;
  return { ...config, guards: { ...guards, [TESTS]: 'block' }, mutation: { ...mutation, requireChangedTests: false } };
}

async function tryMutants(
  engine: Engine,
  found: Survey,
  { only, shard, useCache }: MutateOptions,
  waivers: ReadonlyMap<string, Waiver>,
  events: MutationEvents,
  signal: AbortSignal,
): Promise<MutationResult> {
  const { max } = engine.config.mutation;
  const waived = new Set(waivers.keys());
  const part = shard === undefined ? {} : { shard };
  try {
    return await runMutation(engine, found, { only, max, useCache, waived, ...part }, events, signal);
  } catch (error) {
    // Whoever interrupts has an answer all the same.
    if (signal.aborted) return INTERRUPTED;
    throw error;
  }
}

const INTERRUPTED: MutationResult = {
  stage: 'cancelled',
  reason: 'interrupted',
  results: [],
  uncovered: [],
  checks: [],
  notes: [],
  candidates: 0,
  selection: [],
  sources: new Map(),
  durationMs: 0,
};

function judged(
  mutation: MutationResult,
  inspected: readonly CheckResult[],
  engine: Engine,
  found: Survey,
  waivers: ReadonlyMap<string, Waiver>,
): Omit<MutateResult, 'options' | 'cancelled'> {
  const { digest, config, root } = engine;
  const scopeOf = (path: string): string => found.scopes.of(path)?.id ?? '';
  const { noCoverage } = config.mutation;
  const { check, report, results } = judgeMutation(mutation, { digest, noCoverage, scopeOf, waivers });
  const [version = ''] = engine.version.split(' ');
  const { sources } = mutation;
  const document = mutationDocument({ results, sources, config: config.mutation, root, version, digest });
  return { survey: found, mutation, results: [...inspected, check], report: { ...report, document } };
}
