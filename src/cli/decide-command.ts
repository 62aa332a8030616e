import { join, relative, sep } from 'node:path';
import { EXAMPLE } from '../engine/decisions/write-decision.ts';
import { ExpectedError } from '../engine/errors.ts';
import { quote } from '../engine/report/commands.ts';
import { writeDecision } from '../harness/decide.ts';
import { openEngine } from '../harness/open-engine.ts';
import { printAnswer } from './answer.ts';
import type { Arguments } from './args.ts';
import { openOptions } from './open-options.ts';
import type { Streams } from './streams.ts';

/** Writes a decision down with the scopes it governs. */
export async function decideCommand(args: Arguments, streams: Streams, signal: AbortSignal): Promise<number> {
  const [text] = args.operands;
  if (text === undefined || args.operands.length > 1)
    throw new ExpectedError('usage', '`downforce decide` takes one text, in quotes.', EXAMPLE);
  const engine = await openEngine(openOptions(args, streams), signal);
  const { file, scopes } = await writeDecision(engine, { text, scopes: args.scope }, signal);
  const governs = scopes.length === 0 ? 'all of the repository' : scopes.join(', ');
  // git takes paths as seen from the current folder.
  const place = relative(streams.cwd, join(engine.root, file)).split(sep).join('/');
  const description = 'Commit it with the work it is about; it is shown wherever its scopes are touched.';
  printAnswer(
    {
      command: 'downforce decide',
      ok: true,
      result: { written: file, scopes },
      lines: [`wrote ${file}; it governs ${governs}`],
      nextActions: [{ command: `git add ${quote(place.startsWith('-') ? `./${place}` : place)}`, description }],
    },
    args,
    streams,
  );
  return 0;
}
