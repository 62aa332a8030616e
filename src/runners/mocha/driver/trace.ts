import type { Diary } from '../../javascript/driver/diary.ts';
import type { Measure, Run, Switchboard } from '../../javascript/driver/switchboard.ts';
import type { Attempt } from '../../javascript/driver/verdict.ts';
import type { Runnable, Runner, Suite, Test } from './mocha-types.ts';
import { originalOf } from './tree.ts';

/** What is measured by itself: a test with its hooks, or what a suite does once for all its tests. */
export type Unit = Test | Suite;

/** In a process of its own it does no harm. */
export const LEFT_BEHIND = 'it leaves a process behind';

export interface TraceOptions {
  readonly board: Switchboard;
  /** Of the processes that tests start. */
  readonly diary: Diary;
  /** In force all the time. */
  readonly number: number;
  readonly root: Suite;
  measureOf(unit: Unit): Measure | undefined;
  /** Whether our own time limit was in force for it. */
  isShortened(runnable: Runnable): boolean;
}

/** What each unit of one run of Mocha did. */
export class Trace {
  readonly attempts = new Map<Unit, Attempt>();
  /** Tests that were begun, in order. */
  readonly ran = new Set<Test>();
  readonly skipped = new Set<Test>();
  readonly failed: Unit[] = [];
  /** What else may have gone wrong: `ends the process`. */
  readonly notices = new Map<Unit, string>();
  private current: Unit;
  private readonly options: TraceOptions;

  constructor(options: TraceOptions) {
    this.options = options;
    this.current = options.root;
  }

  listen(runner: Runner): void {
    runner.on('start', () => this.enter(this.options.root));
    runner.on('suite', (suite: Suite) => this.enter(suite));
    runner.on('suite end', (suite: Suite) => this.enter(suite.parent ?? suite));
    runner.on('hook', (hook: Runnable) => this.enterHook(hook));
    runner.on('test', (test: Test) => {
      this.enter(originalOf(test));
      this.ran.add(originalOf(test));
    });
    runner.on('pending', (test: Test) => this.skipped.add(originalOf(test)));
    runner.on('fail', (runnable: Runnable, error: unknown) => this.fail(runnable, error));
  }

  /** Takes the account of the last unit; no mutant is in force any more. */
  end(): void {
    this.enter(this.options.root);
    this.options.board.stop();
  }

  notice(what: string): void {
    if (!this.notices.has(this.current)) this.notices.set(this.current, what);
  }

  private enterHook(hook: Runnable): void {
    const suite = hook.parent;
    if (suite !== undefined && (suite._beforeAll.includes(hook) || suite._afterAll.includes(hook))) this.enter(suite);
  }

  private enter(next: Unit): void {
    const { board, number } = this.options;
    const run = this.takeAccount();
    const known = this.attempts.get(this.current);
    this.attempts.set(this.current, known === undefined ? { ...run, passed: true } : sum(known, run));
    this.current = next;
    board.start(number, this.options.measureOf(next));
  }

  /** What this process and those below it ran. */
  private takeAccount(): Run {
    const run = this.options.board.look();
    const { hits, notes, isOpen } = this.options.diary.read();
    for (const note of isOpen ? [...notes, LEFT_BEHIND] : notes) this.notice(note);
    return { ...run, hits: run.hits.map((count, place) => count + (hits[place] ?? 0)) };
  }

  private fail(runnable: Runnable, error: unknown): void {
    const unit = runnable.type === 'test' ? originalOf(runnable as Test) : this.current;
    const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
    const cutOff = code === 'ERR_MOCHA_TIMEOUT' && this.options.isShortened(runnable);
    const run = this.attempts.get(unit) ?? { hits: new Uint32Array(this.options.board.fuel.length), ms: 0, cutOff };
    this.attempts.set(unit, { ...run, cutOff: run.cutOff || cutOff, passed: false, message: String(message ?? error) });
    this.failed.push(unit);
  }
}

function sum(known: Attempt, run: Pick<Attempt, 'hits' | 'ms' | 'cutOff'>): Attempt {
  const hits = known.hits.map((count, place) => count + (run.hits[place] ?? 0));
  return { ...known, hits, ms: known.ms + run.ms, cutOff: known.cutOff || run.cutOff };
}
