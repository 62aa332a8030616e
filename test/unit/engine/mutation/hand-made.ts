import type { Mutant } from '../../../../src/engine/mutation/mutant.ts';
import type { NumberedMutant, TestRun, Try } from '../../../../src/engine/mutation/mutant-runner.ts';

/** A mutant of which only what is given matters. */
export function mutantAt(path: string, line: number, more: Partial<Mutant> = {}): Mutant {
  const start = line * 100;
  return {
    id: `m-${path}-${line}-${more.operator ?? 'unary'}`,
    path,
    language: 'typescript',
    operator: 'unary',
    symbol: '',
    edit: { start, end: start + 1, text: '' },
    original: '-',
    range: { start: { line, column: 1 }, end: { line, column: 2 } },
    exchange: { start, end: start + 1, form: 'expression' },
    atLoad: false,
    ...more,
  };
}

export function numbered(mutants: readonly Mutant[]): readonly NumberedMutant[] {
  return mutants.map((mutant, index) => ({ ...mutant, number: index + 1 }));
}

export function testOf(file: string, name: string, reaches: readonly number[], more: Partial<TestRun> = {}): TestRun {
  return { id: `${file}#${name}`, file, name, status: 'pass', durationMs: 1, reaches, ...more };
}

export function tryOf(number: number, file: string, status: Try['status'], more: Partial<Try> = {}): Try {
  return { number, file, status, killedBy: [], ran: [], durationMs: 1, ...more };
}
