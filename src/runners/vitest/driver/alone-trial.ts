import type { Run } from '../../javascript/driver/switchboard.ts';
import type { Desk } from './desk.ts';
import { Docket } from './docket.ts';
import { FileRecord } from './file-record.ts';
import type { FirstRun } from './messages.ts';
import { complaintOf, hasFailed, suitesIn, type Test, type TestFile } from './shapes.ts';
import type { Trial } from './trial.ts';

/** Where nothing is known of a file, it may take a minute and run its loops some ten million times. */
const UNKNOWN = { ms: 15_000, hits: 100_000 };

/** One mutant, in force from before anything of the user's is loaded; the first failure ends it. */
export class AloneTrial implements Trial {
  private readonly desk: Desk;
  private readonly number: number;
  private readonly path: string;
  private readonly docket: Docket;
  private readonly first: Run;
  private record: FileRecord | undefined;
  private failed = false;
  private seen = 0;

  constructor(desk: Desk, number: number, path: string, first: FirstRun | undefined) {
    this.desk = desk;
    this.number = number;
    this.path = path;
    this.docket = new Docket(desk, path);
    const hits = Uint32Array.from(desk.board.fuel, (_, place) => first?.hits[place] ?? UNKNOWN.hits);
    this.first = { hits, ms: first?.ms ?? UNKNOWN.ms, cutOff: false };
  }

  begin(): void {
    const { desk, number, path: file, first } = this;
    desk.tell({ type: 'begin', number, file, ms: this.timeLimitOf() });
    desk.board.start(number, { first, limits: desk.request.limits });
  }

  collected(file: TestFile): void {
    this.record = new FileRecord(file, this.desk, this.docket, this.desk.board.look());
    if (hasFailed(file)) this.fail('', complaintOf(file));
  }

  startFile(): void {}

  finishFile(file: TestFile): boolean {
    const broken = suitesIn(file).find((suite) => hasFailed(suite) && (suite.result?.errors?.length ?? 0) > 0);
    if (broken !== undefined && !this.failed) this.fail('', complaintOf(broken));
    return false;
  }

  beforeTest(test: Test): void {
    if (this.failed) test.mode = 'skip';
  }

  afterTest(test: Test): void {
    const run = this.desk.board.look();
    const count = this.desk.places.count(run.hits, this.number);
    const id = this.record?.idOf(test) ?? test.name;
    if (hasFailed(test) || run.cutOff) this.fail(id, complaintOf(test));
    else if (count > this.seen) this.docket.note(this.number, { test: id, attempt: { ...run, ms: 0, passed: true } });
    this.seen = count;
  }

  timeLimitOf(): number {
    const { timeBaseMs, timeFactor } = this.desk.request.limits;
    return timeBaseMs + timeFactor * this.first.ms;
  }

  overtime(test: Test): void {
    this.fail(this.record?.idOf(test) ?? test.name, undefined, true);
  }

  stray(error: unknown): void {
    this.fail('', String(error));
  }

  outside(what: string): void {
    this.desk.tell({ type: 'outside', what });
  }

  close(): undefined {
    // As long as it took in all, whatever its tests were.
    this.docket.note(this.number, { test: '', attempt: { ...this.desk.board.look(), passed: true, cutOff: false } });
    this.docket.conclude(this.number);
    this.abandon();
  }

  abandon(): void {
    this.desk.tell({ type: 'close' });
  }

  private fail(test: string, message: string | undefined, cutOff = false): void {
    if (this.failed) return;
    this.failed = true;
    const run: Run = this.desk.board.look();
    const told = message === undefined ? {} : { message };
    const attempt = { ...run, ms: 0, cutOff: run.cutOff || cutOff, passed: false, ...told };
    this.docket.note(this.number, { test, attempt });
  }
}
