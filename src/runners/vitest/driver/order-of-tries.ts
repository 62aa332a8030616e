import type { Docket } from './docket.ts';

/** What came of one time through a whole file. */
export interface WholeOutcome {
  readonly failed: boolean;
  /** Why it cannot be trusted; of a control: how it went another way than the first time. */
  readonly doubt: string | undefined;
  /** Something of it still runs. */
  readonly overtime: boolean;
}

/**
 * Which mutant is next where a whole file is run for each. A control (number 0) runs after each that was noticed or is in doubt, as
 * it may have left things in disorder, and in the end; what was found since the last control holds if the next one goes well.
 */
export class OrderOfTries {
  private readonly docket: Docket;
  private readonly queue: number[];
  private readonly pending: number[] = [];
  private controlDue: boolean;
  private readonly settle: (number: number) => void;
  /** Why nothing more is tried. */
  broken: string | undefined;

  constructor(
    docket: Docket,
    numbers: readonly number[],
    controlFirst: boolean,
    settle: (number: number) => void = (number) => docket.conclude(number),
  ) {
    this.settle = settle;
    this.docket = docket;
    this.queue = [...numbers];
    this.controlDue = controlFirst && numbers.length > 0;
  }

  next(): number | undefined {
    if (this.broken !== undefined) return undefined;
    if (this.controlDue) return 0;
    while (this.queue.length > 0) {
      const [number] = this.docket.openOf(this.queue.splice(0, 1));
      if (number !== undefined) return number;
    }
    return this.pending.length > 0 ? 0 : undefined;
  }

  done(number: number, { failed, doubt, overtime }: WholeOutcome): void {
    if (overtime) this.broken = 'a test with a mutant in it did not come to an end';
    else if (number === 0) this.afterControl(doubt);
    else {
      if (doubt === undefined) this.pending.push(number);
      else this.docket.defer([number], doubt);
      this.controlDue = failed || doubt !== undefined;
    }
  }

  private afterControl(doubt: string | undefined): void {
    this.controlDue = false;
    if (doubt !== undefined) this.broken = doubt;
    else for (const number of this.pending.splice(0)) this.settle(number);
  }
}
