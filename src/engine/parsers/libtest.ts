// The text of Rust's own test harness.
import { failureReason, testMessage } from './failure-text.ts';
import { stripAnsi } from './plain-text.ts';
import type { Place, Recorder } from './recorder.ts';

export interface TestText {
  readonly failed: readonly string[];
  /** By test name. */
  readonly outputs: ReadonlyMap<string, readonly string[]>;
  /** Tests run, by the harness's own count, and how many such counts there were. */
  readonly run: number;
  readonly results: number;
  add(line: string): void;
}

const STATUS = /^test (.+?)(?: - should panic(?: - compile)?| - compile(?: fail)?)? \.\.\. .*?(FAILED|ok|ignored.*)$/;
const RESULT = /^test result: \w+\. (\d+) passed; (\d+) failed;/;
const BLOCK = /^---- (.+) stdout ----$/;
const PANIC = /panicked at ([^\s'][^:]*):(\d+):(\d+):$/;
const OLD_PANIC = /panicked at '(.*)', (\S+):(\d+):(\d+)$/;
const NO_PANIC = /^note: (test did not panic as expected)(?: at (\S+):(\d+):(\d+))?/;
const DOCTEST = /^(\S+\.rs) - .*\(line (\d+)\)$/;
const MAX_LINE = 4_000;
const MAX_BLOCK = 200;

export function createTestText(): TestText {
  const failed: string[] = [];
  const outputs = new Map<string, string[]>();
  let block: string[] | undefined;
  let [run, results] = [0, 0];
  const add = (raw: string): void => {
    const line = stripAnsi(raw.slice(0, MAX_LINE));
    const [, heading] = BLOCK.exec(line) ?? [];
    const result = RESULT.exec(line);
    const status = STATUS.exec(line);
    if (heading !== undefined) {
      block = [];
      outputs.set(heading, block);
    } else if (line === 'failures:' || result) block = undefined;
    else if (block && block.length < MAX_BLOCK) block.push(line);
    else if (status?.[1] !== undefined && status[2] === 'FAILED') failed.push(status[1]);
    if (!result) return;
    results++;
    run += Number(result[1]) + Number(result[2]);
  };
  return {
    failed,
    outputs,
    add,
    get run() {
      return run;
    },
    get results() {
      return results;
    },
  };
}

export function addTestFailures(recorder: Recorder, text: TestText, resolve: (file: string) => string): void {
  for (const test of text.failed) {
    const { reason, ...place } = explain(test, text.outputs.get(test) ?? []);
    const file = place.file === undefined ? undefined : resolve(place.file);
    const message = testMessage(test, reason);
    recorder.add({ code: 'test/failed', severity: 'error', message, ...place, file, data: { test } });
  }
}

function explain(test: string, lines: readonly string[]): Place & { reason: string } {
  const doctest = DOCTEST.exec(test);
  const { reason, ...place } = explainOutput(lines);
  return doctest ? { reason, file: doctest[1], line: Number(doctest[2]) } : { reason, ...place };
}

function explainOutput(lines: readonly string[]): Place & { reason: string } {
  for (const [index, line] of lines.entries()) {
    const panic = PANIC.exec(line);
    if (panic) return { reason: panicReason(lines.slice(index + 1)), ...placeOf(panic.slice(1)) };
    const old = OLD_PANIC.exec(line);
    if (old) return { reason: failureReason(old[1] ?? ''), ...placeOf(old.slice(2)) };
    const calm = NO_PANIC.exec(line);
    if (calm) return { reason: calm[1] ?? '', ...placeOf(calm.slice(2)) };
  }
  return { reason: failureReason(lines.join('\n').trim()) };
}

function placeOf([file, row, column]: readonly (string | undefined)[]): Place {
  return file === undefined ? {} : { file, line: Number(row), column: Number(column) };
}

/** `assert_eq!` gives its two sides on lines of their own. */
function panicReason(lines: readonly string[]): string {
  const end = lines.findIndex((line) => /^(?:note:|stack backtrace:)/.test(line));
  const [head = '', ...rest] = (end < 0 ? lines : lines.slice(0, end)).map((line) => line.trim()).filter(Boolean);
  const sides = rest.filter((line) => /^(?:left|right): /.test(line) && line.length <= 90).slice(0, 2);
  return sides.length === 2 ? `${head} (${sides.join(', ')})` : head;
}
