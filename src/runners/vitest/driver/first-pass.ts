import { addRuns, attemptOf, type FileRecord } from './file-record.ts';
import type { Pass } from './passes.ts';
import { complaintOf, fullName, hasFailed, isParallel, suitesIn, type Test, type TestFile } from './shapes.ts';

/** The file as it is, without a mutant: is it green, and which test runs which place? */
export class FirstPass implements Pass {
  private readonly record: FileRecord;

  constructor(record: FileRecord) {
    this.record = record;
  }

  start(): void {
    this.record.desk.board.start(0);
  }

  beforeTest(test: Test): void {
    if (!isParallel(test)) this.closeAround();
  }

  afterTest(test: Test): void {
    const { board } = this.record.desk;
    if (isParallel(test)) return;
    this.record.first.set(test, attemptOf(test, board.stop()));
  }

  finish(file: TestFile): void {
    this.closeAround();
    const { record } = this;
    const { places } = record.desk;
    const reaches = places.reached(addRuns(record.loads, record.around).hits);
    record.desk.tell({ type: 'load', file: file.filepath, reaches });
    for (const test of record.tests) this.tellTest(test);
    const suites = suitesIn(file).filter((suite) => hasFailed(suite));
    if (!record.tests.some(hasFailed))
      for (const suite of suites) this.tellFailure(fullName(suite), complaintOf(suite));
    const total = addRuns(record.loads, record.total());
    record.desk.tell({ type: 'first', ms: total.ms, hits: [...total.hits] });
  }

  /** An error that no test could catch fails the run as a failed test does. */
  tellFailure(name: string, message: string | undefined): void {
    const { file, desk } = this.record;
    desk.tell({
      ...{
        type: 'test',
        id: `${file.filepath} ${name}`,
        file: file.filepath,
        name,
        status: 'fail',
        ms: 0,
        reaches: [],
      },
      ...(message === undefined ? {} : { message }),
    });
  }

  timeLimitOf(): undefined {
    return undefined;
  }

  overtime(): void {}

  private tellTest(test: Test): void {
    const { desk, first, file, around } = this.record;
    const attempt = first.get(test);
    const state = test.result?.state;
    const status = state === 'pass' ? 'pass' : state === 'fail' ? 'fail' : 'skip';
    const message = complaintOf(test);
    // Tests that run side by side are counted together.
    const hits = attempt?.hits ?? (isParallel(test) && status === 'pass' ? around.hits : new Uint32Array(0));
    desk.tell({
      ...{ type: 'test', id: this.record.idOf(test), file: file.filepath, name: fullName(test), status },
      ...{ ms: attempt?.ms ?? 0, reaches: desk.places.reached(hits) },
      ...(message === undefined ? {} : { message }),
    });
  }

  private closeAround(): void {
    const { record } = this;
    record.around = addRuns(record.around, record.desk.board.stop());
  }
}
