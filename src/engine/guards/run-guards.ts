import type { Config, GuardLevel } from '../../protocol/config.ts';
import type { Finding } from '../../protocol/finding.ts';
import { complete } from '../checks/judge.ts';
import type { CheckIdentity, CheckOutcome, CheckResult } from '../checks/result.ts';
import type { Clock, Digest } from '../ports.ts';
import { boundaries } from './boundaries/index.ts';
import { changedTests } from './changed-tests/index.ts';
import { fileSize } from './file-size/index.ts';
import type { Guard, GuardContext } from './guard.ts';
import { suppressions } from './suppressions/index.ts';

export const GUARDS: readonly Guard[] = [boundaries, suppressions, changedTests, fileSize];

export interface GuardDeps {
  readonly clock: Clock;
  readonly digest: Digest;
}

/** Runs the guards that are not switched off, one after the other: each takes milliseconds. */
export async function runGuards(
  guards: readonly Guard[],
  context: GuardContext,
  deps: GuardDeps,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const guard of guards) {
    const level = levelOf(guard.id, context.config);
    if (level !== 'off') results.push(await runGuard(guard, level, context, deps, signal));
  }
  return results;
}

export function levelOf(id: string, config: Config): GuardLevel {
  const entry = Object.entries(config.guards).find(([name]) => name === id)?.[1] ?? 'off';
  return typeof entry === 'string' ? entry : entry.level;
}

async function runGuard(
  guard: Guard,
  level: GuardLevel,
  context: GuardContext,
  deps: GuardDeps,
  signal: AbortSignal,
): Promise<CheckResult> {
  const started = deps.clock.now();
  const check: CheckIdentity = { id: guard.id, kind: 'guard', tool: 'downforce', scope: '' };
  const outcome = await inspect(guard, level, context, check, deps, signal);
  return { check, outcome, durationMs: deps.clock.now() - started, distance: 0, cached: false };
}

async function inspect(
  guard: Guard,
  level: GuardLevel,
  context: GuardContext,
  check: CheckIdentity,
  deps: GuardDeps,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  try {
    const { findings, examined, idle } = await guard.inspect(context, signal);
    if (findings.length === 0 && idle !== undefined) return { status: 'skipped', reason: idle };
    const graded = findings.map((finding): Finding => {
      const scope = context.scopes.of(finding.path)?.id ?? '';
      return complete(
        level === 'warn' ? { ...finding, severity: 'warning' } : finding,
        { ...check, scope },
        deps.digest,
      );
    });
    const failing = graded.some((finding) => finding.severity === 'error');
    return { status: failing ? 'fail' : 'pass', findings: graded, examined };
  } catch (error) {
    if (signal.aborted) return { status: 'cancelled', reason: 'interrupted' };
    return {
      status: 'error',
      reason: `the guard failed: ${error instanceof Error ? error.message : String(error)}`,
      findings: [],
    };
  }
}
