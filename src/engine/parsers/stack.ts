import { isDependency } from './paths.ts';
import { stripAnsi } from './plain-text.ts';
import type { Place } from './recorder.ts';

const MAX_TEXT = 40_000;
const MAX_LINE = 1_000;
const FRAME = /^(.+):(\d+):(\d+)$/;

/** The first JavaScript stack frame in a file of the project (inside the root, not a dependency). */
export function firstFrame(text: string, pathOf: (path: string) => string): (Place & { file: string }) | undefined {
  for (const line of stripAnsi(text.slice(0, MAX_TEXT)).split('\n')) {
    const frame = line.length > MAX_LINE ? undefined : frameOf(line.trim());
    if (frame && !isDependency(frame.file) && pathOf(frame.file) !== '') return frame;
  }
  return undefined;
}

/** Takes `at f (FILE:1:2)`, `at FILE:1:2`, `f (FILE:1:2)`, `❯ FILE:1:2` and `❯ f FILE:1:2`. */
function frameOf(line: string): (Place & { file: string }) | undefined {
  const inner = placeText(line);
  const match = inner === undefined ? null : FRAME.exec(inner);
  const [, file, row, column] = match ?? [];
  if (file === undefined || file.startsWith('node:') || file.includes('<anonymous>')) return undefined;
  return { file, line: Number(row), column: Number(column) };
}

function placeText(line: string): string | undefined {
  if (line.endsWith(')')) return line.slice(line.lastIndexOf(' (') + 2, -1);
  if (line.startsWith('at ')) return line.slice(3).replace(/^async /, '');
  if (line.startsWith('❯ ')) return line.slice(line.lastIndexOf(' ') + 1);
  return undefined;
}
