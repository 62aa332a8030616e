import type { Places } from '../../javascript/driver/places.ts';
import { type Attempt, doubtOfControl, doubtOfTry, type TestTry } from '../../javascript/driver/verdict.ts';

/** One test with its runs to come: a control, then each mutant with a control after it. */
export class TestQueue {
  readonly id: string;
  readonly first: Attempt;
  readonly #places: Places;
  readonly #tries: { number: number; attempt: Attempt; doubt: string | undefined }[] = [];
  #rest: number[];
  #doubt: string | undefined;
  /** Number of the mutant in force, 0 for a control. */
  current = 0;

  constructor(id: string, first: Attempt, numbers: readonly number[], places: Places) {
    this.id = id;
    this.first = first;
    this.#places = places;
    this.#rest = [0, ...numbers.flatMap((number) => [number, 0])];
  }

  /** Before any run: of its mutants only these. */
  keep(numbers: ReadonlySet<number>): void {
    const kept = this.#rest.filter((number) => numbers.has(number));
    this.#rest = kept.length === 0 ? [] : [0, ...kept.flatMap((number) => [number, 0])];
  }

  /** Puts the next run in `current`; false at the end. */
  next(isSettled: (number: number) => boolean): boolean {
    for (let next = this.#rest.shift(); next !== undefined; next = this.#rest.shift()) {
      if (next === 0 || !isSettled(next)) {
        this.current = next;
        return true;
      }
      // Nor is its control needed.
      this.#rest.shift();
    }
    return false;
  }

  /** Takes how the current run went; true where it settles the mutant for good. */
  take(attempt: Attempt): boolean {
    const number = this.current;
    if (number !== 0) {
      this.#tries.push({
        number,
        attempt,
        doubt: this.#doubt ?? doubtOfTry(this.first, attempt, number, this.#places),
      });
      return false;
    }
    this.#doubt ??= doubtOfControl(this.first, attempt, this.#places);
    const last = this.#tries.at(-1);
    if (last === undefined) return false;
    // A control that goes wrong casts doubt on the try before it: the state may have been bad already.
    last.doubt ??= this.#doubt;
    return last.doubt === undefined && !last.attempt.passed && !last.attempt.cutOff;
  }

  /** The mutant of the try that came last. */
  get lastTried(): number {
    return this.#tries.at(-1)?.number ?? 0;
  }

  tries(): readonly (TestTry & { readonly number: number })[] {
    return this.#tries.map(({ number, attempt, doubt }) => ({ test: this.id, number, attempt, doubt }));
  }
}
