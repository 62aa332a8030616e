import type { Parser } from '../checks/format.ts';
import { readDiagnostics } from './go-diagnostics.ts';
import { assertDocument } from './json.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { severityOf } from './severity.ts';
import { assertFields, assertList, type Fields, fieldsOf, numberOf, textOf } from './shape.ts';
import { conclude, guard } from './verdict.ts';

const OPENING = /\{\s*"Issues"\s*:/g;

/** `golangci-lint run --output.json.path stdout` (v2), `--out-format json` (v1) */
export const parseGolangciJson: Parser = guard('golangci-json', (output) => {
  const recorder = createRecorder(output);
  const document = assertFields(assertDocument(output.stdout, OPENING), 'the document');
  const issues = document['Issues'] === null ? [] : assertList(document['Issues'], 'Issues');
  for (const issue of issues) addIssue(recorder, assertFields(issue, 'an issue'));
  return conclude(output, recorder, undefined, { failed: textOf(fieldsOf(document['Report'])['Error']) || undefined });
});

function addIssue(recorder: Recorder, issue: Fields): void {
  const rule = textOf(issue['FromLinter']) ?? 'golangci';
  const text = textOf(issue['Text']) ?? rule;
  // Code that does not compile comes as one issue holding the compiler's lines.
  const inner = rule === 'typecheck' ? readDiagnostics(text.replace(/^: (?=#)/, ''), 'build/error') : [];
  for (const diagnostic of inner) recorder.add(diagnostic);
  if (inner.length > 0) return;
  const place = fieldsOf(issue['Pos']);
  recorder.add({
    code: `lint/${rule}`,
    severity: severityOf(issue['Severity']),
    message: text,
    file: textOf(place['Filename']),
    line: numberOf(place['Line']),
    column: numberOf(place['Column']),
    data: { rule },
  });
}
