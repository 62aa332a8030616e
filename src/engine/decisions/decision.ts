/** Something that was decided, and what it governs. */
export interface Decision {
  /** Relative to the root. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** `2026-11-21`; undefined where it does not say. */
  readonly date: string | undefined;
  readonly title: string;
  /** Ids of scopes; empty where it governs all of the repository. */
  readonly scopes: readonly string[];
}
