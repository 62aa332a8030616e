import {
  type Disposable,
  EventEmitter,
  l10n,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import type { Finding } from '../protocol/finding.ts';
import type { FolderState } from '../protocol/lsp.ts';
import type { FolderStates } from './folder-states.ts';
import { findingItem } from './gate-view.ts';

export type FindingNode =
  | { readonly kind: 'file'; readonly state: FolderState; readonly path: string; readonly findings: readonly Finding[] }
  | { readonly kind: 'finding'; readonly state: FolderState; readonly finding: Finding };

const RANK = { error: 0, warning: 1, info: 2 } as const;

/** What the newest stages found, by file. */
export class FindingsView implements TreeDataProvider<FindingNode>, Disposable {
  readonly #states: FolderStates;
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #listener: Disposable;

  constructor(states: FolderStates) {
    this.#states = states;
    this.#listener = states.onDidChange(() => this.#changed.fire(undefined));
  }

  getChildren(node?: FindingNode): FindingNode[] {
    if (node?.kind === 'finding') return [];
    if (node !== undefined) return node.findings.map((finding) => ({ kind: 'finding', state: node.state, finding }));
    return this.#states.all().flatMap(filesOf);
  }

  getTreeItem(node: FindingNode): TreeItem {
    if (node.kind === 'finding') return findingItem(node.state, node.finding);
    const { state, path, findings } = node;
    const item = new TreeItem(path === '' ? state.name : path, TreeItemCollapsibleState.Expanded);
    item.id = `${state.uri}#${path}`;
    item.description = String(findings.length);
    item.accessibilityInformation = {
      label: l10n.t('{0}, {1} findings', path === '' ? state.name : path, findings.length),
    };
    item.iconPath = ThemeIcon.File;
    if (path !== '') item.resourceUri = Uri.joinPath(Uri.file(state.root), path);
    return item;
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}

function filesOf(state: FolderState): FindingNode[] {
  const files = Map.groupBy(newestFindings(state), (finding) => finding.path);
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, findings]) => ({ kind: 'file', state, path, findings: findings.toSorted(inOrder) }));
}

/** Of each check what it said last. */
export function newestFindings({ stages }: FolderState): readonly Finding[] {
  const newest = Object.values(stages).toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1));
  const told = new Map<string, readonly Finding[]>();
  for (const { checks } of newest) {
    for (const { id, findings } of checks) if (!told.has(id)) told.set(id, findings);
  }
  return [...told.values()].flat();
}

function inOrder(a: Finding, b: Finding): number {
  return RANK[a.severity] - RANK[b.severity] || (a.range?.start.line ?? 0) - (b.range?.start.line ?? 0);
}
