import { NOT_FRESH } from '../../javascript/driver/module-state.ts';
import type { FileRecord } from './file-record.ts';
import { OrderOfTries } from './order-of-tries.ts';
import { WholePass } from './whole-pass.ts';

/**
 * Whole passes, one after the other, with the modules that are there: what they notice is noticed. What they do not is asked
 * again elsewhere, since closures and modules that did not change may hide what tests left in them.
 */
export class WholeSeries {
  private readonly record: FileRecord;
  private readonly order: OrderOfTries;

  constructor(record: FileRecord, numbers: readonly number[]) {
    this.record = record;
    this.order = new OrderOfTries(record.docket, numbers, false, (number) =>
      record.docket.concludeNoticed(number, NOT_FRESH),
    );
  }

  next(): WholePass | undefined {
    const { record, order } = this;
    if (record.spoiled !== undefined || record.lost !== undefined) return undefined;
    const number = order.next();
    if (number === undefined) {
      record.spoiled = order.broken;
      return undefined;
    }
    return new WholePass(record, number, (outcome) => {
      if (outcome.overtime) record.lost = 'a test with a mutant in it did not come to an end';
      order.done(number, outcome);
    });
  }
}
