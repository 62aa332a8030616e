import type { Recorder } from './recorder.ts';
import { severityOf } from './severity.ts';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from './shape.ts';

const SUMMARY = /^(?:aborting due to |\d+ warnings? emitted|For more information about |Some errors have detailed )/;

/** One diagnostic of rustc or clippy. */
export function addDiagnostic(recorder: Recorder, diagnostic: Fields, resolve: (file: string) => string): void {
  const message = textOf(diagnostic['message']) ?? 'unnamed problem';
  const level = textOf(diagnostic['level']) ?? 'error';
  if (level === 'failure-note' || SUMMARY.test(message)) return;
  const rule = textOf(fieldsOf(diagnostic['code'])['code']);
  const spans = listOf(diagnostic['spans']).map(fieldsOf);
  const span = ownSpan(spans.find((one) => one['is_primary'] === true) ?? spans[0] ?? {}, resolve, recorder);
  const file = textOf(span['file_name']);
  recorder.add({
    code: codeOf(rule),
    severity: severityOf(level),
    message,
    file: file === undefined ? undefined : resolve(file),
    line: numberOf(span['line_start']),
    column: numberOf(span['column_start']),
    endLine: numberOf(span['line_end']),
    endColumn: numberOf(span['column_end']),
    data: { rule, label: textOf(span['label']) ?? undefined },
  });
}

function codeOf(rule: string | undefined): string {
  if (rule === undefined) return 'build/error';
  return /^E\d+$/.test(rule) ? `build/${rule}` : `lint/${rule}`;
}

/** What happens inside a foreign macro is told at the place that calls it. */
function ownSpan(span: Fields, resolve: (file: string) => string, recorder: Recorder): Fields {
  let own = span;
  for (let depth = 0; depth < 32; depth++) {
    const caller = fieldsOf(fieldsOf(own['expansion'])['span']);
    if (textOf(caller['file_name']) === undefined || recorder.pathOf(resolve(textOf(own['file_name']) ?? '')) !== '')
      break;
    own = caller;
  }
  return own;
}
