import type { DriverEvent } from '../../../engine/mutation/driver-protocol.ts';
import type { TryEvent } from '../../javascript/driver/verdict.ts';

/** One mutant to be tried in a worker of its own, from the first line on. */
export interface AloneJob {
  readonly key: string;
  readonly number: number;
  /** What the test file took and ran without a mutant, its imports included; undefined where it was never run so. */
  readonly first?: FirstRun;
}

export interface FirstRun {
  readonly ms: number;
  readonly hits: readonly number[];
}

/** What the workers of one round have to do, in a file. */
export interface Round {
  /** Absolute path of the DriverRequest. */
  readonly request: string;
  /** Absolute path of the file that workers write their messages to. */
  readonly journal: string;
  /** Absolute path of a folder; a file there by the number of a mutant says that it is killed. */
  readonly killed: string;
  /** Absolute path of a folder; a file there by the number of a mutant says that its place is run. */
  readonly met: string;
  readonly mode: 'together' | 'alone';
  /** Mutants to try `together`. */
  readonly tries: readonly number[];
  /** To be tried `alone`: workers claim them by files in the folder `claims`. */
  readonly jobs: readonly AloneJob[];
  readonly claims: string;
}

/** What workers tell the main process; `key` is a test file in a project. */
export type Message = { readonly key: string; readonly pid: number } & (
  | { readonly type: 'open' }
  | (DriverEvent & { readonly type: 'test' | 'load' })
  /** What the file's unmutated run took and ran in all. */
  | ({ readonly type: 'first' } & FirstRun)
  /** Something is being run that must be over after so many milliseconds; number 0 is a control. */
  | {
      readonly type: 'begin';
      readonly number: number;
      readonly file: string;
      readonly test?: string;
      readonly ms: number;
    }
  | TryEvent
  /** It has to be tried alone, in a worker of its own. */
  | { readonly type: 'defer'; readonly number: number; readonly why: string }
  /** The tests let other processes run or read the sources, where there are no mutants. */
  | { readonly type: 'outside'; readonly what: string }
  | { readonly type: 'close' }
);

export function keyOf(project: string | undefined, file: string): string {
  return `${project ?? ''}|${file}`;
}
