import {
  type Connection,
  type GenericRequestHandler,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  Cancel,
  DEFAULT_SERVER_SETTINGS,
  Explain,
  GetMutant,
  GetPrompt,
  GetState,
  LookAgain,
  OptionsChanged,
  Pause,
  type RequestOf,
  Run,
  type ServerOptions,
  Waive,
} from '../protocol/lsp.ts';
import { AskForDraft, CurateRelay, Decide, GetRelay, TakeRelay } from '../protocol/relay.ts';
import {
  CheckBranch,
  GetStreamPrompt,
  GetStreams,
  RemoveStream,
  StartBranch,
  StartStream,
} from '../protocol/streams.ts';
import { codeActions } from './code-actions.ts';
import { FolderSessions } from './folder-sessions.ts';
import { hover } from './hover.ts';
import { RelayDesk } from './relay-desk.ts';
import type { ServerDeps } from './server-deps.ts';
import { StreamsDesk } from './streams.ts';

/** Wires an editor to the harness. Pure but for the connection and what is injected. */
export function startServer(connection: Connection, deps: ServerDeps): void {
  const documents = new TextDocuments(TextDocument);
  const sessions = new FolderSessions(connection, deps);
  const streams = new StreamsDesk(connection, sessions);
  sessions.onState = (uri) => streams.stateChanged(uri);
  const relays = new RelayDesk(connection, (uri) => sessions.session(uri), deps);

  connection.onInitialize((params) => initialize(params, sessions));
  connection.onInitialized(() => sessions.watchFolders());
  connection.onShutdown(() => {
    relays.dispose();
    return sessions.dispose();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const uris = changes.map(({ uri }) => uri);
    sessions.filesChanged(uris);
    relays.changed(uris);
  });
  documents.onDidChangeContent(({ document }) => sessions.typed(document));
  documents.onDidSave(({ document }) => {
    sessions.saved(document.uri);
    relays.changed([document.uri]);
  });
  documents.onDidClose(({ document }) => sessions.closed(document.uri));

  connection.onNotification(OptionsChanged.method, (options: ServerOptions) => sessions.setOptions(options));
  connection.onNotification(LookAgain.method, ({ uri }: { uri?: string }) => sessions.lookAgain(uri));
  answer(connection, GetState, async ({ uri }) => sessions.session(uri)?.state ?? null);
  answer(connection, Run, async (params) => sessions.run(params));
  answer(connection, Cancel, async ({ uri }) => {
    sessions.session(uri)?.cancel();
    return null;
  });
  answer(connection, Pause, async ({ uri, paused }) => {
    sessions.session(uri)?.pause(paused);
    return null;
  });
  answer(connection, GetMutant, async ({ uri, id }) => sessions.session(uri)?.mutantTexts(id) ?? null);
  answer(connection, GetPrompt, async ({ uri, id }) => sessions.prompt(uri, id));
  answer(connection, Waive, async (params) => sessions.waive(params));
  answer(connection, Explain, async ({ uri, what }) => sessions.explain(uri, what));

  answer(connection, GetRelay, ({ uri }) => relays.get(uri));
  answer(connection, CurateRelay, ({ uri, curation }) => relays.curate(uri, curation));
  answer(connection, TakeRelay, ({ uri }) => relays.take(uri));
  answer(connection, AskForDraft, ({ uri }) => relays.ask(uri));
  answer(connection, Decide, (params) => relays.decide(params));
  answer(connection, GetStreams, (params) => streams.view(params));
  answer(connection, StartStream, (params) => streams.start(params));
  answer(connection, StartBranch, (params) => streams.startBranch(params));
  answer(connection, CheckBranch, (params) => streams.checkBranch(params));
  answer(connection, RemoveStream, (params) => streams.remove(params));
  answer(connection, GetStreamPrompt, (params) => streams.prompt(params));

  connection.onCodeAction((params) => codeActions(params));
  connection.onHover((params) => hover(params, sessions));
  documents.listen(connection);
  connection.listen();
}

function answer<P, R>(connection: Connection, request: RequestOf<P, R>, handle: (params: P) => Promise<R>): void {
  const handler: GenericRequestHandler<unknown, unknown> = (params: P) => handle(params);
  connection.onRequest(request.method, handler);
}

function initialize(params: InitializeParams, sessions: FolderSessions): InitializeResult {
  const given = params.initializationOptions as Partial<ServerOptions> | undefined;
  sessions.setOptions({
    // An editor that knows nothing of trust opens what its user told it to.
    trusted: given?.trusted ?? true,
    settings: { ...DEFAULT_SERVER_SETTINGS, ...given?.settings },
  });
  const folders = params.workspaceFolders ?? [];
  const root = params.rootUri;
  sessions.setFolders(
    folders.length > 0 || root === null ? folders : [{ uri: root, name: root.split('/').at(-1) ?? root }],
  );
  const watching = params.capabilities.workspace?.didChangeWatchedFiles;
  sessions.canWatch = watching?.dynamicRegistration === true;
  sessions.canWatchBeyond = sessions.canWatch && watching?.relativePatternSupport === true;
  return {
    serverInfo: { name: 'Downforce' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      codeActionProvider: { codeActionKinds: ['quickfix'] },
      hoverProvider: true,
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}
