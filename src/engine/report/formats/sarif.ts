import type { Log, Result, Run } from 'sarif';
import type { Finding, Range } from '../../../protocol/finding.ts';
import type { CheckResult } from '../../checks/result.ts';
import { cut, oneLine } from '../../text.ts';
import { findingsOf } from '../details.ts';

const MAX_RESULTS = 5000;
const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const;

/** SARIF 2.1.0, one run; GitHub keeps 5,000 results of a run, so the gravest come first and the rest is counted. */
export function toSarif(results: readonly CheckResult[], version: string): Log {
  const findings = gravestFirst(results);
  const shown = findings.slice(0, MAX_RESULTS);
  const rules = [...new Set(shown.map((finding) => finding.code))].sort();
  const run: Run = {
    tool: { driver: { name: 'Downforce', semanticVersion: version, rules: rules.map((id) => ({ id })) } },
    columnKind: 'utf16CodeUnits',
    automationDetails: { id: 'downforce/loop/' },
    originalUriBaseIds: { ROOT: { description: { text: 'The top of the repository.' } } },
    results: shown.map((finding) => toResult(finding, rules)),
    invocations: [invocationOf(results, findings.length - shown.length)],
  };
  return { version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json', runs: [run] };
}

/** All findings, errors first. */
export function gravestFirst(results: readonly CheckResult[]): readonly Finding[] {
  const rank = { error: 0, warning: 1, info: 2 } as const;
  return results
    .flatMap((result) => [...findingsOf(result.outcome)])
    .sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** Checks that could not judge have no finding: they are said here, so that the log is never taken for clean. */
function invocationOf(results: readonly CheckResult[], omitted: number): NonNullable<Run['invocations']>[number] {
  const unjudged = results.filter(({ outcome }) =>
    ['error', 'timeout', 'cancelled', 'deferred'].includes(outcome.status),
  );
  const notes = unjudged.map(({ check, outcome }) => ({
    level: outcome.status === 'deferred' ? ('warning' as const) : ('error' as const),
    message: { text: `${check.id} ${outcome.status}: ${cut(oneLine('reason' in outcome ? outcome.reason : ''), 500)}` },
  }));
  const cutNote =
    omitted > 0 ? [{ level: 'warning' as const, message: { text: `${omitted} further findings are left out.` } }] : [];
  return {
    executionSuccessful: unjudged.every(({ outcome }) => outcome.status === 'deferred'),
    toolExecutionNotifications: [...notes, ...cutNote],
  };
}

function toResult(finding: Finding, rules: readonly string[]): Result {
  const region = finding.range === undefined ? {} : { region: regionOf(finding.range) };
  const uri = finding.path.split('/').map(encodeURIComponent).join('/');
  const physicalLocation = { artifactLocation: { uri, uriBaseId: 'ROOT' }, ...region };
  return {
    ruleId: finding.code,
    ruleIndex: rules.indexOf(finding.code),
    level: LEVEL[finding.severity],
    message: { text: finding.because === undefined ? finding.message : `${finding.message} — ${finding.because}` },
    ...(finding.path === '' ? {} : { locations: [{ physicalLocation }] }),
    partialFingerprints: { 'downforce/1': finding.fingerprint },
  };
}

function regionOf({ start, end }: Range): {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
} {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
