import { concludeTry, type TestTry } from '../../javascript/driver/verdict.ts';
import type { Desk } from './desk.ts';

/** What is still to be said of mutants in one test file. */
export class Docket {
  private readonly desk: Desk;
  private readonly path: string;
  private open: Set<number>;
  private readonly tries = new Map<number, TestTry[]>();
  private readonly put = new Map<number, string>();

  constructor(desk: Desk, path: string) {
    this.desk = desk;
    this.path = path;
    this.open = new Set(desk.tries);
  }

  /** Only these are to be tried. */
  choose(numbers: readonly number[]): void {
    this.open = new Set(numbers);
  }

  /** Those of these that nothing has been said of here and that no other file has killed. */
  openOf(numbers: readonly number[] = this.desk.tries): readonly number[] {
    return numbers.filter((number) => this.open.has(number) && !this.desk.isKilled(number));
  }

  note(number: number, one: TestTry): void {
    this.tries.set(number, [...(this.tries.get(number) ?? []), one]);
  }

  /** Says so where a mutant was noticed; puts it off otherwise. */
  concludeNoticed(number: number, why: string): void {
    const { status } = concludeTry(number, this.path, this.tries.get(number) ?? []);
    if (status === 'survived') this.defer([number], why);
    else this.conclude(number);
  }

  /** Says what became of a mutant. */
  conclude(number: number): void {
    this.open.delete(number);
    this.put.delete(number);
    const event = concludeTry(number, this.path, this.tries.get(number) ?? []);
    if (event.status === 'killed' || event.status === 'timeout') this.desk.setKilled(number);
    const isNamed = (id: string): boolean => id !== '';
    this.desk.tell({ ...event, killedBy: event.killedBy.filter(isNamed), ran: event.ran.filter(isNamed) });
  }

  /** Puts off what cannot be told this way; what was noted of it counts no more. */
  defer(numbers: readonly number[], why: string): void {
    for (const number of numbers) {
      if (!this.open.delete(number)) continue;
      this.tries.delete(number);
      this.put.set(number, why);
    }
  }

  /** Takes up again what was put off. */
  reopen(): readonly number[] {
    const numbers = [...this.put.keys()];
    for (const number of numbers) this.open.add(number);
    return this.openOf(numbers);
  }

  /** Leaves all that was put off to workers of their own. */
  handOver(): void {
    for (const [number, why] of this.put)
      if (!this.desk.isKilled(number)) this.desk.tell({ type: 'defer', number, why });
  }
}
