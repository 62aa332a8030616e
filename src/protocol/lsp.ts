import type { Finding, Range } from './finding.ts';

/** A request from the editor with the types of what goes there and back; never more than its name at run time. */
export interface RequestOf<Params, Result> {
  readonly method: string;
  readonly types?: readonly [Params, Result];
}

export interface NotificationOf<Params> {
  readonly method: string;
  readonly types?: readonly [Params];
}

export const STAGES = ['loop', 'mutate', 'gate'] as const;
export type Stage = (typeof STAGES)[number];

/** `stale`: the tree is no longer the one it was true of. `off`: switched off, or not allowed here. */
export type StageStatus = 'never' | 'running' | 'passed' | 'failed' | 'error' | 'stale' | 'off';

export interface CheckState {
  readonly id: string;
  readonly status: 'running' | 'waiting' | 'pass' | 'fail' | 'error' | 'timeout' | 'deferred' | 'skipped' | 'cancelled';
  readonly durationMs: number;
  /** Units looked at, where known. */
  readonly examined: number | undefined;
  /** Why it was deferred, skipped or could not judge; or what qualifies it. */
  readonly reason: string | undefined;
  readonly cached: boolean;
  readonly findings: readonly Finding[];
  readonly omittedFindings: number;
}

export interface StageState {
  readonly status: StageStatus;
  /** One line: `12 mutants, 1 survived`. */
  readonly summary: string;
  /** ISO 8601, when it ended or, while it runs, began. */
  readonly at: string | undefined;
  readonly durationMs: number;
  /** Short digest of the tree it is true of. */
  readonly tree: string | undefined;
  readonly checks: readonly CheckState[];
  readonly progress: { readonly done: number; readonly total: number } | undefined;
  /** Why it could not judge, and what to do. */
  readonly problem: Problem | undefined;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export interface MutantState {
  readonly id: string;
  readonly path: string;
  readonly symbol: string;
  readonly operator: string;
  /** Where it stands now; it moves with edits. */
  readonly range: Range;
  readonly status:
    | 'killed'
    | 'survived'
    | 'no-coverage'
    | 'timeout'
    | 'ignored'
    | 'error'
    | 'compile-error'
    | 'equivalent'
    | 'pending';
  readonly original: string;
  readonly replacement: string;
  /** `file > name`, nearest first, at most 10. */
  readonly coveredBy: readonly TestPlace[];
  readonly killedBy: readonly TestPlace[];
  readonly reason: string | undefined;
}

export interface TestPlace {
  /** Relative to the root. */
  readonly file: string;
  readonly name: string;
}

/** All that the editor shows of one workspace folder. */
export interface FolderState {
  /** URI as the editor has it. */
  readonly uri: string;
  readonly name: string;
  /** Absolute root of the repository; empty where there is none. */
  readonly root: string;
  readonly branch: string | undefined;
  readonly base: string | undefined;
  readonly changedFiles: number;
  readonly trusted: boolean;
  readonly paused: boolean;
  /** Why there is nothing to show: no repository, broken configuration. */
  readonly problem: Problem | undefined;
  readonly stages: Readonly<Record<Stage, StageState>>;
  readonly mutants: readonly MutantState[];
  /** Findings of guards and mutants that block, of whatever is newest. */
  readonly blocking: number;
  /** Checks that run tests; undefined while that is not known. */
  readonly tests: number | undefined;
}

export interface ServerSettings {
  /** Run `loop` when files come to rest. */
  readonly loop: boolean;
  /** Run `mutate` after a green `loop`. */
  readonly mutate: boolean;
  /** Look at the open file while it is typed. */
  readonly onType: boolean;
  /** Milliseconds without a change before a run starts. */
  readonly delayMs: number;
  /** `own`: guards and mutants; `all`: what tools found too. */
  readonly diagnostics: 'own' | 'all';
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
}

export interface ServerOptions {
  readonly trusted: boolean;
  readonly settings: ServerSettings;
}

export const DEFAULT_SERVER_SETTINGS: ServerSettings = {
  loop: true,
  mutate: true,
  onType: true,
  delayMs: 1000,
  diagnostics: 'own',
  logLevel: 'info',
};

/** A folder's state, sent whole whenever it changes; at most ten times a second. */
export const StateChanged: NotificationOf<FolderState> = { method: 'downforce/state' };
/** The editor's settings, or whether the user trusts the folder, changed. */
export const OptionsChanged: NotificationOf<ServerOptions> = { method: 'downforce/options' };
/** Files may have changed on disk; a hint, git is the truth. */
export const LookAgain: NotificationOf<{ readonly uri?: string }> = { method: 'downforce/lookAgain' };

export interface RunParams {
  readonly uri: string;
  readonly stage: Stage;
  /** Ids of checks or mutants; empty for what the change calls for. */
  readonly only: readonly string[];
}

/** Runs a stage now, whatever runs ends first. Answers when it ended. */
export const Run: RequestOf<RunParams, { readonly ok: boolean; readonly problem: Problem | undefined }> = {
  method: 'downforce/run',
};
export const Cancel: RequestOf<{ readonly uri: string }, null> = { method: 'downforce/cancel' };
export const Pause: RequestOf<{ readonly uri: string; readonly paused: boolean }, null> = { method: 'downforce/pause' };
export const GetState: RequestOf<{ readonly uri: string }, FolderState | null> = { method: 'downforce/getState' };

export interface MutantTexts {
  readonly path: string;
  readonly original: string;
  readonly mutated: string;
  readonly range: Range;
}

/** The file without and with a mutant; null where the code it speaks of is no longer there. */
export const GetMutant: RequestOf<{ readonly uri: string; readonly id: string }, MutantTexts | null> = {
  method: 'downforce/getMutant',
};
/** A prompt for an agent that asks for a test which kills the mutant. */
export const GetPrompt: RequestOf<{ readonly uri: string; readonly id: string }, { readonly prompt: string } | null> = {
  method: 'downforce/getPrompt',
};
export interface WaiveParams {
  readonly uri: string;
  /** A mutant's id or a finding's fingerprint. */
  readonly id: string;
  readonly reason: string;
}
export const Waive: RequestOf<WaiveParams, { readonly file: string } | { readonly problem: Problem }> = {
  method: 'downforce/waive',
};
/** What `downforce explain` says of a code, path or check. */
export const Explain: RequestOf<{ readonly uri: string; readonly what: string }, { readonly text: string }> = {
  method: 'downforce/explain',
};

/** What a diagnostic of ours carries. */
export interface DiagnosticData {
  readonly code: string;
  readonly fingerprint: string;
  readonly mutant?: string;
  readonly folder: string;
}
