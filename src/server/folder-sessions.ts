import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type TextDocuments,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../protocol/finding.ts';
import {
  type FolderState,
  type Problem,
  type RunParams,
  type ServerOptions,
  StateChanged,
  type WaiveParams,
} from '../protocol/lsp.ts';
import { type DiagnosticContext, toDiagnostic } from './diagnostics.ts';
import { FolderSession, problemOf } from './folder-session.ts';
import { killPrompt } from './kill-prompt.ts';
import type { MutantRecord } from './mutant-records.ts';
import type { ServerDeps } from './server-deps.ts';

/** What no check reads, however often it changes. */
const UNWATCHED =
  /(^|\/)(node_modules|\.downforce|\.venv|__pycache__|\.mypy_cache|\.pytest_cache|\.ruff_cache|target\/debug|target\/release)(\/|$)|\/\.git\/(?!HEAD$|index$|refs\/|MERGE_HEAD$|rebase-)/;

/** At most so many states a second go to the editor. */
const STATE_INTERVAL_MS = 100;

/** The workspace folders with their sessions, and what goes to the editor of them. */
export class FolderSessions {
  readonly #connection: Connection;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #deps: ServerDeps;
  readonly #sessions = new Map<string, FolderSession>();
  readonly #shown = new Map<string, Set<string>>();
  readonly #pending = new Map<string, NodeJS.Timeout>();
  #options: ServerOptions | undefined;
  /** Whether the editor watches files for us. */
  canWatch = false;

  constructor(connection: Connection, documents: TextDocuments<TextDocument>, deps: ServerDeps) {
    this.#connection = connection;
    this.#documents = documents;
    this.#deps = deps;
  }

  setOptions(options: ServerOptions): void {
    this.#options = options;
    for (const session of this.#sessions.values()) session.setOptions(options);
  }

  setFolders(folders: readonly WorkspaceFolder[]): void {
    for (const folder of folders) this.#add(folder);
  }

  watchFolders(): void {
    this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      for (const { uri } of removed) this.#remove(uri);
      for (const folder of added) this.#add(folder);
    });
    if (this.canWatch)
      void this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*' }],
      });
    this.lookAgain(undefined);
  }

  session(uri: string): FolderSession | undefined {
    return this.#sessions.get(uri);
  }

  lookAgain(uri: string | undefined): void {
    for (const [own, session] of this.#sessions) if (uri === undefined || uri === own) session.lookAgain();
  }

  filesChanged(uris: readonly string[]): void {
    const wanted = uris.filter((uri) => !UNWATCHED.test(decodeURIComponent(uri)));
    for (const session of this.#sessions.values()) {
      if (wanted.some((uri) => uri.startsWith(session.folder.uri))) session.lookAgain();
    }
  }

  saved(uri: string): void {
    this.#around(uri)?.session.lookAgain();
  }

  typed(document: TextDocument): void {
    const place = this.#around(document.uri);
    if (place === undefined) return;
    place.session
      .typed(place.path, document.getText())
      .catch((error: unknown) => this.#connection.console.error(String(error)));
  }

  closed(uri: string): void {
    const place = this.#around(uri);
    place?.session.closed(place.path);
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
    const place = this.#around(uri);
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

  dispose(): void {
    for (const uri of [...this.#sessions.keys()]) this.#remove(uri);
  }

  #add({ uri, name }: WorkspaceFolder): void {
    if (!uri.startsWith('file:') || this.#options === undefined || this.#sessions.has(uri)) return;
    const host = {
      publishState: (state: FolderState) => this.#sendState(uri, state),
      refresh: (paths: readonly string[] | undefined) => this.#refresh(uri, paths),
      openText: (root: string, path: string) => this.#documents.get(uriOf(root, path))?.getText(),
      log: (level: 'error' | 'warn' | 'info' | 'debug', message: string) => this.#log(level, message),
    };
    const session = new FolderSession({ uri, dir: fileURLToPath(uri), name }, this.#options, host, this.#deps);
    this.#sessions.set(uri, session);
    session.lookAgain();
  }

  #remove(uri: string): void {
    this.#sessions.get(uri)?.dispose();
    this.#sessions.delete(uri);
    clearTimeout(this.#pending.get(uri));
    this.#pending.delete(uri);
    for (const shown of this.#shown.get(uri) ?? [])
      void this.#connection.sendDiagnostics({ uri: shown, diagnostics: [] });
    this.#shown.delete(uri);
  }

  #log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void {
    const console = this.#connection.console;
    if (level === 'error') console.error(message);
    else if (level === 'warn') console.warn(message);
    else if (level === 'info') console.info(message);
    else console.debug(message);
  }

  /** The newest of a burst, so that a run with many checks does not flood the editor. */
  #sendState(uri: string, state: FolderState): void {
    if (this.#pending.has(uri)) return;
    void this.#connection.sendNotification(StateChanged.method, state);
    this.#pending.set(
      uri,
      setTimeout(() => {
        this.#pending.delete(uri);
        const now = this.#sessions.get(uri)?.state;
        if (now !== undefined) void this.#connection.sendNotification(StateChanged.method, now);
      }, STATE_INTERVAL_MS),
    );
  }

  #refresh(uri: string, paths: readonly string[] | undefined): void {
    const session = this.#sessions.get(uri);
    if (session === undefined || session.root === '') {
      this.#clear(uri);
      return;
    }
    const shown = this.#shown.get(uri) ?? new Set<string>();
    this.#shown.set(uri, shown);
    const context = { folder: uri, docs: this.#deps.docs, uriOf: (path: string) => uriOf(session.root, path) };
    const asked = paths ?? [...new Set([...session.paths(), ...this.#openPaths(session)])];
    const wanted = new Set(asked.map((path) => context.uriOf(path)));
    if (paths === undefined) for (const gone of shown) if (!wanted.has(gone)) this.#send(gone, [], shown, context);
    for (const path of asked) this.#send(context.uriOf(path), session.findings(path), shown, context);
  }

  #send(uri: string, findings: readonly Finding[], shown: Set<string>, context: DiagnosticContext): void {
    if (findings.length === 0 && !shown.has(uri)) return;
    if (findings.length === 0) shown.delete(uri);
    else shown.add(uri);
    const version = this.#documents.get(uri)?.version;
    void this.#connection.sendDiagnostics({
      uri,
      diagnostics: findings.map((finding) => toDiagnostic(finding, context)),
      ...(version === undefined ? {} : { version }),
    });
  }

  #clear(uri: string): void {
    for (const shown of this.#shown.get(uri) ?? [])
      void this.#connection.sendDiagnostics({ uri: shown, diagnostics: [] });
    this.#shown.delete(uri);
  }

  #openPaths(session: FolderSession): readonly string[] {
    return this.#documents.all().flatMap(({ uri }) => pathIn(session.root, uri) ?? []);
  }

  #around(uri: string): { readonly session: FolderSession; readonly path: string } | undefined {
    for (const session of this.#sessions.values()) {
      const path = session.root === '' ? undefined : pathIn(session.root, uri);
      if (path !== undefined && uri.startsWith(session.folder.uri)) return { session, path };
    }
    return undefined;
  }
}

function uriOf(root: string, path: string): string {
  return pathToFileURL(`${root}/${path}`).href;
}

/** Path relative to the root, with `/`; undefined for what is elsewhere. */
function pathIn(root: string, uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  const path = relative(root, fileURLToPath(uri));
  return path.startsWith('..') || isAbsolute(path) || path === '' ? undefined : path.split(sep).join('/');
}
