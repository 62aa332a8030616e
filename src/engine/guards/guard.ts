import type { Config } from '../../protocol/config.ts';
import type { RawFinding } from '../../protocol/finding.ts';
import type { Change } from '../change/change.ts';
import type { SourceGraph } from '../graph/import-graph.ts';
import type { Analysis, Language } from '../language.ts';
import type { Digest, Tree } from '../ports.ts';
import type { ScopeMap } from '../scopes/scope.ts';
import type { PlacedWaiver } from '../waivers/waivers-file.ts';

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
  /** What people have decided to let stay. */
  readonly waivers: readonly PlacedWaiver[];
  readonly digest: Digest;
}

export interface GuardReport {
  readonly findings: readonly RawFinding[];
  /** Files looked at. */
  readonly examined: number;
  /** Why there was nothing to look at, where `examined` is zero. */
  readonly idle?: string;
}

export interface Guard {
  /** As in the configuration: `boundaries`, `suppressions`, `changed-tests`, `file-size`, `waivers`. */
  readonly id: string;
  /** Whether the repository has what it is about; without it there is not even a word of it. */
  applies?(context: GuardContext): boolean;
  inspect(context: GuardContext, signal: AbortSignal): Promise<GuardReport>;
}
