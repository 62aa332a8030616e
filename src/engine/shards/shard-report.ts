import type { ShardReport } from '../../protocol/shard.ts';
import { ExpectedError } from '../errors.ts';
import type { MutationResult } from '../mutation/run-mutation.ts';
import type { Digest } from '../ports.ts';
import type { TreeDigest } from '../verdicts/tree-digest.ts';
import { type Part, planShards, type ShardPlan } from './plan-shards.ts';
import { type Shard, shareOf } from './shard.ts';

/** What one part of a split run is to do. */
export interface PlannedShard extends Shard {
  readonly tree: string;
  readonly plan: string;
  /** Ids of its checks. */
  readonly parts: readonly string[];
}

/** @throws ExpectedError where the tree has no digest: nobody could tell that the parts are of one. */
export function planShard(
  command: string,
  shard: Shard,
  parts: readonly Part[],
  tree: TreeDigest,
  digest: Digest,
): PlannedShard {
  if (tree.kind === 'unknown') {
    throw new ExpectedError(
      'shard/tree',
      `This tree cannot be judged in parts: ${tree.reason}.`,
      'Run it without --shard.',
      3,
    );
  }
  const plan = planShards(parts, shard.count);
  return { ...shard, tree: tree.value, plan: planDigest(command, plan, digest), parts: plan[shard.index - 1] ?? [] };
}

/** Made anew by `merge` from what the parts say they did. */
export function planDigest(command: string, plan: ShardPlan, digest: Digest): string {
  return digest(JSON.stringify([command, plan]));
}

export function selectionDigest(selection: readonly string[], digest: Digest): string {
  return digest(JSON.stringify(selection));
}

export function reportShard(
  planned: PlannedShard,
  mutation: MutationResult | undefined,
  { version, digest }: { readonly version: string; readonly digest: Digest },
): ShardReport {
  const known = mutation?.stage === 'done' || mutation?.stage === 'nothing';
  const [own = ''] = version.split(' ');
  return {
    ...planned,
    parts: [...planned.parts],
    selection: known ? selectionDigest(mutation.selection, digest) : null,
    version: own,
    mutants: known ? [...shareOf(mutation.selection, planned)] : [],
  };
}
