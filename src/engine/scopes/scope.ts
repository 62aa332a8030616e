import type { Project } from '../language.ts';

/** A part of the repository that is checked as one: a package, crate, module, or what the configuration names. */
export interface Scope {
  readonly id: string;
  /** Folder relative to the root, empty for the root; for configured scopes the folder its patterns share. */
  readonly root: string;
  /** Ids of the scopes this one needs, from manifests and configuration. */
  readonly dependsOn: readonly string[];
  /** The manifests that made it; empty for configured scopes. */
  readonly projects: readonly Project[];
}

export interface ScopeMap {
  readonly scopes: readonly Scope[];
  get(id: string): Scope | undefined;
  /** The one scope a path belongs to: the nearest; undefined where no scope holds it. */
  of(path: string): Scope | undefined;
}
