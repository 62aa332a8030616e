/** Files of one state of the repository. Paths are relative to the root, with `/`. */
export interface Tree {
  /** Sorted; regular files and symbolic links that git tracks or would track. */
  readonly paths: readonly string[];
  has(path: string): boolean;
  /** Identity of the content (a git blob id); undefined where it cannot be read. */
  digest(path: string): string | undefined;
  /** UTF-8 text; undefined where the file is missing, unreadable, binary or larger than `maxBytes` (default 4 MiB). */
  read(path: string, maxBytes?: number): string | undefined;
}

export interface Command {
  /** Program and arguments; never goes through a shell. */
  readonly argv: readonly [string, ...string[]];
  /** Absolute. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Output kept of each stream, in bytes; what is beyond is dropped from the middle and `truncated` set. */
  readonly maxBytes: number;
}

interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  readonly durationMs: number;
}

export type ProcessOutcome =
  | ({ readonly kind: 'exited'; readonly code: number } & Output)
  | ({ readonly kind: 'signalled'; readonly signal: string } & Output)
  | ({ readonly kind: 'timeout' } & Output)
  | ({ readonly kind: 'cancelled' } & Output)
  | { readonly kind: 'missing'; readonly program: string; readonly message: string };

export interface Processes {
  /** Never rejects; the child's whole process tree is gone when it settles. */
  run(command: Command, signal: AbortSignal): Promise<ProcessOutcome>;
}

/** Finds what is installed, without running it. */
export interface Toolbox {
  /** Executable of a node package's bin, from `dir` upwards in `node_modules/.bin`. Absolute path. */
  nodeBin(name: string, dir: string): string | undefined;
  /** Script or module entry of the virtual environment nearest to `dir`, else on the PATH. Absolute path. */
  pythonBin(name: string, dir: string): string | undefined;
  /** Executable on the PATH. Absolute path. */
  onPath(name: string): string | undefined;
  /** What identifies the installed version (version, size and time of the file); undefined where unknown. */
  identity(executable: string): string | undefined;
  /** Version of a node package as installed, seen from `dir`. */
  nodePackageVersion(name: string, dir: string): string | undefined;
}

/**
 * Groups of the first match in each line, the whole match first; undefined for a line without one. Undefined in all
 * where matching does not end in time: a pattern of the user's may backtrack forever.
 */
export type MatchLines = (
  regexp: string,
  lines: readonly string[],
) => readonly (MatchedGroups | undefined)[] | undefined;

export type MatchedGroups = readonly (string | undefined)[];

/** Strong content hash, hex. */
export type Digest = (text: string) => string;

/** Text files below `.downforce/`. A write that fails is told to the user once and loses nothing else. */
export interface Store {
  read(name: string): string | undefined;
  /** Atomic: a reader sees the old text or the new one. False where it could not be written. */
  write(name: string, text: string): boolean;
  append(name: string, line: string): boolean;
  /** Names of the files directly in a folder. */
  list(folder: string): readonly string[];
  /** Nothing where it is not there. */
  remove(name: string): void;
}

export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  /** ISO 8601. */
  date(): string;
}

export type GrammarName = 'python' | 'go' | 'rust' | 'java';

/** WebAssembly of the tree-sitter runtime and its grammars. */
export interface Grammars {
  runtime(): Promise<Uint8Array>;
  grammar(name: GrammarName): Promise<Uint8Array>;
}
