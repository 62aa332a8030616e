import type { Places } from '../../javascript/driver/places.ts';
import { type Attempt, doubtOfControl, doubtOfTry, type TestTry } from '../../javascript/driver/verdict.ts';

interface Tried {
  readonly number: number;
  readonly attempt: Attempt;
  doubt: string | undefined;
}

/** One test with its runs to come: each mutant once; where one makes it fail, once without it and once more with it. */
export class TestQueue {
  readonly id: string;
  readonly first: Attempt;
  readonly #places: Places;
  readonly #tries: Tried[] = [];
  #rest: readonly number[];
  #step: 'try' | 'control' | 'again' = 'try';
  /** Of an earlier try: the state may be bad. */
  #doubt: string | undefined;
  /** Number of the mutant in force, 0 for a control. */
  current = 0;

  constructor(id: string, first: Attempt, numbers: readonly number[], places: Places) {
    this.id = id;
    this.first = first;
    this.#places = places;
    this.#rest = numbers;
  }

  /** Before any run: of its mutants only these. */
  keep(numbers: ReadonlySet<number>): void {
    this.#rest = this.#rest.filter((number) => numbers.has(number));
  }

  /** Puts the next run in `current`; false at the end. */
  next(isSettled: (number: number) => boolean): boolean {
    if (this.#step !== 'try') {
      this.current = this.#step === 'control' ? 0 : this.lastTried;
      return true;
    }
    const at = this.#rest.findIndex((number) => !isSettled(number));
    this.current = this.#rest[at] ?? 0;
    this.#rest = at < 0 ? [] : this.#rest.slice(at + 1);
    return at >= 0;
  }

  /** Takes how the current run went; true where it settles the mutant for good. */
  take(attempt: Attempt): boolean {
    const last = this.#tries.at(-1);
    const step = this.#step;
    this.#step = 'try';
    if (step === 'try' || last === undefined) {
      const doubt = this.#doubt ?? doubtOfTry(this.first, attempt, this.current, this.#places);
      this.#tries.push({ number: this.current, attempt, doubt });
      if (doubt === undefined && hasFailed(attempt)) this.#step = 'control';
      return false;
    }
    if (step === 'control') {
      this.#doubt ??= doubtOfControl(this.first, attempt, this.#places);
      last.doubt = this.#doubt;
      // Once more of what does not end would say nothing new.
      if (last.doubt === undefined && !last.attempt.cutOff) this.#step = 'again';
      return last.doubt === undefined && last.attempt.cutOff;
    }
    if (!hasFailed(attempt)) last.doubt = 'it fails only once';
    return last.doubt === undefined;
  }

  /** The mutant of the try that came last. */
  get lastTried(): number {
    return this.#tries.at(-1)?.number ?? 0;
  }

  tries(): readonly (TestTry & { readonly number: number })[] {
    return this.#tries.map(({ number, attempt, doubt }) => ({ test: this.id, number, attempt, doubt }));
  }
}

function hasFailed({ passed, cutOff }: Attempt): boolean {
  return !passed || cutOff;
}
