import { XMLParser } from 'fast-xml-parser';
import type { Parser, ToolOutput } from '../checks/format.ts';
import { parentTests } from './go-test-text.ts';
import { fileOfCase, isWholeFile, problemOfCase } from './junit-case.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { type Fields, fieldsOf, isFields, listOf, ShapeError } from './shape.ts';
import { conclude, guard } from './verdict.ts';
import { attributeOf } from './xml-text.ts';

const LISTS = new Set(['testsuites', 'testsuite', 'testcase', 'failure', 'error', 'skipped']);

/**
 * `pytest --junitxml=REPORT -o junit_family=xunit1`, Surefire's, gotestsum's, Vitest's and Node's reports: one or many.
 * Entities that a document defines itself are never expanded: a report with a document type is refused.
 */
export const parseJunit: Parser = guard('junit', (output) => {
  const recorder = createRecorder(output);
  const seconds: Record<string, number> = {};
  let examined = 0;
  for (const text of textsOf(output)) {
    const document = readXml(text);
    const isReport = document['testsuites'] !== undefined || document['testsuite'] !== undefined;
    if (!isReport) throw new ShapeError('there is no test suite in the document');
    for (const top of [document, ...listOf(document['testsuites']).map(fieldsOf)]) {
      examined += addSuite(recorder, top, seconds, output);
    }
  }
  const durations = Object.entries(seconds).map(([path, time]) => [path, Math.round(time * 1000)] as const);
  return conclude(output, recorder, examined, { durations: Object.fromEntries(durations) });
});

function textsOf({ reports, stdout }: ToolOutput): readonly string[] {
  const written = reports.filter((report) => report.trim() !== '');
  if (written.length > 0) return written;
  const start = stdout.search(/<\?xml|<testsuites?\b/);
  if (start < 0) throw new ShapeError('no report was written');
  return [stdout.slice(start, stdout.lastIndexOf('>') + 1)];
}

function readXml(text: string): Fields {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new ShapeError('a report with a document type is not read');
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    trimValues: false,
    isArray: (name) => LISTS.has(name),
  });
  const document: unknown = parser.parse(text, true);
  if (!isFields(document)) throw new ShapeError('the report is not XML');
  return document;
}

/** Returns how many tests were run. */
function addSuite(recorder: Recorder, suite: Fields, seconds: Record<string, number>, output: ToolOutput): number {
  const tests = listOf(suite['testcase'])
    .map(fieldsOf)
    .filter((test) => test['skipped'] === undefined);
  const single = tests.filter((test) => !isWholeFile(test, suite));
  for (const test of single) {
    const path = recorder.pathOf(fileOfCase(test, suite) ?? '');
    if (path !== '') seconds[path] = (seconds[path] ?? 0) + (Number(attributeOf(test, 'time')) || 0);
  }
  const explained = new Set(
    tests.filter((test) => failuresOf(test).length > 0).flatMap((test) => parentTests(attributeOf(test, 'name') ?? '')),
  );
  for (const test of tests) {
    if (explained.has(attributeOf(test, 'name') ?? '')) continue;
    for (const failure of failuresOf(test))
      recorder.add(problemOfCase({ test, suite, failure, output }, recorder.pathOf));
  }
  const inner = listOf(suite['testsuite']).map((child) => addSuite(recorder, fieldsOf(child), seconds, output));
  return inner.reduce((sum, count) => sum + count, single.length);
}

function failuresOf(test: Fields): readonly unknown[] {
  return [...listOf(test['failure']), ...listOf(test['error'])];
}
