import type { DriverMutant, DriverSource } from '../../../engine/mutation/driver-protocol.ts';

/** Mutants by where they are: those of one exchange are counted together. */
export interface Places {
  /** Numbers of the mutants whose place was run, ascending. */
  reached(hits: Uint32Array): readonly number[];
  /** How often the place of a mutant was run. */
  count(hits: Uint32Array, number: number): number;
  /** Whether two runs went through all places equally often; loops do not count. */
  same(left: Uint32Array, right: Uint32Array): boolean;
}

export function createPlaces(sources: readonly Pick<DriverSource, 'mutants'>[]): Places {
  const groups = sources.flatMap(({ mutants }) => [...groupByExchange(mutants).values()]);
  const groupOf = new Map(groups.flatMap((group) => group.map((number) => [number, group] as const)));
  const count = (hits: Uint32Array, number: number): number =>
    (groupOf.get(number) ?? [number]).reduce((sum, member) => sum + (hits[member] ?? 0), 0);
  return {
    count,
    reached: (hits) =>
      groups
        .filter(([first]) => first !== undefined && count(hits, first) > 0)
        .flat()
        .sort((a, b) => a - b),
    same: (left, right) => groups.every(([first]) => first === undefined || count(left, first) === count(right, first)),
  };
}

function groupByExchange(mutants: readonly DriverMutant[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const { start, end, form, number } of mutants) {
    const key = `${start}-${end}-${form}`;
    const group = groups.get(key) ?? [];
    group.push(number);
    groups.set(key, group);
  }
  return groups;
}
