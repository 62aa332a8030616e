import type { MutantReport, MutationSummary } from '../../protocol/mutation.ts';
import type { Waiver } from '../../protocol/waivers.ts';
import type { CheckIdentity, CheckOutcome, CheckResult } from '../checks/result.ts';
import { rangeOf } from '../guards/place.ts';
import type { MutantResult, MutantStatus } from '../mutation/mutant.ts';
import type { MutationResult } from '../mutation/run-mutation.ts';
import type { Digest } from '../ports.ts';
import { bindLines } from '../waivers/binding.ts';
import { MUTATION_CHECK, type MutationReport } from './envelope.ts';
import { type FindingContext, mutantFindings } from './mutant-findings.ts';

export interface JudgeContext extends Omit<FindingContext, 'sources'> {
  /** Waivers that stand, by the id of their mutant. */
  readonly waivers: ReadonlyMap<string, Waiver>;
}

export const MUTATION_IDENTITY: CheckIdentity = {
  id: MUTATION_CHECK,
  kind: 'mutation',
  tool: 'downforce',
  scope: '',
};

export interface JudgedMutation {
  readonly check: CheckResult;
  readonly report: MutationReport;
  /** With the word of whoever waived one. */
  readonly results: readonly MutantResult[];
}

/** What the mutants say of the change, as one check among others, and each of them for the report. */
export function judgeMutation(result: MutationResult, context: JudgeContext): JudgedMutation {
  const results = result.results.map((one) => withWaiver(one, context.waivers));
  const summary = summaryOf(results);
  const check: CheckResult = {
    check: MUTATION_IDENTITY,
    outcome: outcomeOf({ ...result, results }, summary, context),
    durationMs: result.durationMs,
    distance: 0,
    cached: results.length > 0 && results.every((one) => one.cached === true),
  };
  const mutants = results.map((one) => reportOf(one, result.sources.get(one.mutant.path) ?? '', context.digest));
  return { check, report: { summary, mutants }, results };
}

function withWaiver(result: MutantResult, waivers: ReadonlyMap<string, Waiver>): MutantResult {
  const waiver = result.status === 'ignored' ? waivers.get(result.mutant.id) : undefined;
  return waiver === undefined ? result : { ...result, reason: `waived by ${waiver.who}: ${waiver.reason}` };
}

export function summaryOf(results: readonly { readonly status: MutantStatus }[]): MutationSummary {
  const count = (...statuses: readonly MutantStatus[]): number =>
    results.filter(({ status }) => statuses.includes(status)).length;
  const noticed = count('killed', 'timeout');
  const judged = noticed + count('survived', 'no-coverage');
  return {
    total: results.length - count('compile-error', 'equivalent'),
    killed: count('killed'),
    survived: count('survived'),
    no_coverage: count('no-coverage'),
    timeout: count('timeout'),
    ignored: count('ignored'),
    errors: count('error', 'pending'),
    ...(judged === 0 ? {} : { score: Math.round((noticed / judged) * 1000) / 10 }),
  };
}

function outcomeOf(result: MutationResult, summary: MutationSummary, context: JudgeContext): CheckOutcome {
  switch (result.stage) {
    case 'cancelled':
      return { status: 'cancelled', reason: result.reason ?? 'interrupted' };
    case 'red':
    case 'unfit':
    case 'moved':
      return {
        status: 'error',
        reason: result.reason ?? `the tests could not be asked: ${result.stage}`,
        findings: [],
      };
    case 'nothing':
      return nothing(result);
    case 'done':
      return verdict(result, summary, context);
    default:
      return result.stage satisfies never;
  }
}

/** What could not be read did not pass. */
function nothing({ reason, notes }: MutationResult): CheckOutcome {
  if (notes.length > 0)
    return { status: 'error', reason: `no mutant could be made: ${notes.join('; ')}`, findings: [] };
  return { status: 'skipped', reason: reason ?? 'no runtime code changed' };
}

function verdict(result: MutationResult, summary: MutationSummary, context: JudgeContext): CheckOutcome {
  const findings = mutantFindings(result.results, { ...context, sources: result.sources });
  const note = noteOf(result, summary);
  const failing = findings.some(({ severity }) => severity === 'error');
  if (failing) return { status: 'fail', findings, examined: summary.total, note };
  const unjudged = result.results.filter(({ status }) => status === 'error' || status === 'pending');
  if (unjudged.length > 0) {
    const why = unjudged[0]?.reason ?? 'no reason is known';
    return {
      status: 'error',
      reason: `${unjudged.length} of ${summary.total} mutants could not be judged: ${why}`,
      findings,
    };
  }
  if (result.results.length === 0)
    return { status: 'skipped', reason: 'no mutant of the changed lines is left to try' };
  return { status: 'pass', findings, examined: summary.total, note };
}

/** The counts that differ from none, and how the tests were asked. */
function noteOf({ checks, notes }: MutationResult, summary: MutationSummary): string {
  const ways = checks.map(({ way, note }) => (note === undefined ? way : `${way} (${note})`));
  return [countsOf(summary), ...new Set(ways), ...notes].filter((part) => part !== '').join(' · ');
}

/** In words, what differs from none. */
export function countsOf(summary: MutationSummary): string {
  const counts = [
    [summary.killed + summary.timeout, 'noticed'],
    [summary.survived, 'survived'],
    [summary.no_coverage, 'without a test'],
    [summary.ignored, 'waived'],
    [summary.errors, 'not judged'],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}

function reportOf({ mutant, ...result }: MutantResult, text: string, digest: Digest): MutantReport {
  const { id, path, range, symbol, operator, original, edit } = mutant;
  const exchange = rangeOf(text, mutant.exchange.start, mutant.exchange.end);
  return {
    id,
    status: result.status,
    path,
    range,
    exchange,
    content: bindLines(text, exchange, digest).content,
    symbol,
    operator,
    original,
    replacement: edit.text,
    covered_by: result.coveredBy.map(({ file, name }) => ({ file, name })),
    killed_by: result.killedBy.map(({ file, name }) => ({ file, name })),
    duration_ms: Math.round(result.durationMs),
    ...(result.reason === undefined ? {} : { reason: result.reason }),
    ...(result.cached === true ? { cached: true as const } : {}),
  };
}
