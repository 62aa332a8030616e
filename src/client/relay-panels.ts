import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import type { FolderStates } from './folder-states.ts';
import type { HarnessClient } from './harness-client.ts';
import { RELAY_PANEL } from './ids.ts';
import type { RelayPanel } from './relay-panel.ts';

export interface RelayDeps {
  readonly extensionUri: Uri;
  readonly client: HarnessClient;
  readonly states: FolderStates;
}

/** One panel a folder, made when asked for and brought back after a reload. What a panel does is loaded with the first. */
export class RelayPanels implements Disposable {
  readonly #deps: RelayDeps;
  /** By the folder's URI. */
  readonly #panels = new Map<string, RelayPanel>();
  readonly #serializer: Disposable;
  #listening = false;

  constructor(deps: RelayDeps) {
    this.#deps = deps;
    this.#serializer = window.registerWebviewPanelSerializer(RELAY_PANEL, {
      deserializeWebviewPanel: (panel, state: unknown) => this.#revive(panel, state),
    });
  }

  async open(folder: string, name: string): Promise<void> {
    const RelayPanel = await this.#load();
    const known = this.#panels.get(folder);
    if (known !== undefined) {
      known.reveal();
      return;
    }
    const title = l10n.t('Hand-off: {0}', name);
    const panel = window.createWebviewPanel(RELAY_PANEL, title, ViewColumn.Active, { enableScripts: true });
    this.#keep(folder, panel, new RelayPanel(panel, folder, this.#deps));
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
  }

  /** With the first panel, not with the window: it brings along what reads messages. */
  async #load(): Promise<typeof RelayPanel> {
    const late = await import('./relay-late.ts');
    if (!this.#listening) this.#deps.client.listen(late.RelayStale, ({ uri }) => this.#panels.get(uri)?.stale());
    this.#listening = true;
    return late.RelayPanel;
  }

  async #revive(panel: WebviewPanel, state: unknown): Promise<void> {
    const RelayPanel = await this.#load();
    const folder = typeof state === 'object' && state !== null && 'uri' in state ? state.uri : undefined;
    const open = workspace.workspaceFolders?.some(({ uri }) => uri.toString() === folder) === true;
    // Of a folder that is no longer here, or opened twice, there is nothing to show.
    if (typeof folder !== 'string' || !open || this.#panels.has(folder)) panel.dispose();
    else this.#keep(folder, panel, new RelayPanel(panel, folder, this.#deps));
  }

  #keep(folder: string, panel: WebviewPanel, relay: RelayPanel): void {
    const icon = (theme: string): Uri => Uri.joinPath(this.#deps.extensionUri, 'media', 'relay', `${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.#panels.set(folder, relay);
    panel.onDidDispose(() => {
      this.#panels.delete(folder);
      relay.dispose();
    });
  }
}
