import { type LoopResult, runLoop } from '../engine/loop.ts';
import { boundedEnvelope, type EnvelopeInput, fullEnvelope } from '../engine/report/envelope.ts';
import { toGithub } from '../engine/report/formats/github.ts';
import { toGitlab } from '../engine/report/formats/gitlab.ts';
import { toSarif } from '../engine/report/formats/sarif.ts';
import { toText } from '../engine/report/formats/text.ts';
import { exitStatusOf, isLoopOk, loopActions, loopError } from '../engine/report/loop-verdict.ts';
import { openEngine } from '../harness/open-engine.ts';
import { VERSION } from '../harness/version.ts';
import type { Arguments } from './args.ts';
import { openOptions } from './open-options.ts';
import { createProgress } from './progress.ts';
import { formatFor, type Streams, wantsColor } from './streams.ts';

const REPORT = 'reports/loop.json';

/** Runs the loop and prints its answer; the whole goes to `.downforce/reports/loop.json`. */
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
  const input = { ...inputOf(result), report: `.downforce/${REPORT}` };
  const written = engine.store.write(REPORT, `${JSON.stringify(fullEnvelope(input), null, 1)}\n`);
  streams.stdout.write(render(written ? input : { ...input, report: null }, args, streams));
  return exitStatusOf(result);
}

function inputOf(result: LoopResult): Omit<EnvelopeInput, 'report'> {
  const error = loopError(result);
  return {
    command: 'downforce loop',
    ok: isLoopOk(result),
    change: result.survey.change,
    radius: result.survey.radius,
    results: result.results,
    nextActions: loopActions(result),
    ...(error === undefined ? {} : { error }),
  };
}

function render(input: EnvelopeInput, args: Arguments, streams: Streams): string {
  const format = formatFor(args.format, streams);
  switch (format) {
    case 'text':
      return toText(boundedEnvelope(input), { color: wantsColor(streams), verbose: args.verbose });
    case 'json':
      return `${JSON.stringify(boundedEnvelope(input), null, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(toSarif(input.results, VERSION, input.error), null, 1)}\n`;
    case 'github':
      return toGithub(input.results, input.error);
    case 'gitlab':
      return `${JSON.stringify(toGitlab(input.results, input.error), null, 1)}\n`;
    default:
      return format satisfies never;
  }
}
