import { relative } from 'node:path';
import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { Places } from '../../javascript/driver/places.ts';
import type { Measure, Run, Switchboard } from '../../javascript/driver/switchboard.ts';
import { type Attempt, concludeTry, type TestTry } from '../../javascript/driver/verdict.ts';
import type { Message } from './messages.ts';
import {
  complaintOf,
  fullName,
  hasFailed,
  type Mode,
  type Suite,
  suitesIn,
  type Task,
  type Test,
  type TestFile,
  testsIn,
} from './shapes.ts';

type Told<M> = M extends Message ? Omit<M, 'key' | 'pid'> : never;

/** What all that is done with one test file in one worker has in common. */
export interface Desk {
  readonly request: DriverRequest;
  readonly board: Switchboard;
  readonly places: Places;
  readonly key: string;
  /** Numbers of the mutants to be tried. */
  readonly tries: readonly number[];
  readonly tell: (message: Told<Message>) => void;
  readonly isKilled: (number: number) => boolean;
  readonly setKilled: (number: number) => void;
}

/** A test file as it was collected, and what is known of it. */
export class FileRecord {
  readonly file: TestFile;
  readonly desk: Desk;
  readonly tests: readonly Test[];
  /** The runs without a mutant, by test, in the order they were run; only of tests that run one after the other. */
  readonly first = new Map<Test, Attempt>();
  /** What was run besides tests: hooks, and tests that run side by side. */
  around: Run = { hits: new Uint32Array(0), ms: 0, cutOff: false };
  /** Why nothing more can be learned from this file in this worker. */
  spoiled: string | undefined;
  /** Why the whole file cannot be run again. */
  unrepeatable: string | undefined;
  private readonly open: Set<number>;
  private readonly attempts = new Map<number, TestTry[]>();
  private readonly suites: readonly { readonly suite: Suite; readonly tasks: readonly Task[]; readonly mode: Mode }[];
  private readonly modes: ReadonlyMap<Test, Mode>;
  private readonly ids = new Map<Test, string>();

  /** What was run while the file and what it imports were loaded. */
  readonly loads: Run;

  constructor(file: TestFile, desk: Desk, loads: Run) {
    this.file = file;
    this.desk = desk;
    this.loads = loads;
    this.open = new Set(desk.tries);
    this.tests = testsIn(file);
    this.suites = suitesIn(file).map((suite) => ({ suite, tasks: [...suite.tasks], mode: suite.mode }));
    this.modes = new Map(this.tests.map((test) => [test, test.mode]));
    const path = relative(desk.request.root, file.filepath);
    const project = file.projectName === undefined || file.projectName === '' ? '' : `[${file.projectName}] `;
    const taken = new Set<string>();
    for (const test of this.tests) {
      let id = `${path} ${project}${fullName(test)}`;
      for (let turn = 2; taken.has(id); turn++) id = `${path} ${project}${fullName(test)} (${turn})`;
      taken.add(id);
      this.ids.set(test, id);
    }
  }

  idOf(test: Test): string {
    return this.ids.get(test) ?? fullName(test);
  }

  modeOf(test: Test): Mode {
    return this.modes.get(test) ?? test.mode;
  }

  /** Makes everything as it was collected, so that it can be run again. */
  restore(): void {
    for (const { suite, tasks, mode } of this.suites) {
      suite.tasks = [...tasks];
      suite.mode = mode;
      suite.result = undefined;
    }
    for (const test of this.tests) {
      test.mode = this.modeOf(test);
      test.result = undefined;
    }
  }

  /** What the whole file runs and takes, without its imports. */
  total(): Run {
    return [...this.first.values()].reduce<Run>((sum, run) => addRuns(sum, run), this.around);
  }

  measureOf(test: Test): Measure {
    return { first: this.first.get(test) ?? this.total(), limits: this.desk.request.limits };
  }

  /** Of the mutants to try, those that nothing has been said of here and that no other file has killed. */
  openOf(numbers: readonly number[] = this.desk.tries): readonly number[] {
    return numbers.filter((number) => this.open.has(number) && !this.desk.isKilled(number));
  }

  note(number: number, one: TestTry): void {
    this.attempts.set(number, [...(this.attempts.get(number) ?? []), one]);
  }

  /** Says what became of a mutant in this file. */
  conclude(number: number): void {
    this.open.delete(number);
    const event = concludeTry(number, this.file.filepath, this.attempts.get(number) ?? []);
    if (event.status === 'killed' || event.status === 'timeout') this.desk.setKilled(number);
    this.desk.tell(event);
  }

  defer(numbers: readonly number[], why: string): void {
    for (const number of numbers) {
      if (!this.open.delete(number)) continue;
      this.desk.tell({ type: 'defer', number, why });
    }
  }
}

/** What came of the run that has just ended. */
export function attemptOf(test: Test, run: Run): Attempt {
  const message = complaintOf(test);
  return { ...run, passed: !hasFailed(test), ...(message === undefined ? {} : { message }) };
}

export function addRuns(left: Run, right: Run): Run {
  const hits = Uint32Array.from(right.hits, (count, place) => count + (left.hits[place] ?? 0));
  return { hits, ms: left.ms + right.ms, cutOff: left.cutOff || right.cutOff };
}
