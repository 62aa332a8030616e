// Test files that could not be run as a whole: missing imports, syntax errors, failing hooks.
import { failureReason } from './failure-text.ts';
import type { Place } from './recorder.ts';
import { firstFrame } from './stack.ts';

const HEADING = /^●.*\n/;
const DETAILS = /\n\s*Details:\s*\n/;
const CODE_FRAME = /^\s*>?\s*\d*\s*\|.*$/gm;
const BABEL = /SyntaxError: (.+?): (.+) \((\d+):(\d+)\)/;
const BUNDLER = /^At file: (.+):(\d+):(\d+)$/m;

export function suiteReason(message: string): string {
  const text = message.replace(HEADING, '');
  const details = text.slice((DETAILS.exec(text)?.index ?? -1) + 1).replace(/^\s*Details:/, '');
  const reason = failureReason(details.replace(CODE_FRAME, '').trim());
  return reason.replace(BABEL, 'SyntaxError: $2') || 'the test file could not be run';
}

export function suitePlace(message: string, file: string, pathOf: (path: string) => string): Place {
  const babel = BABEL.exec(message);
  if (babel) return { file: babel[1], line: Number(babel[3]), column: Number(babel[4]) + 1 };
  const bundler = BUNDLER.exec(message);
  // The bundler's paths start at its own root, with a slash.
  if (bundler?.[1] && file.replaceAll('\\', '/').endsWith(bundler[1])) {
    return { file, line: Number(bundler[2]), column: Number(bundler[3]) + 1 };
  }
  return firstFrame(message, pathOf) ?? { file };
}
