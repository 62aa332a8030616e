import { installSwitchboard } from '../../javascript/driver/switchboard.ts';
import { type CircusEvent, fullName, messageOf } from './circus.ts';
import type { Shared } from './shared.ts';

/** One mutant in force from the first line on; the first failure is the answer. */
export class AloneTrial {
  readonly #shared: Shared;
  readonly #file: string;
  readonly #number: number;
  readonly #started = performance.now();
  readonly #ran: string[] = [];

  constructor(shared: Shared, file: string, scope: object) {
    this.#shared = shared;
    this.#file = file;
    this.#number = shared.request.tries[0] ?? 0;
    shared.tell({ type: 'begin', number: this.#number, file });
    installSwitchboard(scope, shared.request.mutants).start(this.#number);
  }

  handle({ name, test }: CircusEvent): void {
    if (name === 'run_finish') this.tell('survived');
    if (name !== 'test_done' || test === undefined) return;
    const id = `${this.#file.slice(this.#shared.request.root.length + 1)} > ${fullName(test)}`;
    this.#ran.push(id);
    if (test.errors.length > 0) this.kill(messageOf(test.errors), [id]);
  }

  /** Nothing that comes later could change it. */
  kill(message: string | undefined, killedBy: readonly string[]): never {
    this.tell('killed', message, killedBy);
    this.#shared.tell({ type: 'end' });
    process.exit(0);
  }

  tell(status: 'killed' | 'survived', message?: string, killedBy: readonly string[] = []): void {
    this.#shared.tell({
      type: 'try',
      number: this.#number,
      file: this.#file,
      status,
      killedBy,
      ran: this.#ran,
      ms: performance.now() - this.#started,
      ...(message === undefined ? {} : { message }),
    });
  }
}
