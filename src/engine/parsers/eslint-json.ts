import type { Parser } from '../checks/format.ts';
import { assertDocument } from './json.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { assertFields, assertList, assertText, type Fields, numberOf, textOf } from './shape.ts';
import { conclude, guard } from './verdict.ts';

const OPENING = /\[\s*\{\s*"filePath"|^\[\]\s*$/gm;
const IGNORED = /^File ignored |^No files matching /;

/** `eslint --format json` */
export const parseEslintJson: Parser = guard('eslint-json', (output) => {
  const recorder = createRecorder(output);
  let examined = 0;
  for (const entry of assertList(assertDocument(output.stdout, OPENING), 'the document')) {
    const result = assertFields(entry, 'a result');
    const file = assertText(result['filePath'], 'filePath');
    const messages = assertList(result['messages'], 'messages').map((message) => assertFields(message, 'a message'));
    for (const message of messages) addMessage(recorder, file, message);
    if (!messages.some(isIgnored)) examined++;
  }
  return conclude(output, recorder, examined);
});

function addMessage(recorder: Recorder, file: string, message: Fields): void {
  const rule = ruleOf(message);
  recorder.add({
    code: `lint/${rule}`,
    severity: message['severity'] === 1 ? 'warning' : 'error',
    message: textOf(message['message']) ?? rule,
    file,
    line: numberOf(message['line']),
    column: numberOf(message['column']),
    endLine: numberOf(message['endLine']),
    endColumn: numberOf(message['endColumn']),
    data: { rule, fixable: message['fix'] ? true : undefined },
  });
}

function ruleOf(message: Fields): string {
  const rule = textOf(message['ruleId']);
  if (rule !== undefined) return rule;
  if (message['fatal'] === true) return 'parse-error';
  if (isIgnored(message)) return 'ignored-file';
  return textOf(message['message'])?.startsWith('Unused eslint-disable') ? 'unused-directive' : 'eslint';
}

/** A file named on the command line that the configuration leaves out was not looked at. */
function isIgnored(message: Fields): boolean {
  return typeof message['ruleId'] !== 'string' && IGNORED.test(textOf(message['message']) ?? '');
}
