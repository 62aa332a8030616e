import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';

/** Of the mutants to try those that may be among the first so many that any file runs; `met` are those that some file does. */
export function stillWanted(
  { tries, enough }: Pick<DriverRequest, 'tries' | 'enough'>,
  met: ReadonlySet<number>,
): readonly number[] {
  const last = tries.filter((number) => met.has(number))[enough - 1];
  return last === undefined ? tries : tries.slice(0, tries.indexOf(last) + 1);
}
