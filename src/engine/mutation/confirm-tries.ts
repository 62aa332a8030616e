import { Lanes } from './lanes.ts';
import type { Heard, MutantDeps, MutantEvents, MutantJob, MutantRunner, Try } from './mutant-runner.ts';
import { createSandboxRunner } from './sandbox-runner.ts';
import { isDecisive, isReached, type Testimony } from './verdict.ts';

/**
 * Asks in processes of their own, one for each mutant, what could not be settled beside other mutants. Some are told of while
 * the others are still being tried: these are asked at once.
 */
export class Confirmations {
  readonly #job: MutantJob;
  readonly #deps: MutantDeps;
  readonly #events: MutantEvents;
  readonly #signal: AbortSignal;
  readonly #end = new AbortController();
  readonly #lanes: Lanes;
  readonly #begun = new Map<number, Promise<readonly Try[]>>();

  constructor(job: MutantJob, deps: MutantDeps, events: MutantEvents, signal: AbortSignal) {
    this.#job = job;
    this.#deps = deps;
    this.#events = events;
    this.#signal = AbortSignal.any([signal, this.#end.signal]);
    // One lane is taken by the run that tells of them.
    this.#lanes = new Lanes(deps.cores - 1);
  }

  /** Of a mutant that survived where something may have hidden it. */
  begin(number: number, heard: Heard, ways: readonly MutantRunner[] = this.#ways()): Promise<readonly Try[]> {
    const begun = this.#begun.get(number) ?? this.#lanes.run(() => this.#ask(number, heard, ways));
    this.#begun.set(number, begun);
    return begun;
  }

  /** Gives up what is still being asked: nobody waits for it any more. */
  dispose(): void {
    this.#end.abort();
  }

  /** What all tries come to, with those in doubt made again; undefined where interrupted. */
  async settle(testimony: Testimony, baselineMs: number, way: string): Promise<Testimony | undefined> {
    const heard = { ...testimony, baselineMs };
    const ways = this.#ways().filter(({ name }) => way !== createSandboxRunner().name || name === way);
    const isSerial = ways.some(({ serial }) => serial);
    const doubtful = doubtfulOf(this.#job, testimony);
    const survived = doubtful.filter((number) => hasSurvived(number, testimony));
    this.#lanes.widen(this.#deps.cores);
    const sure = new Map<number, readonly Try[]>();
    await Promise.all(survived.map(async (number) => sure.set(number, await this.begin(number, heard, ways))));
    // Tests that are written to run one after the other may fail for no more than another's being run.
    const alone = new Lanes(isSerial ? 1 : this.#deps.cores);
    const rest = doubtful.filter((number) => !sure.has(number) || (isSerial && !isSurvived(sure.get(number))));
    const askAgain = (number: number): Promise<readonly Try[]> => alone.run(() => this.#ask(number, heard, ways));
    await Promise.all(rest.map(async (number) => sure.set(number, await askAgain(number))));
    if (this.#signal.aborted) return undefined;
    const kept = testimony.tries.filter((result) => !sure.has(result.number));
    return { ...testimony, tries: [...kept, ...[...sure.values()].flat()] };
  }

  #ways(): readonly MutantRunner[] {
    return [this.#job.check.mutants, createSandboxRunner()].filter((way) => way !== undefined);
  }

  async #ask(number: number, heard: Heard, ways: readonly MutantRunner[]): Promise<readonly Try[]> {
    if (this.#signal.aborted) return [];
    const testFiles = filesThatReach(number, heard, this.#job.testFiles);
    const job: MutantJob = {
      ...this.#job,
      testFiles,
      tries: [number],
      mode: 'alone',
      baselineMs: heard.baselineMs,
    };
    for (const way of ways) {
      const run = await way.run(job, this.#deps, { onTry: this.#events.onTry }, this.#signal);
      if (run.kind === 'ran') return run.tries.map(({ unsure: _, ...result }) => result);
      if (run.kind === 'cancelled') break;
    }
    const why = 'it could not be confirmed in a process of its own';
    return [{ number, file: '', status: 'error', killedBy: [], ran: [], durationMs: 0, message: why }];
  }
}

function doubtfulOf({ tries, enough }: MutantJob, testimony: Testimony): readonly number[] {
  const isTold = (number: number): boolean =>
    isReached(number, testimony) || testimony.tries.some((result) => result.number === number);
  return tries
    .filter(isTold)
    .slice(0, enough)
    .filter((number) => !isSettled(number, testimony) && isDoubtful(number, testimony));
}

/** Some test has settled it. */
export function isSettled(number: number, { tries }: Testimony): boolean {
  return tries.some((result) => result.number === number && isDecisive(result));
}

/** Unsure, or reached and yet not tried, as what runs while modules are loaded. */
function isDoubtful(number: number, testimony: Testimony): boolean {
  const own = testimony.tries.filter((result) => result.number === number);
  return own.some((result) => result.unsure !== undefined) || (own.length === 0 && isReached(number, testimony));
}

function hasSurvived(number: number, { tries }: Testimony): boolean {
  const own = tries.filter((result) => result.number === number);
  return own.length > 0 && isSurvived(own);
}

function isSurvived(tries: readonly Try[] | undefined): boolean {
  return tries?.every(({ status }) => status === 'survived') === true;
}

/** Of the test files asked those that run the place, on their own or while they are loaded; all where that is not known. */
function filesThatReach(number: number, { tests, loads }: Heard, asked: readonly string[]): readonly string[] {
  const reaching = new Set([
    ...tests.filter((test) => test.reaches.includes(number)).map((test) => test.file),
    ...[...loads].filter(([, numbers]) => numbers.includes(number)).map(([file]) => file),
  ]);
  if (reaching.size === 0 || reaching.has('')) return asked;
  return asked.length === 0 ? [...reaching] : asked.filter((file) => reaching.has(file));
}
