import { plural } from '../text.ts';
import type { Target } from './check.ts';
import type { Durations } from './durations.ts';
import type { PlannedCheck } from './plan.ts';
import type { CheckResult } from './result.ts';

export interface ScheduleDeps {
  readonly durations: Durations;
  /** As many at once. */
  readonly concurrency: number;
  /** Time on `now`'s scale after which nothing may run; infinite for none. */
  readonly deadline: number;
  /** Milliseconds, monotonic. */
  now(): number;
  /** Runs one check to its end, within so many milliseconds. Never rejects for what a check does. */
  run(planned: PlannedCheck, limitMs: number, signal: AbortSignal): Promise<CheckResult>;
  onStart?(planned: PlannedCheck): void;
  onEnd?(result: CheckResult): void;
}

/** Less than this is not worth starting a process for. */
const LEAST_MS = 1000;

/**
 * Runs the plan in its order. What is not expected to fit before the deadline is deferred, in plain sight; a test run
 * too long for what is left is cut to its nearest files, and the rest of them deferred.
 */
export async function schedule(
  plan: readonly PlannedCheck[],
  deps: ScheduleDeps,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  const queue = [...plan];
  const finish = (result: CheckResult): void => {
    results.push(result);
    deps.onEnd?.(result);
  };
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (signal.aborted) {
        finish(unrun(next, 'cancelled', 'interrupted'));
        continue;
      }
      const { now: nearby, later } = allot(next, deps);
      if (later !== undefined) finish(later);
      if (nearby === undefined) continue;
      deps.onStart?.(nearby);
      finish(await deps.run(nearby, deps.deadline - deps.now(), signal));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, deps.concurrency) }, worker));
  return results;
}

interface Allotment {
  readonly now?: PlannedCheck;
  readonly later?: CheckResult;
}

function allot(planned: PlannedCheck, deps: ScheduleDeps): Allotment {
  const left = deps.deadline - deps.now();
  const { estimateMs: estimate } = planned;
  if (left >= LEAST_MS && estimate <= left) return { now: planned };
  const near = left < LEAST_MS ? [] : nearestThatFit(planned, deps.durations, left);
  if (near.length === 0 || planned.target.kind === 'all') {
    const text =
      left < LEAST_MS ? 'the budget is spent' : `expected to take ${seconds(estimate)} s, ${seconds(left)} s are left`;
    return { later: unrun(planned, 'deferred', text) };
  }
  const rest = planned.target.paths.length - near.length;
  if (rest === 0) return { now: planned };
  const target: Target = { kind: 'files', paths: near };
  return {
    now: { ...planned, target },
    later: remainder(
      planned,
      `${plural(rest, 'farther test file')} beyond the budget; the nearest ${near.length} are run`,
    ),
  };
}

/** The files come nearest first, so a prefix is what matters most. */
function nearestThatFit(planned: PlannedCheck, durations: Durations, left: number): readonly string[] {
  if (planned.target.kind === 'all' || planned.check.narrowing !== 'affected') return [];
  let sum = durations.startup(planned.check);
  const near: string[] = [];
  for (const path of planned.target.paths) {
    sum += durations.ofFile(path);
    if (sum > left) break;
    near.push(path);
  }
  return near;
}

function remainder(planned: PlannedCheck, reason: string): CheckResult {
  const result = unrun(planned, 'deferred', reason);
  return { ...result, check: { ...planned.check, id: `${planned.check.id}+rest` } };
}

export function unrun(
  planned: PlannedCheck,
  status: 'deferred' | 'skipped' | 'cancelled',
  reason: string,
): CheckResult {
  return {
    check: planned.check,
    outcome: { status, reason },
    durationMs: 0,
    distance: planned.distance,
    cached: false,
  };
}

function seconds(ms: number): string {
  return Math.max(0, ms / 1000).toFixed(ms < 10_000 ? 1 : 0);
}
