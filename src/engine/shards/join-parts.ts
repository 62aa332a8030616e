import type { MutationTestResult } from 'mutation-testing-report-schema/api';
import type { Envelope } from '../../protocol/envelope.ts';
import type { Finding } from '../../protocol/finding.ts';
import type { MutantReport } from '../../protocol/mutation.ts';
import type { CheckOutcome, CheckResult } from '../checks/result.ts';
import { findingsOf } from '../report/details.ts';
import type { MutationReport } from '../report/envelope.ts';
import { summaryOf } from '../report/mutation-check.ts';
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
    results: [...ordinary, ...joinMutations(mutations, summary.total)],
    ...(mutations.length === 0 ? {} : { mutation: { summary, mutants } }),
    ...(document === undefined ? {} : { document }),
    ...(error === undefined ? {} : { error }),
  };
}

/** All parts tell of the lines that no test runs; of a mutant that was tried, who tried it knows. */
function joinMutants(parts: readonly PartReport[]): readonly MutantReport[] {
  const all = new Map<string, MutantReport>();
  for (const { result, shard } of parts) {
    for (const mutant of result.checks.flatMap(({ mutants }) => mutants ?? [])) {
      if (!all.has(mutant.id) || shard.mutants.includes(mutant.id)) all.set(mutant.id, mutant);
    }
  }
  return [...all.values()];
}

/** Written by ourselves, in a report that was validated as a whole; only its shape is the public schema's. */
function documentOf(value: unknown): readonly MutationTestResult[] {
  const isDocument = typeof value === 'object' && value !== null && 'files' in value;
  return isDocument ? [value as MutationTestResult] : [];
}

function joinMutations(all: readonly CheckResult[], examined: number): readonly CheckResult[] {
  const [first] = all;
  if (first === undefined) return [];
  const durationMs = Math.max(...all.map((result) => result.durationMs));
  const cached = all.every((result) => result.cached);
  return [
    {
      ...first,
      outcome: joinOutcomes(
        all.map(({ outcome }) => outcome),
        examined,
      ),
      durationMs,
      cached,
    },
  ];
}

/** The worst of them; a part with nothing to try takes nothing from the others. */
function joinOutcomes(outcomes: readonly CheckOutcome[], examined: number): CheckOutcome {
  const findings = uniqueFindings(outcomes.flatMap(findingsOf));
  const unjudged = outcomes.find(({ status }) => !['pass', 'fail', 'skipped'].includes(status));
  if (outcomes.some(({ status }) => status === 'fail')) return { status: 'fail', findings, examined };
  if (unjudged !== undefined) return unjudged;
  const passed = outcomes.some(({ status }) => status === 'pass');
  return passed
    ? { status: 'pass', findings, examined }
    : (outcomes[0] ?? { status: 'skipped', reason: 'nothing to try' });
}

function uniqueFindings(findings: readonly Finding[]): readonly Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.code}\0${finding.fingerprint}`;
    if (!first.has(key)) first.set(key, finding);
  }
  return [...first.values()];
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
