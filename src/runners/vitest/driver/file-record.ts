import { relative } from 'node:path';
import type { Measure, Run } from '../../javascript/driver/switchboard.ts';
import type { Attempt } from '../../javascript/driver/verdict.ts';
import type { Desk } from './desk.ts';
import type { Docket } from './docket.ts';
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

interface SuiteState {
  readonly suite: Suite;
  readonly tasks: readonly Task[];
  readonly mode: Mode;
  readonly shuffle: boolean;
}

/** A test file as it was collected, and how it ran without a mutant. */
export class FileRecord {
  readonly file: TestFile;
  readonly desk: Desk;
  readonly docket: Docket;
  readonly tests: readonly Test[];
  /** The runs without a mutant, by test, in the order they were run; only of tests that run one after the other. */
  readonly first = new Map<Test, Attempt>();
  /** What was run while the file and what it imports were loaded. */
  readonly loads: Run;
  /** What was run besides: hooks, and tests that run side by side. */
  around: Run = { hits: new Uint32Array(0), ms: 0, cutOff: false };
  /** Why the state of its modules cannot be trusted any more. */
  spoiled: string | undefined;
  /** Why it cannot be run twice with the same modules. */
  unrepeatable: string | undefined;
  /** Why nothing more can be learned in this worker. */
  lost: string | undefined;
  private readonly suites: readonly SuiteState[];
  private readonly modes: ReadonlyMap<Test, Mode>;
  private readonly ids: ReadonlyMap<Test, string>;

  constructor(file: TestFile, desk: Desk, docket: Docket, loads: Run) {
    this.file = file;
    this.desk = desk;
    this.docket = docket;
    this.loads = loads;
    this.tests = testsIn(file);
    this.suites = suitesIn(file).map((suite) => {
      const { mode, shuffle = false } = suite;
      return { suite, tasks: [...suite.tasks], mode, shuffle };
    });
    this.modes = new Map(this.tests.map((test) => [test, test.mode]));
    this.ids = nameTests(file, this.tests, desk.request.root);
  }

  idOf(test: Test): string {
    return this.ids.get(test) ?? fullName(test);
  }

  modeOf(test: Test): Mode {
    return this.modes.get(test) ?? test.mode;
  }

  /** Makes everything as it was collected, so that it can be run again. */
  restore(): void {
    for (const { suite, tasks, mode, shuffle } of this.suites)
      Object.assign(suite, { tasks: [...tasks], mode, shuffle, result: undefined });
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
}

/** File and full name, numbered where there are several of it. */
function nameTests(file: TestFile, tests: readonly Test[], root: string): ReadonlyMap<Test, string> {
  const project = file.projectName === undefined || file.projectName === '' ? '' : `[${file.projectName}] `;
  const counts = new Map<string, number>();
  return new Map(
    tests.map((test) => {
      const name = `${relative(root, file.filepath)} ${project}${fullName(test)}`;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return [test, count === 1 ? name : `${name} (${count})`];
    }),
  );
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
