import type { Parser } from '../checks/format.ts';
import { assertDocument } from './json.ts';
import { createRecorder } from './recorder.ts';
import { severityOf } from './severity.ts';
import { assertFields, assertList, fieldsOf, fromZero, numberOf, textOf } from './shape.ts';
import { conclude, guard } from './verdict.ts';

const OPENING = /\{\s*"version"\s*:/g;

/** `pyright --outputjson` (also basedpyright) */
export const parsePyright: Parser = guard('pyright', (output) => {
  const recorder = createRecorder(output);
  const document = assertFields(assertDocument(output.stdout, OPENING), 'the document');
  for (const entry of assertList(document['generalDiagnostics'], 'generalDiagnostics')) {
    const diagnostic = assertFields(entry, 'a diagnostic');
    const range = fieldsOf(diagnostic['range']);
    const [start, end] = [fieldsOf(range['start']), fieldsOf(range['end'])];
    const rule = textOf(diagnostic['rule']);
    const [message = '', ...detail] = (textOf(diagnostic['message']) ?? 'unnamed problem').split('\n');
    recorder.add({
      code: `types/${rule ?? 'pyright'}`,
      severity: severityOf(diagnostic['severity']),
      message,
      file: textOf(diagnostic['file']) ?? textOf(fieldsOf(diagnostic['uri'])['_filePath']),
      line: fromZero(start['line']),
      column: fromZero(start['character']),
      endLine: fromZero(end['line']),
      endColumn: fromZero(end['character']),
      data: { rule, detail: detail.length > 0 ? detail.join('\n') : undefined },
    });
  }
  return conclude(output, recorder, numberOf(fieldsOf(document['summary'])['filesAnalyzed']));
});
