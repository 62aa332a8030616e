import type { Range } from '../../protocol/finding.ts';
import type { LanguageId } from '../language.ts';
import type { Edit, Exchange } from './mutable.ts';

/** A program with one small fault. */
export interface Mutant {
  /** `m-` and ten hex digits, made of path, symbol, operator, texts and occurrence: it stays when lines move. */
  readonly id: string;
  readonly path: string;
  readonly language: LanguageId;
  readonly operator: string;
  readonly symbol: string;
  /** What is changed, least first: `>` to `>=`. */
  readonly edit: Edit;
  readonly original: string;
  readonly range: Range;
  /** What is exchanged as a whole where the mutants of a file are all compiled into one text. */
  readonly exchange: Exchange;
  readonly atLoad: boolean;
}

/** As in mutation-testing-report-schema, in our spelling. */
export type MutantStatus =
  | 'killed'
  | 'survived'
  | 'no-coverage'
  | 'timeout'
  /** Does not compile, or is the same program: no mutant at all. */
  | 'compile-error'
  | 'equivalent'
  /** Waived by a person. */
  | 'ignored'
  /** Could not be judged. */
  | 'error'
  | 'pending';

export interface MutantResult {
  readonly mutant: Mutant;
  readonly status: MutantStatus;
  /** Names of the tests that ran its place, nearest first. */
  readonly coveredBy: readonly TestName[];
  readonly killedBy: readonly TestName[];
  /** As the runner knows them. */
  readonly killedByIds: readonly string[];
  readonly durationMs: number;
  /** How sure, or why not judged: `confirmed in a fresh process`. */
  readonly reason?: string;
  readonly cached?: boolean;
}

export interface TestName {
  /** Relative to the root. */
  readonly file: string;
  readonly name: string;
}

/** The text of a file with one mutant in place. */
export function mutate(text: string, { start, end, text: replacement }: Edit): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** The exchanged piece with the edit in it. */
export function exchanged(text: string, { exchange, edit }: Pick<Mutant, 'exchange' | 'edit'>): string {
  return text.slice(exchange.start, edit.start) + edit.text + text.slice(edit.end, exchange.end);
}
