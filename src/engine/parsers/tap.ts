import { Parser as TapParser } from 'tap-parser';
import type { Parser } from '../checks/format.ts';
import { failureReason, testMessage } from './failure-text.ts';
import { createRecorder, type Place, type Recorder } from './recorder.ts';
import { type Fields, fieldsOf, listOf, numberOf, ShapeError, textOf } from './shape.ts';
import { firstFrame } from './stack.ts';
import { conclude, guard } from './verdict.ts';

const SIGNATURE = /^[ \t]{0,100}(?:TAP version \d+|1\.\.\d+|(?:not )?ok\b|Bail out!)/m;

/** `node --test --test-reporter=tap`, `tap --reporter=tap`, and any other producer of TAP 13 or 14. */
export const parseTap: Parser = guard('tap', (output) => {
  const text = output.reports[0]?.trim() ? output.reports[0] : output.stdout;
  if (!SIGNATURE.test(text)) throw new ShapeError('there is no TAP in the output');
  const recorder = createRecorder(output);
  const events: readonly unknown[] = TapParser.parse(text);
  const examined = addEvents(recorder, events, []);
  return conclude(output, recorder, examined, {
    failed: recorder.findings.length === 0 ? whyFailed(events) : undefined,
  });
});

/** Returns how many tests were run; a test with subtests counts and fails only by them. */
function addEvents(recorder: Recorder, events: readonly unknown[], ancestors: readonly string[]): number {
  let examined = 0;
  let failuresBefore: number | undefined;
  for (const event of events) {
    const [kind, content] = listOf(event);
    if (kind === 'child') {
      failuresBefore = recorder.findings.length;
      examined += addEvents(recorder, listOf(content), ancestors);
    } else if (kind === 'bailout') {
      const message = `bailed out: ${textOf(content) ?? ''}`;
      recorder.add({ code: 'test/suite-error', severity: 'error', message });
    } else if (kind === 'assert') {
      const test = fieldsOf(content);
      const explained = failuresBefore !== undefined && recorder.findings.length > failuresBefore;
      if (isFailure(test) && !explained) addFailure(recorder, test);
      if (failuresBefore === undefined && !test['skip'] && !test['todo']) examined++;
      failuresBefore = undefined;
    }
  }
  return examined;
}

function isFailure(test: Fields): boolean {
  return test['ok'] === false && !test['todo'] && !test['skip'];
}

function addFailure(recorder: Recorder, test: Fields): void {
  const name = textOf(test['fullname']) || textOf(test['name']) || `test ${numberOf(test['id']) ?? ''}`;
  const details = fieldsOf(test['diag']);
  const place = placeOf(details) ?? firstFrame(textOf(details['stack']) ?? '', recorder.pathOf) ?? {};
  recorder.add({
    code: 'test/failed',
    severity: 'error',
    message: testMessage(name, reasonOf(details)),
    ...place,
    data: { test: name, file: place.file === undefined ? undefined : recorder.pathOf(place.file) },
  });
}

function placeOf(details: Fields): Place | undefined {
  const text = textOf(details['location']) ?? textOf(details['at']);
  const match = text === undefined ? null : /([^\s()]+|(?:\/|[A-Za-z]:).+):(\d+):(\d+)\)?$/.exec(text);
  if (match) return { file: match[1], line: Number(match[2]), column: Number(match[3]) };
  const at = fieldsOf(details['at']);
  const file = textOf(at['fileName']) ?? textOf(at['file']);
  if (file === undefined) return undefined;
  return { file, line: numberOf(at['lineNumber'] ?? at['line']), column: numberOf(at['columnNumber'] ?? at['column']) };
}

function reasonOf(details: Fields): string {
  const error = textOf(details['error']) ?? textOf(details['message']) ?? textOf(details['name']);
  if (error !== undefined) return failureReason(error);
  const changes = (textOf(details['diff']) ?? '').split('\n').filter((line) => /^[-+](?![-+] ?)/.test(line));
  return changes.slice(0, 4).join(' ');
}

/** The whole is not right although no test failed: a plan not kept, a stream that broke off. */
function whyFailed(events: readonly unknown[]): string | undefined {
  const complete = fieldsOf(listOf(events.map(listOf).find(([kind]) => kind === 'complete'))[1]);
  if (complete['ok'] !== false) return undefined;
  const errors = listOf(complete['failures']).map((failure) => textOf(fieldsOf(failure)['tapError']));
  // Node.js numbers a file without tests by its place among the files, so an id may come twice in a whole stream.
  const error = errors.find((text) => text === undefined || !/appears multiple times/.test(text));
  if (errors.length > 0 && error === undefined && !errors.includes(undefined)) return undefined;
  return `the TAP stream is not whole${error === undefined ? '' : `: ${error}`}`;
}
