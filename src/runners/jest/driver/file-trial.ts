import type { DriverEvent } from '../../../engine/mutation/driver-protocol.ts';
import { installSwitchboard, type Switchboard, timeLimit } from '../../javascript/driver/switchboard.ts';
import {
  type Attempt,
  concludeTry,
  doubtOfControl,
  doubtOfTry,
  type TestTry,
} from '../../javascript/driver/verdict.ts';
import { allowReruns, type CircusEvent, type CircusTest, fullName, messageOf } from './circus.ts';
import type { Shared } from './shared.ts';

/** One test with the runs that are still to come: mutants, and a control (0) before the first and after each. */
interface Queue {
  readonly id: string;
  readonly first: Attempt;
  readonly tries: { readonly number: number; readonly attempt: Attempt; doubt: string | undefined }[];
  rest: number[];
  current: number;
  doubt: string | undefined;
}

/** What makes circus run a test once more: a thrown error and where it was asked for. */
const AGAIN = [new Error('once more'), new Error('once more')];

/** The tests of one file: each as it is, then with every mutant whose place it runs, one after the other. */
export class FileTrial {
  readonly #shared: Shared;
  readonly #file: string;
  readonly #board: Switchboard;
  readonly #queues = new Map<CircusTest, Queue>();
  readonly #tries = new Map<number, TestTry[]>();
  readonly #ids = new Map<string, number>();

  constructor(shared: Shared, file: string, scope: object) {
    this.#shared = shared;
    this.#file = file;
    this.#board = installSwitchboard(scope, shared.request.mutants);
    this.#board.start(0);
    if (shared.request.tries.length > 0) allowReruns(scope);
  }

  handle({ name, test }: CircusEvent): void {
    if (name === 'run_start') this.#loaded();
    else if (name === 'run_finish') this.#conclude();
    else if (test === undefined) return;
    else if (name === 'test_start' && !this.#queues.has(test)) this.#board.start(0);
    else if (name === 'test_retry') this.#startTry(test);
    else if (name === 'test_done') this.#done(test);
    else if (name === 'test_skip' || name === 'test_todo') this.#skipped(test);
  }

  #loaded(): void {
    const reaches = this.#shared.places.reached(this.#board.look().hits);
    this.#shared.tell({ type: 'load', file: this.#file, reaches });
    this.#board.start(0);
  }

  #done(test: CircusTest): void {
    const run = this.#board.stop();
    const message = messageOf(test.errors);
    const attempt: Attempt = {
      ...run,
      passed: test.errors.length === 0,
      ...(message === undefined ? {} : { message }),
    };
    const queue = this.#queues.get(test) ?? this.#first(test, attempt);
    // Told already; left in place, an error would have circus run the test again.
    test.errors = [];
    if (queue === undefined) return;
    if (attempt !== queue.first) this.#judge(queue, attempt);
    const next = this.#next(queue);
    if (next === undefined) return;
    test.errors = [AGAIN];
    queue.current = next;
  }

  /** The run as it is; undefined where nothing more is to be done with the test. */
  #first(test: CircusTest, first: Attempt): Queue | undefined {
    const { places, request, tell, killed } = this.#shared;
    const id = this.#idOf(test);
    const reaches = places.reached(first.hits);
    const status = first.passed ? 'pass' : 'fail';
    this.#shared.dryMs += first.ms;
    const message = first.message === undefined ? {} : { message: first.message };
    tell({ type: 'test', id, file: this.#file, name: fullName(test), status, ms: first.ms, ...message, reaches });
    const numbers = request.tries.filter((number) => reaches.includes(number) && !killed.has(number));
    // Tests that run at the same time cannot be told apart; each of them is asked alone.
    if (!first.passed || test.concurrent === true || numbers.length === 0) return undefined;
    const rest = [0, ...numbers.flatMap((number) => [number, 0])];
    const queue: Queue = { id, first, tries: [], rest, current: -1, doubt: undefined };
    this.#queues.set(test, queue);
    return queue;
  }

  #judge(queue: Queue, attempt: Attempt): void {
    const { places, killed } = this.#shared;
    const number = queue.current;
    if (number === 0) {
      queue.doubt ??= doubtOfControl(queue.first, attempt, places);
      // A control that fails casts its doubt on the try before it too: its state may have been bad already.
      const last = queue.tries.at(-1);
      if (last !== undefined) last.doubt ??= queue.doubt;
      return;
    }
    const doubt = queue.doubt ?? doubtOfTry(queue.first, attempt, number, places);
    queue.tries.push({ number, attempt, doubt });
    if (doubt === undefined && !attempt.passed && !attempt.cutOff) killed.add(number);
  }

  #next(queue: Queue): number | undefined {
    for (let next = queue.rest.shift(); next !== undefined; next = queue.rest.shift()) {
      const pointless = next !== 0 && this.#shared.killed.has(next);
      if (pointless) queue.rest.shift();
      else return next;
    }
    return undefined;
  }

  #startTry(test: CircusTest): void {
    const queue = this.#queues.get(test);
    if (queue === undefined) return;
    const { request, tell } = this.#shared;
    if (queue.current > 0) tell({ type: 'begin', number: queue.current, file: this.#file, test: queue.id });
    test.timeout = Math.ceil(timeLimit(request.limits, queue.first.ms));
    this.#board.start(queue.current, { first: queue.first, limits: request.limits });
  }

  #conclude(): void {
    this.#board.stop();
    for (const { id, tries } of this.#queues.values()) {
      for (const { number, attempt, doubt } of tries) {
        const known = this.#tries.get(number) ?? [];
        known.push({ test: id, attempt, doubt });
        this.#tries.set(number, known);
      }
    }
    for (const [number, tries] of this.#tries) this.#shared.tell(concludeTry(number, this.#file, tries));
  }

  #skipped(test: CircusTest): void {
    const event: DriverEvent = {
      type: 'test',
      id: this.#idOf(test),
      file: this.#file,
      name: fullName(test),
      status: 'skip',
      ms: 0,
      reaches: [],
    };
    this.#shared.tell(event);
  }

  /** Two tests may have one name. */
  #idOf(test: CircusTest): string {
    const name = `${this.#file.slice(this.#shared.request.root.length + 1)} > ${fullName(test)}`;
    const count = (this.#ids.get(name) ?? 0) + 1;
    this.#ids.set(name, count);
    return count === 1 ? name : `${name} #${count}`;
  }
}
