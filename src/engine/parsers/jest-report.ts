// The JSON report of Jest, which Vitest writes as well.
import type { Parsed, ToolOutput } from '../checks/format.ts';
import { failureReason, testMessage } from './failure-text.ts';
import { assertDocument } from './json.ts';
import { stripAnsi } from './plain-text.ts';
import { createRecorder, type Place, type Recorder } from './recorder.ts';
import { assertFields, assertList, assertText, type Fields, fieldsOf, listOf, numberOf, textOf } from './shape.ts';
import { firstFrame } from './stack.ts';
import { suitePlace, suiteReason } from './suite-failure.ts';
import { conclude } from './verdict.ts';

const OPENING = /\{\s*"num(?:Failed|Total|Passed)\w*"\s*:/g;
const RUN = new Set(['passed', 'failed']);
const OBSOLETE = 'Obsolete snapshots found';

export function parseReport(output: ToolOutput): Parsed {
  const recorder = createRecorder(output);
  const text = output.reports[0]?.trim() ? output.reports[0] : output.stdout;
  const report = assertFields(assertDocument(text, OPENING), 'the report');
  const durations: Record<string, number> = {};
  let examined = 0;
  for (const entry of assertList(report['testResults'], 'testResults')) {
    const suite = assertFields(entry, 'a test file');
    const file = assertText(suite['name'], 'name');
    const tests = assertList(suite['assertionResults'], 'assertionResults').map((test) => assertFields(test, 'a test'));
    const failed = tests.filter((test) => test['status'] === 'failed');
    for (const test of failed) addTest(recorder, file, test);
    addSuite(recorder, file, suite, failed.length);
    examined += tests.filter((test) => RUN.has(textOf(test['status']) ?? '')).length;
    const [start, end] = [numberOf(suite['startTime']), numberOf(suite['endTime'])];
    const path = recorder.pathOf(file);
    if (path !== '' && start !== undefined && end !== undefined) durations[path] = Math.max(0, Math.round(end - start));
  }
  const snapshot = fieldsOf(report['snapshot']);
  for (const entry of snapshot['failure'] === true ? listOf(snapshot['uncheckedKeysByFile']).map(fieldsOf) : []) {
    addObsolete(
      recorder,
      textOf(entry['filePath']) ?? '',
      listOf(entry['keys']).map((key) => textOf(key) ?? ''),
    );
  }
  const unexplained = report['success'] === false && recorder.findings.length === 0;
  return conclude(output, recorder, examined, {
    failed: unexplained ? whyFailed(examined, output) : undefined,
    durations,
  });
}

function whyFailed(examined: number, { exitCode }: ToolOutput): string | undefined {
  if (examined === 0) return 'no test was run';
  return exitCode === 0 ? 'the report says the run failed, but no test did' : undefined;
}

function addTest(recorder: Recorder, file: string, test: Fields): void {
  const name = textOf(test['fullName']) ?? textOf(test['title']) ?? 'unnamed test';
  const text = listOf(test['failureMessages'])
    .map((message) => textOf(message) ?? '')
    .join('\n');
  const frame = firstFrame(text, recorder.pathOf);
  recorder.add({
    code: 'test/failed',
    severity: 'error',
    message: testMessage(name, failureReason(text)),
    ...placeOf(file, fieldsOf(test['location']), frame),
    data: { test: name, file: recorder.pathOf(file), at: frame && frameText(recorder, frame) },
  });
}

function placeOf(file: string, location: Fields, frame: Place | undefined): Place {
  const line = numberOf(location['line']);
  if (line === undefined) return frame ?? { file };
  return { file, line, column: numberOf(location['column']) };
}

function frameText(recorder: Recorder, { file = '', line, column }: Place): string {
  return `${recorder.pathOf(file)}:${line}:${column}`;
}

/** A file that could not be run as a whole. Jest repeats its tests' failures in the same field, Vitest does not. */
function addSuite(recorder: Recorder, file: string, suite: Fields, failedTests: number): void {
  const message = stripAnsi(textOf(suite['message']) ?? '').trim();
  if (suite['status'] !== 'failed' || (failedTests > 0 && (message === '' || message.startsWith('●')))) return;
  if (message.startsWith(OBSOLETE)) {
    addObsolete(
      recorder,
      file,
      [...message.matchAll(/^· (.+)$/gm)].map((match) => match[1] ?? ''),
    );
    return;
  }
  recorder.add({
    code: 'test/suite-error',
    severity: 'error',
    message: suiteReason(message),
    ...suitePlace(message, file, recorder.pathOf),
    data: { file: recorder.pathOf(file) },
  });
}

function addObsolete(recorder: Recorder, file: string, keys: readonly string[]): void {
  const message = `obsolete ${keys.length === 1 ? 'snapshot' : 'snapshots'}: ${keys.join(', ')}`;
  recorder.add({ code: 'test/snapshot', severity: 'error', message, file, data: { file: recorder.pathOf(file) } });
}
