import { stillWanted } from '../../javascript/driver/still-wanted.ts';
import { installSwitchboard, type Run, type Switchboard, timeLimit } from '../../javascript/driver/switchboard.ts';
import { type Attempt, concludeTry } from '../../javascript/driver/verdict.ts';
import {
  allowReruns,
  type CircusEvent,
  type CircusState,
  type CircusTest,
  fullName,
  isStillSetUp,
  lastTest,
  messageOf,
} from './circus.ts';
import type { Shared } from './shared.ts';
import { TestQueue } from './test-queue.ts';

/** What a test is to circus; a vehicle takes another's on and carries it through one more run. */
type Guise = Pick<CircusTest, 'name' | 'parent' | 'fn' | 'failing' | 'timeout'>;

interface Candidate {
  readonly guise: Guise;
  readonly queue: TestQueue;
}

/** What makes circus run a test once more: a thrown error and where it was asked for. */
const AGAIN = [new Error('once more'), new Error('once more')];

/**
 * The tests of one file: all of them as they are first, since what a mutant leaves behind must not reach those; then, inside
 * the last one's turn, each with every mutant whose place it runs.
 */
export class FileTrial {
  readonly #shared: Shared;
  readonly #file: string;
  readonly #board: Switchboard;
  readonly #candidates: Candidate[] = [];
  readonly #ids = new Map<string, number>();
  /** While it was loaded, or by what is done once for many tests. */
  readonly #aside = new Set<number>();
  /** All of the first run. */
  #total: Run = { hits: new Uint32Array(), ms: 0, cutOff: false };
  #vehicle: CircusTest | undefined;
  #own: Guise | undefined;
  #at = -1;

  constructor(shared: Shared, file: string, scope: object) {
    this.#shared = shared;
    this.#file = file;
    this.#board = installSwitchboard(scope, shared.request.mutants);
    this.#board.start(0);
    if (shared.request.tries.length > 0) allowReruns(scope);
  }

  handle({ name, test }: CircusEvent, state: CircusState): void {
    if (name === 'run_start') this.#loaded(state);
    else if (name === 'run_finish') this.#conclude();
    else if (test === undefined) return;
    else if (name === 'test_start' && this.#at < 0) this.#takeHooks();
    else if (name === 'test_retry') this.#startRun(test);
    else if (name === 'test_done') this.#done(test);
    else if (name === 'test_skip' || name === 'test_todo') this.#tell(test, 'skip', 0, [], undefined);
  }

  #loaded(state: CircusState): void {
    const run = this.#board.look();
    const reaches = this.#shared.places.reached(run.hits);
    this.#shared.tell({ type: 'load', file: this.#file, reaches });
    for (const number of reaches) this.#aside.add(number);
    this.#add(run);
    this.#vehicle = lastTest(state);
    this.#board.start(0);
  }

  /** What is done once for many tests is not done again here. */
  #takeHooks(): void {
    const run = this.#board.stop();
    for (const number of this.#shared.places.reached(run.hits)) this.#aside.add(number);
    this.#add(run);
  }

  #add({ hits, ms }: Run): void {
    const { hits: before, ms: spent } = this.#total;
    this.#total = { hits: hits.map((count, place) => count + (before[place] ?? 0)), ms: ms + spent, cutOff: false };
  }

  #done(test: CircusTest): void {
    const run = this.#board.stop();
    const message = messageOf(test.errors);
    const passed = test.errors.length === 0;
    const attempt: Attempt = { ...run, passed, ...(message === undefined ? {} : { message }) };
    // Told by our events; left in place, an error would have circus run the test again.
    test.errors = [];
    if (this.#at < 0) this.#takeFirst(test, attempt);
    else this.#takeRun(attempt);
    if (test === this.#vehicle && this.#advance()) test.errors = [AGAIN];
    else if (test === this.#vehicle && this.#own !== undefined) Object.assign(test, this.#own);
  }

  /** The run as it is. */
  #takeFirst(test: CircusTest, first: Attempt): void {
    const { places, request } = this.#shared;
    const reaches = places.reached(first.hits);
    this.#shared.dryMs += first.ms;
    this.#add(first);
    const id = this.#tell(test, first.passed ? 'pass' : 'fail', first.ms, reaches, first.message);
    const numbers = request.tries.filter((number) => reaches.includes(number));
    // Tests that run at the same time cannot be told apart; each of their mutants is asked alone.
    const apart =
      test.concurrent !== true && this.#vehicle !== undefined && isStillSetUp(test.parent, this.#vehicle.parent);
    if (!first.passed) this.#shared.isRed = true;
    if (first.passed && apart && numbers.length > 0)
      this.#candidates.push({ guise: guiseOf(test), queue: new TestQueue(id, first, numbers, places) });
  }

  #takeRun(attempt: Attempt): void {
    const queue = this.#candidates[this.#at]?.queue;
    if (queue?.take(attempt) === true) this.#shared.killed.add(queue.lastTried);
  }

  /** The first so many of those that the files run so far. */
  #choose(): void {
    const { places, reached, request } = this.#shared;
    const met = new Set([...reached.keys(), ...places.reached(this.#total.hits)]);
    const wanted = new Set(stillWanted(request, met));
    for (const { queue } of this.#candidates) queue.keep(wanted);
  }

  /** Whether there is a further run; it is then the current one. */
  #advance(): boolean {
    if (this.#at < 0) this.#choose();
    const isSettled = (number: number): boolean => this.#shared.killed.has(number);
    if (this.#at >= 0 && this.#candidates[this.#at]?.queue.next(isSettled) === true) return true;
    while (++this.#at < this.#candidates.length)
      if (this.#candidates[this.#at]?.queue.next(isSettled) === true) return true;
    return false;
  }

  #startRun(test: CircusTest): void {
    const candidate = this.#candidates[this.#at];
    if (test !== this.#vehicle || candidate === undefined) return;
    const { guise, queue } = candidate;
    const { request, tell } = this.#shared;
    this.#own ??= guiseOf(test);
    Object.assign(test, guise, { timeout: Math.ceil(timeLimit(request.limits, queue.first.ms)) });
    if (queue.current > 0) tell({ type: 'begin', number: queue.current, file: this.#file, test: queue.id });
    this.#board.start(queue.current, { first: queue.first, limits: request.limits });
  }

  #conclude(): void {
    this.#takeHooks();
    const { firsts, places, reached, tell } = this.#shared;
    tell({ type: 'load', file: this.#file, reaches: [...this.#aside] });
    firsts.set(this.#file, this.#total);
    for (const number of places.reached(this.#total.hits))
      reached.set(number, (reached.get(number) ?? new Set()).add(this.#file));
    const tries = this.#candidates.flatMap(({ queue }) => queue.tries());
    for (const [number, own] of Map.groupBy(tries, (one) => one.number)) {
      const told = concludeTry(number, this.#file, own);
      // What is in doubt, and what survives where modules were loaded once, is asked again in modules of its own.
      if (told.status !== 'survived' && told.unsure === undefined) tell(told);
    }
  }

  #tell(
    test: CircusTest,
    status: 'pass' | 'fail' | 'skip',
    ms: number,
    reaches: readonly number[],
    message: string | undefined,
  ): string {
    const name = fullName(test);
    const id = this.#idOf(name);
    const more = message === undefined ? {} : { message };
    this.#shared.tell({ type: 'test', id, file: this.#file, name, status, ms, reaches, ...more });
    return id;
  }

  /** Two tests may have one name. */
  #idOf(name: string): string {
    const id = `${this.#file.slice(this.#shared.request.root.length + 1)} > ${name}`;
    const count = (this.#ids.get(id) ?? 0) + 1;
    this.#ids.set(id, count);
    return count === 1 ? id : `${id} #${count}`;
  }
}

function guiseOf({ name, parent, fn, failing, timeout }: CircusTest): Guise {
  return { name, parent, fn, ...(failing === undefined ? {} : { failing }), timeout: timeout ?? null };
}
