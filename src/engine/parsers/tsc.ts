import type { Parser } from '../checks/format.ts';
import { readLines } from './json.ts';
import { isAbsolute, isDependency } from './paths.ts';
import { stripAnsi } from './plain-text.ts';
import { createRecorder, type Problem } from './recorder.ts';
import { severityOf } from './severity.ts';
import { concludeLines, guardLines } from './verdict.ts';

const PLACE = /^(.+?)(?:\((\d+),(\d+)\): |:(\d+):(\d+) - )(error|warning|message) (TS\d+): (.*)$/;
const GLOBAL = /^(error|warning|message) (TS\d+): (.*)$/;
const EXAMINED = /\.(?:[cm]?[jt]sx?|json|vue)$/;
const MAX_LINE = 10_000;

/** `tsc --noEmit --pretty false [--listFiles]`, and what prints like it (vue-tsc, tsgo). */
export const parseTsc: Parser = guardLines('tsc', (output) => {
  const recorder = createRecorder(output, { unique: true });
  const listed = new Set<string>();
  for (const { line: raw } of readLines(`${output.stdout}\n${output.stderr}`)) {
    if (raw.length > MAX_LINE) continue;
    const line = stripAnsi(raw);
    const problem = problemOf(line);
    if (problem) recorder.add(problem);
    else if (isAbsolute(line) && EXAMINED.test(line)) listed.add(line.replaceAll('\\', '/'));
  }
  const own = [...listed].filter((path) => !isDependency(path));
  return concludeLines('tsc', output, recorder, listed.size > 0 ? own.length : undefined);
});

function problemOf(line: string): Problem | undefined {
  const global = GLOBAL.exec(line);
  if (global) return { ...nature(global[1], global[2]), message: global[3] ?? '' };
  const match = line.includes(' TS') ? PLACE.exec(line) : null;
  if (!match) return undefined;
  const [, file, row, column, prettyRow, prettyColumn, severity, rule, message = ''] = match;
  return {
    ...nature(severity, rule),
    message,
    file,
    line: Number(row ?? prettyRow),
    column: Number(column ?? prettyColumn),
  };
}

function nature(severity: string | undefined, rule: string | undefined): Pick<Problem, 'code' | 'severity' | 'data'> {
  return { code: `types/${rule}`, severity: severityOf(severity === 'message' ? 'info' : severity), data: { rule } };
}
