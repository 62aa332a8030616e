import { oneLine, stripAnsi } from './plain-text.ts';
import type { Place } from './recorder.ts';

export interface GoTestText extends Place {
  readonly reason: string;
}

const LOGGED = /^\s+([^\s:]+\.go):(\d+): ?(.*)$/;
const FRAME = /^\t(.+\.go):(\d+)(?: \+0x[\da-f]+)?$/;
const OWN_LINE = /^\s*(?:=== |--- |FAIL\b|PASS\b|ok\b|exit status)/;
const MAX_DEPTH = 16;
const MAX_TEXT = 100_000;
const MAX_LINE = 4_000;

/**
 * What one test printed. Go does not tell a log from a failure, so the last `x_test.go:12: text` counts, or the panic.
 * Files come without folder: `folder` is the package's, relative to the working directory.
 */
export function readTestText(text: string, folder: string | undefined, pathOf: (path: string) => string): GoTestText {
  const lines = stripAnsi(text.slice(-MAX_TEXT))
    .split(/\r?\n/)
    .filter((line) => line.length <= MAX_LINE);
  const panic = lines.findIndex((line) => /^(?:panic|fatal error): /.test(line));
  if (panic >= 0) return panicOf(lines.slice(panic), pathOf);
  const last = lines.findLastIndex((line) => LOGGED.test(line));
  const match = LOGGED.exec(lines[last] ?? '');
  if (!match) return { reason: oneLine(lines.filter((line) => !OWN_LINE.test(line)).join(' ')) };
  const [, file = '', row, said = ''] = match;
  const rest = lines.slice(last + 1);
  const end = rest.findIndex((line) => OWN_LINE.test(line) || !/^\s/.test(line));
  const reason = reasonOf([said, ...(end < 0 ? rest : rest.slice(0, end))]);
  if (folder === undefined) return { reason: oneLine(`${reason} (${file}:${row})`) };
  return { reason, file: file.includes('/') ? file : `${folder}/${file}`, line: Number(row) };
}

/** `TestA/b/c` fails `TestA/b` and `TestA` with it. */
export function parentTests(name: string): string[] {
  const parts = name.split('/').slice(0, MAX_DEPTH);
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function panicOf(lines: readonly string[], pathOf: (path: string) => string): GoTestText {
  const reason = oneLine((lines[0] ?? '').replace(/ \[recovered.*\]$/, ''));
  const frame = lines.map((line) => FRAME.exec(line)).find((match) => match && pathOf(match[1] ?? '') !== '');
  return frame ? { reason, file: frame[1], line: Number(frame[2]) } : { reason };
}

/** Testify spreads a failure over a table; its `Error:` row up to the next row says it. */
function reasonOf(lines: readonly string[]): string {
  const error = lines.findIndex((line) => /^\s*Error:\s/.test(line));
  if (error < 0) return oneLine(lines.join(' '));
  const rest = lines.slice(error + 1);
  const end = rest.findIndex((line) => /^\s*(?:Test|Messages|Diff):/.test(line));
  return oneLine(
    [lines[error] ?? '', ...rest.slice(0, end < 0 ? 3 : Math.min(end, 3))].join(' ').replace(/^\s*Error:\s+/, ''),
  );
}
