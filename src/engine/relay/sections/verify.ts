import type { RelayItem } from '../../../protocol/relay.ts';
import { loopOnly } from '../../report/commands.ts';
import type { CalledCheck, RelayFacts } from '../facts.ts';
import { item } from '../item.ts';
import { code } from '../quote.ts';

const COMMANDS = 12;
const MAX_COMMAND = 400;

/** The exact commands: ours, and those of the checks the change calls for. */
export function verifySection({ verdicts, called, options }: RelayFacts): readonly RelayItem[] {
  const able = new Set(called.filter(({ command }) => command !== undefined).map(({ id }) => id));
  const failing = verdicts.filter(({ id, status }) => able.has(id) && ['fail', 'error', 'timeout'].includes(status));
  const tookOf = new Map(verdicts.map(({ id, durationMs }) => [id, durationMs]));
  const own = [
    ...(failing.length === 0
      ? []
      : [
          {
            id: 'only',
            command: `${loopOnly(failing.slice(0, 3).map(({ id }) => id))}${options}`,
            text: 'what failed last, alone',
          },
        ]),
    {
      id: 'loop',
      command: `downforce loop${options}`,
      text: 'what the change may affect, nearest first; after every few edits',
    },
    {
      id: 'mutate',
      command: `downforce mutate${options}`,
      text: 'whether the tests notice mistakes in the changed lines; after a green loop',
    },
    {
      id: 'gate',
      command: `downforce gate${options}`,
      text: 'every check on everything; once, before the work is handed on',
    },
  ];
  return [
    ...own.map(({ id, command, text }) => item({ id: `verify:${id}`, weight: 90, text: `\`${command}\`: ${text}.` })),
    ...called.slice(0, COMMANDS).flatMap((check) => commandItem(check, tookOf.get(check.id))),
  ];
}

function commandItem({ id, command, cwd }: CalledCheck, took: number | undefined): readonly RelayItem[] {
  // Half a command is none.
  if (command === undefined || command.length > MAX_COMMAND) return [];
  const where = cwd === '' ? '' : ` in ${code(cwd)}`;
  return [
    item({
      id: `command:${id}`,
      weight: 50,
      text: `${code(id)} alone, without the harness: ${code(command, MAX_COMMAND)}${where}${tookText(took)}`,
    }),
  ];
}

function tookText(ms: number | undefined): string {
  return ms === undefined || ms < 1000 ? '' : `; it took ${Math.round(ms / 1000)} s the last time`;
}
