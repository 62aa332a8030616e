import { ExpectedError } from '../engine/errors.ts';
import type { Engine, Survey } from '../engine/survey.ts';
import type { Problem } from '../protocol/lsp.ts';
import { problemOf } from './problem-of.ts';
import type { Folder, SessionDeps, SessionHost } from './session-host.ts';

export interface Opened {
  readonly engine: Engine;
  readonly found: Promise<Survey>;
  /** Of the tree and what it is measured from: the same as long as a verdict of it is true. */
  readonly state: string;
}

/** The repository of a workspace folder, as it was when it was last looked at. */
export class Repository {
  opened: Opened | undefined;
  /** Why it cannot be read. */
  problem: Problem | undefined;
  /** Checks that run tests; undefined while that is not known. */
  tests: number | undefined;
  readonly #folder: Folder;
  readonly #host: SessionHost;
  readonly #deps: SessionDeps;
  #editorRoot = '';

  constructor(folder: Folder, host: SessionHost, deps: SessionDeps) {
    this.#folder = folder;
    this.#host = host;
    this.#deps = deps;
  }

  /** Absolute, as the editor has it; empty where there is none. */
  get editorRoot(): string {
    return this.opened === undefined ? '' : this.#editorRoot;
  }

  /**
   * Looks at it; undefined where it cannot be read, which is then the problem.
   * @param anew whether tools may have come that were not there before.
   */
  async open(anew: boolean, signal: AbortSignal): Promise<Opened | undefined> {
    try {
      const engine = await this.#deps.open(this.#folder.dir, (text) => this.#host.log('warn', text), signal);
      const state = stateOf(engine);
      if (anew || this.opened?.state !== state) this.#take({ engine, found: this.#deps.survey(engine), state });
      this.problem = undefined;
      return this.opened;
    } catch (error) {
      if (signal.aborted) return undefined;
      this.forget();
      this.problem = problemOf(error);
      this.#host.log(error instanceof ExpectedError ? 'info' : 'error', this.problem.message);
      return undefined;
    }
  }

  forget(): void {
    this.opened = undefined;
    this.tests = undefined;
  }

  #take(opened: Opened): void {
    this.opened = opened;
    this.#editorRoot = this.#host.opened(opened.engine.root);
    opened.found.then(
      ({ checks }) => {
        if (this.opened !== opened) return;
        this.tests = checks.filter(({ kind }) => kind === 'test').length;
        this.#host.publishState();
      },
      (error: unknown) => this.#host.log('error', String(error)),
    );
  }
}

function stateOf(engine: Engine): string {
  const { base, operation, files } = engine.change;
  return engine.digest(JSON.stringify([engine.state(), base, operation, files.length])).slice(0, 12);
}
