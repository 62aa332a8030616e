import { z } from 'zod';

/** What the repository keeps of streams that were started, in `.downforce/streams.json` of the main working tree. */
export const startedStreamSchema = z.object({
  id: z.string(),
  title: z.string(),
  branch: z.string(),
  /** Absolute. */
  worktree: z.string(),
  /** Relative to the root; none where it was begun from a hand-off. */
  plan: z.string().optional(),
  /** Commit it started from. */
  base: z.string(),
  /** ISO 8601. */
  at: z.string(),
});
export type StartedStream = Readonly<z.infer<typeof startedStreamSchema>>;
