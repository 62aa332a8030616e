import type { Finding } from '../../../protocol/finding.ts';
import type { CheckResult } from '../../checks/result.ts';
import { oneLine } from '../../text.ts';
import { gravestFirst } from './sarif.ts';

/** GitHub shows this many of each level a step and drops the rest in silence. */
const MAX_PER_LEVEL = 10;
const LEVELS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Workflow commands: annotations within GitHub's limits, then one line with the totals. */
export function toGithub(results: readonly CheckResult[]): string {
  const findings = gravestFirst(results);
  const bySeverity = Map.groupBy(findings, (finding) => finding.severity);
  const annotated = [...bySeverity.values()].flatMap((group) => group.slice(0, MAX_PER_LEVEL));
  const room = MAX_PER_LEVEL - Math.min(MAX_PER_LEVEL, bySeverity.get('error')?.length ?? 0);
  const unjudged = results
    .filter(({ outcome }) => outcome.status === 'error' || outcome.status === 'timeout')
    .slice(0, Math.max(1, room));
  const lines = [
    ...unjudged.map(
      ({ check, outcome }) =>
        `::error title=${property(check.id)}::${message('reason' in outcome ? outcome.reason : outcome.status)}`,
    ),
    ...annotated.map(annotation),
  ];
  const count = (status: string): number => results.filter(({ outcome }) => outcome.status === status).length;
  const totals = ['pass', 'fail', 'error', 'timeout', 'deferred', 'skipped']
    .map((status) => `${count(status)} ${status}`)
    .join(', ');
  return `${lines.join('\n')}${lines.length > 0 ? '\n' : ''}Downforce: ${results.length} checks (${totals}), ${findings.length} findings, ${annotated.length} shown as annotations\n`;
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
  return `::${LEVELS[finding.severity]} ${properties}::${message(finding.message + why)}`;
}

/** A message may hold anything; unescaped, it could end the command and begin another. */
function message(text: string): string {
  return oneLine(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
