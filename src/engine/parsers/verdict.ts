import type { Parsed, Parser, ToolOutput } from '../checks/format.ts';
import { lastLines, oneLine, stripAnsi } from './plain-text.ts';
import type { Recorder } from './recorder.ts';
import { ShapeError } from './shape.ts';

type Reading = Extract<Parsed, { kind: 'parsed' }>;
type Extras = Pick<Reading, 'failed' | 'durations'>;

/** A parser of a structured format: cut output and unexpected shapes are `unparseable`, and nothing is thrown. */
export function guard(format: string, parse: Parser): Parser {
  return (output) => {
    if (output.truncated) return unparseable(`${format}: the output was cut, so what is missing cannot be known`);
    try {
      return parse(output);
    } catch (error) {
      const reason = error instanceof ShapeError ? error.message : `unexpected content (${String(error)})`;
      return unparseable(`${format}: ${reason}; ${lastWord(output)}`);
    }
  };
}

/** As `guard`, for formats of independent lines, where what is left of cut output is still true. */
export function guardLines(format: string, parse: Parser): Parser {
  const guarded = guard(format, parse);
  return (output) => {
    const parsed = guarded({ ...output, truncated: false });
    if (!output.truncated || parsed.kind === 'unparseable' || parsed.findings.length > 0) return parsed;
    return unparseable(`${format}: the output was cut and what is left of it shows no finding`);
  };
}

/** Where the tool went out with a failure and no finding is an error, its own word is kept, so that it cannot pass. */
export function conclude(
  output: ToolOutput,
  { findings }: Recorder,
  examined: number | undefined,
  extras: { [K in keyof Extras]?: Extras[K] | undefined } = {},
): Parsed {
  const silent = output.exitCode !== 0 && !findings.some((finding) => finding.severity === 'error');
  const failed = extras.failed ?? (silent ? lastWord(output) : undefined);
  return {
    kind: 'parsed',
    findings,
    examined,
    ...(failed === undefined ? {} : { failed }),
    ...(extras.durations === undefined ? {} : { durations: extras.durations }),
  };
}

/** For formats of lines: nothing recognized in what a failing tool said is no pass. */
export function concludeLines(
  format: string,
  output: ToolOutput,
  recorder: Recorder,
  examined: number | undefined,
): Parsed {
  if (output.exitCode !== 0 && recorder.findings.length === 0) {
    return unparseable(`${format}: no line of the output is a finding; ${lastWord(output)}`);
  }
  return conclude(output, recorder, examined);
}

export function unparseable(reason: string): Parsed {
  return { kind: 'unparseable', reason: oneLine(reason) };
}

const TELLING = /\b(?:threshold|not met|no (?:test |source )?files|no tests|signal:)/i;
const ERROR = /^(?:\[ERROR\] (?!COMPILATION|->)|error\b|fatal\b|usage error\b|\w*Error\b)/i;
const UNHANDLED = /Unhandled (?:Rejection|Error|Exception)\b.*\n\s*(\S.*)/;

/** `exited with 1: REASON`, the reason being the most telling line of the output. */
export function lastWord({ exitCode, stderr, stdout }: ToolOutput): string {
  const errors = stripAnsi(stderr.slice(-20_000));
  const unhandled = [...errors.matchAll(new RegExp(UNHANDLED, 'g'))].at(-1)?.[1];
  const lines = [...lastLines(stdout, 20).filter((line) => !/^[[{\]}"<]/.test(line)), ...lastLines(stderr, 20)];
  const said =
    unhandled ?? [TELLING, ERROR].map((sign) => lines.find((line) => sign.test(line))).find(Boolean) ?? lines.at(-1);
  const reason = unhandled === undefined ? said : `unhandled error: ${said}`;
  return reason === undefined ? `exited with ${exitCode}` : oneLine(`exited with ${exitCode}: ${reason}`);
}
