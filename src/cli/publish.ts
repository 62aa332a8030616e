import type { Store } from '../engine/ports.ts';
import { boundedEnvelope, type EnvelopeDraft, type EnvelopeInput } from '../engine/report/envelope.ts';
import { toGithub } from '../engine/report/formats/github.ts';
import { toGitlab } from '../engine/report/formats/gitlab.ts';
import { toSarif } from '../engine/report/formats/sarif.ts';
import { toText } from '../engine/report/formats/text.ts';
import { writeReport } from '../engine/report/write-report.ts';
import { VERSION } from '../harness/version.ts';
import type { Arguments } from './args.ts';
import { formatFor, type Streams, wantsColor } from './streams.ts';

/**
 * Writes the whole to `.downforce/reports/NAME.json` and prints the answer in the format asked for.
 * @returns what was printed from, the place of the report in it.
 */
export function publish(
  draft: EnvelopeDraft,
  name: string,
  store: Store,
  args: Arguments,
  streams: Streams,
): EnvelopeInput {
  const told = writeReport(draft, name, store);
  streams.stdout.write(render(told, args, streams));
  return told;
}

export function render(input: EnvelopeInput, args: Arguments, streams: Streams): string {
  const format = formatFor(args.format, streams);
  switch (format) {
    case 'text':
      return toText(boundedEnvelope(input), { color: wantsColor(streams), verbose: args.verbose }, input.results);
    case 'json':
      return `${JSON.stringify(boundedEnvelope(input), null, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(toSarif(input.results, VERSION, input.error, input.command), null, 1)}\n`;
    case 'github':
      return toGithub(input.results, input.error);
    case 'gitlab':
      return `${JSON.stringify(toGitlab(input.results, input.error), null, 1)}\n`;
    default:
      return format satisfies never;
  }
}
