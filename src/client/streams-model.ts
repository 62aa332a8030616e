import { type Disposable, EventEmitter, type Memento } from 'vscode';
import type { FolderState, Problem } from '../protocol/lsp.ts';
import { GetStreams, type StreamsView } from '../protocol/streams.ts';
import type { FolderStates } from './folder-states.ts';
import type { HarnessClient } from './harness-client.ts';

/** What is known of the streams of one folder. */
export interface FolderStreams {
  readonly state: FolderState;
  /** Relative to the root, or absolute. */
  readonly plan: string | undefined;
  /** Undefined until the server has told. */
  readonly view: StreamsView | undefined;
  readonly problem: Problem | undefined;
}

/** Burst of changes, one question. */
const DELAY_MS = 1500;
const READY_MS = 10_000;

/** The streams of each folder as the server told them last; asked for only while somebody looks. */
export class StreamsModel implements Disposable {
  readonly #states: FolderStates;
  readonly #client: HarnessClient;
  readonly #memento: Memento;
  readonly #told = new Map<string, Pick<FolderStreams, 'view' | 'problem'>>();
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  #visible = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(states: FolderStates, client: HarnessClient, memento: Memento) {
    this.#states = states;
    this.#client = client;
    this.#memento = memento;
    this.#listener = states.onDidChange(() => this.refreshSoon());
  }

  all(): readonly FolderStreams[] {
    return this.#states
      .all()
      .filter(({ problem }) => problem === undefined)
      .map((state) => this.#of(state));
  }

  get(uri: string): FolderStreams | undefined {
    return this.all().find(({ state }) => state.uri === uri);
  }

  set visible(visible: boolean) {
    this.#visible = visible;
    if (visible) this.refreshSoon(0);
  }

  /** Until the server has told of a folder, or long enough. */
  async ready(): Promise<void> {
    if (this.#states.all().length > 0) return;
    let listener: Disposable | undefined;
    const told = new Promise<void>((resolve) => {
      listener = this.#states.onDidChange(() => resolve());
    });
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, READY_MS))]);
    listener?.dispose();
  }

  async pickPlan(uri: string, plan: string | undefined): Promise<void> {
    await this.#memento.update(keyOf(uri), plan);
    this.#told.delete(uri);
    await this.refresh();
  }

  refreshSoon(ms = DELAY_MS): void {
    if (!this.#visible) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.refresh();
    }, ms);
  }

  async refresh(): Promise<void> {
    await Promise.all(this.all().map((folder) => this.#ask(folder)));
    this.#changed.fire(undefined);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listener.dispose();
    this.#changed.dispose();
  }

  async #ask({ state: { uri }, plan }: FolderStreams): Promise<void> {
    try {
      const told = await this.#client.ask(GetStreams, { uri, ...(plan === undefined ? {} : { plan }) });
      this.#told.set(
        uri,
        'problem' in told ? { view: undefined, problem: told.problem } : { view: told, problem: undefined },
      );
    } catch {
      // The server is on its way down or up: what it said last stands until it says more.
    }
  }

  #of(state: FolderState): FolderStreams {
    const plan: unknown = this.#memento.get(keyOf(state.uri));
    const told = this.#told.get(state.uri);
    return { state, plan: typeof plan === 'string' ? plan : undefined, view: told?.view, problem: told?.problem };
  }
}

function keyOf(uri: string): string {
  return `downforce.plan:${uri}`;
}
