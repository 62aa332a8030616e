import type { Parsed, Parser } from '../checks/format.ts';
import { readLines } from './json.ts';
import { stripAnsi } from './plain-text.ts';
import { createRecorder, type Problem } from './recorder.ts';
import { severityOf } from './severity.ts';
import { concludeLines, guardLines, unparseable } from './verdict.ts';

/** As in VS Code's `problemMatcher.pattern`: which capture group holds what. */
export interface ProblemPattern {
  readonly regexp: string;
  readonly file: number;
  readonly line: number;
  readonly column?: number | undefined;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
  readonly severity?: number | undefined;
  readonly code?: number | undefined;
  readonly message: number;
}

/** A pattern of the user's may be slow in the square of a line's length; longer lines are no findings. */
const MAX_LINE = 2_000;

/** `area` is the first half of the findings' codes. */
export function createPatternParser(pattern: ProblemPattern, area = 'lint'): Parser {
  const regexp = compile(pattern.regexp);
  if (typeof regexp === 'string') return (): Parsed => unparseable(`problem-matcher: ${regexp}`);
  return guardLines('problem-matcher', (output) => {
    const recorder = createRecorder(output);
    for (const { line: raw } of readLines(`${output.stdout}\n${output.stderr}`)) {
      if (raw.length > MAX_LINE) continue;
      const match = regexp.exec(stripAnsi(raw));
      if (match) recorder.add(problemOf(match, pattern, area));
    }
    return concludeLines('problem-matcher', output, recorder, undefined);
  });
}

function compile(source: string): RegExp | string {
  try {
    return new RegExp(source);
  } catch (error) {
    return `the regexp is not valid (${error instanceof Error ? error.message : String(error)})`;
  }
}

function problemOf(match: RegExpExecArray, pattern: ProblemPattern, area: string): Problem {
  const text = (group: number | undefined) => (group === undefined ? undefined : match[group] || undefined);
  const number = (group: number | undefined) => {
    const digits = text(group);
    return digits !== undefined && /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
  };
  const rule = text(pattern.code);
  return {
    code: `${area}/${rule ?? 'problem'}`,
    severity: severityOf(text(pattern.severity)),
    message: text(pattern.message) ?? match[0],
    file: text(pattern.file),
    line: number(pattern.line),
    column: number(pattern.column),
    endLine: number(pattern.endLine),
    endColumn: number(pattern.endColumn),
    data: { rule },
  };
}
