import { oneLine } from '../engine/text.ts';
import type { NextAction } from '../protocol/envelope.ts';
import { ENVELOPE_SCHEMA } from '../protocol/envelope-id.ts';
import type { Arguments } from './args.ts';
import { formatFor, type Streams } from './streams.ts';

export interface Answer {
  readonly command: string;
  readonly ok: boolean;
  /** For a machine. */
  readonly result: unknown;
  /** For a person; what in them would move a cursor or end a line is shown as an escape. */
  readonly lines: readonly string[];
  readonly nextActions: readonly NextAction[];
}

/** Prints what is no verdict on checks: text for a person, an envelope otherwise. */
export function printAnswer(answer: Answer, args: Arguments, streams: Streams): void {
  const { command, ok, result, lines, nextActions } = answer;
  if (formatFor(args.format, streams) === 'text') {
    const actions = nextActions.map((action) => `  → ${action.command}  ${action.description}`);
    streams.stdout.write(`${[...lines, ...actions].map(oneLine).join('\n')}\n`);
    return;
  }
  streams.stdout.write(
    `${JSON.stringify({ schema: ENVELOPE_SCHEMA, ok, command, result, next_actions: nextActions }, null, 2)}\n`,
  );
}
