import type { Connection } from 'vscode-languageserver';
import type { StreamsSession } from '../harness/streams.ts';
import type { Problem } from '../protocol/lsp.ts';
import type { Collision, StartedStream, StreamsView } from '../protocol/streams.ts';
import { StreamsCollided } from '../protocol/streams.ts';
import type { FolderSessions } from './folder-sessions.ts';
import { problemOf } from './problem-of.ts';
import { createWatch, type StreamsWatch } from './streams-watch.ts';

interface Failed {
  readonly problem: Problem;
}

const UNTRUSTED: Problem = {
  code: 'untrusted',
  message: 'The set-up of a working tree runs code of this repository.',
  hint: 'Trust the workspace first.',
};
const NO_FOLDER: Problem = { code: 'no-folder', message: 'There is no such folder.', hint: 'Open it.' };

/** What the editor asks about streams, and what it is told of them unasked. */
export class StreamsDesk {
  readonly #connection: Connection;
  readonly #sessions: FolderSessions;
  readonly #watches = new Map<string, StreamsWatch>();
  readonly #lifetime = new AbortController();

  constructor(connection: Connection, sessions: FolderSessions) {
    this.#connection = connection;
    this.#sessions = sessions;
  }

  view({ uri, plan }: { readonly uri: string; readonly plan?: string }): Promise<StreamsView | Failed> {
    return this.#with(uri, async (session, streams) => {
      const collisions = await this.#watch(uri).now(session.engine, session.signal);
      return streams.viewStreams(session, plan, collisions);
    });
  }

  async start({
    uri,
    plan,
    id,
  }: {
    readonly uri: string;
    readonly plan: string;
    readonly id: string;
  }): Promise<
    { readonly stream: StartedStream; readonly prompt: string; readonly setup: string | undefined } | Failed
  > {
    if (this.#sessions.session(uri)?.state.trusted !== true) return { problem: UNTRUSTED };
    return this.#with(uri, async (session, streams) => {
      const { stream, prompt, setup, notes } = await streams.startPlanned(session, plan, id);
      const said = [...(setup === undefined ? [] : [setup.text]), ...notes].join('\n');
      return { stream, prompt, setup: said === '' ? undefined : said };
    });
  }

  remove({
    uri,
    id,
    confirmed,
  }: {
    readonly uri: string;
    readonly id: string;
    readonly confirmed: boolean;
  }): Promise<{ readonly removed: true } | { readonly wouldLose: readonly string[] } | Failed> {
    return this.#with(uri, async ({ engine, warn, signal }) => {
      const { removeStream } = await import('../harness/streams-remove.ts');
      const removal = await removeStream(engine, id, confirmed, warn, signal);
      return removal.kind === 'removed' ? { removed: true as const } : { wouldLose: removal.losses };
    });
  }

  prompt({
    uri,
    plan,
    id,
  }: {
    readonly uri: string;
    readonly plan: string;
    readonly id: string;
  }): Promise<{ readonly prompt: string } | Failed> {
    return this.#with(uri, async (session, streams) => ({ prompt: await streams.promptOf(session, plan, id) }));
  }

  /** The folder's state changed: what it has to do with other working trees may have, too. */
  stateChanged(uri: string): void {
    if (this.#lifetime.signal.aborted) return;
    this.#watch(uri).poke();
  }

  dispose(): void {
    this.#lifetime.abort();
    for (const watch of this.#watches.values()) watch.dispose();
    this.#watches.clear();
  }

  #watch(uri: string): StreamsWatch {
    const known = this.#watches.get(uri);
    if (known !== undefined) return known;
    const watch = createWatch({
      engine: async () => {
        const session = this.#sessions.session(uri);
        return session === undefined || session.state.paused || session.root === '' ? undefined : session.engine();
      },
      collided: (collisions) => this.#tell(uri, collisions),
      log: (text) => this.#connection.console.warn(text),
    });
    this.#watches.set(uri, watch);
    return watch;
  }

  #tell(uri: string, collisions: readonly Collision[]): void {
    for (const { text } of collisions) this.#connection.console.info(text);
    void this.#connection.sendNotification(StreamsCollided.method, { uri, collisions });
  }

  /** With the repository as it stands now; what fails is told as a problem. */
  async #with<R>(
    uri: string,
    act: (session: StreamsSession, streams: typeof import('../harness/streams.ts')) => Promise<R>,
  ): Promise<R | Failed> {
    const folder = this.#sessions.session(uri);
    if (folder === undefined) return { problem: NO_FOLDER };
    try {
      const engine = await folder.engine();
      if (engine === undefined) return { problem: folder.state.problem ?? NO_FOLDER };
      const streams = await import('../harness/streams.ts');
      const warn = (text: string): void => this.#connection.console.warn(text);
      return await act(streams.streamsSession(engine, warn, this.#lifetime.signal), streams);
    } catch (error) {
      return { problem: problemOf(error) };
    }
  }
}
