import type { Test, TestFile } from './shapes.ts';

/** What is done with one test file in a worker, told of everything as it happens. */
export interface Trial {
  /** The file is collected, or failed to be; `loads` is what was run meanwhile. */
  collected(file: TestFile): void;
  /** Before each time through the file. */
  startFile(file: TestFile): void;
  /** After each; whether there shall be another. */
  finishFile(file: TestFile): boolean;
  beforeTest(test: Test): void;
  afterTest(test: Test): void;
  timeLimitOf(test: Test): number | undefined;
  overtime(test: Test): void;
  /** An error that nothing caught. */
  stray(error: unknown): void;
  outside(what: string): void;
  /** Nothing of the file will be run any more. */
  close(file: TestFile): void;
}
