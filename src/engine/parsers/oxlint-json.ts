import type { Parser } from '../checks/format.ts';
import { assertDocument } from './json.ts';
import { createRecorder } from './recorder.ts';
import { severityOf } from './severity.ts';
import { assertFields, assertList, fieldsOf, listOf, numberOf, textOf } from './shape.ts';
import { conclude, guard } from './verdict.ts';

const OPENING = /\{\s*"diagnostics"\s*:/g;

/** `oxlint --format json`; its columns count bytes. */
export const parseOxlintJson: Parser = guard('oxlint-json', (output) => {
  const recorder = createRecorder(output);
  const document = assertFields(assertDocument(output.stdout, OPENING), 'the document');
  for (const entry of assertList(document['diagnostics'], 'diagnostics')) {
    const diagnostic = assertFields(entry, 'a diagnostic');
    const rule = ruleOf(textOf(diagnostic['code']));
    const span = fieldsOf(fieldsOf(listOf(diagnostic['labels'])[0])['span']);
    recorder.add({
      code: `lint/${rule}`,
      severity: severityOf(diagnostic['severity']),
      message: textOf(diagnostic['message']) ?? rule,
      file: textOf(diagnostic['filename']),
      line: numberOf(span['line']),
      column: numberOf(span['column']),
      data: { rule, help: textOf(diagnostic['help']) || undefined },
    });
  }
  return conclude(output, recorder, numberOf(document['number_of_files']));
});

/** `eslint(no-debugger)` is `no-debugger`, `react(jsx-key)` is `react/jsx-key`, no code is a syntax error. */
function ruleOf(code: string | undefined): string {
  if (code === undefined || code === '') return 'parse-error';
  const parts = /^(.+)\((.+)\)$/.exec(code);
  if (!parts) return code;
  return parts[1] === 'eslint' ? `${parts[2]}` : `${parts[1]}/${parts[2]}`;
}
