import type { CheckReport, Envelope, EnvelopeResult, NextAction } from '../../protocol/envelope.ts';
import { ENVELOPE_SCHEMA } from '../../protocol/envelope-id.ts';
import type { Finding } from '../../protocol/finding.ts';
import type { MutantReport, MutationSummary } from '../../protocol/mutation.ts';
import type { ShardReport } from '../../protocol/shard.ts';
import type { Change } from '../change/change.ts';
import type { CheckResult } from '../checks/result.ts';
import type { BlastRadius } from '../scopes/blast-radius.ts';
import { bounded, boundedDetail, boundedTexts, detailOf, findingsOf, MAX_TEXT } from './details.ts';
import { boundedScope, type ScopeReport, scopeReport } from './scope-report.ts';
import type { Stamp } from './stamp.ts';

interface Verdict {
  readonly command: string;
  readonly ok: boolean;
  readonly results: readonly CheckResult[];
  readonly nextActions: readonly NextAction[];
  /** Relative to the root; null where it could not be written. */
  readonly report: string | null;
  /** What keeps the whole from being judged. */
  readonly error?: Envelope['error'];
  readonly mutation?: MutationReport;
  readonly shard?: ShardReport;
  /** ISO date of the verdict, where it was not made now. */
  readonly recorded?: string;
  readonly stamp?: Stamp;
}

/** A run of our own, or reports that say themselves what they are of. */
type Subject = { readonly change: Change; readonly radius: BlastRadius } | { readonly scope: ScopeReport };

export type EnvelopeInput = Verdict & Subject;

/** All of it but where the report was put. */
export type EnvelopeDraft = Omit<Verdict, 'report'> & Subject;

/** What became of the mutants; they are listed in the report, below the check `mutation`. */
export interface MutationReport {
  readonly summary: MutationSummary;
  readonly mutants: readonly MutantReport[];
  /** The public schema's, to be carried by the report of a part. */
  readonly document?: unknown;
}

export const MUTATION_CHECK = 'mutation';

const MAX_CHECKS = 20;
const MAX_DETAILS = 8;
const MAX_ACTIONS = 5;

const RANK: Readonly<Record<CheckReport['status'], number>> = {
  fail: 0,
  error: 1,
  timeout: 2,
  cancelled: 3,
  deferred: 4,
  skipped: 5,
  pass: 6,
};

/** The answer for an agent's context: failing first, nothing longer than the contract allows, what is left out counted. */
export function boundedEnvelope(input: EnvelopeInput): Envelope {
  const full = createEnvelope(input, boundedCheck);
  const result = full.result as EnvelopeResult;
  const checks = [...result.checks].sort((a, b) => RANK[a.status] - RANK[b.status]);
  return {
    ...full,
    result: {
      ...result,
      scope: boundedScope(result.scope),
      ...(result.shard === undefined ? {} : { shard: boundedShard(result.shard) }),
      checks: checks.slice(0, MAX_CHECKS),
      omitted_checks: Math.max(0, checks.length - MAX_CHECKS),
    },
    ...(full.error === undefined ? {} : { error: boundedTexts(full.error) }),
    next_actions: boundedActions(full.next_actions),
  };
}

/** Who did what is for `merge`, which reads the report. */
function boundedShard(shard: ShardReport): ShardReport {
  return { ...shard, parts: [], mutants: [] };
}

/** Half a command is none, so one too long to be shown whole is left out. */
function boundedActions(actions: readonly NextAction[]): NextAction[] {
  return actions
    .filter(({ command }) => command.length <= MAX_TEXT)
    .slice(0, MAX_ACTIONS)
    .map(({ command, description }) => ({ command, description: bounded(description) }));
}

/** The same without limits, for `.downforce/reports`: every check with its findings. */
export function fullEnvelope(input: EnvelopeInput): Envelope {
  const full = createEnvelope(input, (result) => {
    const findings = [...findingsOf(result.outcome)];
    const waived = waivedOf(result);
    return {
      ...commonCheck(result),
      details: findings.map(detailOf),
      omitted_details: 0,
      findings,
      ...(waived.length === 0 ? {} : { waived_findings: [...waived] }),
      ...(result.check.id === MUTATION_CHECK && input.mutation !== undefined
        ? { mutants: [...input.mutation.mutants] }
        : {}),
    };
  });
  const document = input.mutation?.document;
  if (document === undefined || full.result === undefined) return full;
  return { ...full, result: { ...full.result, mutation_report: document } };
}

/** A failure of Downforce itself. */
export function errorEnvelope(command: string, error: { code: string; message: string; hint: string }): Envelope {
  return { schema: ENVELOPE_SCHEMA, ok: false, command, error, next_actions: [] };
}

function createEnvelope(input: EnvelopeInput, toReport: (result: CheckResult) => CheckReport): Envelope {
  const { results } = input;
  const count = (...statuses: CheckReport['status'][]): number =>
    results.filter((result) => statuses.includes(result.outcome.status)).length;
  return {
    schema: ENVELOPE_SCHEMA,
    ok: input.ok,
    command: input.command,
    result: {
      scope: 'scope' in input ? input.scope : scopeReport(input.change, input.radius),
      checks: results.map(toReport),
      summary: {
        total: results.length,
        passed: count('pass'),
        failed: count('fail'),
        errored: count('error', 'timeout'),
        deferred: count('deferred'),
        skipped: count('skipped'),
        cancelled: count('cancelled'),
      },
      omitted_checks: 0,
      ...(input.mutation === undefined ? {} : { mutation: input.mutation.summary }),
      ...(input.shard === undefined ? {} : { shard: input.shard }),
      ...(input.recorded === undefined ? {} : { recorded: input.recorded }),
      ...input.stamp,
      report: input.report,
    },
    ...(input.error === undefined ? {} : { error: input.error }),
    next_actions: [...input.nextActions],
  };
}

function waivedOf({ outcome }: CheckResult): readonly Finding[] {
  return 'waived' in outcome ? (outcome.waived ?? []) : [];
}

function commonCheck(result: CheckResult): Omit<CheckReport, 'details' | 'omitted_details'> {
  const { check, outcome, durationMs, cached } = result;
  const waived = waivedOf(result).length;
  return {
    id: check.id,
    status: outcome.status,
    duration_ms: Math.round(durationMs),
    examined: 'examined' in outcome ? (outcome.examined ?? null) : null,
    ...('reason' in outcome ? { reason: outcome.reason } : {}),
    ...('note' in outcome && outcome.note !== undefined ? { note: outcome.note } : {}),
    ...(cached ? { cached: true as const } : {}),
    ...(waived === 0 ? {} : { waived }),
  };
}

function boundedCheck(result: CheckResult): CheckReport {
  const findings = findingsOf(result.outcome);
  const common = commonCheck(result);
  return {
    ...common,
    id: bounded(common.id),
    ...(common.reason === undefined ? {} : { reason: bounded(common.reason) }),
    ...(common.note === undefined ? {} : { note: bounded(common.note) }),
    details: findings.slice(0, MAX_DETAILS).map(boundedDetail),
    omitted_details: Math.max(0, findings.length - MAX_DETAILS),
  };
}
