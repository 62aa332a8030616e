import type { Test, TestFile } from './shapes.ts';

/** What is done with one test file while its modules stay loaded, told of everything as it happens. */
export interface Trial {
  /** Before anything of the user's is loaded. */
  begin(): void;
  /** The file is collected, or failed to be. `canReload`: afterwards its modules can be loaded anew in this worker. */
  collected(file: TestFile, canReload: boolean): void;
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
  /** Nothing of the file will be run any more; what is to be done when its modules are loaded anew. */
  close(file: TestFile): Trial | undefined;
  /** Its modules cannot be loaded anew here. */
  abandon(): void;
}
