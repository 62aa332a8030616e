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
  /** Of `tries` only the first so many that are reached by the tests (or by one test file) have to be tried. */
  readonly enough: number;
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
  /** This mutant survived, and only a process of its own can tell for sure; what else is told of it comes later. */
  | { readonly type: 'doubt'; readonly number: number }
  /** The first, unmutated run is over. `ms` of the tests with their imports. */
  | { readonly type: 'dry'; readonly ms: number }
  /** The driver cannot work here: wrong version, unreadable configuration, no tests found. */
  | { readonly type: 'unfit'; readonly reason: string }
  | { readonly type: 'end' };

/**
 * What schemata of JavaScript call, set up as `globalThis.__downforce__` before any of the user's code is loaded; without it
 * they run as the original. Counting goes by place: mutants of the same exchange share the place of the lowest number among
 * them, and place 0 is the body of every loop. The code in schemata takes one from `fuel[place]` each time, which costs next to
 * nothing, and calls `over(place)` whenever that leaves less than nothing; `over` may throw.
 */
export interface SchemataRuntime {
  /** Number of the mutant in force, 0 for none. */
  readonly active: number;
  /** One longer than there are mutants. */
  readonly fuel: Int32Array;
  over(place: number): void;
}
