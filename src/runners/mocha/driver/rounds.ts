import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { Diary } from '../../javascript/driver/diary.ts';
import { instructFamily } from '../../javascript/driver/family.ts';
import { type Measure, type Switchboard, timeLimit } from '../../javascript/driver/switchboard.ts';
import type { Attempt } from '../../javascript/driver/verdict.ts';
import { Watchdog } from '../../javascript/driver/watchdog.ts';
import type { MochaInstance, Runnable, Runner, Test } from './mocha-types.ts';
import { Trace, type Unit } from './trace.ts';
import { hooksOf, narrow, suitesOf, testsOf } from './tree.ts';

export interface Round {
  readonly number: number;
  /** All where not given. */
  readonly tests?: ReadonlySet<Test>;
  /** What its units are held against; without limits where there is none. */
  readonly first?: ReadonlyMap<Unit, Attempt>;
  readonly bail: boolean;
}

export interface Workplace {
  readonly board: Switchboard;
  readonly diary: Diary;
  readonly limits: DriverRequest['limits'];
  /** Mocha's own `run`. */
  readonly start: MochaInstance['run'];
}

const settled = setImmediate;
// Tests replace them.
const { exit } = process;

/** Runs the loaded tests of a Mocha instance again and again. */
export class Rounds {
  private readonly mocha: MochaInstance;
  private readonly board: Switchboard;
  private readonly diary: Diary;
  private readonly limits: DriverRequest['limits'];
  private readonly start: MochaInstance['run'];
  private readonly watchdog = new Watchdog();
  private trace: Trace | undefined;
  private context: object = {};
  private runner: Runner | undefined;

  constructor(mocha: MochaInstance, { board, diary, limits, start }: Workplace) {
    this.mocha = mocha;
    this.board = board;
    this.diary = diary;
    this.limits = limits;
    this.start = start;
    mocha.cleanReferencesAfterRun(false);
    mocha.enableGlobalTeardown(false);
    const setup = mocha.runGlobalSetup.bind(mocha);
    mocha.runGlobalSetup = async (runner) => {
      this.context = await setup(runner);
      return this.context;
    };
  }

  /** `onStart` is called when all tests are known. */
  async run(round: Round, onStart: () => void = () => {}): Promise<Trace> {
    const { mocha, board } = this;
    const widen = round.tests === undefined ? () => {} : narrow(mocha.suite, round.tests);
    const shortened = round.first === undefined ? [] : this.shorten(round.first);
    const trace = new Trace({
      board,
      diary: this.diary,
      number: round.number,
      root: mocha.suite,
      measureOf: (unit) => this.measureOf(unit, round),
      isShortened: (runnable) => shortened.some((one) => one.runnable === runnable),
    });
    this.trace = trace;
    for (const suite of suitesOf(mocha.suite)) suite.bail(round.bail);
    board.start(round.number);
    instructFamily(round.number);
    if (round.first !== undefined) this.watchdog.allow(this.patience(round.first));
    await this.finish(trace, onStart);
    this.watchdog.rest();
    this.trace = undefined;
    for (const { runnable, before } of shortened) runnable._timeout = before;
    widen();
    return trace;
  }

  /** From now on a test that ends the process does not, and what it did is told in the trace. */
  keepAlive(): void {
    process.exit = (code) => {
      const { trace } = this;
      if (trace === undefined) return exit.call(process, code) as never;
      trace.notice('it ends the process');
      throw new Error(`process.exit(${code ?? ''})`);
    };
  }

  notice(what: string): void {
    this.trace?.notice(what);
  }

  async tearDown(): Promise<void> {
    if (this.runner !== undefined && this.mocha.hasGlobalTeardownFixtures())
      await this.mocha.runGlobalTeardown(this.runner, { context: this.context });
  }

  private finish(trace: Trace, onStart: () => void): Promise<void> {
    const { mocha } = this;
    return new Promise((resolve) => {
      mocha._reporter = class {
        constructor(runner: Runner) {
          runner.once('start', onStart);
          trace.listen(runner);
        }
      };
      const runner = this.start.call(mocha, () => {
        trace.end();
        mocha.enableGlobalSetup(false);
        mocha.options.delay = false;
        forgetOnly(mocha);
        // What was rejected or thrown late is heard of before the next round.
        settled(resolve);
      });
      this.runner ??= runner;
    });
  }

  private measureOf(unit: Unit, { first }: Round): Measure | undefined {
    const attempt = first?.get(unit);
    return attempt === undefined ? undefined : { first: attempt, limits: this.limits };
  }

  /** Far more than all tests take together: it is only for what does not end at all. */
  private patience(first: ReadonlyMap<Unit, Attempt>): number {
    const ms = [...first.values()].reduce((sum, attempt) => sum + attempt.ms, 0);
    return 5 * timeLimit(this.limits, ms);
  }

  /** Tests and hooks that wait for something which does not come are given up sooner than the user would. */
  private shorten(first: ReadonlyMap<Unit, Attempt>): readonly { runnable: Runnable; before: number }[] {
    const { suite } = this.mocha;
    const hooks = suitesOf(suite).flatMap(hooksOf);
    return [...testsOf(suite), ...hooks].flatMap((runnable) => {
      const before = runnable._timeout;
      const ms = first.get(runnable as Test)?.ms ?? runnable.duration ?? 0;
      const limit = Math.ceil(timeLimit(this.limits, ms));
      if (before !== 0 && before <= limit) return [];
      runnable._timeout = limit;
      return [{ runnable, before }];
    });
  }
}

/** `only` was obeyed in the first round, by leaving everything else out for good. */
function forgetOnly({ suite }: MochaInstance): void {
  for (const each of suitesOf(suite)) Object.assign(each, { _onlyTests: [], _onlySuites: [] });
}
