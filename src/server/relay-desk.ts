import type { Connection } from 'vscode-languageserver';
import type { Relay } from '../harness/relay.ts';
import type { Problem } from '../protocol/lsp.ts';
import { type Curation, curationSchema, type DecideParams, RelayStale, type RelayView } from '../protocol/relay.ts';
import type { FolderSession } from './folder-session.ts';
import { fileOf } from './places.ts';
import { problemOf } from './problem-of.ts';
import type { SessionDeps } from './session-host.ts';

type Refused = { readonly problem: Problem };

interface Kept {
  readonly relay: Relay;
  view: RelayView;
  /** The editor was told that there is something new to say. */
  stale: boolean;
}

/** What changes without changing what a hand-off says. */
const BESIDE = /\/(?:node_modules\/|\.downforce\/(?!reports\/)|\.git\/(?:objects|logs)\/|\.git\/index\.lock$)/;

/** Hand-offs of the folders that are open. Reading is static, so that it needs no trust. */
export class RelayDesk {
  readonly #connection: Connection;
  readonly #sessionOf: (uri: string) => FolderSession | undefined;
  readonly #open: SessionDeps['open'];
  readonly #kept = new Map<string, Kept>();
  readonly #reading = new Map<string, Promise<RelayView>>();
  /** The last of what was asked of a folder that must not overtake what was asked before. */
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #lifetime = new AbortController();

  constructor(
    connection: Connection,
    sessionOf: (uri: string) => FolderSession | undefined,
    { open }: Pick<SessionDeps, 'open'>,
  ) {
    this.#connection = connection;
    this.#sessionOf = sessionOf;
    this.#open = open;
  }

  /** Reads the state again; who asks while that is done hears the same. */
  async get(uri: string): Promise<RelayView | Refused> {
    return this.#answer(uri, async (session) => {
      const reading = this.#reading.get(uri) ?? this.#read(uri, session).finally(() => this.#reading.delete(uri));
      this.#reading.set(uri, reading);
      return reading;
    });
  }

  async curate(uri: string, curation: Curation): Promise<RelayView | Refused> {
    return this.#inTurn(uri, async (session) => {
      const { cleanCuration, keepCuration, viewRelay } = await import('../harness/relay.ts');
      const clean = await cleanCuration(curationSchema.parse(curation));
      const kept = this.#kept.get(uri) ?? (await this.#readAndKeep(uri, session));
      keepCuration(kept.relay, clean);
      kept.view = viewRelay(kept.relay, clean);
      return kept.view;
    });
  }

  /** What the person has before them, as they see it. */
  async take(uri: string): Promise<{ readonly markdown: string } | Refused> {
    return this.#inTurn(uri, async (session) => {
      const { keptCuration, takeRelay, viewRelay } = await import('../harness/relay.ts');
      const kept = this.#kept.get(uri) ?? (await this.#readAndKeep(uri, session));
      const { markdown } = kept.view;
      takeRelay(kept.relay, markdown);
      kept.view = viewRelay(kept.relay, keptCuration(kept.relay));
      return { markdown };
    });
  }

  async ask(uri: string): Promise<{ readonly prompt: string } | Refused> {
    return this.#answer(uri, async (session) => {
      const { askForDraft } = await import('../harness/relay.ts');
      const { relay } = this.#kept.get(uri) ?? (await this.#readAndKeep(uri, session));
      return { prompt: askForDraft(relay) };
    });
  }

  async decide({ uri, text, scopes }: DecideParams): Promise<{ readonly file: string } | Refused> {
    return this.#answer(uri, async (session) => {
      const { writeDecision } = await import('../harness/decide.ts');
      const { file } = await writeDecision(await this.#engineOf(session), { text, scopes }, this.#lifetime.signal);
      session.lookAgain();
      this.changed([`${uri}/${file}`]);
      return { file };
    });
  }

  /** Says once, for each folder whose hand-off was read, that it may have something new to say. */
  changed(uris: readonly string[]): void {
    if (!uris.some((uri) => !BESIDE.test(fileOf(uri)?.replaceAll('\\', '/') ?? uri))) return;
    for (const [uri, kept] of this.#kept) {
      if (kept.stale) continue;
      kept.stale = true;
      void this.#connection.sendNotification(RelayStale.method, { uri });
    }
  }

  dispose(): void {
    this.#lifetime.abort();
    this.#kept.clear();
  }

  #inTurn<T>(uri: string, answer: (session: FolderSession) => Promise<T>): Promise<T | Refused> {
    const before = this.#turns.get(uri) ?? Promise.resolve();
    const turn = before.then(() => this.#answer(uri, answer));
    this.#turns.set(uri, turn);
    return turn;
  }

  /** Never rejects. */
  async #answer<T>(uri: string, answer: (session: FolderSession) => Promise<T>): Promise<T | Refused> {
    const session = this.#sessionOf(uri);
    if (session === undefined)
      return { problem: { code: 'no-folder', message: 'There is no such folder.', hint: 'Open it.' } };
    try {
      return await answer(session);
    } catch (error) {
      return { problem: problemOf(error) };
    }
  }

  async #read(uri: string, session: FolderSession): Promise<RelayView> {
    return (await this.#readAndKeep(uri, session)).view;
  }

  async #readAndKeep(uri: string, session: FolderSession): Promise<Kept> {
    const { cleanCuration, keptCuration, openRelay, viewRelay } = await import('../harness/relay.ts');
    const relay = await openRelay(await this.#engineOf(session), undefined, this.#lifetime.signal);
    const kept = { relay, view: viewRelay(relay, await cleanCuration(keptCuration(relay))), stale: false };
    this.#kept.set(uri, kept);
    return kept;
  }

  /** Opened anew: what a session holds may be of a moment ago. */
  #engineOf({ folder }: FolderSession): ReturnType<SessionDeps['open']> {
    const warn = (message: string): void => this.#connection.console.warn(message);
    return this.#open(folder.dir, warn, this.#lifetime.signal);
  }
}
