import type { EventEmitter } from 'node:events';

/** What the driver uses of Mocha 10 to 12, public or not; the parts that are not are the same in all of them. */
export interface MochaClass {
  readonly prototype: MochaInstance;
}

export interface MochaInstance {
  files: string[];
  readonly suite: Suite;
  readonly options: { delay?: boolean; enableGlobalTeardown?: boolean; file?: string[]; grep?: unknown };
  _reporter: new (runner: Runner) => object;
  run(done?: (failures: number) => void): Runner;
  loadFilesAsync(...args: readonly unknown[]): Promise<unknown>;
  cleanReferencesAfterRun(clean: boolean): unknown;
  enableGlobalSetup(enable: boolean): unknown;
  enableGlobalTeardown(enable: boolean): unknown;
  hasGlobalTeardownFixtures(): boolean;
  runGlobalSetup(runner: Runner): Promise<object>;
  runGlobalTeardown(runner: Runner, options: { context: object }): Promise<object>;
}

export type Runner = EventEmitter;

export interface Runnable {
  readonly title: string;
  readonly type: string;
  readonly parent?: Suite;
  readonly file?: string;
  readonly duration?: number;
  _timeout: number;
}

export interface Test extends Runnable {
  pending: boolean;
  titlePath(): string[];
  /** The one it is a repetition of. */
  retriedTest?(): Test | undefined;
}

export interface Suite {
  readonly title: string;
  readonly file?: string;
  readonly parent?: Suite;
  tests: Test[];
  suites: Suite[];
  _onlyTests: Test[];
  _onlySuites: Suite[];
  readonly _beforeAll: readonly Runnable[];
  readonly _afterAll: readonly Runnable[];
  readonly _beforeEach: readonly Runnable[];
  readonly _afterEach: readonly Runnable[];
  bail(bail: boolean): unknown;
}
