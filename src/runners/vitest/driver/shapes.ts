/** What of Vitest 3, 4 and 5 is used here, as they have it in common. */

export type Mode = 'run' | 'queued' | 'skip' | 'todo' | 'only';

interface TaskResult {
  state?: string;
  errors?: readonly { readonly message?: string; readonly name?: string }[];
}

interface CommonTask {
  readonly name: string;
  readonly file: TestFile;
  readonly suite?: Suite;
  readonly concurrent?: boolean;
  mode: Mode;
  result?: TaskResult | undefined;
}

export interface Test extends CommonTask {
  readonly type: 'test';
}

export interface Suite extends CommonTask {
  readonly type: 'suite';
  tasks: Task[];
  shuffle?: boolean;
}

export type Task = Test | Suite;

export interface TestFile extends Suite {
  readonly filepath: string;
  readonly projectName?: string;
}

/** What Vitest calls while it runs a test file; each may be missing. */
export interface TestRunner {
  readonly config: unknown;
  readonly workerState?: {
    /** Since 4. */
    readonly evaluatedModules?: unknown;
    /** What a worker was started with. */
    readonly ctx?: { readonly pool?: string; readonly files?: { readonly filepath: string }[] };
    readonly config?: { readonly snapshotOptions?: { readonly snapshotEnvironment?: SnapshotEnvironment } };
  };
  onBeforeCollect?(paths: string[]): unknown;
  onCollected?(files: TestFile[]): unknown;
  onBeforeRunFiles?(files: TestFile[]): unknown;
  onAfterRunFiles?(files: TestFile[]): unknown;
  onBeforeRunSuite?(suite: Suite): unknown;
  onAfterRunSuite?(suite: Suite): unknown;
  onBeforeRunTask?(test: Test): unknown;
  onAfterRunTask?(test: Test): unknown;
  onTaskUpdate?(...updates: unknown[]): unknown;
  runTask?(test: Test): unknown;
}

interface SnapshotEnvironment {
  saveSnapshotFile?: unknown;
  removeSnapshotFile?: unknown;
}

export type TestRunnerClass = new (config: unknown) => TestRunner;

/** The function of a test as it was written, with its time limit around it. */
export type FunctionOf = (test: Test) => (() => unknown) | undefined;

export function isFile(suite: Suite): suite is TestFile {
  return 'filepath' in suite;
}

export function testsIn(suite: Suite): readonly Test[] {
  return suite.tasks.flatMap((task) => (task.type === 'suite' ? testsIn(task) : [task]));
}

export function suitesIn(suite: Suite): readonly Suite[] {
  return [suite, ...suite.tasks.flatMap((task) => (task.type === 'suite' ? suitesIn(task) : []))];
}

/** Whether something else of its file may run at the same time. */
export function isParallel(task: Task): boolean {
  if (task.concurrent === true) return true;
  return task.suite !== undefined && isParallel(task.suite);
}

/** `describe > test`, without the file. */
export function fullName(task: Task): string {
  const above = task.suite === undefined || isFile(task.suite) ? '' : fullName(task.suite);
  return above === '' ? task.name : `${above} > ${task.name}`;
}

export function hasFailed(task: Task): boolean {
  return task.result?.state === 'fail';
}

/** What it complained of first, on one line. */
export function complaintOf(task: Task): string | undefined {
  const error = task.result?.errors?.[0];
  return error === undefined
    ? undefined
    : `${error.name ?? 'Error'}: ${error.message ?? ''}`.split('\n')[0]?.slice(0, 300);
}
