import type { Config } from '../../protocol/config.ts';
import type { RawFinding } from '../../protocol/finding.ts';
import type { Change } from '../change/change.ts';
import type { SourceGraph } from '../graph/import-graph.ts';
import type { Analysis, Language } from '../language.ts';
import type { Tree } from '../ports.ts';
import type { ScopeMap } from '../scopes/scope.ts';

/** What a guard may look at; nothing of the repository is run. */
export interface GuardContext {
  readonly change: Change;
  readonly tree: Tree;
  /** The tree of the base; empty where there is none. */
  readonly baseTree: Tree;
  readonly graph: SourceGraph;
  /** The graph of the base tree, made when first asked for. */
  baseGraph(): Promise<SourceGraph>;
  readonly scopes: ScopeMap;
  readonly config: Config;
  readonly languages: readonly Language[];
  /** Full parse of a text under a path's language, remembered; undefined where no language reads the path. */
  analyse(path: string, text: string): Promise<Analysis | undefined>;
  /** Look at the whole tree, not at the change alone. */
  readonly everything: boolean;
}

export interface GuardReport {
  readonly findings: readonly RawFinding[];
  /** Files looked at. */
  readonly examined: number;
  /** Why there was nothing to look at, where `examined` is zero. */
  readonly idle?: string;
}

export interface Guard {
  /** As in the configuration: `boundaries`, `suppressions`, `changed-tests`, `file-size`. */
  readonly id: string;
  inspect(context: GuardContext, signal: AbortSignal): Promise<GuardReport>;
}
