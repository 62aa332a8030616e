import { pathToFileURL } from 'node:url';
import { type Connection, DidChangeWatchedFilesNotification, type WorkspaceFolder } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Problem, type RunParams, type ServerOptions, StateChanged, type WaiveParams } from '../protocol/lsp.ts';
import { toDiagnostic } from './diagnostics.ts';
import { FolderSession } from './folder-session.ts';
import { killPrompt } from './kill-prompt.ts';
import type { MutantRecord } from './mutant-records.ts';
import { foldersBeyond, watcherOf } from './outside-folder.ts';
import { fileOf, Places, pathWithin } from './places.ts';
import { problemOf } from './problem-of.ts';
import type { ServerDeps } from './server-deps.ts';

/** What no check reads, however often it changes; relative to the root. */
const UNWATCHED =
  /(^|\/)(node_modules|\.downforce|\.venv|__pycache__|\.mypy_cache|\.pytest_cache|\.ruff_cache|target\/debug|target\/release)(\/|$)|(^|\/)\.git\/(?!HEAD$|index$|packed-refs$|refs\/|MERGE_HEAD$|rebase-)/;

/** At most so many states a second go to the editor. */
const STATE_INTERVAL_MS = 100;

/** The workspace folders with their sessions, and what goes to the editor of them. */
export class FolderSessions {
  readonly #connection: Connection;
  readonly #deps: ServerDeps;
  readonly #sessions = new Map<string, Placed>();
  /** Open documents by their file: editors encode URIs in ways of their own. */
  readonly #open = new Map<string, TextDocument>();
  /** Files with diagnostics. */
  readonly #shown = new Set<string>();
  readonly #pending = new Map<string, Pending>();
  #options: ServerOptions | undefined;
  /** Told of every state that goes to the editor. */
  onState: ((uri: string) => void) | undefined;
  /** Whether the editor watches files for us, and such as are in no folder of it. */
  canWatch = false;
  canWatchBeyond = false;

  constructor(connection: Connection, deps: ServerDeps) {
    this.#connection = connection;
    this.#deps = deps;
  }

  setOptions(options: ServerOptions): void {
    this.#options = options;
    for (const { session } of this.#sessions.values()) session.setOptions(options);
  }

  setFolders(folders: readonly WorkspaceFolder[]): void {
    for (const folder of folders) this.#add(folder);
  }

  watchFolders(): void {
    this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      for (const { uri } of removed) void this.#remove(uri);
      for (const folder of added) this.#add(folder);
    });
    if (this.canWatch)
      void this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*' }],
      });
    this.lookAgain(undefined);
  }

  session(uri: string): FolderSession | undefined {
    return this.#sessions.get(uri)?.session;
  }

  lookAgain(uri: string | undefined): void {
    for (const [own, { session }] of this.#sessions) if (uri === undefined || uri === own) session.lookAgain();
  }

  filesChanged(uris: readonly string[]): void {
    const files = uris.flatMap((uri) => fileOf(uri) ?? []);
    for (const placed of this.#sessions.values())
      if (files.some((file) => matters(placed, file))) placed.session.lookAgain();
  }

  saved(uri: string): void {
    const file = fileOf(uri);
    if (file !== undefined) for (const { session } of this.#around(file)) session.lookAgain();
  }

  typed(document: TextDocument): void {
    const file = fileOf(document.uri);
    if (file === undefined) return;
    this.#open.set(file, document);
    for (const { session, path } of this.#around(file)) this.#inspect(session, path, document);
  }

  closed(uri: string): void {
    const file = fileOf(uri);
    if (file === undefined) return;
    this.#open.delete(file);
    for (const { session, path } of this.#around(file)) session.closed(path);
  }

  async run(params: RunParams): Promise<{ ok: boolean; problem: Problem | undefined }> {
    return (await this.session(params.uri)?.run(params)) ?? { ok: false, problem: undefined };
  }

  prompt(uri: string, id: string): { prompt: string } | null {
    const record = this.session(uri)?.record(id);
    return record === undefined ? null : { prompt: killPrompt(record) };
  }

  async waive(params: WaiveParams): Promise<{ file: string } | { problem: Problem }> {
    const session = this.session(params.uri);
    const engine = await session?.engine();
    if (session === undefined || engine === undefined)
      return {
        problem: session?.state.problem ?? { code: 'no-folder', message: 'There is no such folder.', hint: 'Open it.' },
      };
    try {
      const told = await this.#deps.waive(engine, params);
      session.lookAgain();
      return told;
    } catch (error) {
      return { problem: problemOf(error) };
    }
  }

  async explain(uri: string, what: string): Promise<{ text: string }> {
    const engine = await this.session(uri)?.engine();
    return { text: engine === undefined ? '' : await this.#deps.explain(engine, what) };
  }

  /** The mutant whose range holds a place of a document. */
  mutantsAt(uri: string, line: number, character: number): readonly MutantRecord[] {
    const file = fileOf(uri);
    const [place] = file === undefined ? [] : this.#around(file);
    if (place === undefined) return [];
    const { session, path } = place;
    const holds = (at: { line: number; column: number }, before: boolean): boolean => {
      const order = at.line - 1 - line || at.column - 1 - character;
      return before ? order <= 0 : order >= 0;
    };
    return session.state.mutants
      .filter((mutant) => mutant.path === path && holds(mutant.range.start, true) && holds(mutant.range.end, false))
      .flatMap((mutant) => session.record(mutant.id) ?? []);
  }

  /** Once nothing of them runs any more. */
  async dispose(): Promise<void> {
    await Promise.all([...this.#sessions.keys()].map((uri) => this.#remove(uri)));
  }

  #add({ uri, name }: WorkspaceFolder): void {
    const dir = fileOf(uri);
    if (dir === undefined || this.#options === undefined || this.#sessions.has(uri)) return;
    const host = {
      publishState: () => this.#sendState(uri),
      refresh: (paths: readonly string[] | undefined) => this.#refresh(uri, paths),
      openText: (path: string) => this.#openText(uri, path),
      opened: (root: string) => this.#place(uri, root),
      log: (level: 'error' | 'warn' | 'info' | 'debug', message: string) => this.#log(level, message),
    };
    const session = new FolderSession({ uri, dir, name }, this.#options, host, this.#deps);
    this.#sessions.set(uri, { session, places: undefined, beyond: [] });
    session.lookAgain();
  }

  async #remove(uri: string): Promise<void> {
    const placed = this.#sessions.get(uri);
    this.#sessions.delete(uri);
    clearTimeout(this.#pending.get(uri)?.timer);
    this.#pending.delete(uri);
    this.#refreshAll();
    await placed?.session.dispose();
  }

  /** The repository was read: what is open in it is looked at, and what is beyond the folder is watched. */
  #place(uri: string, root: string): string {
    const placed = this.#sessions.get(uri);
    if (placed === undefined) return root;
    const { session } = placed;
    const known = placed.places?.gitRoot === root ? placed.places : undefined;
    const places = known ?? new Places(session.folder.dir, root);
    const beyond = known === undefined ? foldersBeyond(session.folder.dir, places.root) : placed.beyond;
    this.#sessions.set(uri, { session, places, beyond });
    if (known === undefined && this.canWatchBeyond && beyond.length > 0)
      void this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: beyond.map(watcherOf),
      });
    for (const [file, document] of this.#open) {
      const path = places.pathOf(file);
      if (path !== undefined) this.#inspect(session, path, document);
    }
    return places.root;
  }

  #inspect(session: FolderSession, path: string, document: TextDocument): void {
    session.typed(path, document.getText()).catch((error: unknown) => this.#connection.console.error(String(error)));
  }

  #openText(uri: string, path: string): string | undefined {
    const file = this.#sessions.get(uri)?.places?.fileOf(path);
    return file === undefined ? undefined : this.#open.get(file)?.getText();
  }

  #log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void {
    const console = this.#connection.console;
    if (level === 'error') console.error(message);
    else if (level === 'warn') console.warn(message);
    else if (level === 'info') console.info(message);
    else console.debug(message);
  }

  /** The first at once, of a burst after it the newest: a run with many checks does not flood the editor. */
  #sendState(uri: string): void {
    const pending = this.#pending.get(uri);
    if (pending !== undefined) {
      pending.more = true;
      return;
    }
    const state = this.session(uri)?.state;
    if (state === undefined) return;
    void this.#connection.sendNotification(StateChanged.method, state);
    this.onState?.(uri);
    const timer = setTimeout(() => {
      const more = this.#pending.get(uri)?.more === true;
      this.#pending.delete(uri);
      if (more) this.#sendState(uri);
    }, STATE_INTERVAL_MS);
    this.#pending.set(uri, { timer, more: false });
  }

  #refresh(uri: string, paths: readonly string[] | undefined): void {
    const places = this.#sessions.get(uri)?.places;
    if (paths === undefined || places === undefined) this.#refreshAll();
    else for (const path of paths) this.#send(places.fileOf(path));
  }

  #refreshAll(): void {
    const judged = [...this.#sessions.values()].flatMap(({ session, places }) =>
      places === undefined ? [] : session.paths().map((path) => places.fileOf(path)),
    );
    for (const file of new Set([...this.#shown, ...judged])) this.#send(file);
  }

  /** All that is to be said of a file, once, however many folders are of its repository. */
  #send(file: string): void {
    const said = this.#around(file).flatMap(({ session, places, path }) => {
      const context = {
        folder: session.folder.uri,
        docs: this.#deps.docs,
        uriOf: (other: string) => this.#uriOf(places.fileOf(other)),
      };
      return session.findings(path).map((finding) => ({ finding, context }));
    });
    if (said.length === 0 && !this.#shown.delete(file)) return;
    if (said.length > 0) this.#shown.add(file);
    const once = new Map(said.map((one) => [JSON.stringify([one.finding.fingerprint, one.finding.range]), one]));
    const version = this.#open.get(file)?.version;
    void this.#connection.sendDiagnostics({
      uri: this.#uriOf(file),
      diagnostics: [...once.values()].map(({ finding, context }) => toDiagnostic(finding, context)),
      ...(version === undefined ? {} : { version }),
    });
  }

  /** As the editor itself writes it, where it has the file open. */
  #uriOf(file: string): string {
    return this.#open.get(file)?.uri ?? pathToFileURL(file).href;
  }

  /** The sessions of whose repository a file is, that of the nearest folder first. */
  #around(file: string): readonly { session: FolderSession; places: Places; path: string }[] {
    const found = [...this.#sessions.values()].flatMap(({ session, places }) => {
      const path = places?.pathOf(file);
      return places === undefined || path === undefined ? [] : [{ session, places, path }];
    });
    const near = ({ session: { folder } }: { session: FolderSession }): number =>
      pathWithin(folder.dir, file) === undefined ? 0 : folder.dir.length;
    return found.sort((a, b) => near(b) - near(a));
  }
}

interface Placed {
  readonly session: FolderSession;
  /** Known once the repository was read. */
  readonly places: Places | undefined;
  readonly beyond: readonly string[];
}

interface Pending {
  readonly timer: NodeJS.Timeout;
  /** Something changed since the last was sent. */
  more: boolean;
}

function matters({ session, places, beyond }: Placed, file: string): boolean {
  if (beyond.some((dir) => dir !== places?.root && pathWithin(dir, file) !== undefined)) return true;
  const path = places?.pathOf(file) ?? pathWithin(session.folder.dir, file);
  return path !== undefined && !UNWATCHED.test(path);
}
