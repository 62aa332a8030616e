import type { GateResult } from '../gate.ts';
import type { LoopResult } from '../loop.ts';
import type { MutateResult } from '../mutate.ts';
import { type PlannedShard, reportShard } from '../shards/shard-report.ts';
import type { Engine } from '../survey.ts';
import type { EnvelopeDraft } from './envelope.ts';
import { gateActions, gateError, isGateOk } from './gate-verdict.ts';
import { isLoopOk, loopActions, loopError } from './loop-verdict.ts';
import { isMutateOk, mutateActions, mutationOf } from './mutation-verdict.ts';
import { stampOf } from './stamp.ts';

/** What each command answers, the same for every front: on the command line, and in the reports that an editor leaves. */
export function loopDraft(result: LoopResult, engine: Engine): EnvelopeDraft {
  const { survey, results, moved } = result;
  const error = loopError(result);
  return {
    command: 'downforce loop',
    ok: isLoopOk(result),
    change: survey.change,
    radius: survey.radius,
    results,
    nextActions: loopActions(result),
    stamp: stampOf(engine, survey, moved),
    ...(error === undefined ? {} : { error }),
  };
}

/** @param plan where it is one part of a run. */
export function mutateDraft(result: MutateResult, engine: Engine, plan?: PlannedShard): EnvelopeDraft {
  const { survey, results, mutation, cancelled } = result;
  return {
    command: 'downforce mutate',
    ok: isMutateOk(result),
    change: survey.change,
    radius: survey.radius,
    results,
    nextActions: mutateActions(result),
    stamp: stampOf(engine, survey, mutation.stage === 'moved'),
    mutation: mutationOf(result),
    ...(plan === undefined ? {} : { shard: reportShard(plan, mutation, engine) }),
    ...(cancelled ? { error: INTERRUPTED } : {}),
  };
}

const INTERRUPTED = {
  code: 'mutate/interrupted',
  message: 'Interrupted before all mutants were tried.',
  hint: 'Run `downforce mutate` again.',
};

export function gateDraft(result: GateResult, engine: Engine): EnvelopeDraft {
  const { survey, results, mutate, shard, moved } = result;
  const error = gateError(result);
  return {
    command: 'downforce gate',
    ok: isGateOk(result),
    change: survey.change,
    radius: survey.radius,
    results,
    nextActions: gateActions(result),
    stamp: stampOf(engine, survey, moved),
    ...(mutate === undefined ? {} : { mutation: mutationOf(mutate) }),
    ...(shard === undefined ? {} : { shard }),
    ...(error === undefined ? {} : { error }),
  };
}
