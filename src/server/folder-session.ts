import type { Engine } from '../engine/survey.ts';
import type { Finding } from '../protocol/finding.ts';
import type { FolderState, MutantTexts, Problem, RunParams, ServerOptions, Stage } from '../protocol/lsp.ts';
import { locateMutants, type MutantRecord, textsOfMutant } from './mutant-records.ts';
import { type Opened, Repository } from './repository.ts';
import { createRest, type Rest } from './rest.ts';
import type { Folder, SessionDeps, SessionHost } from './session-host.ts';
import { ShownFindings } from './shown-findings.ts';
import type { StageOutcome } from './stage.ts';
import { StageBoard } from './stage-board.ts';
import { StageRuns } from './stage-runs.ts';
import { Typing } from './typing.ts';

interface Running {
  readonly stage: Stage;
  readonly state: string;
  readonly abort: AbortController;
  done: Promise<StageOutcome | undefined>;
}

const UNTRUSTED: Problem = {
  code: 'untrusted',
  message: 'Running tests runs code of this repository.',
  hint: 'Trust the workspace first.',
};

/** One workspace folder: watches for rest, runs the stages one at a time, remembers what they said. */
export class FolderSession {
  readonly folder: Folder;
  readonly #host: SessionHost;
  readonly #deps: SessionDeps;
  readonly #repository: Repository;
  readonly #board: StageBoard;
  readonly #rest: Rest;
  readonly #shown: ShownFindings;
  readonly #lifetime = new AbortController();
  readonly #typing: Typing;
  readonly #runs: StageRuns;
  #options: ServerOptions;
  #running: Running | undefined;
  /** Whoever decides what is to be run takes the next; what was decided before is void. */
  #turn = 0;
  /** Of several looks at the repository the newest counts. */
  #looks = 0;
  /** A person asked for a run that has yet to begin. */
  #asked = false;
  /** The state of which a person did not want a run. */
  #declined: string | undefined;
  #paused = false;

  constructor(folder: Folder, options: ServerOptions, host: SessionHost, deps: SessionDeps) {
    this.folder = folder;
    this.#options = options;
    this.#host = host;
    this.#deps = deps;
    this.#repository = new Repository(folder, host, deps);
    this.#shown = new ShownFindings((path) => host.openText(path));
    this.#typing = new Typing(this.#shown, (paths) => host.refresh(paths));
    this.#board = new StageBoard(() => this.#publish());
    this.#runs = new StageRuns(folder.name, host, deps, this.#board, this.#shown);
    this.#rest = createRest(
      () => this.#options.settings.delayMs,
      () => void this.#atRest(),
    );
  }

  /** Absolute, as git names it; empty where there is no repository. */
  get root(): string {
    return this.#repository.opened?.engine.root ?? '';
  }

  get state(): FolderState {
    const change = this.#repository.opened?.engine.change;
    return {
      uri: this.folder.uri,
      name: this.folder.name,
      root: this.#repository.editorRoot,
      branch: this.#repository.opened?.engine.branch,
      base: change?.baseName,
      changedFiles: change?.files.length ?? 0,
      trusted: this.#options.trusted,
      paused: this.#paused,
      problem: this.#repository.problem,
      stages: this.#board.states(),
      mutants: locateMutants(this.#runs.records, (path) => this.#host.openText(path)),
      blocking: this.#shown.blocking(),
      tests: this.#repository.tests,
    };
  }

  /** Something may have changed: a hint, git is the truth. */
  lookAgain(): void {
    if (!this.#paused && !this.#disposed) this.#rest.poke();
  }

  setOptions(options: ServerOptions): void {
    const before = this.#options;
    this.#options = options;
    this.#declined = undefined;
    if (options.trusted !== before.trusted) {
      this.#stop();
      this.#board.forget();
    }
    if (!options.settings.onType) this.#shown.forgetTyped();
    this.#host.refresh(undefined);
    this.lookAgain();
    this.#publish();
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    this.#declined = undefined;
    if (paused) this.#stop();
    else this.lookAgain();
    this.#publish();
  }

  /** A person's word: nothing is run by itself until something changes. */
  cancel(): void {
    this.#declined = this.#running?.state ?? this.#repository.opened?.state;
    this.#stop();
  }

  async run({
    stage,
    only,
  }: Pick<RunParams, 'stage' | 'only'>): Promise<{ ok: boolean; problem: Problem | undefined }> {
    if (!this.#options.trusted && stage !== 'loop') return { ok: false, problem: UNTRUSTED };
    const turn = this.#stop();
    this.#declined = undefined;
    this.#asked = true;
    try {
      await this.#stopRunning();
      const opened = this.#isTurn(turn) ? await this.#open(true) : undefined;
      if (!this.#isTurn(turn)) return { ok: false, problem: undefined };
      this.#asked = false;
      if (opened === undefined) return { ok: false, problem: this.#repository.problem };
      const outcome = await this.#runStage(opened, stage, only);
      return { ok: outcome?.status === 'passed', problem: outcome?.problem };
    } finally {
      if (this.#isTurn(turn)) this.#asked = false;
      // What changed meanwhile was left for later.
      this.lookAgain();
    }
  }

  /** Guards on the text as it is typed. */
  async typed(path: string, text: string): Promise<void> {
    await this.#typing.typed(
      path,
      text,
      this.#repository.opened,
      () => !this.#disposed && this.#options.settings.onType,
    );
  }

  closed(path: string): void {
    this.#typing.closed(path);
  }

  /** Everything to be shown of a path now. */
  findings(path: string): readonly Finding[] {
    return this.#shown.of(path, this.#options.settings.diagnostics === 'all');
  }

  paths(): readonly string[] {
    return this.#shown.paths();
  }

  mutantTexts(id: string): MutantTexts | undefined {
    const record = this.record(id);
    return record === undefined ? undefined : textsOfMutant(record, this.#host.openText(record.result.mutant.path));
  }

  record(id: string): MutantRecord | undefined {
    return this.#runs.records.find((candidate) => candidate.result.mutant.id === id);
  }

  async engine(): Promise<Engine | undefined> {
    return (this.#repository.opened ?? (await this.#open()))?.engine;
  }

  /** Once nothing of it runs any more. */
  async dispose(): Promise<void> {
    this.#lifetime.abort();
    this.#typing.dispose();
    this.#stop();
    await this.#stopRunning();
  }

  get #disposed(): boolean {
    return this.#lifetime.signal.aborted;
  }

  /** Ends what runs and voids what was about to; the turn of whoever called. */
  #stop(): number {
    this.#rest.cancel();
    this.#running?.abort.abort();
    this.#asked = false;
    return ++this.#turn;
  }

  #isTurn(turn: number): boolean {
    return turn === this.#turn && !this.#disposed;
  }

  async #atRest(): Promise<void> {
    if (this.#asked) return;
    const look = ++this.#looks;
    const before = this.#turn;
    const opened = await this.#open();
    if (opened === undefined || look !== this.#looks || !this.#isTurn(before)) return;
    this.#board.markStale(opened.state);
    this.#recall(opened);
    // What runs of this very tree goes on, and with it whoever waits for its end.
    if (this.#next(opened) === undefined) return;
    const turn = ++this.#turn;
    for (let stage = this.#next(opened); stage !== undefined; stage = this.#next(opened)) {
      await this.#stopRunning();
      if (!this.#isTurn(turn)) return;
      const outcome = await this.#runStage(opened, stage, []);
      if (outcome === undefined || outcome.status === 'cancelled' || !this.#isTurn(turn)) return;
    }
  }

  /** The gate may have judged this very tree elsewhere. */
  #recall({ engine, state }: Opened): void {
    if (this.#running?.stage === 'gate' || this.#board.isTrueOf('gate', state)) return;
    const verdict = this.#deps.recordedGate(engine);
    if (verdict !== undefined) this.#board.recall('gate', state, verdict, verdict.at);
  }

  /** What is to be run of a tree by itself; nothing while it is being looked at, or the gate runs. */
  #next({ state }: Opened): 'loop' | 'mutate' | undefined {
    if (this.#running?.stage === 'gate' || this.#running?.state === state || this.#declined === state) return undefined;
    const { loop, mutate } = this.#options.settings;
    if (loop && !this.#board.isTrueOf('loop', state)) return 'loop';
    const green = this.#board.isTrueOf('loop', state) && this.#board.states().loop.status === 'passed';
    return mutate && green && this.#options.trusted && !this.#board.isTrueOf('mutate', state) ? 'mutate' : undefined;
  }

  async #stopRunning(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.done;
  }

  /** Undefined where the repository cannot be read: there is nothing to be said of it then. */
  async #open(anew = false): Promise<Opened | undefined> {
    const opened = await this.#repository.open(anew, this.#lifetime.signal);
    if (this.#disposed) return undefined;
    if (opened === undefined) this.#forget();
    else this.#publish();
    return opened;
  }

  #forget(): void {
    this.#running?.abort.abort();
    this.#runs.forget();
    this.#shown.forget();
    this.#board.forget();
    this.#host.refresh(undefined);
    this.#publish();
  }

  async #runStage(opened: Opened, stage: Stage, only: readonly string[]): Promise<StageOutcome | undefined> {
    const abort = new AbortController();
    const running: Running = { stage, state: opened.state, abort, done: Promise.resolve(undefined) };
    this.#running = running;
    const asked = { stage, only, trusted: this.#options.trusted };
    running.done = this.#runs.carryOut(opened, asked, abort.signal).finally(() => {
      if (this.#running === running) this.#running = undefined;
      this.#host.refresh(undefined);
      this.#publish();
    });
    return running.done;
  }

  #publish(): void {
    if (!this.#disposed) this.#host.publishState();
  }
}
