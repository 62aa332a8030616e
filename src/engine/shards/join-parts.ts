import type { MutationTestResult } from 'mutation-testing-report-schema/api';
import type { Envelope } from '../../protocol/envelope.ts';
import type { Finding } from '../../protocol/finding.ts';
import type { MutantReport, MutationSummary } from '../../protocol/mutation.ts';
import type { CheckOutcome, CheckResult } from '../checks/result.ts';
import { findingsOf } from '../report/details.ts';
import type { MutationReport } from '../report/envelope.ts';
import { countsOf, summaryOf } from '../report/mutation-check.ts';
import { joinDocuments } from '../report/mutation-json.ts';
import { type PartReport, resultOf } from './part-report.ts';

/** What the parts say together. */
export interface Joined {
  readonly results: readonly CheckResult[];
  readonly mutation?: MutationReport;
  readonly document?: MutationTestResult;
  /** What kept a part from judging all of its own. */
  readonly error?: Envelope['error'];
}

/** @param parts of one run, none missing, in any order. */
export function joinParts(parts: readonly PartReport[]): Joined {
  const sorted = [...parts].sort((a, b) => a.shard.index - b.shard.index);
  const results = sorted.flatMap(({ result }) => result.checks.map(resultOf));
  const ordinary = results.filter(({ check }) => check.kind !== 'mutation');
  const mutations = results.filter(({ check }) => check.kind === 'mutation');
  const mutants = joinMutants(sorted);
  const summary = summaryOf(mutants);
  const document = joinDocuments(sorted.flatMap(({ result }) => documentOf(result.mutation_report)));
  const error = errorOf(sorted);
  return {
    results: [...ordinary, ...joinMutations(mutations, summary)],
    ...(mutations.length === 0 ? {} : { mutation: { summary, mutants } }),
    ...(document === undefined ? {} : { document }),
    ...(error === undefined ? {} : { error }),
  };
}

/** Each once: all parts tell of the lines that no test runs. */
function joinMutants(parts: readonly PartReport[]): readonly MutantReport[] {
  const all = new Map<string, MutantReport>();
  for (const mutant of parts.flatMap(({ result }) => result.checks.flatMap(({ mutants }) => mutants ?? []))) {
    if (!all.has(mutant.id)) all.set(mutant.id, mutant);
  }
  return [...all.values()];
}

/** Written by ourselves, in a report that was validated as a whole; only its shape is the public schema's. */
function documentOf(value: unknown): readonly MutationTestResult[] {
  const isDocument = typeof value === 'object' && value !== null && 'files' in value;
  return isDocument ? [value as MutationTestResult] : [];
}

function joinMutations(all: readonly CheckResult[], summary: MutationSummary): readonly CheckResult[] {
  const [first] = all;
  if (first === undefined) return [];
  const durationMs = Math.max(...all.map((result) => result.durationMs));
  const cached = all.every((result) => result.cached);
  const outcomes = all.map(({ outcome }) => outcome);
  return [{ ...first, outcome: joinOutcomes(outcomes, summary), durationMs, cached }];
}

/** The worst of them; a part with nothing to try takes nothing from the others. */
function joinOutcomes(outcomes: readonly CheckOutcome[], summary: MutationSummary): CheckOutcome {
  const findings = uniqueFindings(outcomes.flatMap(findingsOf));
  const judged = { findings, examined: summary.total, note: countsOf(summary) };
  const unjudged = outcomes.find(({ status }) => !['pass', 'fail', 'skipped'].includes(status));
  if (outcomes.some(({ status }) => status === 'fail')) return { status: 'fail', ...judged };
  if (unjudged !== undefined) return unjudged;
  if (outcomes.some(({ status }) => status === 'pass')) return { status: 'pass', ...judged };
  return outcomes[0] ?? { status: 'skipped', reason: 'nothing to try' };
}

/** Survivors first; all parts tell of the lines that no test runs. */
function uniqueFindings(findings: readonly Finding[]): readonly Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.code}\0${finding.fingerprint}`;
    if (!first.has(key)) first.set(key, finding);
  }
  return [...first.values()].sort((a, b) => Number(isSurvivor(b)) - Number(isSurvivor(a)));
}

function isSurvivor({ code }: Finding): boolean {
  return code === 'mutant/survived';
}

function errorOf(parts: readonly PartReport[]): Envelope['error'] {
  const broken = parts.find(({ error }) => error !== undefined);
  if (broken?.error === undefined) return undefined;
  const { shard, error } = broken;
  return {
    code: 'merge/part-unjudged',
    message: `Part ${shard.index}/${shard.count} could not judge: ${error.message}`,
    hint: `Run it again: ${broken.command} --shard ${shard.index}/${shard.count}`,
  };
}
