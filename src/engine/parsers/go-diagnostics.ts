// The lines in which Go's compiler, vet and loader name places.

import { stripAnsi } from './plain-text.ts';
import type { Problem } from './recorder.ts';

const LINE = /^(vet: )?((?:[A-Za-z]:)?[^:\s][^:]*\.(?:go|mod|s|c|h)):(\d+)(?::(\d+))?: (.+)$/;
const MAX_LINE = 10_000;

export type GoCode = 'build/error' | 'lint/vet';

/** `# pkg` opens what the compiler says, `# [pkg]` what vet says; `initial` is for output without either. */
export function readDiagnostics(text: string, initial: GoCode, headings = true): Problem[] {
  const problems: Problem[] = [];
  let code = initial;
  for (const line of stripAnsi(text).split(/\r?\n/)) {
    if (line.length > MAX_LINE) continue;
    if (headings && line.startsWith('# ')) code = line.startsWith('# [') ? 'lint/vet' : 'build/error';
    const match = LINE.exec(line);
    const last = problems.at(-1);
    if (match) problems.push(problemOf(match, code));
    else if (last && /^\s+\S/.test(line))
      problems[problems.length - 1] = { ...last, message: `${last.message} ${line.trim()}` };
  }
  return problems;
}

function problemOf([, vet, file, row, column, message = '']: RegExpExecArray, code: GoCode): Problem {
  return {
    // What vet prefixes with its name kept it from looking at the package at all.
    code: vet === undefined ? code : 'build/error',
    severity: 'error',
    message,
    file,
    line: Number(row),
    column: column === undefined ? undefined : Number(column),
  };
}
