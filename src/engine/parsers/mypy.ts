import type { Parser } from '../checks/format.ts';
import { readLines } from './json.ts';
import { createRecorder, type Problem } from './recorder.ts';
import { severityOf } from './severity.ts';
import { type Fields, fromZero, isFields, numberOf, textOf } from './shape.ts';
import { concludeLines, guardLines } from './verdict.ts';

const LINE =
  /^((?:[A-Za-z]:)?[^:\n]+?)(?::(\d+))?(?::(\d+))?(?::(\d+):(\d+))?: (error|warning|note): (.*?)(?: {2}\[([\w-]+)\])?$/;
const EXAMINED = /(?:no issues found in|\(checked) (\d+) source files?/;
const MAX_LINE = 10_000;

/** `mypy --output=json` (a JSON value a line) or its classic lines, also with `--show-column-numbers --show-error-end`. */
export const parseMypy: Parser = guardLines('mypy', (output) => {
  const recorder = createRecorder(output);
  let examined: number | undefined;
  let last: Problem | undefined;
  for (const { line, value } of readLines(`${output.stdout}\n${output.stderr}`)) {
    const count = EXAMINED.exec(line)?.[1];
    if (count !== undefined && line.length < MAX_LINE) examined = Number(count);
    const problem = isFields(value) ? fromJson(value) : fromLine(line);
    if (problem === undefined) continue;
    // A note on the line of an error only explains it.
    if (problem.severity === 'info' && problem.file === last?.file && problem.line === last?.line) continue;
    recorder.add(problem);
    last = problem;
  }
  return concludeLines('mypy', output, recorder, examined);
});

function fromJson(value: Fields): Problem | undefined {
  const message = textOf(value['message']);
  if (message === undefined) return undefined;
  return {
    ...nature(textOf(value['severity']), textOf(value['code']), message),
    file: textOf(value['file']),
    line: numberOf(value['line']),
    column: fromZero(value['column']),
    endLine: numberOf(value['end_line']),
    endColumn: fromZero(value['end_column']),
  };
}

function fromLine(line: string): Problem | undefined {
  const match = line.length > MAX_LINE ? null : LINE.exec(line);
  if (!match) return undefined;
  const [, file, row, column, endRow, endColumn, severity, message, code] = match;
  return {
    ...nature(severity, code, message ?? ''),
    file,
    line: row === undefined ? undefined : Number(row),
    column: column === undefined ? undefined : Number(column),
    endLine: endRow === undefined ? undefined : Number(endRow),
    // Classic lines name the last character, not the place after it.
    endColumn: endColumn === undefined ? undefined : Number(endColumn) + 1,
  };
}

function nature(
  severity: string | undefined,
  rule: string | undefined,
  message: string,
): Pick<Problem, 'code' | 'severity' | 'message' | 'data'> {
  const kind = severityOf(severity);
  const code = `types/${rule ?? (kind === 'info' ? 'note' : 'mypy')}`;
  return { code, severity: kind, message, data: { rule } };
}
