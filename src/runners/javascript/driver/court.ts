import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import { NOT_FRESH } from './module-state.ts';
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
  /** All where undefined. */
  readonly tests: ReadonlySet<Test> | undefined;
  /** The first failure ends it. */
  readonly bail: boolean;
}

/** Tests that are loaded and can be run again and again in this process. */
export interface Stage<Test> {
  /** The first run, of all tests. */
  readonly first: Heard<Test>;
  /** Numbers of mutants whose place was run while modules were loaded. */
  readonly loaded: readonly number[];
  /** What was run while modules were loaded, by place. */
  readonly loads: Uint32Array;
  run(round: Round<Test>): Promise<Heard<Test>>;
  covering(number: number): ReadonlySet<Test>;
  idOf(test: Test): string;
  /** Absolute. */
  fileOf(test: Test): string;
  /** Why nothing that survives can be trusted, however often it is asked. */
  doubt(): string | undefined;
  /** Something in the modules is no longer as it was when they were loaded. */
  hasChanged(): boolean;
  /** Loads modules and tests again, this mutant in force from the first line on; `run` is about these then. */
  renew?(number: number): Promise<Renewed>;
}

/** `unfit`: they cannot be loaded again. */
export type Renewed =
  | { readonly kind: 'loaded'; readonly hits: Uint32Array }
  | { readonly kind: 'failed'; readonly attempt: Attempt }
  | { readonly kind: 'unfit' };

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
  async hear({ tries, enough, likely }: Pick<DriverRequest, 'tries' | 'enough' | 'likely'>): Promise<void> {
    const { stage } = this;
    const isLoaded = (number: number): boolean => stage.loaded.includes(number);
    const wanted = tries.filter((number) => isLoaded(number) || stage.covering(number).size > 0).slice(0, enough);
    const doubt = stage.doubt();
    const hadChanged = stage.hasChanged();
    // Nothing that survives could be trusted with the modules as they are now.
    const fresh = hadChanged && doubt === undefined ? await this.hearAfresh(wanted) : [];
    for (const one of fresh) this.conclude(one);
    const settled = new Set(fresh.map(numberOf));
    // What runs while modules are loaded cannot be undone.
    const rest = wanted.filter((number) => !settled.has(number));
    const [atLoad, later] = [rest.filter(isLoaded), rest.filter((number) => !isLoaded(number))];
    const judged = await this.hearTogether(later, likely);
    // What survives may do so thanks to something that modules keep where nobody sees it.
    const open = [...judged.filter((one) => isUnsure(one) || isSurvived(one)).map(numberOf), ...atLoad];
    const afresh = hadChanged || stage.doubt() !== undefined ? [] : await this.hearAfresh(open);
    const again = new Set(afresh.map(numberOf));
    for (const one of judged.filter(({ number }) => !again.has(number))) this.conclude(this.judge(one, NOT_FRESH));
    for (const one of afresh) this.conclude(one);
  }

  /** One after the other, with the modules as they are. */
  private async hearTogether(
    numbers: readonly number[],
    likely: DriverRequest['likely'],
  ): Promise<readonly Case<Test>[]> {
    const { stage } = this;
    const cases: Case<Test>[] = [];
    for (const number of numbers) {
      const found = await this.hearOne(number, stage.covering(number), new Set(likely[number]));
      cases.push(found);
      if (stage.renew === undefined && isSurvived(found)) this.tell({ type: 'doubt', number });
    }
    // Where modules cannot be loaded again, survivors are not believed anyway.
    if (stage.renew !== undefined) await this.control(new Set(cases.filter(isSurvived).flatMap(testsOf)));
    return cases.map((one) => this.judge(one, stage.doubt()));
  }

  /**
   * With modules that are loaded for each try, and with all tests, since one may see what another did. Nothing is said where
   * it shows that this is not as it is in a process of its own.
   */
  private async hearAfresh(numbers: readonly number[]): Promise<readonly Case<Test>[]> {
    if (this.stage.renew === undefined || this.stage.first.ran.size === 0) return [];
    const cases: Case<Test>[] = [];
    for (const number of numbers) {
      const found = await this.tryAfresh(number);
      if (found === undefined) return [];
      cases.push(found);
    }
    if (cases.length === 0) return [];
    const renewed = await this.stage.renew(0);
    if (renewed.kind !== 'loaded' || !this.places.same(renewed.hits, this.stage.loads)) return [];
    this.doubts.clear();
    await this.control(this.stage.first.ran);
    if (this.doubts.size > 0 || this.stage.doubt() !== undefined) return [];
    return cases.filter((one) => !isUnsure(one));
  }

  private async tryAfresh(number: number): Promise<Case<Test> | undefined> {
    const { stage, places } = this;
    this.tell({ type: 'begin', number, file: '' });
    const renewed = await stage.renew?.(number);
    if (renewed === undefined || renewed.kind === 'unfit') return undefined;
    if (renewed.kind === 'failed')
      return { number, tries: [...stage.first.ran].map((of) => this.failedAs(of, renewed.attempt)) };
    const heard = await stage.run({ number, tests: undefined, bail: true });
    const isLoaded = places.count(renewed.hits, number) > 0;
    const ran = new Set([...heard.ran, ...(heard.culprit === undefined ? [] : [heard.culprit])]);
    const tries = [...ran].map((of) => {
      const attempt = heard.attemptOf(of);
      const skipped = isLoaded ? undefined : doubtOfTry(stage.first.attemptOf(of), attempt, number, places);
      return { of, test: stage.idOf(of), attempt, doubt: heard.noticeOf(of) ?? skipped };
    });
    // Those that do not come by its place saw nothing of it, or something that others left: they are not worth a word.
    const near = tries.filter((one) => isLoaded || !isPassed(one) || places.count(one.attempt.hits, number) > 0);
    return near.length === 0 ? undefined : { number, tries: near };
  }

  private failedAs(of: Test, attempt: Attempt): Case<Test>['tries'][number] {
    return { of, test: this.stage.idOf(of), attempt };
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

  private judge({ number, tries }: Case<Test>, doubtOfAll: string | undefined): Case<Test> {
    const judged = tries.map((one) => {
      const doubt = one.doubt ?? this.doubts.get(this.stage.fileOf(one.of)) ?? doubtOfAll;
      return isPassed(one) ? { ...one, doubt } : one;
    });
    return { number, tries: judged };
  }

  private conclude({ number, tries }: Case<Test>): void {
    for (const [file, group] of byFile(tries, ({ of }) => this.stage.fileOf(of)))
      this.tell(concludeTry(number, file, group));
  }
}

function isSurvived<Test>({ tries }: Case<Test>): boolean {
  return tries.every(isPassed);
}

/** Nothing has failed for sure, and something may have gone another way than it does by itself. */
function isUnsure<Test>({ tries }: Case<Test>): boolean {
  const failed = tries.filter((one) => !isPassed(one));
  return failed.length > 0
    ? failed.every(({ doubt }) => doubt !== undefined)
    : tries.some(({ doubt }) => doubt !== undefined);
}

function testsOf<Test>({ tries }: Case<Test>): readonly Test[] {
  return tries.map(({ of }) => of);
}

function numberOf<Test>({ number }: Case<Test>): number {
  return number;
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
