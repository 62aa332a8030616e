import type { Parser } from '../checks/format.ts';
import { assertDocument } from './json.ts';
import { createRecorder, type Place } from './recorder.ts';
import { severityOf } from './severity.ts';
import { assertFields, assertList, type Fields, fieldsOf, listOf, numberOf, textOf } from './shape.ts';
import { conclude, guard } from './verdict.ts';

const OPENING = /\{\s*"summary"\s*:/g;

/** `biome check --reporter=json --max-diagnostics=none`; its columns count characters, not UTF-16 units. */
export const parseBiome: Parser = guard('biome', (output) => {
  const recorder = createRecorder(output, { unique: true });
  const document = assertFields(assertDocument(output.stdout, OPENING), 'the document');
  const summary = assertFields(document['summary'], 'summary');
  for (const entry of assertList(document['diagnostics'], 'diagnostics')) {
    const diagnostic = assertFields(entry, 'a diagnostic');
    const category = textOf(diagnostic['category']) ?? 'biome';
    recorder.add({
      code: category.startsWith('lint/') ? category : `lint/${category}`,
      severity: severityOf(diagnostic['severity']),
      message: messageOf(diagnostic, category),
      ...placeOf(fieldsOf(diagnostic['location'])),
      data: { rule: category.split('/').at(-1) },
    });
  }
  const examined = (numberOf(summary['changed']) ?? 0) + (numberOf(summary['unchanged']) ?? 0);
  const unprinted = numberOf(summary['diagnosticsNotPrinted']) ?? 0;
  const failed = unprinted > 0 ? `Biome kept ${unprinted} more diagnostics to itself (--max-diagnostics)` : undefined;
  return conclude(output, recorder, examined, { failed });
});

function messageOf(diagnostic: Fields, category: string): string {
  const message = diagnostic['message'];
  const parts = listOf(message).map((part) => textOf(fieldsOf(part)['content']) ?? '');
  const text = textOf(message) ?? (parts.join('') || textOf(diagnostic['description'])) ?? category;
  return text.startsWith('Formatter would have printed') ? 'The file is not formatted.' : text;
}

function placeOf(location: Fields): Place {
  const path = location['path'];
  const file = textOf(path) ?? textOf(fieldsOf(path)['file']);
  const [start, end] = ['start', 'end'].map((key) => fieldsOf(location[key]));
  if (numberOf(start?.['line'])) {
    const point = { line: numberOf(start?.['line']), column: numberOf(start?.['column']) };
    return { file, ...point, endLine: numberOf(end?.['line']), endColumn: numberOf(end?.['column']) };
  }
  return { file, ...placeOfSpan(location) };
}

/** Older Biomes gave offsets in bytes and, for some diagnostics, the source they point into. */
function placeOfSpan({ span, sourceCode }: Fields): Place {
  const [from, to] = listOf(span).map(numberOf);
  const source = textOf(sourceCode);
  if (from === undefined || to === undefined || source === undefined) return {};
  const bytes = new TextEncoder().encode(source);
  const [start, end] = [from, to].map((offset) => {
    const lines = new TextDecoder().decode(bytes.subarray(0, offset)).split('\n');
    return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
  });
  return { line: start?.line, column: start?.column, endLine: end?.line, endColumn: end?.column };
}
