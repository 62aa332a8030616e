import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { Places } from '../../javascript/driver/places.ts';
import type { Tell } from '../../javascript/driver/request.ts';

/** What the driver and the test runner that Jest loads for it have in common. */
export interface Shared {
  readonly request: DriverRequest;
  readonly places: Places;
  readonly tell: Tell<DriverEvent>;
  /** Mutants that a sure failure has ended. */
  readonly killed: Set<number>;
  /** Absolute path of the runner that the repository would have used. */
  readonly runner: string;
  /** When the first, unmutated runs began, and what they took so far. */
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
