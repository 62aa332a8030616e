import type { CheckResult } from '../engine/checks/result.ts';
import { runGate } from '../engine/gate.ts';
import { GUARDS } from '../engine/guards/run-guards.ts';
import { inspectWith } from '../engine/inspect.ts';
import { type LoopResult, runLoop } from '../engine/loop.ts';
import { runMutate } from '../engine/mutate.ts';
import type { MutationEvents } from '../engine/mutation/run-mutation.ts';
import { gateDraft, loopDraft, mutateDraft } from '../engine/report/drafts.ts';
import { gateError, isGateOk } from '../engine/report/gate-verdict.ts';
import { isLoopOk, loopError } from '../engine/report/loop-verdict.ts';
import { writeReport } from '../engine/report/write-report.ts';
import type { Engine } from '../engine/survey.ts';
import { hasJudged, recordGate } from '../engine/verdicts/record-gate.ts';
import { publishMutation } from '../harness/publish-mutation.ts';
import type { Problem } from '../protocol/lsp.ts';
import type { RunStage, StageEvents, StageOutcome, StageRequest } from './stage.ts';
import { summarize } from './summarize.ts';

/** The harness's commands for an editor; they leave the same reports as on the command line. */
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
  if (only.length === 0 && !signal.aborted) writeReport(loopDraft(result, engine), 'loop', engine.store);
  return { ...outcomeOf(result.results, signal, loopProblem(result)), mutation: undefined };
}

async function mutate(
  engine: Engine,
  { only, found }: StageRequest,
  events: StageEvents,
  signal: AbortSignal,
): Promise<StageOutcome> {
  const options = { only, useCache: only.length === 0 };
  const result = await runMutate(engine, await found, options, mutationEvents(events), signal);
  const { results, mutation } = result;
  if (only.length === 0 && !signal.aborted) {
    writeReport(mutateDraft(result, engine), 'mutate', engine.store);
    publishMutation(result.report.document, engine);
  }
  for (const result of results) events.onEnd(result);
  return { ...outcomeOf(results, signal), mutation };
}

/** Everything on everything, then the mutants. */
async function gate(engine: Engine, events: StageEvents, signal: AbortSignal): Promise<StageOutcome> {
  const told = { ...loopEvents(events), mutation: mutationEvents(events) };
  const result = await runGate(engine, { useCache: true }, told, signal);
  if (!signal.aborted) {
    const input = writeReport(gateDraft(result, engine), 'gate', engine.store);
    if (result.mutate !== undefined) publishMutation(result.mutate.report.document, engine);
    if (hasJudged(result)) recordGate(input, result.tree, engine);
  }
  const problem = isGateOk(result) ? undefined : gateError(result);
  return { ...outcomeOf(result.results, signal, problem), mutation: result.mutate?.mutation };
}

function mutationEvents(events: StageEvents): MutationEvents {
  const tried = new Set<string | undefined>();
  let total = 0;
  return {
    onPlan: (mutants) => {
      total = mutants;
      events.onProgress(0, mutants);
    },
    onTry: (_, mutant) => {
      tried.add(mutant?.id);
      events.onProgress(Math.min(tried.size, total), total);
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
  const has = (...statuses: string[]): boolean => results.some(({ outcome }) => statuses.includes(outcome.status));
  const isError = has('error', 'timeout') || problem !== undefined;
  const status = signal.aborted ? 'cancelled' : has('fail') ? 'failed' : isError ? 'error' : 'passed';
  return { status, summary: summarize(results, problem), results, problem };
}
