import type { Finding, RawFinding } from '../../protocol/finding.ts';
import type { Digest, ProcessOutcome } from '../ports.ts';
import { cut, oneLine } from '../text.ts';
import type { Check } from './check.ts';
import type { Parsed } from './format.ts';
import type { CheckOutcome } from './result.ts';

export interface JudgeInput {
  readonly check: Check;
  readonly outcome: ProcessOutcome;
  /** Texts of the reports that the tool wrote. */
  readonly reports: readonly string[];
  readonly root: string;
  readonly cwd: string;
  readonly digest: Digest;
}

/** From how a process ended and what it printed to a verdict. Whatever is not understood is no pass. */
export function judge(input: JudgeInput): CheckOutcome {
  const { check, outcome } = input;
  switch (outcome.kind) {
    case 'missing':
      return error(`could not start ${outcome.program}: ${outcome.message}`);
    case 'cancelled':
      return { status: 'cancelled', reason: 'interrupted' };
    case 'timeout':
      return { status: 'timeout', reason: `stopped after ${seconds(outcome.durationMs)} s`, findings: [] };
    case 'signalled':
      return error(`${check.tool} was ended by ${outcome.signal}${tail(outcome.stderr, outcome.stdout)}`);
    case 'exited':
      return judgeOutput(input, outcome);
    default:
      return outcome satisfies never;
  }
}

function judgeOutput(input: JudgeInput, outcome: ProcessOutcome & { kind: 'exited' }): CheckOutcome {
  const { check } = input;
  const { code, stdout, stderr, truncated } = outcome;
  const parsed = check.parse({
    stdout,
    stderr,
    truncated,
    exitCode: code,
    reports: input.reports,
    root: input.root,
    cwd: input.cwd,
  });
  if (parsed.kind === 'unparseable') {
    return error(
      `${check.tool} exited ${code}, and its output could not be read: ${parsed.reason}${tail(stderr, stdout)}`,
    );
  }
  const findings = parsed.findings.map((finding) => complete(finding, check, input.digest));
  const failing = findings.some((finding) => finding.severity === 'error');
  if (failing || parsed.failed !== undefined)
    return { ...verdict('fail', parsed, failing ? findings : [...findings, word(parsed, input)]) };
  if (code !== 0) {
    if (isWarningExit(check, findings, code)) return verdict('fail', parsed, findings);
    return { ...error(`${check.tool} exited ${code} without naming a problem${tail(stderr, stdout)}`), findings };
  }
  if (parsed.examined === 0 && check.mustExamine !== false) {
    return { ...error(`${check.tool} looked at nothing${tail(stderr, stdout)}`), findings };
  }
  return verdict('pass', parsed, findings);
}

function verdict(
  status: 'pass' | 'fail',
  parsed: Parsed & { kind: 'parsed' },
  findings: readonly Finding[],
): CheckOutcome {
  const durations = parsed.durations === undefined ? {} : { durations: parsed.durations };
  return { status, findings, examined: parsed.examined, ...durations };
}

/** A linter told to fail on warnings has failed because of them: they are then what has to go. */
function isWarningExit(check: Check, findings: readonly Finding[], code: number): boolean {
  return (
    check.kind === 'lint' &&
    code === 1 &&
    findings.length > 0 &&
    findings.every((finding) => finding.severity !== 'error')
  );
}

function word(parsed: Parsed & { kind: 'parsed' }, input: JudgeInput): Finding {
  const raw = {
    code: `${input.check.kind}/failed`,
    severity: 'error',
    path: '',
    message: parsed.failed ?? 'failed',
  } as const;
  return complete(raw, input.check, input.digest);
}

/** Adds what a parser cannot know. The fingerprint holds no line, so that it stays when code moves. */
export function complete(finding: RawFinding, check: Pick<Check, 'scope' | 'tool'>, digest: Digest): Finding {
  const identity = [finding.code, finding.path, finding.message.replace(/\d+/g, '#')].join('\0');
  return { ...finding, scope: check.scope, fingerprint: digest(identity).slice(0, 16) };
}

function error(reason: string): CheckOutcome & { status: 'error' } {
  return { status: 'error', reason, findings: [] };
}

/** The last lines that say something, on one line. */
function tail(stderr: string, stdout: string): string {
  const source = stderr.trim() === '' ? stdout : stderr;
  const lines = source
    .slice(-4000)
    .split('\n')
    .map((line) => line.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '').trim())
    .filter((line) => line !== '' && !/^(at |npm (warn|error)|Node\.js v)/.test(line));
  const said = lines.find((line) => /error|cannot|not found|failed|exception|invalid/i.test(line)) ?? lines.at(-1);
  return said === undefined ? '' : `: ${cut(oneLine(said), 160)}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(ms < 10_000 ? 1 : 0);
}
