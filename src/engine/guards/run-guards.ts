import type { Config, GuardLevel } from '../../protocol/config.ts';
import type { Finding, RawFinding } from '../../protocol/finding.ts';
import { complete } from '../checks/judge.ts';
import type { CheckIdentity, CheckOutcome, CheckResult } from '../checks/result.ts';
import type { Clock, Digest } from '../ports.ts';
import { plural } from '../text.ts';
import { splitWaived } from '../waivers/split-waived.ts';
import { boundaries } from './boundaries/index.ts';
import { changedTests } from './changed-tests/index.ts';
import { fileSize } from './file-size/index.ts';
import type { Guard, GuardContext } from './guard.ts';
import { suppressions } from './suppressions/index.ts';
import { waivers } from './waivers/index.ts';

export const GUARDS: readonly Guard[] = [boundaries, suppressions, changedTests, fileSize, waivers];

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
    if (level === 'off' || guard.applies?.(context) === false) continue;
    results.push(await runGuard(guard, level, context, deps, signal));
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
    return verdict(
      findings.map((finding) => grade(finding, level, context, check, deps)),
      examined,
      context,
      deps,
    );
  } catch (error) {
    if (signal.aborted) return { status: 'cancelled', reason: 'interrupted' };
    return {
      status: 'error',
      reason: `the guard failed: ${error instanceof Error ? error.message : String(error)}`,
      findings: [],
    };
  }
}

function grade(
  finding: RawFinding,
  level: GuardLevel,
  context: GuardContext,
  check: CheckIdentity,
  deps: GuardDeps,
): Finding {
  const scope = context.scopes.of(finding.path)?.id ?? '';
  const graded =
    level === 'warn' && finding.severity === 'error' ? { ...finding, severity: 'warning' as const } : finding;
  return complete(graded, { ...check, scope }, deps.digest);
}

function verdict(
  findings: readonly Finding[],
  examined: number,
  { waivers: placed, tree }: GuardContext,
  { digest }: GuardDeps,
): CheckOutcome {
  const all = placed.map(({ waiver }) => waiver);
  const { kept, waived } = splitWaived(findings, all, (path) => tree.read(path), digest);
  const status = kept.some((finding) => finding.severity === 'error') ? 'fail' : 'pass';
  if (waived.length === 0) return { status, findings: kept, examined };
  return { status, findings: kept, examined, waived, note: `${plural(waived.length, 'finding')} waived` };
}
