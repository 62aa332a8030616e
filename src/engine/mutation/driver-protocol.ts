/**
 * What Downforce and the programs it ships into a user's test process say to each other: one request as a JSON file, answered
 * by events, one JSON a line, appended to a file as they happen, so that what was known before a hang or a crash is known after.
 */
export interface DriverRequest {
  /** Absolute. */
  readonly root: string;
  readonly cwd: string;
  /** Absolute, nearest first; all that the runner finds where empty. */
  readonly testFiles: readonly string[];
  readonly sources: readonly DriverSource[];
  /** Mutants are numbered 1 to this. */
  readonly mutants: number;
  readonly tries: readonly number[];
  readonly mode: 'together' | 'alone';
  readonly likely: Readonly<Record<string, readonly string[]>>;
  readonly limits: DriverLimits;
  /** What the runner's own folder put in for its driver: flags, configuration file, versions. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Absolute path of the file to append events to. */
  readonly events: string;
  /** Absolute path of an existing folder for whatever the driver needs. */
  readonly scratch: string;
}

export interface DriverSource {
  /** Absolute; as the file system has it, no links in it. */
  readonly path: string;
  readonly text: string;
  /** JavaScript and TypeScript: the text with all mutants in it, switched by `globalThis.__downforce__`. */
  readonly schemata?: string;
  readonly mutants: readonly DriverMutant[];
}

/** Offsets are UTF-16 indices of `text`, end exclusive. */
export interface DriverMutant {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly form: 'expression' | 'statement';
  /** What stands there instead. */
  readonly replacement: string;
  readonly atLoad: boolean;
}

export interface DriverLimits {
  /** A place may be run so many times as often as in the first run, and `hitsBase` times more, before the try is a time-out. */
  readonly hitsFactor: number;
  readonly hitsBase: number;
  /** A try of one test may take `timeFactor` times as long as without a mutant, and `timeBaseMs` more. */
  readonly timeFactor: number;
  readonly timeBaseMs: number;
}

/** Files are absolute here. */
export type DriverEvent =
  | {
      readonly type: 'test';
      readonly id: string;
      readonly file: string;
      readonly name: string;
      readonly status: 'pass' | 'fail' | 'skip';
      readonly ms: number;
      readonly message?: string;
      readonly reaches: readonly number[];
    }
  | { readonly type: 'load'; readonly file: string; readonly reaches: readonly number[] }
  /** Written before a mutant is put in force: if nothing follows, it hangs. */
  | { readonly type: 'begin'; readonly number: number; readonly file: string; readonly test?: string }
  | {
      readonly type: 'try';
      readonly number: number;
      readonly file: string;
      readonly status: 'killed' | 'survived' | 'timeout' | 'equivalent' | 'error';
      readonly killedBy: readonly string[];
      readonly ran: readonly string[];
      readonly ms: number;
      readonly unsure?: string;
      readonly message?: string;
    }
  /** The first, unmutated run is over. `ms` of the tests with their imports. */
  | { readonly type: 'dry'; readonly ms: number }
  /** The driver cannot work here: wrong version, unreadable configuration, no tests found. */
  | { readonly type: 'unfit'; readonly reason: string }
  | { readonly type: 'end' };

/**
 * What schemata of JavaScript call, set up by a driver before any of the user's code is loaded; `active` is the mutant in force.
 * `hits[n]` counts how often the place of mutant n was run; the code that schemata contain counts them and calls `over(n)` when
 * `hits[n]` passes `limits[n]`, which throws what no test can take for its own.
 */
export interface SchemataRuntime {
  active: number;
  hits: Uint32Array;
  limits: Uint32Array;
  over(number: number): void;
}
