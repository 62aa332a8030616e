import type { Parser } from '../checks/format.ts';
import { assertDocument } from './json.ts';
import { createRecorder } from './recorder.ts';
import { severityOf } from './severity.ts';
import { assertFields, assertList, fieldsOf, fromZero, listOf, numberOf, textOf } from './shape.ts';
import { conclude, guard } from './verdict.ts';

const OPENING = /\{\s*"errors"\s*:/g;

/** `bandit -f json -q -r PATHS` */
export const parseBanditJson: Parser = guard('bandit-json', (output) => {
  const recorder = createRecorder(output);
  const document = assertFields(assertDocument(output.stdout, OPENING), 'the document');
  for (const entry of assertList(document['results'], 'results')) {
    const issue = assertFields(entry, 'a result');
    const rule = textOf(issue['test_id']) ?? 'bandit';
    recorder.add({
      code: `security/${rule}`,
      severity: severityOf(issue['issue_severity'], 'warning'),
      message: textOf(issue['issue_text']) ?? rule,
      file: textOf(issue['filename']),
      line: numberOf(issue['line_number']),
      column: fromZero(issue['col_offset']),
      endLine: numberOf(listOf(issue['line_range']).at(-1)),
      endColumn: fromZero(issue['end_col_offset']),
      data: { rule, name: textOf(issue['test_name']), confidence: textOf(issue['issue_confidence']) },
    });
  }
  for (const entry of listOf(document['errors'])) {
    const error = fieldsOf(entry);
    const message = `not examined: ${textOf(error['reason']) ?? 'unknown reason'}`;
    recorder.add({ code: 'security/unexamined', severity: 'error', message, file: textOf(error['filename']) });
  }
  const metrics = Object.keys(fieldsOf(document['metrics'])).filter((file) => file !== '_totals');
  return conclude(output, recorder, metrics.length - listOf(document['errors']).length);
});
