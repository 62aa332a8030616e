import type { Heard, Round, Stage } from '../../javascript/driver/court.ts';
import { LEAVES_TRACES, stateOf, surroundingsOf } from '../../javascript/driver/module-state.ts';
import type { Test } from './mocha-types.ts';
import type { Rounds } from './rounds.ts';
import type { Survey } from './survey.ts';
import type { Trace } from './trace.ts';
import { testsOf } from './tree.ts';

/** Mocha's tests, as the court sees them. */
export class MochaStage implements Stage<Test> {
  readonly first: Heard<Test>;
  private readonly survey: Survey;
  private readonly rounds: Rounds;
  private readonly before: StateBefore;

  constructor(rounds: Rounds, survey: Survey, before: StateBefore) {
    this.rounds = rounds;
    this.survey = survey;
    this.before = before;
    this.first = heardOf(survey, survey.trace, new Set());
  }

  get loaded(): readonly number[] {
    return this.survey.loaded;
  }

  get loads(): Uint32Array {
    return this.survey.loads;
  }

  async run({ tests, ...round }: Round<Test>): Promise<Heard<Test>> {
    const wanted = tests === undefined ? {} : { tests };
    const trace = await this.rounds.run({ ...round, ...wanted, first: this.survey.first });
    return heardOf(this.survey, trace, tests ?? new Set());
  }

  covering(number: number): ReadonlySet<Test> {
    return this.survey.covering(number);
  }

  idOf(test: Test): string {
    return this.survey.idOf(test);
  }

  fileOf(test: Test): string {
    return test.file ?? '';
  }

  doubt(): string | undefined {
    const { notes, surroundings } = this.before;
    return notes[0] ?? (surroundingsOf(globalThis) === surroundings ? undefined : LEAVES_TRACES);
  }

  hasChanged(): boolean {
    return stateOf(globalThis) !== this.before.state;
  }
}

/** What was known before any test was run. */
export interface StateBefore {
  readonly state: string;
  readonly surroundings: string;
  /** Why modules may have seen something else than mutants while they were loaded. */
  readonly notes: readonly string[];
}

function heardOf(survey: Survey, trace: Trace, tests: ReadonlySet<Test>): Heard<Test> {
  return {
    ran: trace.ran,
    culprit: culpritOf(trace, tests),
    attemptOf: (test) => survey.withSuites(test, trace),
    noticeOf: (test) => survey.noticeOf(test, trace),
  };
}

/** The test that failed first; where it was what a suite does for all its tests, the first of these. */
function culpritOf(trace: Trace, tests: ReadonlySet<Test>): Test | undefined {
  const failed = trace.failed[0] ?? [...trace.attempts].find(([, attempt]) => attempt.cutOff)?.[0];
  if (failed === undefined) return undefined;
  if (!('suites' in failed)) return failed;
  return testsOf(failed).find((test) => tests.has(test)) ?? [...tests][0];
}
