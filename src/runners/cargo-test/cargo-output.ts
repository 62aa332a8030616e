import { readLines } from '../../engine/parsers/json.ts';
import { fieldsOf, isFields, listOf, numberOf, textOf } from '../../engine/parsers/shape.ts';

/** An error of rustc with the places that it speaks of, the accused first. */
export interface RustError {
  readonly message: string;
  readonly spans: readonly RustSpan[];
}

export interface RustSpan {
  /** As rustc prints it: relative to the workspace, or absolute. */
  readonly file: string;
  /** In bytes of UTF-8. */
  readonly start: number;
}

export function errorsIn(stdout: string): readonly RustError[] {
  const errors: RustError[] = [];
  for (const { value } of readLines(stdout)) {
    if (!isFields(value) || value['reason'] !== 'compiler-message') continue;
    const message = fieldsOf(value['message']);
    if (message['level'] !== 'error') continue;
    const spans = listOf(message['spans']).map(fieldsOf);
    const sorted = [
      ...spans.filter((span) => span['is_primary'] === true),
      ...spans.filter((span) => span['is_primary'] !== true),
    ];
    if (spans.length > 0) errors.push({ message: textOf(message['message']) ?? '', spans: sorted.map(spanOf) });
  }
  return errors;
}

/** Where it was written, not what a macro made of it. */
function spanOf(span: ReturnType<typeof fieldsOf>): RustSpan {
  const caller = fieldsOf(fieldsOf(span['expansion'])['span']);
  const own = textOf(caller['file_name']) === undefined ? span : caller;
  return { file: textOf(own['file_name']) ?? '', start: numberOf(own['byte_start']) ?? 0 };
}

/** What one program printed between the runner script's word of it and the next. */
export interface ProgramText {
  /** As the script named it; undefined for the tests in documentation. */
  readonly run: string | undefined;
  readonly lines: readonly string[];
}

/** The output of `cargo test` by program; what comes after the last program's summary is of the tests in documentation. */
export function programTexts(stdout: string): readonly ProgramText[] {
  const found: { run: string | undefined; lines: string[] }[] = [];
  for (const { line, value } of readLines(stdout)) {
    if (isFields(value) && value['reason'] === 'downforce-run') found.push({ run: textOf(value['run']), lines: [] });
    else if (!isFields(value) || textOf(value['reason']) === undefined) found.at(-1)?.lines.push(line);
  }
  const last = found.at(-1);
  const end = last?.lines.findIndex((line) => RESULT.test(line)) ?? -1;
  if (last === undefined || end < 0) return found;
  return [...found, { run: undefined, lines: last.lines.splice(end + 1) }];
}

export interface LibTest {
  readonly name: string;
  readonly status: 'pass' | 'fail' | 'skip';
}

const STATUS =
  /^test (.+?)(?: - should panic(?: - compile)?| - compile(?: fail)?)? \.\.\. (?:.*?)(ok|FAILED|ignored.*)$/;
const BEGUN = /^test (.+?)(?: - should panic(?: - compile)?| - compile(?: fail)?)? \.\.\. /;
const RESULT = /^test result: \w+\. \d+ passed; \d+ failed;/;

/** Tests of Rust's own harness and how they ended; undefined for a program that has another. */
export function testsIn(
  lines: readonly string[],
): { readonly tests: readonly LibTest[]; readonly ms: number } | undefined {
  const tests = new Map<string, LibTest['status']>();
  let ms = 0;
  let harness = false;
  let open: string | undefined;
  for (const line of lines) {
    harness ||= /^running \d+ tests?$/.test(line);
    const [, name, word] = STATUS.exec(line) ?? [];
    if (name !== undefined) tests.set(name, statusOf(word ?? ''));
    else open = BEGUN.exec(line)?.[1] ?? open;
    // What a test printed has come between.
    if (name === undefined && open !== undefined && /^(?:ok|FAILED)$/.test(line)) tests.set(open, statusOf(line));
    ms += Number(/^test result: .*finished in ([\d.]+)s/.exec(line)?.[1] ?? 0) * 1000;
  }
  return harness ? { tests: [...tests].map(([name, status]) => ({ name, status })), ms } : undefined;
}

function statusOf(word: string): LibTest['status'] {
  return word === 'ok' ? 'pass' : word === 'FAILED' ? 'fail' : 'skip';
}
