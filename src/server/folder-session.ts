import { ExpectedError } from '../engine/errors.ts';
import type { Engine, Survey } from '../engine/loop.ts';
import type { Finding } from '../protocol/finding.ts';
import type { FolderState, MutantTexts, Problem, RunParams, ServerOptions, Stage } from '../protocol/lsp.ts';
import { inspectText } from './inspect-text.ts';
import { Judgement, NO_JUDGEMENT } from './judgement.ts';
import { locateMutants, type MutantRecord, mutantRecords, textsOfMutant } from './mutant-records.ts';
import { createRest, type Rest } from './rest.ts';
import type { RunStage, StageOutcome } from './stage.ts';
import { StageBoard } from './stage-board.ts';

export interface Folder {
  readonly uri: string;
  /** Absolute. */
  readonly dir: string;
  readonly name: string;
}

export interface SessionHost {
  publishState(state: FolderState): void;
  /** Something that is shown of these paths changed; all paths where undefined. */
  refresh(paths: readonly string[] | undefined): void;
  /** Text of a path as it stands in an editor; undefined where it is not open. */
  openText(root: string, path: string): string | undefined;
  log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void;
}

export interface SessionDeps {
  open(dir: string, warn: (message: string) => void, signal: AbortSignal): Promise<Engine>;
  survey(engine: Engine): Promise<Survey>;
  runStage: RunStage;
}

interface Opened {
  readonly engine: Engine;
  readonly found: Promise<Survey>;
  readonly state: string;
}

/** One workspace folder: watches for rest, runs the stages one at a time, remembers what they said. */
export class FolderSession {
  readonly folder: Folder;
  readonly #host: SessionHost;
  readonly #deps: SessionDeps;
  #options: ServerOptions;
  readonly #board: StageBoard;
  readonly #rest: Rest;
  #opened: Opened | undefined;
  #running: { readonly stage: Stage; readonly abort: AbortController; readonly done: Promise<unknown> } | undefined;
  #problem: Problem | undefined;
  #paused = false;
  #disposed = false;
  #guards: Judgement = NO_JUDGEMENT;
  #tools: Judgement = NO_JUDGEMENT;
  #mutation: Judgement = NO_JUDGEMENT;
  #records: readonly MutantRecord[] = [];
  /** What guards say of unsaved text, by path. */
  readonly #typed = new Map<string, readonly Finding[]>();
  #typing: AbortController | undefined;

  constructor(folder: Folder, options: ServerOptions, host: SessionHost, deps: SessionDeps) {
    this.folder = folder;
    this.#options = options;
    this.#host = host;
    this.#deps = deps;
    this.#board = new StageBoard(() => this.#publish());
    this.#rest = createRest(
      () => this.#options.settings.delayMs,
      () => void this.#atRest(),
    );
  }

  get root(): string {
    return this.#opened?.engine.root ?? '';
  }

  get state(): FolderState {
    const change = this.#opened?.engine.change;
    return {
      uri: this.folder.uri,
      name: this.folder.name,
      root: this.root,
      branch: undefined,
      base: change?.baseName,
      changedFiles: change?.files.length ?? 0,
      trusted: this.#options.trusted,
      paused: this.#paused,
      problem: this.#problem,
      stages: this.#board.states(),
      mutants: locateMutants(this.#records, (path) => this.#host.openText(this.root, path)),
      blocking: this.#blocking(),
    };
  }

  /** Something may have changed: a hint, git is the truth. */
  lookAgain(): void {
    if (!this.#paused && !this.#disposed) this.#rest.poke();
  }

  setOptions(options: ServerOptions): void {
    const trustChanged = options.trusted !== this.#options.trusted;
    this.#options = options;
    if (trustChanged) this.#board.forget();
    this.lookAgain();
    this.#publish();
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    if (paused) this.cancel();
    else this.lookAgain();
    this.#publish();
  }

  cancel(): void {
    this.#rest.cancel();
    this.#running?.abort.abort();
  }

  async run({
    stage,
    only,
  }: Pick<RunParams, 'stage' | 'only'>): Promise<{ ok: boolean; problem: Problem | undefined }> {
    this.#rest.cancel();
    await this.#stopRunning();
    const opened = await this.#open();
    if (opened === undefined) return { ok: false, problem: this.#problem };
    const outcome = await this.#runStage(opened, stage, only);
    return { ok: outcome?.status === 'passed', problem: outcome?.problem };
  }

  /** Guards on the text as it is typed. */
  async typed(path: string, text: string): Promise<void> {
    this.#typing?.abort();
    const typing = new AbortController();
    this.#typing = typing;
    const opened = this.#opened;
    if (opened === undefined || !this.#options.settings.onType) {
      this.#host.refresh([path]);
      return;
    }
    const findings = await inspectText(opened.engine, await opened.found, path, text, typing.signal);
    if (typing.signal.aborted || this.#disposed) return;
    this.#typed.set(path, findings);
    this.#host.refresh([path]);
  }

  closed(path: string): void {
    this.#typed.delete(path);
    this.#host.refresh([path]);
  }

  /** Everything to be shown of a path now. */
  findings(path: string): readonly Finding[] {
    const now = this.#host.openText(this.root, path);
    const guards = this.#typed.get(path) ?? this.#guards.of(path, now);
    const tools = this.#options.settings.diagnostics === 'all' ? this.#tools.of(path, now) : [];
    return [...guards, ...this.#mutation.of(path, now), ...tools];
  }

  paths(): readonly string[] {
    const judged = [this.#guards, this.#tools, this.#mutation].flatMap((judgement) => judgement.paths);
    return [...new Set([...judged, ...this.#typed.keys()])].filter((path) => path !== '');
  }

  mutantTexts(id: string): MutantTexts | undefined {
    const record = this.#records.find((candidate) => candidate.result.mutant.id === id);
    return record === undefined
      ? undefined
      : textsOfMutant(record, this.#host.openText(this.root, record.result.mutant.path));
  }

  record(id: string): MutantRecord | undefined {
    return this.#records.find((candidate) => candidate.result.mutant.id === id);
  }

  async engine(): Promise<Engine | undefined> {
    return (this.#opened ?? (await this.#open()))?.engine;
  }

  dispose(): void {
    this.#disposed = true;
    this.#typing?.abort();
    this.cancel();
  }

  async #atRest(): Promise<void> {
    const opened = await this.#open();
    if (opened === undefined || this.#disposed) return;
    const { loop, mutate } = this.#options.settings;
    this.#board.markStale(opened.state);
    if (!loop || this.#board.isTrueOf('loop', opened.state)) {
      this.#publish();
      return;
    }
    if (this.#running?.stage === 'gate') return;
    await this.#stopRunning();
    const outcome = await this.#runStage(opened, 'loop', []);
    if (outcome?.status !== 'passed' || !mutate || !this.#options.trusted || this.#disposed) return;
    await this.#runStage(opened, 'mutate', []);
  }

  async #stopRunning(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.done.catch(() => {});
  }

  /** Reads the repository anew; undefined where there is none that can be read, which is then the folder's problem. */
  async #open(): Promise<Opened | undefined> {
    const abort = new AbortController();
    try {
      const engine = await this.#deps.open(this.folder.dir, (text) => this.#host.log('warn', text), abort.signal);
      const state = engine.digest(engine.state()).slice(0, 12);
      if (this.#opened?.state !== state) {
        const found = this.#deps.survey(engine);
        found.catch((error: unknown) => this.#host.log('error', String(error)));
        this.#opened = { engine, found, state };
      }
      this.#problem = undefined;
      return this.#opened;
    } catch (error) {
      this.#problem = problemOf(error);
      this.#host.log(error instanceof ExpectedError ? 'info' : 'error', this.#problem.message);
      this.#forget();
      return undefined;
    }
  }

  #forget(): void {
    this.#opened = undefined;
    [this.#guards, this.#tools, this.#mutation, this.#records] = [NO_JUDGEMENT, NO_JUDGEMENT, NO_JUDGEMENT, []];
    this.#board.forget();
    this.#host.refresh(undefined);
    this.#publish();
  }

  async #runStage(opened: Opened, stage: Stage, only: readonly string[]): Promise<StageOutcome | undefined> {
    const abort = new AbortController();
    const events = this.#board.start(stage, opened.state);
    this.#host.log('info', `${this.folder.name}: ${stage} starts`);
    const request = { stage, only, trusted: this.#options.trusted };
    const work = this.#deps.runStage(opened.engine, request, events, abort.signal);
    this.#running = { stage, abort, done: work };
    try {
      const outcome = await work;
      this.#host.log('info', `${this.folder.name}: ${stage} ${outcome.status} — ${outcome.summary}`);
      this.#board.end(stage, outcome);
      if (outcome.status !== 'cancelled') this.#take(opened, outcome, stage, only.length > 0);
      return outcome;
    } catch (error) {
      this.#host.log('error', error instanceof Error ? (error.stack ?? error.message) : String(error));
      this.#board.fail(stage, problemOf(error));
      return undefined;
    } finally {
      this.#running = undefined;
      this.#host.refresh(undefined);
      this.#publish();
    }
  }

  /** What a stage found replaces what it found before. */
  #take({ engine }: Opened, { results, mutation }: StageOutcome, stage: Stage, partial: boolean): void {
    const textOf = (path: string): string | undefined => engine.tree.read(path);
    const findings = (kind: (kind: string) => boolean): Finding[] =>
      results.flatMap(({ check, outcome }) => (kind(check.kind) && 'findings' in outcome ? outcome.findings : []));
    if (stage !== 'mutate' && !partial) {
      this.#guards = new Judgement(
        findings((kind) => kind === 'guard'),
        textOf,
      );
      this.#tools = new Judgement(
        findings((kind) => kind !== 'guard' && kind !== 'mutation'),
        textOf,
      );
      this.#typed.clear();
    }
    if (mutation === undefined) return;
    const records = mutantRecords(mutation);
    const again = new Set(records.map(({ result }) => result.mutant.id));
    this.#records = partial
      ? [...this.#records.filter(({ result }) => !again.has(result.mutant.id)), ...records]
      : records;
    const kept = partial ? this.#mutation.all().filter((finding) => !again.has(String(finding.data?.['id']))) : [];
    this.#mutation = new Judgement([...kept, ...findings((kind) => kind === 'mutation')], textOf);
  }

  #blocking(): number {
    const shown = [...this.#guards.all(), ...this.#mutation.all(), ...this.#tools.all()];
    return shown.filter((finding) => finding.severity === 'error').length;
  }

  #publish(): void {
    if (!this.#disposed) this.#host.publishState(this.state);
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ExpectedError) return { code: error.code, message: error.message, hint: error.hint };
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `Downforce failed: ${message}`,
    hint: 'See the Downforce output channel, and report it.',
  };
}
