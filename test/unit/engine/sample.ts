import type { Check } from '../../../src/engine/checks/check.ts';
import type { Parsed } from '../../../src/engine/checks/format.ts';
import type { PlannedCheck } from '../../../src/engine/checks/plan.ts';
import type { CheckOutcome, CheckResult } from '../../../src/engine/checks/result.ts';
import type { ProcessOutcome } from '../../../src/engine/ports.ts';
import type { Finding, RawFinding, Severity } from '../../../src/protocol/finding.ts';

/** A linter that finds nothing wrong, but for what is given. */
export function sampleCheck(more: Partial<Check> = {}): Check {
  return {
    id: 'lint:sample',
    kind: 'lint',
    tool: 'sample',
    scope: 'core',
    cwd: '',
    evidence: 'sample.config',
    narrowing: 'changed',
    covers: () => true,
    invoke: () => ({ kind: 'run', argv: ['/bin/sample', '.'] }),
    parse: () => parsed([], 1),
    config: [],
    executables: ['/bin/sample'],
    env: [],
    timeoutMs: 60_000,
    retries: 0,
    ...more,
  };
}

export function parsed(
  findings: readonly RawFinding[],
  examined: number | undefined,
  more: Partial<Extract<Parsed, { kind: 'parsed' }>> = {},
): Parsed {
  return { kind: 'parsed', findings, examined, ...more };
}

export function rawFinding(severity: Severity, more: Partial<RawFinding> = {}): RawFinding {
  return { code: 'lint/rule', severity, path: 'src/a.ts', message: 'wrong', ...more };
}

export function sampleFinding(severity: Severity = 'error', more: Partial<Finding> = {}): Finding {
  const range = { start: { line: 3, column: 5 }, end: { line: 3, column: 9 } };
  return { ...rawFinding(severity), range, scope: 'core', fingerprint: 'f1', ...more };
}

export function exited(code: number, stdout = '', stderr = ''): ProcessOutcome {
  return { kind: 'exited', code, stdout, stderr, truncated: false, durationMs: 10 };
}

export const passed: CheckOutcome = { status: 'pass', findings: [], examined: 1 };

export function failed(...findings: readonly Finding[]): CheckOutcome {
  return { status: 'fail', findings, examined: 1 };
}

export function errored(reason: string): CheckOutcome {
  return { status: 'error', reason, findings: [] };
}

export function sampleResult(outcome: CheckOutcome, check: object = {}, more: Partial<CheckResult> = {}): CheckResult {
  return { check: sampleCheck(check), outcome, durationMs: 10, distance: 0, cached: false, ...more };
}

export function planned(check: Partial<Check> = {}, more: Partial<PlannedCheck> = {}): PlannedCheck {
  return { check: sampleCheck(check), target: { kind: 'all' }, distance: 0, estimateMs: 100, ...more };
}
