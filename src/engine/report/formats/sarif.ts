import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import type { Envelope } from '../../../protocol/envelope.ts';
import type { Finding, Range } from '../../../protocol/finding.ts';
import type { CheckResult } from '../../checks/result.ts';
import { cut, oneLine } from '../../text.ts';
import { CATALOGUE } from '../catalogue.ts';
import { findingsOf } from '../details.ts';
import { survivorOf } from '../survivor.ts';

const MAX_RESULTS = 5000;
const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * SARIF 2.1.0, one run; GitHub keeps 5,000 results of a run, so the gravest come first and the rest is counted.
 * @param error what keeps the whole from being judged.
 * @param command what was run: hosts keep the results of each apart.
 */
export function toSarif(
  results: readonly CheckResult[],
  version: string,
  error?: Envelope['error'],
  command = 'downforce loop',
): Log {
  const findings = gravestFirst(results);
  const shown = findings.slice(0, MAX_RESULTS);
  const rules = [...new Set(shown.map((finding) => finding.code))].sort();
  const run: Run = {
    tool: { driver: { name: 'Downforce', semanticVersion: version, rules: rules.map(ruleOf) } },
    columnKind: 'utf16CodeUnits',
    automationDetails: { id: `${command.replace(' ', '/')}/` },
    originalUriBaseIds: { ROOT: { description: { text: 'The top of the repository.' } } },
    results: shown.map((finding) => toResult(finding, rules)),
    invocations: [invocationOf(results, findings.length - shown.length, error)],
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

type Invocation = NonNullable<Run['invocations']>[number];

/** Checks that could not judge have no finding: they are said here, so that the log is never taken for clean. */
function invocationOf(results: readonly CheckResult[], omitted: number, error: Envelope['error']): Invocation {
  const unjudged = results.filter(({ outcome }) =>
    ['error', 'timeout', 'cancelled', 'deferred'].includes(outcome.status),
  );
  const notes = unjudged.map(({ check, outcome }) =>
    note(
      outcome.status === 'deferred' ? 'warning' : 'error',
      `${check.id} ${outcome.status}: ${cut(oneLine('reason' in outcome ? outcome.reason : ''), 500)}`,
    ),
  );
  return {
    executionSuccessful: error === undefined && unjudged.every(({ outcome }) => outcome.status === 'deferred'),
    toolExecutionNotifications: [
      ...(error === undefined ? [] : [note('error', `${error.message} ${error.hint}`)]),
      ...notes,
      ...(omitted > 0 ? [note('warning', `${omitted} further findings are left out.`)] : []),
    ],
  };
}

function note(level: 'error' | 'warning', text: string): NonNullable<Invocation['toolExecutionNotifications']>[number] {
  return { level, message: { text: text.toWellFormed() } };
}

function toResult(finding: Finding, rules: readonly string[]): Result {
  const region = finding.range === undefined ? {} : { region: regionOf(finding.range) };
  // Half a character, as a file's name may hold on some systems, has no place in a URI or in UTF-8.
  const uri = finding.path.toWellFormed().split('/').map(encodeURIComponent).join('/');
  const physicalLocation = { artifactLocation: { uri, uriBaseId: 'ROOT' }, ...region };
  return {
    ruleId: finding.code,
    ruleIndex: rules.indexOf(finding.code),
    level: LEVEL[finding.severity],
    message: { text: textOf(finding).toWellFormed() },
    ...(finding.path === '' ? {} : { locations: [{ physicalLocation }] }),
    partialFingerprints: { 'downforce/1': finding.fingerprint },
  };
}

function textOf(finding: Finding): string {
  const { message, because } = finding;
  const said = because === undefined ? message : `${message} — ${because}`;
  const survivor = survivorOf(finding);
  if (survivor === undefined) return said;
  const tests = survivor.tests.map((test) => `Ran by ${test}`);
  return [said, '', ...survivor.changed, '', ...tests, survivor.commands[0] ?? ''].join('\n');
}

/** With the catalogue's words for codes of our own; a linter's rule is explained by the linter. */
function ruleOf(id: string): ReportingDescriptor {
  const entry = CATALOGUE.find(({ code }) => code === id);
  if (entry === undefined) return { id };
  const help = `${entry.why} ${entry.lift}`;
  return { id, shortDescription: { text: entry.meaning }, help: { text: help } };
}

function regionOf({ start, end }: Range): {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
} {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
