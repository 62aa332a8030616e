import { type Disposable, l10n, type WebviewPanel } from 'vscode';
import type { Problem } from '../protocol/lsp.ts';
import {
  CurateRelay,
  type Curation,
  type FromRelayPanel,
  fromRelayPanelSchema,
  GetRelay,
  type RelayAction,
  type RelayView,
  type ToRelayPanel,
} from '../protocol/relay.ts';
import { actOnRelay } from './relay-actions.ts';
import { preparePage } from './relay-page.ts';
import type { RelayDeps } from './relay-panels.ts';

const STALE_MS = 1000;

/** Between the page of one folder and the server: nothing is decided here. */
export class RelayPanel implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #folder: string;
  readonly #deps: RelayDeps;
  /** The newest change of the page that the server was told of. */
  #edit = 0;
  /** One request after the other, so that an older answer never follows a newer one. */
  #queue: Promise<void> = Promise.resolve();
  #refresh: ReturnType<typeof setTimeout> | undefined;

  constructor(panel: WebviewPanel, folder: string, deps: RelayDeps) {
    this.#panel = panel;
    this.#folder = folder;
    this.#deps = deps;
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    preparePage(panel.webview, deps.extensionUri, folder);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Looked at again soon; a page that is not seen asks by itself once it is. */
  stale(): void {
    clearTimeout(this.#refresh);
    this.#refresh = setTimeout(() => {
      if (this.#panel.visible) this.#enqueue(() => this.#read());
    }, STALE_MS);
  }

  dispose(): void {
    clearTimeout(this.#refresh);
    this.#panel.dispose();
  }

  /** What comes from a page is read like anything else from outside. */
  #receive(raw: unknown): void {
    const parsed = fromRelayPanelSchema.safeParse(raw);
    if (parsed.success) this.#handle(parsed.data);
    else this.#post({ type: 'problem', problem: misunderstood(parsed.error.message), action: undefined });
  }

  #handle(message: FromRelayPanel): void {
    switch (message.type) {
      case 'ready':
        this.#edit = 0;
        this.#enqueue(() => this.#read());
        return;
      case 'refresh':
        this.#enqueue(() => this.#read());
        return;
      case 'curate':
        this.#enqueue(() => this.#curate(message.curation, message.edit));
        return;
      case 'action':
        // It may wait for the person, and the page goes on meanwhile; what was decided before comes first.
        this.#queue.then(() => this.#act(message.action)).catch((error: unknown) => this.#fail(error, message.action));
        return;
      default:
        message satisfies never;
    }
  }

  #enqueue(task: () => Promise<void>): void {
    this.#queue = this.#queue.then(task).catch((error: unknown) => this.#fail(error));
  }

  async #read(): Promise<void> {
    this.#post({ type: 'busy', busy: true });
    this.#show(await this.#deps.client.ask(GetRelay, { uri: this.#folder }));
  }

  async #curate(curation: Curation, edit: number): Promise<void> {
    const told = await this.#deps.client.ask(CurateRelay, { uri: this.#folder, curation });
    this.#edit = edit;
    this.#show(told);
  }

  async #act(action: RelayAction): Promise<void> {
    const root = this.#deps.states.get(this.#folder)?.root;
    const told = await actOnRelay(action, { client: this.#deps.client, uri: this.#folder, root });
    if ('problem' in told) this.#post({ type: 'problem', problem: told.problem, action });
    else this.#post({ type: 'done', action, text: told.text });
    // What was taken is what the next is compared with.
    if ('taken' in told && told.taken) this.#enqueue(() => this.#read());
  }

  #show(told: RelayView | { readonly problem: Problem }): void {
    if ('problem' in told) this.#post({ type: 'problem', problem: told.problem, action: undefined });
    else this.#post({ type: 'view', view: told, edit: this.#edit });
  }

  #fail(error: unknown, action?: RelayAction): void {
    const message = error instanceof Error ? error.message : String(error);
    const hint = l10n.t('See the Downforce output channel.');
    this.#post({ type: 'problem', problem: { code: 'relay/failed', message, hint }, action });
  }

  #post(message: ToRelayPanel): void {
    void this.#panel.webview.postMessage(message);
  }
}

function misunderstood(detail: string): Problem {
  return { code: 'relay/message', message: l10n.t('The panel sent what cannot be read.'), hint: detail.slice(0, 400) };
}
