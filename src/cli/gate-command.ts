import { ExpectedError } from '../engine/errors.ts';
import { type GateResult, runGate } from '../engine/gate.ts';
import { gateDraft } from '../engine/report/drafts.ts';
import type { EnvelopeInput } from '../engine/report/envelope.ts';
import { gateExitStatus } from '../engine/report/gate-verdict.ts';
import { keptStamp } from '../engine/report/stamp.ts';
import { resultOf } from '../engine/shards/part-report.ts';
import { shardName } from '../engine/shards/shard.ts';
import type { Engine } from '../engine/survey.ts';
import { hasJudged, recordGate } from '../engine/verdicts/record-gate.ts';
import { type RecordedVerdict, readVerdict } from '../engine/verdicts/recorded.ts';
import { type TreeDigest, treeDigest } from '../engine/verdicts/tree-digest.ts';
import { openEngine } from '../harness/open-engine.ts';
import { publishMutation } from '../harness/publish-mutation.ts';
import type { Arguments } from './args.ts';
import { createMutationProgress } from './mutation-progress.ts';
import { openOptions } from './open-options.ts';
import { createProgress } from './progress.ts';
import { publish, render } from './publish.ts';
import type { Streams } from './streams.ts';

/** Judges everything and keeps the verdict for this very tree; with `--recorded` answers from what was kept. */
export async function gateCommand(args: Arguments, streams: Streams, signal: AbortSignal): Promise<number> {
  const engine = await openEngine(openOptions(args, streams), signal);
  if (args.recorded) return answerRecorded(engine, args, streams);
  const progress = createProgress(streams, args.quiet);
  const mutation = createMutationProgress(streams, args.quiet);
  const shard = args.shard === undefined ? {} : { shard: args.shard };
  let result: GateResult;
  try {
    result = await runGate(engine, { useCache: args.cache, ...shard }, { ...progress, mutation }, signal);
  } finally {
    progress.stop();
  }
  const told = publish(gateDraft(result, engine), shardName('gate', args.shard), engine.store, args, streams);
  if (result.mutate !== undefined) publishMutation(result.mutate.report.document, engine);
  if (hasJudged(result) && args.shard === undefined) recordGate(told, result.tree, engine);
  return gateExitStatus(result);
}

function answerRecorded(engine: Engine, args: Arguments, streams: Streams): number {
  if (args.shard !== undefined) {
    const hint = 'The record is of the whole: leave one of the two out.';
    throw new ExpectedError('usage', '`--recorded` and `--shard` do not go together.', hint);
  }
  const tree = treeDigest(engine);
  const verdict = tree.kind === 'digest' ? readVerdict(engine.store, tree.value) : undefined;
  if (verdict === undefined) throw notRecorded(tree);
  streams.stdout.write(render(inputOf(verdict), args, streams));
  return verdict.exitStatus;
}

function notRecorded(tree: TreeDigest): ExpectedError {
  const why = tree.kind === 'unknown' ? `: ${tree.reason}` : '';
  return new ExpectedError(
    'gate/not-recorded',
    `There is no verdict on this tree${why}.`,
    tree.kind === 'unknown'
      ? 'Run `downforce gate` each time.'
      : 'Run `downforce gate`: it judges the tree and keeps the verdict.',
    3,
  );
}

function inputOf({ envelope, at }: RecordedVerdict): EnvelopeInput {
  const { result } = envelope;
  if (result === undefined) throw notRecorded({ kind: 'unknown', reason: 'what was kept holds no result' });
  const { scope, report, mutation } = result;
  const mutants = result.checks.flatMap((check) => check.mutants ?? []);
  return {
    command: envelope.command,
    ok: envelope.ok,
    scope,
    results: result.checks.map(resultOf),
    nextActions: envelope.next_actions,
    report,
    recorded: at,
    stamp: keptStamp(result),
    ...(mutation === undefined ? {} : { mutation: { summary: mutation, mutants } }),
  };
}
