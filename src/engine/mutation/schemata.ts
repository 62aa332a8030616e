import type { NumberedMutant } from './mutant-runner.ts';

/**
 * A text of the same lines in which every mutant sleeps, switched by `globalThis.__downforce__` (see `SchemataRuntime`). Mutants that
 * cannot be written so are left out and named.
 */
export interface Schemata {
  readonly text: string;
  /** Numbers of mutants that are not in it. */
  readonly omitted: readonly number[];
}

export type SchemataWriter = (path: string, text: string, mutants: readonly NumberedMutant[]) => Schemata;
