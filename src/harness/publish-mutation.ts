import type { MutationTestResult } from 'mutation-testing-report-schema/api';
import { mutationHtml } from '../engine/report/mutation-html.ts';
import type { Engine } from '../engine/survey.ts';
import { readReportScript } from '../platform/report-script.ts';

const JSON_FILE = 'reports/mutation.json';
const HTML_FILE = 'reports/mutation.html';

/** Writes the report of mutants in the public schema, and as a page for a person. */
export function publishMutation(
  document: MutationTestResult,
  { store, digest }: Pick<Engine, 'store' | 'digest'>,
): void {
  store.write(JSON_FILE, `${JSON.stringify(document, null, 1)}\n`);
  const script = readReportScript();
  if (script !== undefined) store.write(HTML_FILE, mutationHtml(document, script, digest));
}
