import type { CheckResult } from '../engine/checks/result.ts';
import { runGate } from '../engine/gate.ts';
import { GUARDS } from '../engine/guards/run-guards.ts';
import { type Engine, inspectWith, type LoopResult, runLoop } from '../engine/loop.ts';
import { runMutate } from '../engine/mutate.ts';
import type { MutationEvents } from '../engine/mutation/run-mutation.ts';
import { gateError, isGateOk } from '../engine/report/gate-verdict.ts';
import { isLoopOk, loopError } from '../engine/report/loop-verdict.ts';
import { plural } from '../engine/text.ts';
import type { Problem } from '../protocol/lsp.ts';
import type { RunStage, StageEvents, StageOutcome, StageRequest } from './stage.ts';

/** The harness's commands for an editor. */
export const runStage: RunStage = async (engine, request, events, signal) => {
  if (!request.trusted) return guardsAlone(engine, request, events, signal);
  switch (request.stage) {
    case 'loop':
      return loop(engine, request, events, signal);
    case 'mutate':
      return mutate(engine, request, events, signal);
    case 'gate':
      return gate(engine, events, signal);
    default:
      return request.stage satisfies never;
  }
};

async function guardsAlone(
  engine: Engine,
  { found }: StageRequest,
  events: StageEvents,
  signal: AbortSignal,
): Promise<StageOutcome> {
  const results = await inspectWith(GUARDS, engine, await found, false, signal);
  for (const result of results) events.onEnd(result);
  return { ...outcomeOf(results, signal), mutation: undefined };
}

async function loop(
  engine: Engine,
  { only, found }: StageRequest,
  events: StageEvents,
  signal: AbortSignal,
): Promise<StageOutcome> {
  const options = { only, everything: false, budgetMs: engine.config.budget, useCache: true, survey: await found };
  const result = await runLoop(engine, options, loopEvents(events), signal);
  return { ...outcomeOf(result.results, signal, loopProblem(result)), mutation: undefined };
}

async function mutate(
  engine: Engine,
  { only, found }: StageRequest,
  events: StageEvents,
  signal: AbortSignal,
): Promise<StageOutcome> {
  const options = { only, useCache: only.length === 0 };
  const { results, mutation } = await runMutate(engine, await found, options, mutationEvents(events), signal);
  for (const result of results) events.onEnd(result);
  return { ...outcomeOf(results, signal), mutation };
}

/** Everything on everything, then the mutants. */
async function gate(engine: Engine, events: StageEvents, signal: AbortSignal): Promise<StageOutcome> {
  const told = { ...loopEvents(events), mutation: mutationEvents(events) };
  const result = await runGate(engine, { useCache: true }, told, signal);
  const problem = isGateOk(result) ? undefined : gateError(result);
  return { ...outcomeOf(result.results, signal, problem), mutation: result.mutate?.mutation };
}

function mutationEvents(events: StageEvents): MutationEvents {
  let done = 0;
  let total = 0;
  return {
    onPlan: (mutants) => {
      total = mutants;
      events.onProgress(0, mutants);
    },
    onTry: () => {
      done += 1;
      events.onProgress(Math.min(done, total), total);
    },
  };
}

function loopEvents(events: StageEvents): Parameters<typeof runLoop>[2] {
  return {
    onPlan: (planned) => events.onPlan(planned.map(({ check }) => check.id)),
    onStart: ({ check }) => events.onStart(check.id),
    onEnd: (result) => events.onEnd(result),
  };
}

function loopProblem(result: LoopResult): Problem | undefined {
  return isLoopOk(result) ? undefined : loopError(result);
}

/** What could not be judged did not pass. */
function outcomeOf(
  results: readonly CheckResult[],
  signal: AbortSignal,
  problem?: Problem,
): Omit<StageOutcome, 'mutation'> {
  const count = (...statuses: string[]): number =>
    results.filter(({ outcome }) => statuses.includes(outcome.status)).length;
  const [failed, errored] = [count('fail'), count('error', 'timeout')];
  const parts = [
    failed > 0 ? `${failed} failed` : '',
    errored > 0 ? `${errored} could not judge` : '',
    count('pass') > 0 ? `${count('pass')} passed` : '',
    count('deferred') > 0 ? `${count('deferred')} deferred` : '',
  ].filter((part) => part !== '');
  const summary =
    parts.length === 0
      ? (problem?.message ?? `${plural(results.length, 'check')}, nothing to look at`)
      : parts.join(', ');
  const status = signal.aborted
    ? 'cancelled'
    : failed > 0
      ? 'failed'
      : errored > 0 || problem !== undefined
        ? 'error'
        : 'passed';
  return { status, summary, results, problem };
}
