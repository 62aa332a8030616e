import type { Parser } from '../checks/format.ts';
import { failureReason, testMessage } from './failure-text.ts';
import { assertDocument } from './json.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { assertFields, assertList, type Fields, fieldsOf, listOf, numberOf, textOf } from './shape.ts';
import { firstFrame } from './stack.ts';
import { conclude, guard } from './verdict.ts';

const OPENING = /\{\s*"stats"\s*:/g;

/** `mocha --reporter json --reporter-option output=REPORT`; without the option, after whatever the tests print. */
export const parseMochaJson: Parser = guard('mocha-json', (output) => {
  const recorder = createRecorder(output);
  const text = output.reports[0]?.trim() ? output.reports[0] : output.stdout;
  const report = assertFields(assertDocument(text, OPENING), 'the report');
  const stats = assertFields(report['stats'], 'stats');
  for (const entry of assertList(report['failures'], 'failures'))
    addFailure(recorder, assertFields(entry, 'a failure'));
  const examined = (numberOf(stats['tests']) ?? 0) - (numberOf(stats['pending']) ?? 0);
  return conclude(output, recorder, examined, { durations: durationsOf(recorder, listOf(report['tests'])) });
});

function addFailure(recorder: Recorder, failure: Fields): void {
  const name = textOf(failure['fullTitle']) ?? textOf(failure['title']) ?? 'unnamed test';
  const error = fieldsOf(failure['err']);
  const stack = textOf(error['stack']) ?? '';
  const file = textOf(failure['file']);
  recorder.add({
    code: / hook(?: for |: |$)/.test(textOf(failure['title']) ?? '') ? 'test/suite-error' : 'test/failed',
    severity: 'error',
    message: testMessage(name, failureReason(stack || (textOf(error['message']) ?? ''))),
    ...(firstFrame(stack, recorder.pathOf) ?? { file }),
    data: { test: name, file: recorder.pathOf(file ?? '') },
  });
}

function durationsOf(recorder: Recorder, tests: readonly unknown[]): Record<string, number> {
  const durations: Record<string, number> = {};
  for (const test of tests.map(fieldsOf)) {
    const path = recorder.pathOf(textOf(test['file']) ?? '');
    if (path !== '') durations[path] = (durations[path] ?? 0) + (numberOf(test['duration']) ?? 0);
  }
  return durations;
}
