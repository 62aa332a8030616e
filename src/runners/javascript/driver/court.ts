import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { Places } from './places.ts';
import type { Tell } from './request.ts';
import { type Attempt, concludeTry, doubtOfControl, doubtOfTry, type TestTry } from './verdict.ts';

/** What one run of some tests was like. */
export interface Heard<Test> {
  /** Those that were begun, in order. */
  readonly ran: ReadonlySet<Test>;
  /** The one that failed first, or that answers for what failed around it. */
  readonly culprit: Test | undefined;
  /** With what is done for it before and after. */
  attemptOf(test: Test): Attempt;
  /** What else may have been at work: `it leaves a process behind`. */
  noticeOf(test: Test): string | undefined;
}

export interface Round<Test> {
  /** The mutant in force, 0 for none. */
  readonly number: number;
  readonly tests: ReadonlySet<Test>;
  /** The first failure ends it. */
  readonly bail: boolean;
}

/** Tests that are loaded and can be run again and again in this process. */
export interface Stage<Test> {
  /** The first run, of all tests. */
  readonly first: Heard<Test>;
  /** Numbers of mutants whose place was run while modules were loaded. */
  readonly loaded: readonly number[];
  run(round: Round<Test>): Promise<Heard<Test>>;
  covering(number: number): ReadonlySet<Test>;
  idOf(test: Test): string;
  /** Absolute. */
  fileOf(test: Test): string;
  /** Why nothing that survives can be trusted now. */
  doubt(): string | undefined;
}

interface Case<Test> {
  readonly number: number;
  readonly tries: readonly (TestTry & { readonly of: Test })[];
}

/** Tries mutants against the tests that reach them, all in one process. */
export class Court<Test> {
  private readonly stage: Stage<Test>;
  private readonly places: Places;
  private readonly tell: Tell<DriverEvent>;
  private readonly killers = new Set<Test>();
  /** By test file: where one test is not to be trusted, what it depends on may be the others' as well. */
  private readonly doubts = new Map<string, string>();

  constructor(stage: Stage<Test>, places: Places, tell: Tell<DriverEvent>) {
    this.stage = stage;
    this.places = places;
    this.tell = tell;
  }

  /** What survives is told at the end only: until then something may show that it was not to be trusted. */
  async hear({ tries, likely }: Pick<DriverRequest, 'tries' | 'likely'>): Promise<void> {
    const { stage } = this;
    const before = stage.doubt();
    const cases: Case<Test>[] = [];
    for (const number of tries) {
      // What runs while modules are loaded cannot be undone: a process of its own is needed.
      const tests = stage.loaded.includes(number) ? new Set<Test>() : stage.covering(number);
      if (tests.size > 0) cases.push(await this.hearOne(number, tests, new Set(likely[number])));
    }
    const survivors = cases.filter((one) => one.tries.every(isPassed));
    await this.control(new Set(survivors.flatMap((one) => one.tries.map(({ of }) => of))));
    const doubt = before ?? stage.doubt();
    for (const one of cases) this.conclude(one, doubt);
  }

  /** A run without a mutant: what differs from the first one is in doubt. */
  private async control(tests: ReadonlySet<Test>): Promise<void> {
    if (tests.size === 0) return;
    const heard = await this.stage.run({ number: 0, tests, bail: false });
    for (const test of tests) {
      const found = heard.ran.has(test) ? this.doubtIn(heard, test) : 'a test is not run when it is asked again';
      if (found !== undefined) this.doubts.set(this.stage.fileOf(test), found);
    }
  }

  private doubtIn(control: Heard<Test>, test: Test): string | undefined {
    const { first } = this.stage;
    return control.noticeOf(test) ?? doubtOfControl(first.attemptOf(test), control.attemptOf(test), this.places);
  }

  /** Tests that killed other mutants are asked first: they look closer than others do. */
  private async hearOne(number: number, tests: ReadonlySet<Test>, likely: ReadonlySet<string>): Promise<Case<Test>> {
    this.tell({ type: 'begin', number, file: '' });
    const isKeen = (test: Test): boolean => this.killers.has(test) || likely.has(this.stage.idOf(test));
    const keen = new Set([...tests].filter(isKeen));
    const others = new Set([...tests].filter((test) => !keen.has(test)));
    const tries = keen.size === 0 ? [] : await this.tryOn(number, keen);
    if (others.size === 0 || !tries.every(isPassed)) return { number, tries };
    return { number, tries: [...tries, ...(await this.tryOn(number, others))] };
  }

  private async tryOn(number: number, tests: ReadonlySet<Test>): Promise<Case<Test>['tries']> {
    const { stage, places } = this;
    const heard = await stage.run({ number, tests, bail: true });
    const { culprit } = heard;
    const confirmed = culprit === undefined ? undefined : await this.confirm(number, culprit);
    if (culprit !== undefined) this.killers.add(culprit);
    const ran = new Set([...heard.ran, ...(culprit === undefined ? [] : [culprit])]);
    return [...ran].map((test) => {
      const attempt = heard.attemptOf(test);
      const doubt = heard.noticeOf(test) ?? doubtOfTry(stage.first.attemptOf(test), attempt, number, places);
      return { of: test, test: stage.idOf(test), attempt, doubt: test === culprit ? confirmed : doubt };
    });
  }

  /** Whether the test that failed passes without the mutant now, and fails with it again. */
  private async confirm(number: number, culprit: Test): Promise<string | undefined> {
    const tests = new Set([culprit]);
    const doubt = this.doubtIn(await this.stage.run({ number: 0, tests, bail: false }), culprit);
    if (doubt !== undefined) return doubt;
    const again = await this.stage.run({ number, tests, bail: true });
    return again.culprit === undefined ? 'it fails only once' : again.noticeOf(culprit);
  }

  private conclude({ number, tries }: Case<Test>, doubtOfAll: string | undefined): void {
    const judged = tries.map((one) => {
      const doubt = one.doubt ?? this.doubts.get(this.stage.fileOf(one.of)) ?? doubtOfAll;
      return isPassed(one) ? { ...one, doubt } : one;
    });
    for (const [file, group] of byFile(judged, ({ of }) => this.stage.fileOf(of)))
      this.tell(concludeTry(number, file, group));
  }
}

function isPassed({ attempt }: TestTry): boolean {
  return attempt.passed && !attempt.cutOff;
}

/** `Map.groupBy` is newer than the oldest Node that tests may run in. */
function byFile<Item>(items: readonly Item[], fileOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(fileOf(item), [...(groups.get(fileOf(item)) ?? []), item]);
  return groups;
}
