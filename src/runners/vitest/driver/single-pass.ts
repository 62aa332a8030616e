import { type Attempt, doubtOfControl, doubtOfTry } from '../../javascript/driver/verdict.ts';
import { attemptOf, type FileRecord } from './file-record.ts';
import type { Pass } from './passes.ts';
import { suitesIn, type Task, type Test } from './shapes.ts';

/** The tries of one test, which is the first in its file to run the places of these mutants. */
class Series {
  readonly queue: number[];
  needsControl = true;
  /** Failed since the last control that went well. */
  readonly pending: number[] = [];
  tried = 0;

  constructor(numbers: readonly number[]) {
    this.queue = [...numbers];
  }

  /** Controls and tries there may be in all. */
  get length(): number {
    return 2 * this.queue.length + 1;
  }
}

/**
 * Tries mutants on the first test that runs their place: what was run before it is not touched by them, so that a failure there
 * is a failure in a fresh process. A control runs before the first try, after each that fails, and in the end.
 */
export class SinglePass implements Pass {
  private readonly record: FileRecord;
  private readonly series: ReadonlyMap<Test, Series>;
  private current: { readonly test: Test; readonly number: number } | undefined;

  constructor(record: FileRecord, plan: ReadonlyMap<Test, readonly number[]>) {
    this.record = record;
    this.series = new Map([...plan].map(([test, numbers]) => [test, new Series(numbers)]));
  }

  /** A test stands in its suite as often as it may be run. */
  start(): void {
    const { record, series } = this;
    record.restore();
    for (const suite of suitesIn(record.file).toReversed()) {
      suite.tasks = suite.tasks.flatMap((task): Task[] => {
        if (task.type === 'suite') return task.mode === 'skip' ? [] : [task];
        return Array.from({ length: series.get(task)?.length ?? 0 }, () => task);
      });
      suite.shuffle = false;
      if (suite.tasks.length === 0) suite.mode = 'skip';
    }
    record.desk.board.start(0);
  }

  beforeTest(test: Test): void {
    this.settleSkipped();
    const series = this.series.get(test);
    const number = series === undefined ? undefined : this.next(series);
    test.result = undefined;
    test.mode = number === undefined ? 'skip' : this.record.modeOf(test);
    if (number === undefined) return;
    this.current = { test, number };
    const { desk, file } = this.record;
    const measure = this.record.measureOf(test);
    desk.tell({ type: 'begin', number, file: file.filepath, test: this.record.idOf(test), ms: this.timeLimitOf(test) });
    desk.board.start(number, measure);
  }

  afterTest(test: Test): void {
    if (this.current?.test !== test) return;
    const { number } = this.current;
    this.current = undefined;
    const attempt = attemptOf(test, this.record.desk.board.stop());
    const series = this.series.get(test);
    if (series === undefined) return;
    if (number === 0) this.judgeControl(test, series, attempt);
    else this.judgeTry(test, series, number, attempt);
  }

  finish(): void {
    this.settleSkipped();
    this.record.desk.board.stop();
  }

  timeLimitOf(test: Test): number {
    const { first, limits } = this.record.measureOf(test);
    return limits.timeBaseMs + limits.timeFactor * first.ms;
  }

  overtime(): void {
    this.record.lost = 'a test with a mutant in it did not come to an end';
  }

  private next(series: Series): number | undefined {
    const { spoiled, lost, docket } = this.record;
    if (spoiled !== undefined || lost !== undefined) return undefined;
    const open = docket.openOf(series.queue);
    if (series.needsControl && (open.length > 0 || series.tried > 0)) return 0;
    const [number] = open;
    if (number === undefined) {
      if (series.tried === 0) return undefined;
      return 0;
    }
    series.queue.splice(0, series.queue.indexOf(number) + 1);
    return number;
  }

  private judgeControl(test: Test, series: Series, attempt: Attempt): void {
    const { record } = this;
    const first = record.first.get(test);
    const doubt = first === undefined ? 'it has not run before' : doubtOfControl(first, attempt, record.desk.places);
    if (doubt === undefined) for (const number of series.pending.splice(0)) record.docket.conclude(number);
    else if (series.tried > 0) record.spoiled = doubt;
    else {
      // It cannot be run twice, mutants or not; other tests may.
      record.unrepeatable = doubt;
      record.docket.defer(series.queue.splice(0), doubt);
    }
    series.needsControl = false;
    series.tried = 0;
  }

  private judgeTry(test: Test, series: Series, number: number, attempt: Attempt): void {
    const { record } = this;
    const first = record.first.get(test);
    const doubt = first === undefined ? undefined : doubtOfTry(first, attempt, number, record.desk.places);
    const overtime = record.lost !== undefined;
    const failed = !attempt.passed || attempt.cutOff || overtime;
    series.tried++;
    record.docket.note(number, { test: record.idOf(test), attempt: overtime ? { ...attempt, cutOff: true } : attempt });
    if (doubt !== undefined) record.docket.defer([number], doubt);
    else if (!failed) return;
    // Nothing was put out of order before it, as far as anyone can tell.
    else if (overtime && series.pending.length === 0) record.docket.conclude(number);
    else series.pending.push(number);
    series.needsControl = true;
  }

  /** A test that skips itself half way is not announced as over: it did not fail. */
  private settleSkipped(): void {
    if (this.current !== undefined) this.afterTest(this.current.test);
  }
}
