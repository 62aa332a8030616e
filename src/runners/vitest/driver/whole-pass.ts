import type { Run } from '../../javascript/driver/switchboard.ts';
import { type Attempt, doubtOfControl } from '../../javascript/driver/verdict.ts';
import { addRuns, attemptOf, type FileRecord } from './file-record.ts';
import type { WholeOutcome } from './order-of-tries.ts';
import type { Pass } from './passes.ts';
import { complaintOf, hasFailed, isParallel, suitesIn, type Test, type TestFile } from './shapes.ts';

const NOTHING: Run = { hits: new Uint32Array(0), ms: 0, cutOff: false };

/**
 * The whole file with one mutant in force from its first hook to its last, up to the first failure; or, as a control, without one.
 * So a test also sees what the mutant made of those before it.
 */
export class WholePass implements Pass {
  private readonly record: FileRecord;
  private readonly number: number;
  private readonly done: (outcome: WholeOutcome) => void;
  private around = NOTHING;
  private total = NOTHING;
  private failed = false;
  private late = false;
  private doubt: string | undefined;

  constructor(record: FileRecord, number: number, done: (outcome: WholeOutcome) => void) {
    this.record = record;
    this.number = number;
    this.done = done;
  }

  start(): void {
    this.record.restore();
    this.begin(undefined);
  }

  beforeTest(test: Test): void {
    if (this.failed || this.late) test.mode = 'skip';
    if (isParallel(test) || test.mode === 'skip') return;
    this.closeAround();
    this.begin(test);
  }

  afterTest(test: Test): void {
    const parallel = isParallel(test);
    const { board } = this.record.desk;
    const attempt = attemptOf(test, parallel ? { ...NOTHING, cutOff: board.look().cutOff } : board.stop());
    if (!parallel) {
      this.total = addRuns(this.total, attempt);
      this.begin(undefined);
    }
    if (this.number === 0) this.compare(test, attempt, parallel);
    else this.judge(test, attempt);
  }

  finish(file: TestFile): void {
    this.closeAround();
    this.total = addRuns(this.total, this.around);
    const { record, number } = this;
    const broken = suitesIn(file).find((suite) => hasFailed(suite) && (suite.result?.errors?.length ?? 0) > 0);
    if (number === 0) {
      if (broken !== undefined) this.doubt ??= 'a hook fails when it is run again';
      if (!record.desk.places.same(record.around.hits, this.around.hits))
        this.doubt ??= 'its hooks take another way when they are run again';
    } else if (!this.failed && (broken !== undefined || this.around.cutOff)) {
      const message = broken === undefined ? undefined : complaintOf(broken);
      this.fail('', { ...this.around, passed: false, ...(message === undefined ? {} : { message }) });
    } else if (!this.failed && !this.late && this.isUnseen()) this.doubt = 'its place was not run again';
    this.done({ failed: this.failed, doubt: this.doubt, overtime: this.late });
  }

  timeLimitOf(test: Test): number {
    const { first, limits } = this.record.measureOf(test);
    return limits.timeBaseMs + limits.timeFactor * first.ms;
  }

  overtime(): void {
    this.late = true;
  }

  private begin(test: Test | undefined): void {
    const { record, number } = this;
    const { desk, file } = record;
    const first = test === undefined ? record.total() : (record.first.get(test) ?? record.total());
    const { limits } = desk.request;
    const named = test === undefined ? {} : { test: record.idOf(test) };
    const ms = limits.timeBaseMs + limits.timeFactor * first.ms;
    desk.tell({ type: 'begin', number, file: file.filepath, ...named, ms });
    desk.board.start(number, { first, limits });
  }

  private compare(test: Test, attempt: Attempt, parallel: boolean): void {
    const { first, desk } = this.record;
    const before = first.get(test);
    if (parallel && !attempt.passed) this.doubt ??= 'a test fails when it is run again';
    if (!parallel && before !== undefined) this.doubt ??= doubtOfControl(before, attempt, desk.places);
  }

  private judge(test: Test, attempt: Attempt): void {
    const { record, number } = this;
    if (!attempt.passed || attempt.cutOff) this.fail(record.idOf(test), attempt);
    else if (record.desk.places.count(attempt.hits, number) > 0 || isParallel(test))
      record.docket.note(number, { test: record.idOf(test), attempt });
  }

  private fail(test: string, attempt: Attempt): void {
    this.failed = true;
    this.record.docket.note(this.number, { test, attempt });
  }

  private isUnseen(): boolean {
    const { places } = this.record.desk;
    return places.count(addRuns(this.record.loads, this.total).hits, this.number) === 0;
  }

  private closeAround(): void {
    this.around = addRuns(this.around, this.record.desk.board.stop());
  }
}
