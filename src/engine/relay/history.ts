/** One commit since the base. */
export interface Commit {
  /** Short id. */
  readonly id: string;
  /** First line of its message, as written. */
  readonly subject: string;
  /** ISO 8601. */
  readonly at: string;
  /** Files it changed; relative to the root. */
  readonly paths: readonly string[];
}

/** What git knows of the work beside the change itself. */
export interface History {
  /** Undefined on a detached head. */
  readonly branch: string | undefined;
  /** Commits since the base without merges; of all history where there is no base. */
  readonly total: number;
  /** Newest first, at most fifty. */
  readonly commits: readonly Commit[];
  /** Lines by path against the base; what is binary or new to git is not in it. */
  readonly counts: Readonly<Record<string, LineCount>>;
  /** Files that differ from the last commit, those git does not track yet among them. */
  readonly uncommitted: readonly string[];
  /** Files that a merge or rebase left for somebody to resolve. */
  readonly conflicts: readonly string[];
  readonly upstream: { readonly name: string; readonly ahead: number; readonly behind: number } | undefined;
  readonly stashes: number;
}

export interface LineCount {
  readonly added: number;
  readonly removed: number;
}
