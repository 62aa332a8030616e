import { type MutantResult, mutate } from '../engine/mutation/mutant.ts';
import type { MutationResult } from '../engine/mutation/run-mutation.ts';
import { relocator } from '../engine/relocate.ts';
import { positionAt } from '../engine/text.ts';
import type { MutantState, MutantTexts } from '../protocol/lsp.ts';
import { plainText } from './judgement.ts';

/** A mutant with the text it was made of. */
export interface MutantRecord {
  readonly result: MutantResult;
  readonly text: string;
}

const MAX_TESTS = 10;

export function mutantRecords({ results, sources }: MutationResult): readonly MutantRecord[] {
  return results.flatMap((result) => {
    const text = sources.get(result.mutant.path);
    return text === undefined ? [] : [{ result, text }];
  });
}

/** Where the mutants stand now; one whose lines have changed is gone. */
export function locateMutants(
  records: readonly MutantRecord[],
  openText: (path: string) => string | undefined,
): readonly MutantState[] {
  const movers = new Map<string, ReturnType<typeof relocator>>();
  return records.flatMap((record) => {
    const { path } = record.result.mutant;
    if (!movers.has(path)) movers.set(path, moverOf(record.text, openText(path)));
    const range = movers.get(path)?.(record.result.mutant.range);
    return range === undefined ? [] : [stateOf(record, range)];
  });
}

function moverOf(before: string, now: string | undefined): ReturnType<typeof relocator> {
  return now === undefined || now === before ? (range) => range : relocator(plainText(before), plainText(now));
}

function stateOf({ result }: MutantRecord, range: MutantState['range']): MutantState {
  const { mutant, status, coveredBy, killedBy, reason } = result;
  return {
    id: mutant.id,
    path: mutant.path,
    symbol: mutant.symbol,
    operator: mutant.operator,
    range,
    status,
    original: mutant.original,
    replacement: mutant.edit.text,
    coveredBy: coveredBy.slice(0, MAX_TESTS),
    killedBy: killedBy.slice(0, MAX_TESTS),
    reason,
  };
}

/** The file as it is now, without and with the mutant; undefined where its lines have changed. */
export function textsOfMutant({ result, text }: MutantRecord, openText: string | undefined): MutantTexts | undefined {
  const { path, edit, range } = result.mutant;
  const now = openText ?? text;
  const moved = moverOf(text, openText)(range);
  if (moved === undefined) return undefined;
  const start = offsetAt(now, moved.start);
  const mutated = mutate(now, { start, end: start + edit.end - edit.start, text: edit.text });
  return {
    path,
    original: now,
    mutated,
    range: { start: moved.start, end: positionAt(mutated, start + edit.text.length) },
  };
}

function offsetAt(text: string, { line, column }: { readonly line: number; readonly column: number }): number {
  let at = 0;
  for (let count = 1; count < line; count++) at = text.indexOf('\n', at) + 1;
  return at + column - 1;
}
