import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { Diary } from '../../javascript/driver/diary.ts';
import type { Switchboard } from '../../javascript/driver/switchboard.ts';

/** Where the worker finds what was set up before the user's flags had anything loaded. */
export const PREPARED = Symbol.for('downforce.node-test.prepared');
export const PREPARE_VARIABLE = 'DOWNFORCE_NODE_TEST_WORKER';

export interface Prepared {
  readonly request: DriverRequest;
  readonly board: Switchboard;
  readonly diary: Diary;
  /** Why modules may have seen something else than mutants while they were loaded. */
  readonly notes: string[];
  /** Asks to be told of such things from now on; those that are not taken are kept in `notes`. */
  watch(notice: (what: string) => boolean): void;
}

/** What the worker is told by the driver. */
export interface PrepareJob {
  readonly request: string;
  readonly drivers: string;
  readonly diary: string;
}
