import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { Places } from '../../javascript/driver/places.ts';
import type { Tell } from '../../javascript/driver/request.ts';
import type { Run } from '../../javascript/driver/switchboard.ts';

/** What the driver and the test runner that Jest loads for it have in common. */
export interface Shared {
  readonly request: DriverRequest;
  readonly places: Places;
  readonly tell: Tell<DriverEvent>;
  /** Mutants that a sure failure has ended. */
  readonly killed: Set<number>;
  /** By mutant: test files (absolute) that run its place. */
  readonly reached: Map<number, Set<string>>;
  /** By test file: all of its first run. */
  readonly firsts: Map<string, Run>;
  /** The mutant that is in force from the first line of a file on; 0 where each test is tried by itself. */
  inForce: number;
  /** Absolute path of the runner that the repository would have used. */
  readonly runner: string;
  /** Tests fail without any mutant. */
  isRed: boolean;
  /** Milliseconds that the first, unmutated runs took so far. */
  dryMs: number;
}

const KEY = Symbol.for('downforce.jest');

/** Jest loads the runner by its path, in this process and realm. */
export function share(shared: Shared): void {
  Reflect.set(process, KEY, shared);
}

export function shared(): Shared {
  return Reflect.get(process, KEY) as Shared;
}
