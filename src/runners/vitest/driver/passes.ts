import type { Test, TestFile } from './shapes.ts';

/** One time through a test file, or through some of its tests. */
export interface Pass {
  /** Before anything of it is run. */
  start(): void;
  /** Sets the test's mode; whether it is run. */
  beforeTest(test: Test): void;
  afterTest(test: Test): void;
  /** The file's own suite is over. */
  finish(file: TestFile): void;
  /** Milliseconds a test may take; undefined for as long as it likes. */
  timeLimitOf(test: Test): number | undefined;
  /** A test did not keep its time: it still runs in the background. */
  overtime(test: Test): void;
}
