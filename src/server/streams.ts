import type { Connection } from 'vscode-languageserver';
import type { StreamsSession } from '../harness/streams.ts';
import type { Started } from '../harness/streams-start.ts';
import { worktreeStatus } from '../platform/worktree-status.ts';
import type { Problem } from '../protocol/lsp.ts';
import type { Collision, StartedStream, StreamsView } from '../protocol/streams.ts';
import { StreamsCollided } from '../protocol/streams.ts';
import type { FolderSessions } from './folder-sessions.ts';
import { problemOf } from './problem-of.ts';
import { createWatch, type StreamsWatch } from './streams-watch.ts';

interface Failed {
  readonly problem: Problem;
}

type Act<R> = (session: StreamsSession, streams: typeof import('../harness/streams.ts')) => Promise<R>;

interface StartedNow {
  readonly stream: StartedStream;
  readonly setup: string | undefined;
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

  start({
    uri,
    plan,
    id,
  }: {
    readonly uri: string;
    readonly plan: string;
    readonly id: string;
  }): Promise<(StartedNow & { readonly prompt: string }) | Failed> {
    return this.#trusted(uri, async (session, streams) => {
      const { prompt, ...started } = await streams.startPlanned(session, plan, id);
      return { ...told(started), prompt };
    });
  }

  startBranch({ uri, branch }: { readonly uri: string; readonly branch: string }): Promise<StartedNow | Failed> {
    return this.#trusted(uri, async ({ engine, warn, signal }) => {
      const { startBranch } = await import('../harness/streams-start.ts');
      const started = told(await startBranch(engine, branch, warn, signal));
      // Nobody asked for the list: it is another now.
      this.#tell(uri, []);
      return started;
    });
  }

  checkBranch({ uri, branch }: { readonly uri: string; readonly branch: string }) {
    return this.#with(uri, async ({ engine }) => {
      const { refusalOf } = await import('../harness/streams-start.ts');
      const { dirty } = await worktreeStatus(engine.root);
      return { uncommitted: dirty.length, refused: await refusalOf(engine.root, branch) };
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

  async #trusted<R>(uri: string, act: Act<R>): Promise<R | Failed> {
    if (this.#sessions.session(uri)?.state.trusted !== true) return { problem: UNTRUSTED };
    return this.#with(uri, act);
  }

  /** With the repository as it stands now; what fails is told as a problem. */
  async #with<R>(uri: string, act: Act<R>): Promise<R | Failed> {
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

/** What the set-up said, and what a person should know. */
function told({ stream, setup, notes }: Started): StartedNow {
  const said = [...(setup === undefined ? [] : [setup.text]), ...notes].join('\n');
  return { stream, setup: said === '' ? undefined : said };
}
