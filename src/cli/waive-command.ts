import { ExpectedError } from '../engine/errors.ts';
import { WAIVERS_FILE } from '../engine/waivers/waivers-name.ts';
import { openEngine } from '../harness/open-engine.ts';
import { writeWaiver } from '../harness/write-waiver.ts';
import type { Waiver } from '../protocol/waivers.ts';
import { agentOf } from './agent.ts';
import { printAnswer } from './answer.ts';
import type { Arguments } from './args.ts';
import { openOptions } from './open-options.ts';
import type { Streams } from './streams.ts';

/** Writes down a person's word that survivors or a guard's findings stay. */
export async function waiveCommand(args: Arguments, streams: Streams, signal: AbortSignal): Promise<number> {
  const { operands, reason, as } = args;
  if (operands.length === 0 || reason === undefined) {
    const hint = 'For example: downforce waive m-0123456789 --reason "both bounds give the same page"';
    throw new ExpectedError('usage', '`downforce waive` takes the id of a mutant or finding, and --reason TEXT.', hint);
  }
  assertPerson(streams);
  const engine = await openEngine(openOptions(args, streams), signal);
  const waivers: Waiver[] = [];
  for (const id of operands) waivers.push((await writeWaiver(engine, { id, reason, as }, signal)).waiver);
  const told = waivers.map(({ fingerprint, path, text, who }) => `${fingerprint}  ${path}: ${text}; waived by ${who}`);
  const description = 'Commit the waiver with the change it belongs to: it is there to be reviewed.';
  printAnswer(
    {
      command: 'downforce waive',
      ok: true,
      result: { written: WAIVERS_FILE, waivers },
      lines: [...told, `wrote ${WAIVERS_FILE}`],
      nextActions: [{ command: 'downforce gate', description }],
    },
    args,
    streams,
  );
  return 0;
}

/** An agent that may waive what stands in its way is under no gate at all. */
function assertPerson(streams: Streams): void {
  const agent = agentOf(streams);
  if (agent === undefined) return;
  throw new ExpectedError(
    'waive/agent',
    `A waiver is a person's word, and this is run by ${agent}.`,
    'Strengthen the test or mend the code; if it has to stay, ask a person to run this in a terminal.',
  );
}
