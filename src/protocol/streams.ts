import type { NotificationOf, Problem, RequestOf } from './lsp.ts';
import type { StartedStream } from './started-stream.ts';

export type { StartedStream };

/** What a stream will touch, and how that is known. */
export interface Footprint {
  /** Files it will change, as far as there are such now; relative to the root. */
  readonly files: readonly string[];
  /** Paths or globs it names for which there is nothing yet. */
  readonly fresh: readonly string[];
  readonly scopes: readonly string[];
  /** Files that may depend on those it changes, itself left out. */
  readonly reaches: readonly string[];
  /** `paths: src/core/**`, "names `createGraph`", one entry a source. */
  readonly because: readonly string[];
}

export interface PlannedStream {
  /** Made of the title: `json-output`. */
  readonly id: string;
  readonly title: string;
  /** Markdown as it stands in the plan. */
  readonly text: string;
  /** 1-based line of its heading or list item. */
  readonly line: number;
  /** Ids of the streams that it says come first. */
  readonly after: readonly string[];
  readonly footprint: Footprint;
}

/** Why two streams are better not worked on at the same time. */
export interface Overlap {
  readonly a: string;
  readonly b: string;
  /**
   * `same-file`: both change it. `export-used`: one changes a file on whose exports the other's files depend.
   * `order`: the plan says so. `unknown`: nothing tells what one of them touches.
   */
  readonly kind: 'same-file' | 'export-used' | 'order' | 'unknown';
  readonly files: readonly string[];
  /** One sentence that names both and the files. */
  readonly text: string;
}

export interface PlanProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

export interface StreamPlan {
  /** Relative to the root where it lies inside. */
  readonly file: string;
  readonly streams: readonly PlannedStream[];
  readonly overlaps: readonly Overlap[];
  /** Ids that may run side by side, batch after batch. */
  readonly batches: readonly (readonly string[])[];
  readonly problems: readonly PlanProblem[];
}

/** `conflict` and `red` need the person, `ready` may be merged, `gone` has no working tree any more. */
export type StreamStatus = 'setting-up' | 'idle' | 'working' | 'red' | 'conflict' | 'ready' | 'gone';

export interface StreamState extends StartedStream {
  readonly status: StreamStatus;
  /** Why that, in a line, and what to do. */
  readonly says: string;
  readonly needsYou: boolean;
  readonly ahead: number;
  readonly behind: number;
  /** Not committed. */
  readonly dirtyFiles: number;
  readonly changedFiles: number;
  /** Of its own last `loop`, where there was one; `stale` where its tree has changed since. */
  readonly loop:
    | { readonly ok: boolean; readonly at: string; readonly summary: string; readonly stale: boolean }
    | undefined;
  /** ISO 8601 of the newest change. */
  readonly touchedAt: string | undefined;
}

/** Two working trees of one repository that get in each other's way now. */
export interface Collision {
  /** Branch names, or the folder's name on a detached head. */
  readonly a: string;
  readonly b: string;
  /** `text`: `git merge-tree` says they conflict. `file`: both changed it, and it merges. `meaning`: a changed export is used. */
  readonly kind: 'text' | 'file' | 'meaning';
  readonly files: readonly string[];
  /** Names of changed exports, for `meaning`. */
  readonly names: readonly string[];
  readonly text: string;
}

export interface StreamsView {
  readonly plan: StreamPlan | undefined;
  readonly streams: readonly StreamState[];
  readonly collisions: readonly Collision[];
}

export const GetStreams: RequestOf<
  { readonly uri: string; readonly plan?: string },
  StreamsView | { readonly problem: Problem }
> = {
  method: 'downforce/streams',
};
/** Makes the branch and the working tree and runs the configured set-up in it; answers when that ended. */
export const StartStream: RequestOf<
  { readonly uri: string; readonly plan: string; readonly id: string },
  | { readonly stream: StartedStream; readonly prompt: string; readonly setup: string | undefined }
  | { readonly problem: Problem }
> = { method: 'downforce/startStream' };
/** What a new working tree could begin with: `uncommitted` files stay here; `refused` says why git takes no branch of that name. */
export const CheckBranch: RequestOf<
  { readonly uri: string; readonly branch: string },
  { readonly uncommitted: number; readonly refused: 'wrong' | 'taken' | undefined } | { readonly problem: Problem }
> = { method: 'downforce/checkBranch' };
/** A working tree on a branch of its own, for a hand-off: a stream without a plan. Answers when its set-up ended. */
export const StartBranch: RequestOf<
  { readonly uri: string; readonly branch: string },
  { readonly stream: StartedStream; readonly setup: string | undefined } | { readonly problem: Problem }
> = { method: 'downforce/startBranch' };
/** Refused with what would be lost, unless that is `confirmed`. */
export const RemoveStream: RequestOf<
  { readonly uri: string; readonly id: string; readonly confirmed: boolean },
  { readonly removed: true } | { readonly wouldLose: readonly string[] } | { readonly problem: Problem }
> = { method: 'downforce/removeStream' };
/** The relay prompt of one stream. */
export const GetStreamPrompt: RequestOf<
  { readonly uri: string; readonly plan: string; readonly id: string },
  { readonly prompt: string } | { readonly problem: Problem }
> = { method: 'downforce/streamPrompt' };
/** Working trees met: said in both, each collision once. With none it says that what was known has changed. */
export const StreamsCollided: NotificationOf<{ readonly uri: string; readonly collisions: readonly Collision[] }> = {
  method: 'downforce/collided',
};
