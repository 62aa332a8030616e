import type { Parsed, Parser, ToolOutput } from '../checks/format.ts';
import type { MatchedGroups, MatchLines } from '../ports.ts';
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

/** No finding is longer, and a pattern may be slow in the square of a line's length. */
const MAX_LINE = 2_000;

/** `area` is the first half of the findings' codes. */
export function createPatternParser(pattern: ProblemPattern, matchLines: MatchLines, area = 'lint'): Parser {
  const mistake = mistakeIn(pattern.regexp);
  if (mistake !== undefined) return (): Parsed => unparseable(`problem-matcher: ${mistake}`);
  return guardLines('problem-matcher', (output) => {
    const matches = matchLines(pattern.regexp, linesOf(output));
    if (matches === undefined) return unparseable('problem-matcher: matching the regexp did not end in time');
    const recorder = createRecorder(output);
    for (const match of matches) if (match !== undefined) recorder.add(problemOf(match, pattern, area));
    return concludeLines('problem-matcher', output, recorder, undefined);
  });
}

function mistakeIn(regexp: string): string | undefined {
  try {
    new RegExp(regexp);
    return undefined;
  } catch (error) {
    return `the regexp is not valid (${error instanceof Error ? error.message : String(error)})`;
  }
}

function linesOf({ stdout, stderr }: ToolOutput): readonly string[] {
  const lines = [...readLines(`${stdout}\n${stderr}`)];
  return lines.flatMap(({ line }) => (line.length > MAX_LINE ? [] : [stripAnsi(line)]));
}

function problemOf(match: MatchedGroups, pattern: ProblemPattern, area: string): Problem {
  const text = (group: number | undefined) => (group === undefined ? undefined : match[group] || undefined);
  const number = (group: number | undefined) => {
    const digits = text(group);
    return digits !== undefined && /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
  };
  const rule = text(pattern.code);
  return {
    code: `${area}/${rule ?? 'problem'}`,
    severity: severityOf(text(pattern.severity)),
    message: text(pattern.message) ?? match[0] ?? '',
    file: text(pattern.file),
    line: number(pattern.line),
    column: number(pattern.column),
    endLine: number(pattern.endLine),
    endColumn: number(pattern.endColumn),
    data: { rule },
  };
}
