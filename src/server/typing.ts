import type { Engine, Survey } from '../engine/survey.ts';
import { inspectText } from './inspect-text.ts';
import type { ShownFindings } from './shown-findings.ts';

/** The guards on texts as they are typed: of each file the newest text counts. */
export class Typing {
  readonly #shown: ShownFindings;
  readonly #refresh: (paths: readonly string[]) => void;
  readonly #running = new Map<string, AbortController>();

  constructor(shown: ShownFindings, refresh: (paths: readonly string[]) => void) {
    this.#shown = shown;
    this.#refresh = refresh;
  }

  /** `isWanted` is asked again when the answer is there. */
  async typed(
    path: string,
    text: string,
    opened: { readonly engine: Engine; readonly found: Promise<Survey> } | undefined,
    isWanted: () => boolean,
  ): Promise<void> {
    this.#running.get(path)?.abort();
    // What git does not know of, or is told to ignore, is nobody's change.
    if (opened === undefined || !isWanted() || !opened.engine.tree.has(path)) {
      this.#refresh([path]);
      return;
    }
    const own = new AbortController();
    this.#running.set(path, own);
    try {
      const findings = await inspectText(opened.engine, await opened.found, path, text, own.signal);
      if (own.signal.aborted || !isWanted()) return;
      this.#shown.type(path, findings);
      this.#refresh([path]);
    } finally {
      if (this.#running.get(path) === own) this.#running.delete(path);
    }
  }

  closed(path: string): void {
    this.#running.get(path)?.abort();
    this.#shown.untype(path);
    this.#refresh([path]);
  }

  dispose(): void {
    for (const running of this.#running.values()) running.abort();
  }
}
