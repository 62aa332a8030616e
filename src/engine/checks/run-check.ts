import type { Clock, Digest, Processes } from '../ports.ts';
import type { Check, Invocation } from './check.ts';
import { judge } from './judge.ts';
import type { PlannedCheck } from './plan.ts';
import type { CheckOutcome, CheckResult } from './result.ts';
import type { VerdictCache } from './verdict-cache.ts';

/** Temporary folder of one run of a check. */
export interface Scratch {
  /** Absolute, existing and empty. */
  readonly dir: string;
  /** Remembers how the files of these absolute paths and globs stand before the tool runs. */
  watch(patterns: readonly string[]): void;
  /** Texts of those that were written since `watch`; what was left from before is no report of this run. */
  read(): readonly string[];
  dispose(): void;
}

export interface RunDeps {
  readonly root: string;
  readonly processes: Processes;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly cache: VerdictCache;
  createScratch(): Scratch;
  /** Joins path parts the platform's way. */
  absolute(path: string): string;
  /** PATH for a check: what its package and its virtual environment bring along comes first, as npm and venv have it. */
  searchPath(check: Check): string;
}

const MAX_OUTPUT = 16 * 1024 * 1024;

/** Runs one check: from the cache where nothing changed, else for real, with its retries and its fallback. */
export async function runCheck(
  planned: PlannedCheck,
  limitMs: number,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<CheckResult> {
  const started = deps.clock.now();
  const key = deps.cache.key(planned.check, planned.target);
  const known = key === undefined ? undefined : deps.cache.get(key);
  const common = { check: planned.check, distance: planned.distance };
  if (known !== undefined) return { ...common, outcome: known.outcome, durationMs: known.durationMs, cached: true };
  const outcome = await attempt(planned, started + limitMs, deps, signal);
  const durationMs = deps.clock.now() - started;
  const flaky = 'note' in outcome && outcome.note !== undefined;
  if (key !== undefined && !flaky) deps.cache.put(key, outcome, durationMs);
  return { ...common, outcome, durationMs, cached: false };
}

async function attempt(
  planned: PlannedCheck,
  deadline: number,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const { check } = planned;
  const tries = check.retries + 1;
  const mayGoOn = (): boolean => deps.clock.now() < deadline && !signal.aborted;
  let outcome = await once(check, planned, deadline, deps, signal);
  for (let count = 2; count <= tries && isWorthRetrying(outcome) && mayGoOn(); count++) {
    const again = await once(check, planned, deadline, deps, signal);
    if (again.status === 'pass') return { ...again, note: `passed on retry ${count}/${tries}: flaky` };
    // A failure that was seen is not undone by a later try that could not judge.
    if (outcome.status !== 'fail' || again.status === 'fail') outcome = again;
  }
  if (outcome.status !== 'error' || check.fallback === undefined || !mayGoOn()) return outcome;
  const second = await once(check.fallback, planned, deadline, deps, signal);
  if (second.status !== 'pass' && second.status !== 'fail') return outcome;
  return { ...second, note: `by the fallback ${check.fallback.tool}: ${outcome.reason}` };
}

function isWorthRetrying(outcome: CheckOutcome): boolean {
  return outcome.status === 'fail' || outcome.status === 'error' || outcome.status === 'timeout';
}

async function once(
  check: Check,
  planned: PlannedCheck,
  deadline: number,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  let scratch: Scratch;
  try {
    scratch = deps.createScratch();
  } catch (error) {
    return {
      status: 'error',
      reason: `no temporary folder: ${error instanceof Error ? error.message : String(error)}`,
      findings: [],
    };
  }
  try {
    const invocation = check.invoke(planned.target, scratch.dir);
    return await perform(check, invocation, scratch, deadline, deps, signal);
  } finally {
    scratch.dispose();
  }
}

async function perform(
  check: Check,
  invocation: Invocation,
  scratch: Scratch,
  deadline: number,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  if (invocation.kind === 'missing') {
    return {
      status: 'error',
      reason: `${invocation.program} is used here (${check.evidence}) but not installed: ${invocation.hint}`,
      findings: [],
    };
  }
  if (invocation.kind === 'nothing') return { status: 'skipped', reason: invocation.reason };
  const left = deadline - deps.clock.now();
  scratch.watch(invocation.reports ?? []);
  const cwd = deps.absolute(check.cwd);
  const outcome = await deps.processes.run(
    {
      argv: invocation.argv,
      cwd,
      env: { PATH: deps.searchPath(check), ...invocation.env },
      timeoutMs: Math.max(1, Math.min(check.timeoutMs, left)),
      maxBytes: MAX_OUTPUT,
    },
    signal,
  );
  const context = invocation.context === undefined ? [] : [invocation.context];
  const reports = [...context, ...scratch.read()];
  const verdict = judge({ check, outcome, reports, root: deps.root, cwd, digest: deps.digest });
  if (verdict.status !== 'timeout') return verdict;
  const limit = check.timeoutMs <= left ? `its time-out of ${Math.round(check.timeoutMs / 1000)} s` : 'the budget';
  return { ...verdict, reason: `${verdict.reason}: ${limit} was spent; its whole process tree was ended` };
}
