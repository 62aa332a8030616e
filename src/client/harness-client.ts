import { type Disposable, type ExtensionContext, type LogOutputChannel, l10n, Uri, window, workspace } from 'vscode';
import type { ErrorHandler, LanguageClient, LanguageClientOptions } from 'vscode-languageclient/node';
import {
  type FolderState,
  LookAgain,
  type NotificationOf,
  OptionsChanged,
  Pause,
  type RequestOf,
  type ServerOptions,
  StateChanged,
} from '../protocol/lsp.ts';
import { serverSettings } from './settings.ts';

/** So many crashes in so long a time are one too many. */
const MAX_CRASHES = 4;
const WINDOW_MS = 3 * 60_000;

/** Most of what there is to load; nothing of it is needed to activate. */
type Protocol = typeof import('vscode-languageclient/node');

/** The language server as the rest of the client knows it: typed requests, restarts within a limit. */
export class HarnessClient implements Disposable {
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #onState: (state: FolderState) => void;
  readonly #onDown: () => void;
  readonly #crashes: number[] = [];
  /** Folders in which a person wants quiet, which no new server knows of. */
  readonly #paused = new Set<string>();
  readonly #listeners: ((client: LanguageClient) => void)[] = [];
  #client: Promise<LanguageClient> | undefined;
  #running: LanguageClient | undefined;

  constructor(
    context: ExtensionContext,
    log: LogOutputChannel,
    onState: (state: FolderState) => void,
    onDown: () => void,
  ) {
    this.#context = context;
    this.#log = log;
    this.#onState = onState;
    this.#onDown = onDown;
  }

  async start(): Promise<void> {
    this.#client ??= this.#create();
    await (await this.#client).start();
  }

  async restart(): Promise<void> {
    this.#crashes.length = 0;
    await (await this.#client)?.restart();
  }

  async ask<P, R>(request: RequestOf<P, R>, params: P): Promise<R> {
    this.#client ??= this.#create();
    return (await this.#client).sendRequest<R>(request.method, params);
  }

  async pause(uri: string, paused: boolean): Promise<void> {
    if (paused) this.#paused.add(uri);
    else this.#paused.delete(uri);
    await this.ask(Pause, { uri, paused });
  }

  /** Whatever server there is tells it; heard for as long as the client lives. */
  listen<P>(notification: NotificationOf<P>, heard: (params: P) => void): void {
    this.#listeners.push((client) => client.onNotification(notification.method, heard));
    if (this.#running !== undefined) this.#running.onNotification(notification.method, heard);
  }

  tell<P>(notification: NotificationOf<P>, params: P): void {
    if (this.#running?.isRunning()) void this.#running.sendNotification(notification.method, params);
  }

  sendOptions(): void {
    this.tell(OptionsChanged, currentOptions());
  }

  lookAgain(): void {
    this.tell(LookAgain, {});
  }

  async dispose(): Promise<void> {
    await (await this.#client)?.dispose(2000);
  }

  async #create(): Promise<LanguageClient> {
    // Whatever else starts goes first.
    await new Promise((resolve) => setImmediate(resolve));
    const protocol = await import('vscode-languageclient/node');
    const module = Uri.joinPath(this.#context.extensionUri, 'dist', 'server-main.mjs').fsPath;
    const transport = protocol.TransportKind.ipc;
    const launch = {
      run: { module, transport },
      debug: { module, transport, options: { execArgv: ['--inspect=6009'] } },
    };
    const client = new protocol.LanguageClient('downforce', 'Downforce', launch, this.#options(protocol));
    client.onNotification(StateChanged.method, (state: FolderState) => this.#told(state));
    for (const listen of this.#listeners) listen(client);
    this.#running = client;
    return client;
  }

  #told(state: FolderState): void {
    this.#onState(state);
    if (this.#paused.has(state.uri) && !state.paused)
      this.pause(state.uri, true).catch((error: unknown) => this.#log.error(String(error)));
  }

  #options(protocol: Protocol): LanguageClientOptions {
    return {
      documentSelector: [{ scheme: 'file' }],
      initializationOptions: currentOptions,
      outputChannel: this.#log,
      errorHandler: this.#errorHandler(protocol),
      diagnosticCollectionName: 'downforce',
    };
  }

  #errorHandler({ CloseAction, ErrorAction }: Protocol): ErrorHandler {
    return {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => {
        this.#onDown();
        const now = Date.now();
        this.#crashes.push(now);
        const recent = this.#crashes.filter((at) => now - at < WINDOW_MS).length;
        if (recent <= MAX_CRASHES) {
          this.#log.warn(l10n.t('The server went down and is started again ({0}).', recent));
          return { action: CloseAction.Restart, handled: true };
        }
        this.#giveUp(recent).catch((error: unknown) => this.#log.error(String(error)));
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  async #giveUp(times: number): Promise<void> {
    const restart = l10n.t('Restart');
    const show = l10n.t('Show Output');
    const text = l10n.t('Downforce went down {0} times within three minutes and is not started again.', times);
    const picked = await window.showErrorMessage(text, restart, show);
    if (picked === restart) await this.restart();
    if (picked === show) this.#log.show();
  }
}

function currentOptions(): ServerOptions {
  return { trusted: workspace.isTrusted, settings: serverSettings() };
}
