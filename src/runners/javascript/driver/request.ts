import { openSync, readFileSync, writeSync } from 'node:fs';
import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';

/** @throws where the file is not there or no JSON: a bug of ours. */
export function readRequest(path: string): DriverRequest {
  return JSON.parse(readFileSync(path, 'utf8')) as DriverRequest;
}

export type Tell<Event> = (event: Event) => void;

/** Appends one line an event, there before the call returns; several processes may write to the same file. */
export function openEvents<Event = DriverEvent>(path: string): Tell<Event> {
  const file = openSync(path, 'a');
  return (event) => {
    writeSync(file, `${JSON.stringify(event)}\n`);
  };
}
