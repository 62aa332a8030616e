import type { Check } from '../checks/check.ts';
import type { Scratch } from '../checks/run-check.ts';
import type { Clock, Digest, Processes, Tree } from '../ports.ts';
import type { Mutant } from './mutant.ts';

/** A mutant with its number in one job, from 1; 0 is the program as it is. */
export interface NumberedMutant extends Mutant {
  readonly number: number;
}

/** A changed file with the mutants in it. */
export interface MutatedSource {
  readonly path: string;
  /** As it stands in the working tree. */
  readonly text: string;
  /** The text with all its mutants in it, for languages that can; see `SchemataRuntime`. */
  readonly schemata?: string;
  readonly mutants: readonly NumberedMutant[];
}

/** Mutants to be tried against some of a check's tests. */
export interface MutantJob {
  readonly check: Check;
  /** Test files relative to the root, nearest first; all of the check's where empty. */
  readonly testFiles: readonly string[];
  readonly sources: readonly MutatedSource[];
  /** Numbers of the mutants to try, in this order. The places of all others are counted but not tried. */
  readonly tries: readonly number[];
  /** Of `tries` only the first so many that its tests reach are wanted; what is known of more does no harm. */
  readonly enough: number;
  /**
   * `together`: the tests run as they are first, which says what is green and which test runs which place, then the tries
   * against the tests that reach them. `alone`: no first run; one mutant (the only try) is in force from the very first
   * line on, in a process of its own, and the first failure ends it.
   */
  readonly mode: 'together' | 'alone';
  /** Ids of tests that killed a mutant before, to be run first. */
  readonly likely: ReadonlyMap<number, readonly string[]>;
  /** Milliseconds the unmutated tests took, where known: what a time-out is a multiple of. */
  readonly baselineMs?: number;
}

export interface TestRun {
  /** Unique in the check and the same in every run: file and full name. */
  readonly id: string;
  /** Relative to the root; empty where the runner does not say. */
  readonly file: string;
  readonly name: string;
  readonly status: 'pass' | 'fail' | 'skip';
  readonly durationMs: number;
  readonly message?: string;
  /** Numbers of the mutants whose place it ran. */
  readonly reaches: readonly number[];
}

/** How one mutant fared against the tests of one file (or of all, where the runner does not tell them apart). */
export interface Try {
  readonly number: number;
  /** Relative to the root; empty for all test files at once. */
  readonly file: string;
  readonly status: 'killed' | 'survived' | 'timeout' | 'compile-error' | 'equivalent' | 'error';
  /** Ids of the tests that failed. */
  readonly killedBy: readonly string[];
  /** Ids of the tests that ran with the mutant in force. */
  readonly ran: readonly string[];
  readonly durationMs: number;
  /** Why this has to be confirmed in a process of its own: `the tests behave differently on a second run`. */
  readonly unsure?: string;
  readonly message?: string;
}

export type MutantRun =
  | (Heard & {
      readonly kind: 'ran';
      readonly tries: readonly Try[];
      /** `reaches` says nothing; a try that survived with an empty `ran` was reached by no test. */
      readonly coverage?: 'unknown';
    })
  /** Tests fail without any mutant. */
  | { readonly kind: 'red'; readonly tests: readonly TestRun[] }
  /** This way cannot be used here; another may. */
  | { readonly kind: 'unfit'; readonly reason: string }
  | { readonly kind: 'cancelled' };

/** What a runner needs of the world. */
export interface MutantDeps {
  readonly root: string;
  readonly tree: Tree;
  readonly processes: Processes;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly cores: number;
  absolute(path: string): string;
  /** PATH for a check. */
  searchPath(check: Check): string;
  createScratch(): MutantScratch;
  /** Absolute path of a program that Downforce ships into the user's test process: `vitest.mjs`. */
  driver(name: string): string;
  /** A new copy of the working tree outside it; files of it may be overwritten. */
  openSandbox(options?: SandboxOptions): Promise<Sandbox>;
}

export interface SandboxOptions {
  /**
   * A copy in the same place in every run, for what is built of it to be used again; a temporary one where another run is just
   * using that.
   */
  readonly keep?: string;
  /** Programs of the check (absolute): what they import beside may lead back to the original. */
  readonly executables?: readonly string[];
  /** Names of ignored folders not to copy. */
  readonly leaveOut?: readonly string[];
  /** Build output (folders, relative to the root) that a new home starts from: `target/debug/deps` becomes `deps` in `into`. */
  readonly seed?: { readonly folders: readonly string[]; readonly into: string };
}

/** A temporary folder for one run, with files of ours in it. */
export interface MutantScratch extends Pick<Scratch, 'dir' | 'dispose'> {
  /** Writes a file below the folder; its absolute path. */
  write(name: string, text: string): string;
  /** Text of a file below the folder; undefined where there is none. */
  read(name: string): string | undefined;
  /** Has each line told that is written to a file below the folder, soon after; the function returned tells the last ones and ends it. */
  follow(name: string, onLine: (line: string) => void): () => void;
  /** Names of what is in a folder below the folder. */
  list(name: string): readonly string[];
  /** Remembers how the reports of these absolute paths and globs stand before a tool runs. */
  watch(patterns: readonly string[]): void;
  /** Texts of those reports that were written since. */
  reports(): readonly string[];
}

/** A copy of the working tree; dependencies and build output are links or copies on write, never the originals. */
export interface Sandbox {
  /** Absolute root. */
  readonly root: string;
  /** Absolute folder around it for what is built of it; it lives as long as the copy. */
  readonly home: string;
  /** Variables without which tools would find the original. */
  readonly env: Readonly<Record<string, string>>;
  /** A text with the paths of the original in it, to those of the copy. */
  inside(text: string): string;
  /** Replaces a file by a new one (no write goes through a link). */
  write(path: string, text: string): void;
  /** Puts back what the working tree has. */
  restore(path: string): void;
  /** Writes a program of ours beside the copy, if it is not there yet; its absolute path. */
  provide(name: string, text: string): string;
  /** Whether there is such a file beside the copy. */
  provided(name: string): boolean;
  /** Undoes what others than `write` and `restore` did; build output stays. */
  reset(): void;
  dispose(): void;
}

/** What is known of the first run. */
export interface Heard {
  readonly tests: readonly TestRun[];
  /** By test file: numbers of mutants whose place ran while modules were loaded. */
  readonly loads: ReadonlyMap<string, readonly number[]>;
  /** Milliseconds of the unmutated tests. */
  readonly baselineMs: number;
}

/** Told as it happens; what a run returns is what counts. */
export interface MutantEvents {
  onTest?: ((test: TestRun) => void) | undefined;
  onTry?: ((result: Try) => void) | undefined;
  /** A mutant survived, and nothing in this run will say for sure whether it does so in a process of its own. */
  onDoubt?: ((number: number, heard: Heard) => void) | undefined;
}

/** A way of trying mutants with the tests of a check. */
export interface MutantRunner {
  /** Said in reports: `vitest, all mutants in one run`. */
  readonly name: string;
  /** Of many mutants it tries those that its tests reach. Others are given no more than are wanted. */
  readonly chooses?: true;
  /** Its tests are run one after the other by itself: they may use the same port, or write the same file. */
  readonly serial?: true;
  /** Never rejects for what tests do. The working tree is never written to. */
  run(job: MutantJob, deps: MutantDeps, events: MutantEvents, signal: AbortSignal): Promise<MutantRun>;
}
