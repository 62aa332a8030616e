import type { DriverSource } from '../../../engine/mutation/driver-protocol.ts';

/** By path, of those that have them. */
export function schemataOf(sources: readonly DriverSource[]): ReadonlyMap<string, string> {
  return new Map(sources.flatMap(({ path, schemata }) => (schemata === undefined ? [] : [[path, schemata] as const])));
}
