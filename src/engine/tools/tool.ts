import type { Check } from '../checks/check.ts';
import type { MatchLines, Toolbox, Tree } from '../ports.ts';
import type { ScopeMap } from '../scopes/scope.ts';
import type { NodePackage } from './node-packages.ts';

/** What detection may look at. Nothing is run. */
export interface Workspace {
  /** Absolute root of the repository. */
  readonly root: string;
  readonly tree: Tree;
  readonly scopes: ScopeMap;
  readonly toolbox: Toolbox;
  readonly matchLines: MatchLines;
  /** Every package.json that is not a fixture, with the tools its scripts call. */
  readonly nodePackages: readonly NodePackage[];
}

export interface Tool {
  readonly name: string;
  /** The checks this tool gives in this repository; empty where the repository does not use it. */
  detect(workspace: Workspace): readonly Check[];
}
