import type { Parser } from '../checks/format.ts';
import { createCrateFolders } from './cargo-folders.ts';
import { addDiagnostic } from './cargo-message.ts';
import { readLines } from './json.ts';
import { addTestFailures, createTestText } from './libtest.ts';
import { createRecorder } from './recorder.ts';
import { type Fields, fieldsOf, isFields, listOf, ShapeError, textOf } from './shape.ts';
import { conclude, guard } from './verdict.ts';

/** `cargo clippy|check|test --message-format=json`; tests speak plain text between the compiler's messages. */
export const parseCargoJson: Parser = guard('cargo-json', (output) => {
  const recorder = createRecorder(output, { unique: true });
  const folders = createCrateFolders(output.cwd);
  const tests = createTestText();
  const diagnostics: unknown[] = [];
  const targets = new Set<string>();
  let messages = 0;
  for (const { line, value } of readLines(output.stdout)) {
    const reason = isFields(value) ? textOf(value['reason']) : undefined;
    if (!isFields(value) || reason === undefined) {
      tests.add(line);
      continue;
    }
    messages++;
    folders.add(value);
    if (reason === 'compiler-artifact' || reason === 'compiler-message') targets.add(targetOf(value));
    if (reason === 'compiler-message') diagnostics.push(value['message']);
  }
  if (messages === 0) throw new ShapeError('there is no message of cargo in the output');
  for (const message of diagnostics) addDiagnostic(recorder, fieldsOf(message), folders.resolve);
  addTestFailures(recorder, tests, folders.resolve);
  return conclude(output, recorder, tests.results > 0 ? tests.run : targets.size);
});

function targetOf(message: Fields): string {
  const target = fieldsOf(message['target']);
  return `${textOf(message['package_id'])}\n${textOf(target['name'])}\n${listOf(target['kind']).join()}`;
}
