import { type Disposable, EventEmitter, l10n, type TreeDataProvider, type TreeItem, window, workspace } from 'vscode';
import { StreamsCollided } from '../protocol/streams.ts';
import type { HarnessClient } from './harness-client.ts';
import { VIEWS } from './ids.ts';
import { warnOfCollisions } from './streams-collided.ts';
import { itemOf, planUri } from './streams-items.ts';
import type { StreamsModel } from './streams-model.ts';
import { childrenOf, rootsOf, type StreamNode } from './streams-nodes.ts';

/** What collides, what was started, and what the plan says could be. */
class StreamsView implements TreeDataProvider<StreamNode>, Disposable {
  readonly #model: StreamsModel;
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #listener: Disposable;

  constructor(model: StreamsModel) {
    this.#model = model;
    this.#listener = model.onDidChange(() => this.#changed.fire(undefined));
  }

  getChildren(node?: StreamNode): StreamNode[] {
    return node === undefined ? rootsOf(this.#model.all()) : childrenOf(node);
  }

  getTreeItem(node: StreamNode): TreeItem {
    return itemOf(node);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}

/** The view with all that keeps it up to date. */
export function showStreams(model: StreamsModel, client: HarnessClient): Disposable[] {
  const view = new StreamsView(model);
  const tree = window.createTreeView(VIEWS.streams, { treeDataProvider: view, showCollapseAll: true });
  const badge = (): void => {
    const waiting = model.all().reduce((sum, folder) => sum + needing(folder.view?.streams ?? []), 0);
    tree.badge = waiting === 0 ? undefined : { value: waiting, tooltip: l10n.t('Streams that need you: {0}', waiting) };
  };
  client.listen(StreamsCollided, ({ uri, collisions }) => {
    model.refreshSoon(0);
    void warnOfCollisions(model, uri, collisions);
  });
  return [
    view,
    tree,
    model.onDidChange(badge),
    tree.onDidChangeVisibility(({ visible }) => {
      model.visible = visible;
    }),
    workspace.onDidSaveTextDocument(({ uri }) => {
      const isPlan = model
        .all()
        .some(({ state, plan }) => plan !== undefined && planUri(state, { file: plan }).fsPath === uri.fsPath);
      if (isPlan) model.refreshSoon(0);
    }),
  ];
}

function needing(streams: readonly { readonly needsYou: boolean }[]): number {
  return streams.filter(({ needsYou }) => needsYou).length;
}
