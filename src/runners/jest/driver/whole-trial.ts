import { installSwitchboard, type Switchboard } from '../../javascript/driver/switchboard.ts';
import { type CircusEvent, fullName, messageOf } from './circus.ts';
import type { Shared } from './shared.ts';

/** One mutant in force from the first line of a test file on; the first failure is the answer. */
export class WholeTrial {
  readonly #shared: Shared;
  readonly #file: string;
  readonly #number: number;
  readonly #board: Switchboard;
  readonly #ran: string[] = [];
  #isTold = false;

  constructor(shared: Shared, file: string, scope: object, number: number) {
    this.#shared = shared;
    this.#file = file;
    this.#number = number;
    this.#board = installSwitchboard(scope, shared.request.mutants);
    const first = shared.firsts.get(file);
    shared.tell({ type: 'begin', number, file });
    this.#board.start(number, first === undefined ? undefined : { first, limits: shared.request.limits });
  }

  handle({ name, test }: CircusEvent): void {
    if (test === undefined) return;
    // Nothing that comes after a failure could change it.
    if (name === 'test_start' && this.#isTold) test.mode = 'skip';
    else if (name === 'test_done' && !this.#isTold) {
      const id = `${this.#file.slice(this.#shared.request.root.length + 1)} > ${fullName(test)}`;
      this.#ran.push(id);
      if (test.errors.length > 0 || this.#board.look().cutOff) this.fail(messageOf(test.errors), [id]);
    }
  }

  fail(message: string | undefined, killedBy: readonly string[] = []): void {
    this.#tell('killed', message, killedBy);
  }

  /** The file was run to its end. */
  finish(): void {
    this.#tell('survived');
  }

  #tell(status: 'killed' | 'survived', message?: string, killedBy: readonly string[] = []): void {
    if (this.#isTold) return;
    this.#isTold = true;
    const { cutOff, ms } = this.#board.look();
    if (status === 'killed' || cutOff) this.#shared.killed.add(this.#number);
    this.#shared.tell({
      type: 'try',
      number: this.#number,
      file: this.#file,
      status: cutOff ? 'timeout' : status,
      killedBy,
      ran: this.#ran,
      ms,
      ...(message === undefined ? {} : { message }),
    });
  }
}
