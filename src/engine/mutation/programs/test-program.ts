/** Compiled tests with all mutants asleep in them. Each run is a process of its own, in which at most one is awake. */
export interface TestProgram {
  /** Unique in a job: the package, the binary. */
  readonly name: string;
  /** Whether single tests can be asked for. */
  readonly selects: boolean;
  /** Never rejects. */
  run(order: ProgramOrder, signal: AbortSignal): Promise<ProgramRun>;
  /** Where a test is written down, relative to the root; empty where that is not known. */
  fileOf(test: string): string;
}

export interface ProgramOrder {
  /** Number of the mutant that is awake, 0 for none. */
  readonly mutant: number;
  /** Names of tests to run; all where undefined. */
  readonly tests?: readonly string[];
  readonly timeoutMs: number;
}

export interface ProgramRun {
  /** `endless`: a place was run so often that it will not end. `unable`: it could not be started. */
  readonly end: 'pass' | 'fail' | 'timeout' | 'endless' | 'cancelled' | 'unable';
  readonly tests: readonly ProgramTest[];
  readonly reaches: Reaches;
  readonly durationMs: number;
  /** What failed, in one line. */
  readonly message?: string;
}

export interface ProgramTest {
  readonly name: string;
  readonly status: 'pass' | 'fail' | 'skip';
  readonly durationMs: number;
}

/** Which places ran. */
export interface Reaches {
  /** By test. */
  readonly byTest: ReadonlyMap<string, ReadonlySet<number>>;
  /** While no test ran, or in threads of which nobody knows to which test they belong. */
  readonly apart: ReadonlySet<number>;
}

export const NOTHING_REACHED: Reaches = { byTest: new Map(), apart: new Set() };
