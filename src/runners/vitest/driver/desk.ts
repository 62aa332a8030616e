import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { Places } from '../../javascript/driver/places.ts';
import type { Switchboard } from '../../javascript/driver/switchboard.ts';
import type { Message } from './messages.ts';

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
  /** Says that the place of these is run, and tells those of which that is known, from any test file. */
  readonly meet: (numbers: readonly number[]) => ReadonlySet<number>;
}
