import type { CheckReport, Envelope, EnvelopeResult, NextAction } from '../../protocol/envelope.ts';
import { ENVELOPE_SCHEMA } from '../../protocol/envelope-id.ts';
import type { Change } from '../change/change.ts';
import type { CheckResult } from '../checks/result.ts';
import type { BlastRadius } from '../scopes/blast-radius.ts';
import { bounded, boundedDetail, detailOf, findingsOf, MAX_TEXT } from './details.ts';

export interface EnvelopeInput {
  readonly command: string;
  readonly ok: boolean;
  readonly change: Change;
  readonly radius: BlastRadius;
  readonly results: readonly CheckResult[];
  readonly nextActions: readonly NextAction[];
  /** Relative to the root; null where it could not be written. */
  readonly report: string | null;
  /** What keeps the whole from being judged. */
  readonly error?: Envelope['error'];
}

const MAX_CHECKS = 20;
const MAX_DETAILS = 8;
const MAX_ACTIONS = 5;
const MAX_SCOPES = 30;
const MAX_REASONS = 10;

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
      checks: checks.slice(0, MAX_CHECKS),
      omitted_checks: Math.max(0, checks.length - MAX_CHECKS),
    },
    ...(full.error === undefined ? {} : { error: boundedTexts(full.error) }),
    next_actions: boundedActions(full.next_actions),
  };
}

function boundedScope(scope: EnvelopeResult['scope']): EnvelopeResult['scope'] {
  return {
    ...scope,
    base_name: scope.base_name === null ? null : bounded(scope.base_name),
    expanded_scopes: scope.expanded_scopes.slice(0, MAX_SCOPES).map(bounded),
    widening_reasons: scope.widening_reasons.slice(0, MAX_REASONS).map(boundedTexts),
    omitted_widening_reasons: Math.max(0, scope.widening_reasons.length - MAX_REASONS),
  };
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
  return createEnvelope(input, (result) => {
    const findings = [...findingsOf(result.outcome)];
    return { ...commonCheck(result), details: findings.map(detailOf), omitted_details: 0, findings };
  });
}

/** A failure of Downforce itself. */
export function errorEnvelope(command: string, error: { code: string; message: string; hint: string }): Envelope {
  return { schema: ENVELOPE_SCHEMA, ok: false, command, error, next_actions: [] };
}

function createEnvelope(input: EnvelopeInput, toReport: (result: CheckResult) => CheckReport): Envelope {
  const { change, radius, results } = input;
  const count = (...statuses: CheckReport['status'][]): number =>
    results.filter((result) => statuses.includes(result.outcome.status)).length;
  return {
    schema: ENVELOPE_SCHEMA,
    ok: input.ok,
    command: input.command,
    result: {
      scope: {
        base: change.base?.slice(0, 12) ?? null,
        base_name: change.baseName ?? null,
        changed_files: change.files.length,
        inert_files: [...radius.fates.values()].filter((fate) => fate.kind === 'inert').length,
        expanded_scopes: [...radius.scopes.keys()],
        fallback: radius.reasons.length > 0 ? 'gate' : null,
        widening_reasons: radius.reasons.map(({ code, path, text }) =>
          path === undefined ? { code, text } : { code, path, text },
        ),
        omitted_widening_reasons: 0,
      },
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
      report: input.report,
    },
    ...(input.error === undefined ? {} : { error: input.error }),
    next_actions: [...input.nextActions],
  };
}

function commonCheck({
  check,
  outcome,
  durationMs,
  cached,
}: CheckResult): Omit<CheckReport, 'details' | 'omitted_details'> {
  return {
    id: check.id,
    status: outcome.status,
    duration_ms: Math.round(durationMs),
    examined: 'examined' in outcome ? (outcome.examined ?? null) : null,
    ...('reason' in outcome ? { reason: outcome.reason } : {}),
    ...('note' in outcome && outcome.note !== undefined ? { note: outcome.note } : {}),
    ...(cached ? { cached: true as const } : {}),
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

/** Every text of a flat object. */
function boundedTexts<T extends Readonly<Record<string, string | undefined>>>(object: T): T {
  const entries = Object.entries(object).map(([key, text]) => [key, text === undefined ? text : bounded(text)]);
  return Object.fromEntries(entries);
}
