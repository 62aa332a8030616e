import { type Desk, FileRecord } from './file-record.ts';
import { FirstPass } from './first-pass.ts';
import type { Pass } from './passes.ts';
import { complaintOf, hasFailed, type Test, type TestFile } from './shapes.ts';
import { SinglePass } from './single-pass.ts';
import type { Trial } from './trial.ts';
import { type WholeOutcome, WholePass } from './whole-pass.ts';

/**
 * All mutants in one worker: the file as it is; each mutant on the first test that runs its place; then, with those that are left,
 * the whole file again, because a test may see what tests before it made of a mutant. What cannot be known without loading the
 * modules anew is left for a worker of its own.
 */
export class TogetherTrial implements Trial {
  private readonly desk: Desk;
  private record: FileRecord | undefined;
  private first: FirstPass | undefined;
  private pass: Pass | undefined;
  private readonly queue: number[] = [];
  /** Tried on the whole file since the last control of it. */
  private readonly pending: number[] = [];
  private controlDue = false;

  constructor(desk: Desk) {
    this.desk = desk;
    desk.board.start(0);
  }

  collected(file: TestFile): void {
    const record = new FileRecord(file, this.desk, this.desk.board.stop());
    this.record = record;
    this.first = new FirstPass(record);
    this.pass = this.first;
    if (hasFailed(file)) this.first.tellFailure('', complaintOf(file));
  }

  startFile(): void {
    this.pass?.start();
  }

  finishFile(file: TestFile): boolean {
    const { record, pass } = this;
    if (record === undefined || pass === undefined) return false;
    pass.finish(file);
    if (pass === this.first) this.pass = this.afterFirst(record, file);
    else {
      if (pass instanceof SinglePass) this.queue.push(...this.untried(record));
      this.pass = this.nextWhole(record);
    }
    return this.pass !== undefined;
  }

  beforeTest(test: Test): void {
    this.pass?.beforeTest(test);
  }

  afterTest(test: Test): void {
    this.pass?.afterTest(test);
  }

  timeLimitOf(test: Test): number | undefined {
    return this.pass?.timeLimitOf(test);
  }

  overtime(test: Test): void {
    this.pass?.overtime(test);
  }

  stray(error: unknown): void {
    const { record, first } = this;
    if (this.pass === first || record === undefined) first?.tellFailure('an error that nothing caught', String(error));
    // Whose error it is cannot be told: it may come late.
    else record.spoiled = 'there is an error that no test caught';
  }

  outside(what: string): void {
    this.desk.tell({ type: 'outside', what });
  }

  close(): void {
    this.record?.defer(
      this.reached(this.record),
      this.record.spoiled ?? this.record.unrepeatable ?? 'it was not tried',
    );
    this.desk.tell({ type: 'close' });
  }

  /** What runs at load cannot be run again here; what hooks run needs the whole file; the rest is for single tests first. */
  private afterFirst(record: FileRecord, file: TestFile): Pass | undefined {
    if (hasFailed(file) || record.tests.some(hasFailed)) return undefined;
    const { places } = this.desk;
    record.defer(
      record.openOf().filter((number) => places.count(record.loads.hits, number) > 0),
      'its place is run while modules are loaded',
    );
    const plan = new Map<Test, number[]>();
    for (const number of record.openOf()) {
      if (places.count(record.around.hits, number) > 0) continue;
      const test = [...record.first].find(([, { hits }]) => places.count(hits, number) > 0)?.[0];
      if (test !== undefined) plan.set(test, [...(plan.get(test) ?? []), number]);
    }
    if (plan.size > 0) return new SinglePass(record, plan);
    this.queue.push(...this.untried(record));
    return this.nextWhole(record);
  }

  private reached(record: FileRecord): readonly number[] {
    const { places } = this.desk;
    const { hits } = record.total();
    return record.openOf().filter((number) => places.count(hits, number) > 0);
  }

  private untried(record: FileRecord): readonly number[] {
    return record.spoiled === undefined ? this.reached(record) : [];
  }

  private nextWhole(record: FileRecord): Pass | undefined {
    if (record.spoiled !== undefined || record.unrepeatable !== undefined) return undefined;
    while (!this.controlDue && this.queue.length > 0) {
      const [number] = record.openOf(this.queue.splice(0, 1));
      if (number !== undefined)
        return new WholePass(record, number, (outcome) => this.afterTry(record, number, outcome));
    }
    if (this.pending.length === 0 && this.queue.length === 0) return undefined;
    return new WholePass(record, 0, (outcome) => this.afterControl(record, outcome));
  }

  private afterTry(record: FileRecord, number: number, { failed, doubt, overtime }: WholeOutcome): void {
    if (overtime) {
      record.spoiled = 'a test with a mutant in it did not come to an end';
      return;
    }
    if (doubt !== undefined) record.defer([number], doubt);
    else this.pending.push(number);
    this.controlDue = failed || doubt !== undefined;
  }

  private afterControl(record: FileRecord, { doubt }: WholeOutcome): void {
    this.controlDue = false;
    if (doubt === undefined) for (const number of this.pending.splice(0)) record.conclude(number);
    else record.spoiled = doubt;
  }
}
