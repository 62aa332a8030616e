import { type LoopResult, runLoop } from '../engine/loop.ts';
import { loopDraft } from '../engine/report/drafts.ts';
import { exitStatusOf } from '../engine/report/loop-verdict.ts';
import { openEngine } from '../harness/open-engine.ts';
import type { Arguments } from './args.ts';
import { openOptions } from './open-options.ts';
import { createProgress } from './progress.ts';
import { publish } from './publish.ts';
import type { Streams } from './streams.ts';

/** Runs the loop and prints its answer; the whole goes to `.downforce/reports`. */
export async function loopCommand(args: Arguments, streams: Streams, signal: AbortSignal): Promise<number> {
  const engine = await openEngine(openOptions(args, streams), signal);
  const progress = createProgress(streams, args.quiet);
  const options = {
    only: args.only,
    everything: args.all,
    budgetMs: args.budgetMs ?? engine.config.budget,
    useCache: args.cache,
  };
  let result: LoopResult;
  try {
    result = await runLoop(engine, options, progress, signal);
  } finally {
    progress.stop();
  }
  // What a few checks say by name is not what the change calls for: that report stays.
  const name = args.only.length > 0 ? 'loop-only' : 'loop';
  publish(loopDraft(result, engine), name, engine.store, args, streams);
  return exitStatusOf(result);
}
