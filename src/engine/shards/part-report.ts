import type { CheckReport, Envelope, EnvelopeResult } from '../../protocol/envelope.ts';
import type { ShardReport } from '../../protocol/shard.ts';
import type { CheckKind } from '../checks/check.ts';
import type { CheckIdentity, CheckOutcome, CheckResult } from '../checks/result.ts';
import { MUTATION_CHECK } from '../report/envelope.ts';

/** The report of one part, as it was handed in. */
export interface PartReport {
  /** For messages. */
  readonly file: string;
  readonly command: string;
  readonly result: EnvelopeResult;
  readonly shard: ShardReport;
  /** What kept the part from judging all of its own. */
  readonly error?: Envelope['error'];
}

/** Undefined, or what a report is instead of that of a part. */
export function toPart(file: string, { command, result, error }: Envelope): PartReport | string {
  if (result === undefined) return `${file} holds no result: ${error?.message ?? 'nothing was judged'}`;
  const { shard } = result;
  if (shard === undefined) return `${file} is no part of a split run: it was made without --shard`;
  const whole = result.checks.every(({ findings, status }) => findings !== undefined || status === 'skipped');
  if (!whole || result.omitted_checks > 0)
    return `${file} is the answer with bounds; the whole is in ${result.report ?? '.downforce/reports'}`;
  return { file, command, result, shard, ...(error === undefined ? {} : { error }) };
}

const KINDS: readonly string[] = ['lint', 'types', 'test', 'build', 'security'] satisfies readonly CheckKind[];

/** A check as it was before it was written down. */
export function resultOf(report: CheckReport): CheckResult {
  return {
    check: identityOf(report.id),
    outcome: outcomeOf(report),
    durationMs: report.duration_ms,
    distance: 0,
    cached: report.cached === true,
  };
}

function identityOf(id: string): CheckIdentity {
  const prefix = id.slice(0, Math.max(0, id.indexOf(':')));
  const kind = KINDS.includes(prefix) ? (prefix as CheckKind) : id === MUTATION_CHECK ? 'mutation' : 'guard';
  return { id, kind, tool: 'downforce', scope: '' };
}

function outcomeOf(report: CheckReport): CheckOutcome {
  const { status, findings = [], waived_findings: waived = [], note } = report;
  const reason = report.reason ?? 'no reason was given';
  switch (status) {
    case 'pass':
    case 'fail':
      return {
        status,
        findings,
        examined: report.examined ?? undefined,
        ...(note === undefined ? {} : { note }),
        ...(waived.length === 0 ? {} : { waived }),
      };
    case 'error':
    case 'timeout':
      return { status, reason, findings };
    case 'deferred':
    case 'skipped':
    case 'cancelled':
      return { status, reason };
    default:
      return status satisfies never;
  }
}
