import type { MutantRunner } from '../mutation/mutant-runner.ts';
import type { Parser } from './format.ts';

export type CheckKind = 'lint' | 'types' | 'test' | 'build' | 'security';

/** What a check is asked to look at; paths are relative to the root, nearest to the change first. */
export type Target = { readonly kind: 'all' } | { readonly kind: 'files'; readonly paths: readonly string[] };

export type Invocation =
  | {
      readonly kind: 'run';
      readonly argv: readonly [string, ...string[]];
      readonly env?: Readonly<Record<string, string>>;
      /** Absolute paths or folder globs of files the tool writes for the parser; they are removed before the run. */
      readonly reports?: readonly string[];
      /** Text handed to the parser ahead of the reports (Go's parser wants go.mod). */
      readonly context?: string;
    }
  /** The tool is configured but not there: never a pass. */
  | { readonly kind: 'missing'; readonly program: string; readonly hint: string }
  /** Nothing to do for this target, with the reason. */
  | { readonly kind: 'nothing'; readonly reason: string };

/**
 * How the affected files become the target:
 * `changed` – the changed files it covers (a linter); `affected` – every affected file it covers, nearest first (tests);
 * `whole` – all of its scope as soon as one file it covers is affected (a type checker).
 */
export type Narrowing = 'changed' | 'affected' | 'whole';

export interface Check {
  /** `kind:NAME`; unique in a run. */
  readonly id: string;
  readonly kind: CheckKind;
  readonly tool: string;
  readonly scope: string;
  /** Folder it runs in, relative to the root. */
  readonly cwd: string;
  /** What in the repository says that it is used: `package.json script "lint"`, `ruff.toml`. */
  readonly evidence: string;
  readonly narrowing: Narrowing;
  /** Whether the check reads this file, so that a change of it calls for the check. For `affected`: whether it is a test file. */
  covers(path: string): boolean;
  /** `scratch` is an absolute, existing, empty folder for reports. */
  invoke(target: Target, scratch: string): Invocation;
  readonly parse: Parser;
  /** Whether zero units looked at is an error (default true). */
  readonly mustExamine?: boolean;
  /** Configuration files of the tool itself, relative to the root: a change of one runs the check on everything. */
  readonly config: readonly string[];
  /** Executables whose identity is part of the verdict (absolute); empty means the verdict is never cached. */
  readonly executables: readonly string[];
  /** Names of environment variables that are part of the verdict. */
  readonly env: readonly string[];
  /** Whatever else decides how its output is judged: part of the verdict's identity. */
  readonly variant?: string;
  readonly timeoutMs: number;
  /** Further tries after a failure. */
  readonly retries: number;
  /** The fast way to try mutants with these tests; without it each takes a run of the command in a copy of the tree. */
  readonly mutants?: MutantRunner;
  /** Tried where the first command could not judge (missing, crashed, unparseable). */
  readonly fallback?: Check;
}
