import { stillWanted } from '../../javascript/driver/still-wanted.ts';
import type { Desk } from './desk.ts';
import { Docket } from './docket.ts';
import { addRuns, FileRecord } from './file-record.ts';
import { FirstPass } from './first-pass.ts';
import type { Pass } from './passes.ts';
import { ReloadPlan } from './reload-plan.ts';
import { complaintOf, hasFailed, type Test, type TestFile } from './shapes.ts';
import { SinglePass } from './single-pass.ts';
import type { Trial } from './trial.ts';
import { WholeSeries } from './whole-series.ts';

/**
 * All mutants in one worker: the file as it is; each mutant on the first test that runs its place; then, with those that are left,
 * the whole file again, because a test may see what tests before it made of a mutant. What cannot be known without loading the
 * modules anew is left for a reload.
 */
export class TogetherTrial implements Trial {
  private readonly desk: Desk;
  private readonly docket: Docket;
  private record: FileRecord | undefined;
  private first: FirstPass | undefined;
  private pass: Pass | undefined;
  private series: WholeSeries | undefined;
  private canReload = false;
  /** It passed without a mutant. */
  private isGreen = false;

  constructor(desk: Desk, path: string) {
    this.desk = desk;
    this.docket = new Docket(desk, path);
  }

  begin(): void {
    this.desk.board.start(0);
  }

  collected(file: TestFile, canReload: boolean): void {
    this.canReload = canReload;
    const record = new FileRecord(file, this.desk, this.docket, this.desk.board.stop());
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
    else this.pass = this.nextWhole(record);
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
    else record.lost = 'there is an error that no test caught';
  }

  outside(what: string): void {
    this.desk.tell({ type: 'outside', what });
  }

  close(): Trial | undefined {
    const { record, docket } = this;
    if (record !== undefined && this.isGreen) {
      const why = record.lost ?? record.spoiled ?? record.unrepeatable ?? 'it was not tried';
      docket.defer(this.reached(record), why);
      if (record.lost === undefined) {
        const next = new ReloadPlan(record).next();
        if (next !== undefined) return next;
      }
    }
    this.abandon();
    return undefined;
  }

  abandon(): void {
    this.docket.handOver();
    this.desk.tell({ type: 'close' });
  }

  /** What runs at load cannot be run again here; what hooks run needs the whole file; the rest is for single tests first. */
  private afterFirst(record: FileRecord, file: TestFile): Pass | undefined {
    this.isGreen = !hasFailed(file) && !record.tests.some(hasFailed);
    if (!this.isGreen) return undefined;
    const { places, tries, request } = this.desk;
    const { hits } = addRuns(record.loads, record.total());
    const own = places.reached(hits);
    const wanted = stillWanted({ ...request, tries }, this.desk.meet(own));
    this.docket.choose(wanted.filter((number) => own.includes(number)));
    this.docket.defer(
      this.docket.openOf().filter((number) => places.count(record.loads.hits, number) > 0),
      'its place is run while modules are loaded',
    );
    const plan = new Map<Test, number[]>();
    for (const number of this.docket.openOf()) {
      if (places.count(record.around.hits, number) > 0) continue;
      const test = [...record.first].find(([, { hits }]) => places.count(hits, number) > 0)?.[0];
      if (test !== undefined) plan.set(test, [...(plan.get(test) ?? []), number]);
    }
    return plan.size > 0 ? new SinglePass(record, plan) : this.nextWhole(record);
  }

  private nextWhole(record: FileRecord): Pass | undefined {
    // What is hidden in closures, and in modules that did not change, only fresh modules are sure to be without.
    if (record.unrepeatable !== undefined || this.canReload) return undefined;
    this.series ??= new WholeSeries(record, this.reached(record));
    return this.series.next();
  }

  private reached(record: FileRecord): readonly number[] {
    const { places } = this.desk;
    const { hits } = record.total();
    return this.docket.openOf().filter((number) => places.count(hits, number) > 0);
  }
}
