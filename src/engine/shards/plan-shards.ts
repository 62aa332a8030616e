import type { Check } from '../checks/check.ts';
import type { Tree } from '../ports.ts';

/** Something that one part of a split run does as a whole. */
export interface Part {
  readonly id: string;
  /** What it is expected to take, on a scale that every machine agrees on. */
  readonly cost: number;
}

/** Who does what: for each shard the ids of its parts. */
export type ShardPlan = readonly (readonly string[])[];

const KIND: Readonly<Record<Check['kind'], number>> = { lint: 3, types: 8, test: 2, build: 20, security: 10 };
const TEST_FILE = 0.4;
const GUARD = 0.2;

/**
 * What a check may take, told from the tree alone: what a machine has learned of its own speed the others do not know, and
 * they all have to come to the same plan.
 */
export function partOf(check: Check, tree: Tree): Part {
  const files = check.kind === 'test' ? tree.paths.filter((path) => check.covers(path)).length : 0;
  return { id: check.id, cost: KIND[check.kind] + files * TEST_FILE };
}

export function guardPart(id: string): Part {
  return { id, cost: GUARD };
}

/** The dearest first, each to whom has least to do so far. */
export function planShards(parts: readonly Part[], count: number): ShardPlan {
  const shards = Array.from({ length: count }, () => ({ ids: [] as string[], cost: 0 }));
  const dearest = [...parts].sort((a, b) => b.cost - a.cost || (a.id < b.id ? -1 : 1));
  for (const { id, cost } of dearest) {
    const idlest = shards.reduce((least, shard) => (shard.cost < least.cost ? shard : least));
    idlest.ids.push(id);
    idlest.cost += cost;
  }
  return shards.map(({ ids }) => ids.sort());
}
