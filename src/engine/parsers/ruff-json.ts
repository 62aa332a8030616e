import type { Parser } from '../checks/format.ts';
import { assertDocument } from './json.ts';
import { createRecorder } from './recorder.ts';
import { severityOf } from './severity.ts';
import { assertFields, assertList, assertText, fieldsOf, numberOf, textOf } from './shape.ts';
import { conclude, guard } from './verdict.ts';

const OPENING = /\[\s*\{\s*"cell"|^\[\]\s*$/gm;

/** `ruff check --output-format json` */
export const parseRuffJson: Parser = guard('ruff-json', (output) => {
  const recorder = createRecorder(output);
  for (const entry of assertList(assertDocument(output.stdout, OPENING), 'the document')) {
    const violation = assertFields(entry, 'a violation');
    const [start, end] = [fieldsOf(violation['location']), fieldsOf(violation['end_location'])];
    const rule = textOf(violation['code']) ?? 'invalid-syntax';
    recorder.add({
      code: `lint/${rule}`,
      severity: severityOf(violation['severity']),
      message: textOf(violation['message']) ?? rule,
      file: assertText(violation['filename'], 'filename'),
      line: numberOf(start['row']),
      column: numberOf(start['column']),
      endLine: numberOf(end['row']),
      endColumn: numberOf(end['column']),
      data: { rule, name: textOf(violation['name']), cell: numberOf(violation['cell']) },
    });
  }
  const nothing = /No Python files found/.test(output.stderr);
  return conclude(output, recorder, nothing ? 0 : undefined);
});
