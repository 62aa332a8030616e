import { type Disposable, EventEmitter } from 'vscode';
import type { FolderState } from '../protocol/lsp.ts';

/** The newest state of each workspace folder. */
export class FolderStates implements Disposable {
  readonly #states = new Map<string, FolderState>();
  readonly #changed = new EventEmitter<FolderState | undefined>();
  /** With the folder that changed; undefined where folders came or went. */
  readonly onDidChange = this.#changed.event;

  set(state: FolderState): void {
    this.#states.set(state.uri, state);
    this.#changed.fire(state);
  }

  remove(uri: string): void {
    if (this.#states.delete(uri)) this.#changed.fire(undefined);
  }

  clear(): void {
    this.#states.clear();
    this.#changed.fire(undefined);
  }

  get(uri: string): FolderState | undefined {
    return this.#states.get(uri);
  }

  all(): readonly FolderState[] {
    return [...this.#states.values()];
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
