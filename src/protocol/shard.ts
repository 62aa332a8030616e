import { z } from 'zod';

/** Which part of a run a report is of, and all it takes to see that parts make one whole. */
export const shardSchema = z.object({
  /** From 1. */
  index: z.number().int().min(1),
  count: z.number().int().min(1),
  /** Digest of the tree that was judged; its base, configuration and Downforce's version are in it. */
  tree: z.string(),
  /** Digest of who runs which check, the same in every part. */
  plan: z.string(),
  /** Digest of all mutants selected, the same in every part; null where it did not come to that. */
  selection: z.string().nullable(),
  /** Downforce's. */
  version: z.string(),
  /** Ids of the checks that this part was to run. */
  parts: z.array(z.string()),
  /** Ids of the mutants that this part was to try, in the order of the selection. */
  mutants: z.array(z.string()),
});

export type ShardReport = Readonly<z.infer<typeof shardSchema>>;
