import type { ShardReport } from '../protocol/shard.ts';
import type { CheckResult } from './checks/result.ts';
import { ExpectedError } from './errors.ts';
import { findGuards } from './inspect.ts';
import { type LoopEvents, type LoopResult, runLoop } from './loop.ts';
import { type MutateResult, runMutate, withRequiredTests } from './mutate.ts';
import type { MutationEvents } from './mutation/run-mutation.ts';
import { MUTATION_IDENTITY } from './report/mutation-check.ts';
import { guardPart, partOf } from './shards/plan-shards.ts';
import type { Shard } from './shards/shard.ts';
import { type PlannedShard, planShard, reportShard } from './shards/shard-report.ts';
import { type Engine, type Survey, survey } from './survey.ts';
import { plural } from './text.ts';
import { type TreeDigest, treeDigest } from './verdicts/tree-digest.ts';

export interface GateOptions {
  readonly useCache: boolean;
  readonly shard?: Shard;
}

export interface GateResult {
  readonly survey: Survey;
  /** Every check on everything, and the mutants of the change. */
  readonly results: readonly CheckResult[];
  /** Undefined where tests failed without any mutant. */
  readonly mutate: MutateResult | undefined;
  /** Of the tree as it was before anything ran. */
  readonly tree: TreeDigest;
  readonly shard?: ShardReport;
  /** Files changed while it was judged: the verdict is of no one tree. */
  readonly moved: boolean;
  readonly cancelled: boolean;
}

export interface GateEvents extends LoopEvents {
  readonly mutation?: MutationEvents;
}

/** Every check on everything, guards and mutants included; nothing is deferred. */
export async function runGate(
  given: Engine,
  options: GateOptions,
  events: GateEvents,
  signal: AbortSignal,
): Promise<GateResult> {
  // Contents are read now: what changes later is then seen to have changed.
  const tree = treeDigest(given);
  const engine = { ...given, config: withRequiredTests(given.config) };
  const found = await survey(engine);
  signal.throwIfAborted();
  const plan = options.shard === undefined ? undefined : await planGate(options.shard, tree, engine, found);
  const { useCache } = options;
  const only = plan?.parts ?? [];
  const everything = { only, everything: true, budgetMs: Number.POSITIVE_INFINITY, useCache, survey: found };
  const loop = await runLoop(engine, everything, events, signal);
  const mutate = await mutants(loop, engine, options, events, signal);
  const moved = loop.moved || (await engine.hasMoved());
  const results = [...loop.results, ...(mutate?.results ?? [untried(loop)])];
  const shard = plan === undefined ? {} : { shard: reportShard(plan, mutate?.mutation, engine) };
  return { survey: found, results, mutate, tree, moved, cancelled: signal.aborted, ...shard };
}

/** @throws ExpectedError where there is less to do than parts to do it, or where parts could not be told to be of one tree. */
async function planGate(shard: Shard, tree: TreeDigest, engine: Engine, found: Survey): Promise<PlannedShard> {
  const guards = await findGuards(engine, found);
  const parts = [...guards.map(({ id }) => guardPart(id)), ...found.checks.map((check) => partOf(check, engine.tree))];
  if (shard.count > parts.length) {
    throw new ExpectedError(
      'gate/too-many-shards',
      `There are ${plural(parts.length, 'check')} here, too few for ${shard.count} parts: one would judge nothing.`,
      `Split into ${Math.max(1, parts.length)} at most.`,
    );
  }
  return planShard('gate', shard, parts, tree, engine.digest);
}

/** Where tests fail as the code is, their failing with a mutant says nothing. */
async function mutants(
  loop: LoopResult,
  engine: Engine,
  { shard, useCache }: GateOptions,
  events: GateEvents,
  signal: AbortSignal,
): Promise<MutateResult | undefined> {
  if (failingTests(loop).length > 0) return undefined;
  const part = shard === undefined ? {} : { shard };
  return runMutate(engine, loop.survey, { only: [], useCache, ...part }, events.mutation ?? {}, signal);
}

function failingTests({ results }: LoopResult): readonly string[] {
  const failed = results.filter(({ check, outcome }) => check.kind === 'test' && outcome.status === 'fail');
  return failed.map(({ check }) => check.id);
}

function untried(loop: LoopResult): CheckResult {
  const reason = `not tried: ${failingTests(loop).join(', ')} fails without any mutant`;
  return {
    check: MUTATION_IDENTITY,
    outcome: { status: 'skipped', reason },
    durationMs: 0,
    distance: 0,
    cached: false,
  };
}
