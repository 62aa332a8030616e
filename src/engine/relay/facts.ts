import type { Status } from '../../protocol/envelope.ts';
import type { ChangedFile } from '../change/change.ts';
import type { Decision } from '../decisions/decision.ts';
import type { History } from './history.ts';

/** All that a hand-off may speak of, as plain data: from it alone the hand-off is made, again and again. */
export interface RelayFacts {
  /** Short digest of the working tree. */
  readonly tree: string;
  /** ISO 8601. */
  readonly at: string;
  /** Name of the repository's folder. */
  readonly name: string;
  readonly head: string | undefined;
  readonly base: string | undefined;
  readonly baseName: string | undefined;
  /** What our commands need to be given to speak of this very change: `--base HEAD~5`; empty where nothing. */
  readonly options: string;
  readonly operation: string | undefined;
  /** Why everything has to be checked. */
  readonly widened: readonly string[];
  readonly history: Omit<History, 'counts'>;
  readonly scopes: readonly TouchedScope[];
  /** Ids of all scopes that the change may affect, nearest first. */
  readonly expanded: readonly string[];
  readonly files: readonly TouchedFile[];
  readonly runs: readonly Run[];
  /** What the newest run that knows says of each check of the change; ids that no run knows are not in it. */
  readonly verdicts: readonly CheckVerdict[];
  readonly mutants: MutantFacts | undefined;
  /** What the guards say now. */
  readonly guards: readonly GuardFacts[];
  /** The checks that the change calls for, nearest first. */
  readonly called: readonly CalledCheck[];
  /** Open items of plan files. */
  readonly plan: readonly PlanItem[];
  readonly rules: readonly RuleFacts[];
  readonly limits: readonly string[];
  readonly excerpts: readonly Excerpt[];
  readonly decisions: readonly Decision[];
  readonly neighbours: readonly Neighbour[];
}

/** A scope with changed files. */
export interface TouchedScope {
  readonly id: string;
  readonly files: number;
}

export interface TouchedFile {
  readonly path: string;
  readonly status: ChangedFile['status'];
  readonly from: string | undefined;
  /** Empty where none holds it. */
  readonly scope: string;
  readonly added: number | undefined;
  readonly removed: number | undefined;
  readonly uncommitted: boolean;
  readonly test: boolean;
  /** Made by a tool, a lock file: nobody reads it. */
  readonly made: boolean;
  /** A language of ours reads it. */
  readonly source: boolean;
  /** Definitions around the changed lines. */
  readonly symbols: readonly string[];
  /** Changed lines that say TODO, FIXME and the like. */
  readonly reminders: readonly { readonly line: number; readonly text: string }[];
}

/** One report of `.downforce/reports`. */
export interface Run {
  readonly command: 'loop' | 'mutate' | 'gate';
  readonly ok: boolean;
  /** ISO 8601; undefined where the report does not say. */
  readonly at: string | undefined;
  /** Undefined where the report does not say, or files changed while it was made. */
  readonly tree: string | undefined;
  /** What checks read has changed since. */
  readonly stale: boolean;
  /** Nothing has changed since but files that no check reads. */
  readonly beside: boolean;
  /** `3 of 7 checks failed`. */
  readonly summary: string;
  /** What kept the whole from being judged. */
  readonly error: string | undefined;
}

/** By which run, when, of what. */
export type Made = Pick<Run, 'command' | 'at' | 'tree' | 'stale' | 'beside'>;

export interface CheckVerdict {
  readonly id: string;
  readonly status: Status;
  readonly examined: number | undefined;
  readonly reason: string | undefined;
  readonly details: readonly string[];
  /** How many there are. */
  readonly findings: number;
  /** Paths that they speak of. */
  readonly paths: readonly string[];
  /** What it took; undefined where it was answered from the cache. */
  readonly durationMs: number | undefined;
  readonly run: Made;
}

export interface MutantFacts {
  readonly run: Made;
  readonly status: Status;
  readonly reason: string | undefined;
  readonly total: number;
  readonly killed: number;
  /** Whose code still stands as it was reported, and which nobody waived. */
  readonly open: readonly OpenMutant[];
}

export interface OpenMutant {
  readonly id: string;
  readonly kind: 'survived' | 'no-coverage';
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** The line as it stands. */
  readonly text: string;
  readonly symbol: string;
  readonly original: string;
  readonly replacement: string;
  /** The nearest test that ran it. */
  readonly test: string | undefined;
}

export interface GuardFacts {
  readonly id: string;
  readonly status: Status;
  readonly reason: string | undefined;
  readonly findings: readonly { readonly text: string; readonly blocks: boolean }[];
}

export interface CalledCheck {
  readonly id: string;
  readonly kind: string;
  readonly scope: string;
  /** Copyable, to be run in `cwd`; undefined where the check cannot run, with the reason. */
  readonly command: string | undefined;
  readonly problem: string | undefined;
  /** Relative to the root. */
  readonly cwd: string;
}

export interface PlanItem {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface RuleFacts {
  readonly index: number;
  /** In words; what is the repository's is quoted. */
  readonly text: string;
  readonly because: string | undefined;
}

/** A part of a file that speaks to whoever works here. */
export interface Excerpt {
  readonly file: string;
  readonly heading: string;
  readonly text: string;
  /** Why it is shown: `names src/core`. */
  readonly why: string;
  readonly weight: number;
}

export interface Neighbour {
  readonly path: string;
  readonly test: boolean;
  /** The changed files that it needs. */
  readonly of: readonly string[];
  /** Changed definitions whose names it has in it. */
  readonly uses: readonly string[];
}
