import type { Envelope } from '../../../protocol/envelope.ts';
import type { Finding } from '../../../protocol/finding.ts';
import type { CheckResult } from '../../checks/result.ts';
import { oneLine } from '../../text.ts';
import { survivorOf } from '../survivor.ts';
import { gravestFirst } from './sarif.ts';

/** GitHub shows this many of each level a step and drops the rest in silence. */
const MAX_PER_LEVEL = 10;
/** Room for what could not judge, where there are findings without end. */
const MIN_UNJUDGED = 5;
/** A line end inside a message, as GitHub writes it. */
const LINE_END = '%0A';
const LEVELS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * Workflow commands: annotations within GitHub's limits, then one line with the totals.
 * @param error what keeps the whole from being judged.
 */
export function toGithub(results: readonly CheckResult[], error?: Envelope['error']): string {
  const findings = gravestFirst(results);
  const bySeverity = Map.groupBy(findings, (finding) => finding.severity);
  const told = [
    ...(error === undefined ? [] : [plain(error.code, `${error.message} ${error.hint}`)]),
    ...unjudged(results),
  ];
  const errors = bySeverity.get('error') ?? [];
  const first = told.slice(0, Math.max(MIN_UNJUDGED, MAX_PER_LEVEL - errors.length));
  const annotated = [...bySeverity].flatMap(([severity, group]) =>
    group.slice(0, MAX_PER_LEVEL - (severity === 'error' ? first.length : 0)),
  );
  const lines = [...first, ...annotated.map(annotation)];
  const count = (status: string): number => results.filter(({ outcome }) => outcome.status === status).length;
  const totals = ['pass', 'fail', 'error', 'timeout', 'deferred', 'skipped']
    .map((status) => `${count(status)} ${status}`)
    .join(', ');
  return `${lines.join('\n')}${lines.length > 0 ? '\n' : ''}Downforce: ${results.length} checks (${totals}), ${findings.length} findings, ${annotated.length} shown as annotations\n`;
}

function unjudged(results: readonly CheckResult[]): readonly string[] {
  return results.flatMap(({ check, outcome }) =>
    outcome.status === 'error' || outcome.status === 'timeout' ? [plain(check.id, outcome.reason)] : [],
  );
}

function plain(title: string, text: string): string {
  return `::error title=${property(title)}::${message(text)}`;
}

function annotation(finding: Finding): string {
  const { path, range } = finding;
  const place =
    path === ''
      ? []
      : [
          `file=${property(path)}`,
          ...(range === undefined
            ? []
            : [`line=${range.start.line}`, `endLine=${range.end.line}`, `col=${range.start.column}`]),
        ];
  const properties = [...place, `title=${property(finding.code)}`].join(',');
  const why = finding.because === undefined ? '' : ` — ${finding.because}`;
  const survivor = survivorOf(finding);
  const more = survivor === undefined ? [] : [...survivor.changed, ...survivor.tests.map((test) => `ran by ${test}`)];
  const text = [finding.message + why, ...more].map(message).join(LINE_END);
  return `::${LEVELS[finding.severity]} ${properties}::${text}`;
}

/** A message may hold anything; unescaped, it could end the command and begin another. */
function message(text: string): string {
  return oneLine(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
