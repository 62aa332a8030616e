import type { WideningReason } from '../change/change.ts';

/** How a file came to be affected, one step of the chain that `explain` prints. */
export interface Reach {
  /** Steps from a changed file; 0 is a changed file itself. */
  readonly distance: number;
  readonly via?: { readonly path: string; readonly why: ReachReason };
}

export type ReachReason =
  | 'imports' // it names the file
  | 'imported-deleted' // it named a file that is gone
  | 'computed' // it loads something known only at run time from the same scope
  | 'same-scope' // a file that no import can explain changed in its scope
  | 'test-data' // a file that only tests can read changed in its scope
  | 'manifest'; // its scope's manifest needs the other scope, and no import says how

/** What became of one changed path. */
export type Fate =
  | { readonly kind: 'mapped'; readonly scope: string | undefined }
  | { readonly kind: 'inert'; readonly rule: string; readonly configured: boolean }
  | { readonly kind: 'widened'; readonly reason: WideningReason };

export interface BlastRadius {
  readonly fates: ReadonlyMap<string, Fate>;
  readonly reached: ReadonlyMap<string, Reach>;
  /** Affected scopes by id with the least distance of their files, nearest first. */
  readonly scopes: ReadonlyMap<string, number>;
  /** Not empty: nothing may be left out. */
  readonly reasons: readonly WideningReason[];
}
