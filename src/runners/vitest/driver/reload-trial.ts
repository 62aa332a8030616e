import type { Run } from '../../javascript/driver/switchboard.ts';
import type { WholeOutcome } from './order-of-tries.ts';
import type { ReloadPlan } from './reload-plan.ts';
import { complaintOf, hasFailed, type Test, type TestFile } from './shapes.ts';
import type { Trial } from './trial.ts';
import { WholePass } from './whole-pass.ts';

/** The file with modules loaded anew, one mutant in force from their first line on; or, as a control, none. */
export class ReloadTrial implements Trial {
  private readonly plan: ReloadPlan;
  private readonly number: number;
  private pass: WholePass | undefined;
  private outcome: WholeOutcome | undefined;

  constructor(plan: ReloadPlan, number: number) {
    this.plan = plan;
    this.number = number;
  }

  begin(): void {
    const { desk, total } = this.plan;
    const { limits } = desk.request;
    const file = desk.key.slice(desk.key.indexOf('|') + 1);
    const ms = limits.timeBaseMs + limits.timeFactor * total.ms;
    desk.tell({ type: 'begin', number: this.number, file, ms });
    desk.board.start(this.number, { first: total, limits });
  }

  collected(file: TestFile): void {
    const { plan, number } = this;
    const loads = plan.desk.board.stop();
    if (hasFailed(file) || loads.cutOff) {
      this.failLoad(file, loads);
      return;
    }
    const record = plan.recordOf(file, loads);
    if (record === undefined)
      this.outcome = { failed: false, doubt: 'its tests are others each time', overtime: false };
    else this.pass = new WholePass(record, number, (outcome) => this.passed(outcome, loads));
  }

  startFile(): void {
    this.pass?.start();
  }

  finishFile(file: TestFile): boolean {
    this.pass?.finish(file);
    return false;
  }

  beforeTest(test: Test): void {
    if (this.pass === undefined) test.mode = 'skip';
    else this.pass.beforeTest(test);
  }

  afterTest(test: Test): void {
    this.pass?.afterTest(test);
  }

  timeLimitOf(test: Test): number | undefined {
    return this.pass?.timeLimitOf(test);
  }

  overtime(): void {
    this.pass?.overtime();
  }

  stray(): void {
    this.outcome = { failed: true, doubt: 'there is an error that no test caught', overtime: true };
  }

  outside(what: string): void {
    this.plan.desk.tell({ type: 'outside', what });
  }

  close(): Trial | undefined {
    const { plan, number } = this;
    plan.done(number, this.outcome ?? { failed: true, doubt: 'its tests did not run', overtime: false });
    const next = plan.next();
    if (next === undefined) plan.finish();
    return next;
  }

  abandon(): void {
    this.plan.finish();
  }

  private passed(outcome: WholeOutcome, loads: Run): void {
    const { plan, number } = this;
    const another = number === 0 && !plan.desk.places.same(plan.loads.hits, loads.hits);
    const doubt = another ? 'its modules take another way when they are loaded again' : outcome.doubt;
    this.outcome ??= { ...outcome, doubt };
  }

  private failLoad(file: TestFile, loads: Run): void {
    const message = complaintOf(file);
    const told = message === undefined ? {} : { message };
    if (this.number !== 0)
      this.plan.docket.note(this.number, { test: '', attempt: { ...loads, passed: false, ...told } });
    const doubt = this.number === 0 ? 'it cannot be loaded again' : undefined;
    this.outcome = { failed: true, doubt, overtime: false };
  }
}
