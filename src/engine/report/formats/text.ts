import type { CheckReport, Envelope } from '../../../protocol/envelope.ts';
import type { CheckResult } from '../../checks/result.ts';
import { oneLine, plural } from '../../text.ts';
import { findingsOf } from '../details.ts';
import { survivorOf } from '../survivor.ts';

export interface TextStyle {
  /** ANSI colours are wanted. */
  readonly color: boolean;
  readonly verbose: boolean;
}

const SIGN: Readonly<Record<CheckReport['status'], readonly [sign: string, color: number]>> = {
  pass: ['✓', 32],
  fail: ['✗', 31],
  error: ['!', 31],
  timeout: ['⏱', 31],
  cancelled: ['■', 33],
  deferred: ['…', 33],
  skipped: ['–', 90],
};

/**
 * What a person reads: the scope in a line, a line a check with what failed under it, the verdict, what to do next.
 * @param results what the envelope was made of: a survivor is shown as a diff with the tests that ran it.
 */
export function toText(envelope: Envelope, style: TextStyle, results: readonly CheckResult[] = []): string {
  const paint = (text: string, code: number): string => (style.color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lines: string[] = [];
  const { result, error, next_actions } = withoutControls(envelope);
  if (result !== undefined) {
    lines.push(...scopeLines(result.scope, paint), ...decisionLines(result, paint), '');
    // What had nothing to look at is counted below; its reasons are for whoever asks.
    const shown = result.checks.filter((check) => style.verbose || check.status !== 'skipped');
    for (const check of shown) lines.push(...checkLines(check, survivorLines(check, results, paint), paint));
    if (result.omitted_checks > 0) lines.push(paint(`  … and ${plural(result.omitted_checks, 'more check')}`, 90));
    lines.push('', verdictLine(envelope.ok, result, paint));
  }
  if (error !== undefined) {
    // The one text of ours that may have lines: a configuration's mistakes.
    const told = (envelope.error?.message ?? '').split('\n').map(oneLine);
    lines.push(`${paint('error', 31)} ${told.join('\n  ')}`, `  ${error.hint}`);
  }
  for (const action of next_actions) lines.push(`  → ${paint(action.command, 36)}  ${paint(action.description, 90)}`);
  return `${lines.join('\n')}\n`;
}

/** Every text in it on one line, whatever a repository or a tool put there: it would steer the terminal. */
function withoutControls(envelope: Envelope): Envelope {
  return JSON.parse(JSON.stringify(envelope), (_, value: unknown) =>
    typeof value === 'string' ? oneLine(value) : value,
  );
}

type Paint = (text: string, code: number) => string;
type Result = NonNullable<Envelope['result']>;

function scopeLines(scope: Result['scope'], paint: Paint): string[] {
  const base =
    scope.base_name === null
      ? 'an empty tree'
      : `${scope.base_name}${scope.base === null ? '' : ` (${scope.base.slice(0, 7)})`}`;
  const head = `${plural(scope.changed_files, 'changed file')} since ${base}`;
  const scopes = scope.expanded_scopes.length === 0 ? '' : ` → ${scope.expanded_scopes.join(', ')}`;
  const reasons = scope.widening_reasons.map(({ path, text }) =>
    paint(`  everything is checked: ${path === undefined ? '' : `${path}: `}${text}`, 33),
  );
  const more =
    scope.omitted_widening_reasons > 0
      ? [paint(`  … and ${plural(scope.omitted_widening_reasons, 'more reason')}`, 33)]
      : [];
  const inert =
    scope.inert_files > 0
      ? [paint(`  ${plural(scope.inert_files, 'file')} inert: no check reads what changed there`, 90)]
      : [];
  return [`${head}${scopes}`, ...inert, ...reasons, ...more];
}

/** What was decided about what the change touches: whoever works on it should know before reading on. */
function decisionLines({ decisions = [], omitted_decisions: omitted = 0 }: Result, paint: Paint): string[] {
  const told = decisions.map((decision) => `  ${paint('decided', 35)} ${decision}`);
  return omitted > 0 ? [...told, paint(`  … and ${plural(omitted, 'more decision')}`, 90)] : told;
}

/** By the place of a detail, what is said below it. */
type More = (index: number) => readonly string[];

function survivorLines(check: CheckReport, results: readonly CheckResult[], paint: Paint): More {
  const own = results.find((result) => result.check.kind === 'mutation' && result.check.id === check.id);
  const findings = own === undefined ? [] : findingsOf(own.outcome);
  return (index) => {
    const finding = findings[index];
    const survivor = finding === undefined ? undefined : survivorOf(finding);
    if (survivor === undefined) return [];
    const { changed, tests, more, commands } = survivor;
    return [
      ...changed.map((line) => paint(`      ${oneLine(line)}`, line.startsWith('-') ? 31 : 32)),
      ...tests.map((test) => paint(`      ran by ${oneLine(test)}`, 90)),
      ...(more > 0 ? [paint(`      … and ${plural(more, 'more test')}`, 90)] : []),
      ...commands.map((command) => `      → ${paint(command, 36)}`),
    ];
  };
}

function checkLines(check: CheckReport, below: More, paint: Paint): string[] {
  const [sign, color] = SIGN[check.status];
  const facts = [
    check.status,
    ...(check.examined === null ? [] : [`${check.examined} examined`]),
    ...(check.cached === true
      ? ['from the cache: nothing changed']
      : check.duration_ms > 0
        ? [`${(check.duration_ms / 1000).toFixed(1)} s`]
        : []),
    ...(check.note === undefined ? [] : [check.note]),
  ];
  const head = `${paint(sign, color)} ${check.id.padEnd(24)} ${paint(facts.join(' · '), check.status === 'pass' ? 90 : color)}`;
  const reason = check.reason === undefined ? [] : [`    ${check.reason}`];
  const more = check.omitted_details > 0 ? [paint(`    … and ${check.omitted_details} more`, 90)] : [];
  const details = check.details.flatMap((detail, index) => [`    ${detail}`, ...below(index)]);
  return [head, ...reason, ...details, ...more];
}

function verdictLine(ok: boolean, result: Result, paint: Paint): string {
  const { summary } = result;
  const counts = [
    `${summary.passed} passed`,
    ...(['failed', 'errored', 'deferred', 'skipped', 'cancelled'] as const).flatMap((name) =>
      summary[name] > 0 ? [`${summary[name]} ${name}`] : [],
    ),
  ].join(', ');
  const verdict = ok ? paint('ok', 32) : paint('not ok', 31);
  return `${verdict}  ${counts}${result.report === null ? '' : paint(`  ${result.report}`, 90)}`;
}
