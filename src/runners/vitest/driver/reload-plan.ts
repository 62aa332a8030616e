import type { Run } from '../../javascript/driver/switchboard.ts';
import type { Attempt } from '../../javascript/driver/verdict.ts';
import type { Desk } from './desk.ts';
import type { Docket } from './docket.ts';
import { addRuns, FileRecord } from './file-record.ts';
import { OrderOfTries, type WholeOutcome } from './order-of-tries.ts';
import { ReloadTrial } from './reload-trial.ts';
import type { TestFile } from './shapes.ts';

/** Mutants that need modules of their own, tried by loading everything anew in the same worker, one reload each. */
export class ReloadPlan {
  readonly desk: Desk;
  readonly docket: Docket;
  /** What the file's first load and run came to. */
  readonly total: Run;
  readonly loads: Run;
  private readonly around: Run;
  private readonly first: ReadonlyMap<string, Attempt>;
  private readonly order: OrderOfTries;

  constructor(record: FileRecord) {
    this.desk = record.desk;
    this.docket = record.docket;
    this.loads = record.loads;
    this.around = record.around;
    this.total = addRuns(record.loads, record.total());
    this.first = new Map([...record.first].map(([test, attempt]) => [record.idOf(test), attempt]));
    this.order = new OrderOfTries(record.docket, record.docket.reopen(), true);
  }

  next(): ReloadTrial | undefined {
    const number = this.order.next();
    return number === undefined ? undefined : new ReloadTrial(this, number);
  }

  /** The file as it is collected now, with what is known from the first time; undefined if its tests are others. */
  recordOf(file: TestFile, loads: Run): FileRecord | undefined {
    const record = new FileRecord(file, this.desk, this.docket, loads);
    record.around = this.around;
    for (const test of record.tests) {
      const attempt = this.first.get(record.idOf(test));
      if (attempt !== undefined) record.first.set(test, attempt);
    }
    return record.first.size === this.first.size ? record : undefined;
  }

  done(number: number, outcome: WholeOutcome): void {
    this.order.done(number, outcome);
  }

  /** Leaves what is not settled to workers of their own. */
  finish(): void {
    this.docket.defer(this.docket.openOf(), this.order.broken ?? 'it was not tried');
    this.docket.handOver();
    this.desk.tell({ type: 'close' });
  }
}
