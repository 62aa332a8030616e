import { ExpectedError } from '../engine/errors.ts';
import { guardsOf, type MutateResult, runMutate } from '../engine/mutate.ts';
import { mutateDraft } from '../engine/report/drafts.ts';
import { mutateExitStatus } from '../engine/report/mutation-verdict.ts';
import { guardPart } from '../engine/shards/plan-shards.ts';
import { shardName } from '../engine/shards/shard.ts';
import { type PlannedShard, planShard } from '../engine/shards/shard-report.ts';
import { type Engine, survey } from '../engine/survey.ts';
import { treeDigest } from '../engine/verdicts/tree-digest.ts';
import { openEngine } from '../harness/open-engine.ts';
import { publishMutation } from '../harness/publish-mutation.ts';
import type { Arguments } from './args.ts';
import { createMutationProgress } from './mutation-progress.ts';
import { openOptions } from './open-options.ts';
import { publish } from './publish.ts';
import type { Streams } from './streams.ts';

/** Tries mutants of the changed lines and prints what the tests noticed; the whole goes to `.downforce/reports`. */
export async function mutateCommand(args: Arguments, streams: Streams, signal: AbortSignal): Promise<number> {
  const engine = await openEngine(openOptions(args, streams), signal);
  const plan = planOf(args, engine);
  const found = await survey(engine);
  const progress = createMutationProgress(streams, args.quiet);
  const shard = args.shard === undefined ? {} : { shard: args.shard };
  let result: MutateResult;
  try {
    result = await runMutate(engine, found, { only: args.only, useCache: args.cache, ...shard }, progress, signal);
  } finally {
    progress.stop();
  }
  if (args.only.length > 0 && result.mutation.stage === 'nothing') throw unknownMutant(result);
  // Of a few by name no more than that is known: the report of all stays, for `waive`, the editor and the next look.
  const name = args.only.length > 0 ? 'mutate-only' : 'mutate';
  publish(mutateDraft(result, engine, plan), shardName(name, args.shard), engine.store, args, streams);
  if (args.only.length === 0) publishMutation(result.report.document, engine);
  return mutateExitStatus(result);
}

function planOf({ shard }: Arguments, engine: Engine): PlannedShard | undefined {
  if (shard === undefined) return undefined;
  const parts = guardsOf(engine.config, undefined).map(guardPart);
  return planShard('mutate', shard, parts, treeDigest(engine), engine.digest);
}

function unknownMutant({ mutation }: MutateResult): ExpectedError {
  const said = mutation.reason ?? 'there is no such mutant';
  return new ExpectedError(
    'usage/mutant',
    `${said.charAt(0).toUpperCase()}${said.slice(1)}.`,
    'A mutant goes when its code changes; `downforce mutate` shows those of the change as it is now.',
  );
}
