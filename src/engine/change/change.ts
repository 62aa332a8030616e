/** One path that differs between the base and the working tree. */
export interface ChangedFile {
  /** Relative to the root, with `/`; for a deletion the path it had. */
  readonly path: string;
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed' | 'mode' | 'type' | 'conflicted';
  /** The path in the base, for a rename. */
  readonly from?: string;
  readonly entry: 'file' | 'symlink' | 'submodule';
  readonly untracked: boolean;
  /** Blob id in the base; undefined for what is new. */
  readonly baseDigest?: string;
}

/** Something that lets no narrowing be trusted: the full gate, with its reason. */
export interface WideningReason {
  /** Short and stable, for machines. */
  readonly code:
    | 'no-commit'
    | 'no-base'
    | 'no-merge-base'
    | 'diff-failed'
    | 'unmapped'
    | 'lock-file'
    | 'tool-config'
    | 'ci-config'
    | 'harness-config'
    | 'submodule'
    | 'unanalysed';
  readonly path?: string;
  readonly text: string;
}

export interface Change {
  /** Commit the change is measured from; undefined where there is none. */
  readonly base: string | undefined;
  /** What the user or the default chain named: `origin/main`. */
  readonly baseName: string | undefined;
  readonly head: string | undefined;
  readonly files: readonly ChangedFile[];
  readonly reasons: readonly WideningReason[];
  /** What git is in the middle of. */
  readonly operation?: 'merge' | 'rebase' | 'cherry-pick' | 'revert' | 'bisect';
}
