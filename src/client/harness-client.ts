import { type Disposable, type ExtensionContext, type LogOutputChannel, l10n, Uri, window, workspace } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions as LaunchOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import {
  type FolderState,
  LookAgain,
  type NotificationOf,
  OptionsChanged,
  type RequestOf,
  type ServerOptions,
  StateChanged,
} from '../protocol/lsp.ts';
import { serverSettings } from './settings.ts';

/** So many crashes in so long a time are one too many. */
const MAX_CRASHES = 4;
const WINDOW_MS = 3 * 60_000;

/** The language server as the rest of the client knows it: typed requests, restarts within a limit. */
export class HarnessClient implements Disposable {
  readonly #client: LanguageClient;
  readonly #log: LogOutputChannel;
  readonly #crashes: number[] = [];

  constructor(
    context: ExtensionContext,
    log: LogOutputChannel,
    onState: (state: FolderState) => void,
    onDown: () => void,
  ) {
    this.#log = log;
    const module = Uri.joinPath(context.extensionUri, 'dist', 'server-main.mjs').fsPath;
    const launch: LaunchOptions = {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--inspect=6009'] } },
    };
    this.#client = new LanguageClient('downforce', 'Downforce', launch, this.#options(onDown));
    this.#client.onNotification(StateChanged.method, onState);
  }

  start(): Promise<void> {
    return this.#client.start();
  }

  async restart(): Promise<void> {
    this.#crashes.length = 0;
    await this.#client.restart();
  }

  async ask<P, R>(request: RequestOf<P, R>, params: P): Promise<R> {
    return this.#client.sendRequest<R>(request.method, params);
  }

  tell<P>(notification: NotificationOf<P>, params: P): void {
    if (this.#client.isRunning()) void this.#client.sendNotification(notification.method, params);
  }

  sendOptions(): void {
    this.tell(OptionsChanged, currentOptions());
  }

  lookAgain(): void {
    this.tell(LookAgain, {});
  }

  async dispose(): Promise<void> {
    await this.#client.dispose(2000);
  }

  #options(onDown: () => void): LanguageClientOptions {
    return {
      documentSelector: [{ scheme: 'file' }],
      initializationOptions: currentOptions,
      outputChannel: this.#log,
      errorHandler: this.#errorHandler(onDown),
      diagnosticCollectionName: 'downforce',
    };
  }

  #errorHandler(onDown: () => void): ErrorHandler {
    return {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => {
        onDown();
        const now = Date.now();
        this.#crashes.push(now);
        const recent = this.#crashes.filter((at) => now - at < WINDOW_MS).length;
        if (recent <= MAX_CRASHES) {
          this.#log.warn(l10n.t('The server went down and is started again ({0}).', recent));
          return { action: CloseAction.Restart, handled: true };
        }
        void this.#giveUp(recent);
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
