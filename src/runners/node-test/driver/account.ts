import type { Diary } from '../../javascript/driver/diary.ts';
import type { Measure, Run, Switchboard } from '../../javascript/driver/switchboard.ts';
import type { Attempt } from '../../javascript/driver/verdict.ts';

/** A test that is in no other test. */
export interface Unit {
  readonly id: string;
  readonly path: readonly string[];
}

/** What is counted together: a test with its hooks, the hooks before the next test, or what is done once for many. */
type Bucket = Unit | 'next' | 'common';

/** What each test of one round ran. */
export class Account {
  readonly notices = new Map<Bucket, string>();
  private readonly runs = new Map<Bucket, Run>();
  private readonly board: Switchboard;
  private readonly diary: Diary;
  private readonly number: number;
  private readonly measureOf: (unit: Unit | undefined) => Measure | undefined;
  private current: Bucket = 'common';
  private last: Unit | undefined;
  private failures = 0;

  constructor(
    { board, diary }: { readonly board: Switchboard; readonly diary: Diary },
    number: number,
    measureOf: Account['measureOf'],
  ) {
    this.board = board;
    this.diary = diary;
    this.number = number;
    this.measureOf = measureOf;
    board.start(number, measureOf(undefined));
  }

  enterUnit(unit: Unit): void {
    this.enter(unit);
    this.add(unit, this.runs.get('next'));
    this.runs.delete('next');
    this.last = unit;
  }

  enterHook(kind: string): void {
    if (kind === 'beforeEach') this.enter('next');
    else this.enter(kind === 'afterEach' && this.last !== undefined ? this.last : 'common');
  }

  /** No mutant is in force any more. */
  end(): void {
    this.enter('common');
    this.board.stop();
  }

  /** Something was thrown that nobody caught. */
  fail(): void {
    this.failures += 1;
  }

  get hasFailed(): boolean {
    return this.failures > 0;
  }

  notice(what: string): void {
    if (!this.notices.has(this.current)) this.notices.set(this.current, what);
  }

  noticeOf(unit: Unit): string | undefined {
    return this.notices.get(unit) ?? this.notices.get('common') ?? this.notices.get('next');
  }

  /** What was counted for a test, with what was done for many. */
  runOf(unit: Unit): Omit<Attempt, 'passed'> {
    const own = this.runs.get(unit) ?? this.nothing();
    const common = this.runs.get('common') ?? this.nothing();
    return { ...sum(own, common), ms: own.ms };
  }

  /** Of the whole round. */
  total(): Run {
    return [...this.runs.values()].reduce(sum, this.nothing());
  }

  private enter(next: Bucket): void {
    const { hits, notes, isOpen } = this.diary.read();
    const run = this.board.look();
    this.add(this.current, sum(run, { hits, ms: 0, cutOff: false }));
    for (const note of isOpen ? [...notes, 'it leaves a process behind'] : notes) this.notice(note);
    this.current = next;
    this.board.start(this.number, this.measureOf(typeof next === 'string' ? undefined : next));
  }

  private add(bucket: Bucket, run: Run | undefined): void {
    if (run !== undefined) this.runs.set(bucket, sum(this.runs.get(bucket) ?? this.nothing(), run));
  }

  private nothing(): Run {
    return { hits: new Uint32Array(this.board.fuel.length), ms: 0, cutOff: false };
  }
}

function sum(left: Run, right: Run): Run {
  return {
    hits: left.hits.map((count, place) => count + (right.hits[place] ?? 0)),
    ms: left.ms + right.ms,
    cutOff: left.cutOff || right.cutOff,
  };
}
