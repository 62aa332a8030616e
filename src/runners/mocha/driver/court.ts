import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { Places } from '../../javascript/driver/places.ts';
import type { Tell } from '../../javascript/driver/request.ts';
import {
  concludeTry,
  doubtOfControl,
  doubtOfTry,
  type TestTry,
  type TryEvent,
} from '../../javascript/driver/verdict.ts';
import type { Test } from './mocha-types.ts';
import type { Rounds } from './rounds.ts';
import type { Survey } from './survey.ts';
import type { Trace, Unit } from './trace.ts';
import { testsOf } from './tree.ts';

interface Case {
  readonly number: number;
  readonly tries: readonly (TestTry & { readonly of: Test })[];
}

/** Tries mutants against the tests that reach them, all in one process. */
export class Court {
  private readonly rounds: Rounds;
  private readonly survey: Survey;
  private readonly places: Places;
  private readonly tell: Tell<TryEvent | { type: 'begin'; number: number; file: string }>;
  private readonly killers = new Set<Test>();
  private readonly doubts = new Map<Unit, string>();

  constructor(rounds: Rounds, survey: Survey, places: Places, tell: Court['tell']) {
    this.rounds = rounds;
    this.survey = survey;
    this.places = places;
    this.tell = tell;
  }

  /** What survives is told at the end only: until then something may show that it was not to be trusted. */
  async hear({ tries, likely }: Pick<DriverRequest, 'tries' | 'likely'>): Promise<void> {
    const { survey } = this;
    const cases: Case[] = [];
    for (const number of tries) {
      // What runs while modules are loaded cannot be undone: a process of its own is needed.
      const tests = survey.loaded.includes(number) ? new Set<Test>() : survey.covering(number);
      if (tests.size > 0) cases.push(await this.hearOne(number, tests, new Set(likely[number])));
    }
    const survivors = cases.filter((one) => one.tries.every(isPassed));
    await this.control(new Set(survivors.flatMap((one) => one.tries.map(({ of }) => of))));
    for (const one of cases) this.conclude(one);
  }

  /** A round without a mutant: what differs from the first one is in doubt. */
  private async control(tests: ReadonlySet<Test>): Promise<void> {
    if (tests.size === 0) return;
    const trace = await this.rounds.run({ number: 0, tests, first: this.survey.first, bail: false });
    for (const [unit, attempt] of trace.attempts) {
      const first = this.survey.first.get(unit);
      const doubt = first === undefined ? 'it ran only later' : doubtOfControl(first, attempt, this.places);
      const found = trace.notices.get(unit) ?? doubt;
      if (found !== undefined && !this.doubts.has(unit)) this.doubts.set(unit, found);
    }
    for (const test of tests)
      if (!trace.ran.has(test)) this.doubts.set(test, 'a test is not run when the others are run again');
  }

  /** Tests that killed other mutants are asked first: they look closer than others do. */
  private async hearOne(number: number, tests: ReadonlySet<Test>, likely: ReadonlySet<string>): Promise<Case> {
    this.tell({ type: 'begin', number, file: '' });
    const isKeen = (test: Test): boolean => this.killers.has(test) || likely.has(this.survey.idOf(test));
    const keen = new Set([...tests].filter(isKeen));
    const others = new Set([...tests].filter((test) => !keen.has(test)));
    const tries = keen.size === 0 ? [] : await this.tryOn(number, keen);
    if (others.size === 0 || !tries.every(isPassed)) return { number, tries };
    return { number, tries: [...tries, ...(await this.tryOn(number, others))] };
  }

  private async tryOn(number: number, tests: ReadonlySet<Test>): Promise<Case['tries']> {
    const { survey, rounds, places } = this;
    const trace = await rounds.run({ number, tests, first: survey.first, bail: true });
    const culprit = culpritOf(trace, tests);
    const confirmed = culprit === undefined ? undefined : await this.confirm(number, culprit);
    if (culprit !== undefined) this.killers.add(culprit);
    const heard = new Set([...trace.ran, ...(culprit === undefined ? [] : [culprit])]);
    return [...heard].map((test) => {
      const attempt = survey.withSuites(test, trace);
      const doubt = trace.notices.get(test) ?? doubtOfTry(survey.withSuites(test), attempt, number, places);
      return { of: test, test: survey.idOf(test), attempt, doubt: test === culprit ? confirmed : doubt };
    });
  }

  /** Whether the test that failed passes without the mutant now, and fails with it again. */
  private async confirm(number: number, culprit: Test): Promise<string | undefined> {
    const tests = new Set([culprit]);
    const { first } = this.survey;
    const control = await this.rounds.run({ number: 0, tests, first, bail: false });
    const units = [culprit, ...this.survey.suitesOf(culprit)];
    const doubts = units.map((unit) => this.doubtIn(control, unit));
    const found = doubts.find((doubt) => doubt !== undefined);
    if (found !== undefined) return found;
    const again = await this.rounds.run({ number, tests, first, bail: true });
    if (culpritOf(again, tests) === undefined) return 'it fails only once';
    return [...again.notices.values()][0];
  }

  private doubtIn(control: Trace, unit: Unit): string | undefined {
    const first = this.survey.first.get(unit);
    const attempt = control.attempts.get(unit);
    if (first === undefined || attempt === undefined) return undefined;
    return control.notices.get(unit) ?? doubtOfControl(first, attempt, this.places);
  }

  private conclude({ number, tries }: Case): void {
    const judged = tries.map((one) => {
      const doubt = this.survey.unitsOf(one.of).flatMap((unit) => this.doubts.get(unit) ?? [])[0];
      return isPassed(one) ? { ...one, doubt: one.doubt ?? doubt } : one;
    });
    for (const [file, group] of Map.groupBy(judged, ({ of }) => of.file ?? ''))
      this.tell(concludeTry(number, file, group));
  }
}

function isPassed({ attempt }: TestTry): boolean {
  return attempt.passed && !attempt.cutOff;
}

/** The test that failed first; where it was what a suite does for all its tests, the first of these. */
function culpritOf(trace: Trace, tests: ReadonlySet<Test>): Test | undefined {
  const failed = trace.failed[0] ?? [...trace.attempts].find(([, attempt]) => attempt.cutOff)?.[0];
  if (failed === undefined) return undefined;
  if (!('suites' in failed)) return failed;
  return testsOf(failed).find((test) => tests.has(test)) ?? [...tests][0];
}
