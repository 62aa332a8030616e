import type { Parser } from '../checks/format.ts';
import { assertDocument } from './json.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { resultOf } from './sarif-result.ts';
import { assertFields, assertList, type Fields, fieldsOf, listOf, ShapeError, textOf } from './shape.ts';
import { conclude, guard } from './verdict.ts';

const OPENING = /\{\s*"(?:\$schema|version|runs)"\s*:/g;

/** SARIF 2.1.0 from a report file or stdout: semgrep, gitleaks, CodeQL, trivy, ruff, golangci-lint and many more. */
export const parseSarif: Parser = guard('sarif', (output) => {
  const recorder = createRecorder(output);
  const texts = output.reports.filter((report) => report.trim() !== '');
  let failed: string | undefined;
  for (const text of texts.length > 0 ? texts : [output.stdout]) {
    const log = assertFields(assertDocument(text, OPENING), 'the log');
    for (const entry of assertList(log['runs'], 'runs')) {
      const run = assertFields(entry, 'a run');
      addRun(recorder, run, output.root);
      failed ??= failureOf(run);
    }
  }
  return conclude(output, recorder, undefined, { failed });
});

function addRun(recorder: Recorder, run: Fields, root: string): void {
  // Without results the tool did not get as far as looking; an empty list is a clean run.
  if (run['results'] === undefined) throw new ShapeError('a run has no results');
  for (const entry of assertList(run['results'], 'results')) {
    const problem = resultOf(run, assertFields(entry, 'a result'), root);
    if (problem) recorder.add(problem);
  }
}

function failureOf(run: Fields): string | undefined {
  const broken = listOf(run['invocations'])
    .map(fieldsOf)
    .find((one) => one['executionSuccessful'] === false);
  if (!broken) return undefined;
  const [notification] = listOf(broken['toolExecutionNotifications']).map(fieldsOf);
  const said = textOf(broken['exitCodeDescription']) ?? textOf(fieldsOf(notification?.['message'])['text']);
  return `the tool says its run failed${said === undefined ? '' : `: ${said}`}`;
}
