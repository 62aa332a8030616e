import { CANCELLED, orAbandoned } from './abandon.ts';
import { type MutantRecord, mutantRecords } from './mutant-records.ts';
import { problemOf } from './problem-of.ts';
import type { Opened } from './repository.ts';
import type { SessionDeps, SessionHost } from './session-host.ts';
import type { ShownFindings } from './shown-findings.ts';
import type { StageOutcome, StageRequest } from './stage.ts';
import type { StageBoard } from './stage-board.ts';

type Asked = Pick<StageRequest, 'stage' | 'only' | 'trusted'>;

/** Carries out the stages of a folder, and puts what they say where it is shown. */
export class StageRuns {
  readonly #name: string;
  readonly #host: SessionHost;
  readonly #deps: SessionDeps;
  readonly #board: StageBoard;
  readonly #shown: ShownFindings;
  #records: readonly MutantRecord[] = [];

  constructor(name: string, host: SessionHost, deps: SessionDeps, board: StageBoard, shown: ShownFindings) {
    this.#name = name;
    this.#host = host;
    this.#deps = deps;
    this.#board = board;
    this.#shown = shown;
  }

  /** The mutants that were tried, as they fared last. */
  get records(): readonly MutantRecord[] {
    return this.#records;
  }

  forget(): void {
    this.#records = [];
  }

  /** Undefined where it went wrong, which is shown. */
  async carryOut(opened: Opened, asked: Asked, signal: AbortSignal): Promise<StageOutcome | undefined> {
    const { stage, only } = asked;
    const partial = only.length > 0;
    const events = this.#board.start(stage, opened.state);
    this.#host.log('info', `${this.#name}: ${stage} starts`);
    try {
      const running = this.#deps.runStage(opened.engine, { ...asked, found: opened.found }, events, signal);
      const outcome = await orAbandoned(running, signal);
      this.#host.log('info', `${this.#name}: ${stage} ${outcome.status} — ${outcome.summary}`);
      const whole = signal.aborted ? CANCELLED : this.#take(opened, outcome, asked);
      this.#board.end(stage, whole, partial);
      return whole;
    } catch (error) {
      if (signal.aborted) {
        this.#board.end(stage, CANCELLED, partial);
        return CANCELLED;
      }
      this.#host.log('error', error instanceof Error ? (error.stack ?? error.message) : String(error));
      this.#board.fail(stage, problemOf(error));
      return undefined;
    }
  }

  /** What a stage found replaces what it found before. */
  #take({ engine }: Opened, outcome: StageOutcome, { stage, only }: Asked): StageOutcome {
    const partial = only.length > 0;
    const records = outcome.mutation === undefined ? undefined : mutantRecords(outcome.mutation);
    const tried = new Set(records?.map(({ result }) => result.mutant.id));
    const results = this.#shown.take(outcome.results, { partial, mutantsAlone: stage === 'mutate', tried }, (path) =>
      engine.tree.read(path),
    );
    if (records !== undefined) {
      const others = partial ? this.#records.filter(({ result }) => !tried.has(result.mutant.id)) : [];
      this.#records = [...others, ...records];
    }
    return { ...outcome, results };
  }
}
