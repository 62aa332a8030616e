import { relative, resolve } from 'node:path';
import { ExpectedError } from '../engine/errors.ts';
import { nearestWord } from '../engine/nearest-word.ts';
import { quote } from '../engine/report/commands.ts';
import { openEngine } from '../harness/open-engine.ts';
import { planOf, promptOf, type StreamsSession, startPlanned, streamsSession } from '../harness/streams.ts';
import { findCollisions } from '../harness/streams-collisions.ts';
import { removeStream } from '../harness/streams-remove.ts';
import { readStates } from '../harness/streams-states.ts';
import { type Answer, printAnswer } from './answer.ts';
import type { Arguments } from './args.ts';
import { openOptions } from './open-options.ts';
import { formatFor, type Streams } from './streams.ts';
import { collisionLines, planLines, stateLines } from './streams-text.ts';

const VERBS = ['plan', 'start', 'list', 'check', 'prompt', 'remove'] as const;
type Verb = (typeof VERBS)[number];

/** What each takes. */
const OPERANDS: Readonly<Record<Verb, readonly string[]>> = {
  plan: ['PLAN.md'],
  start: ['PLAN.md', 'ID'],
  list: [],
  check: [],
  prompt: ['PLAN.md', 'ID'],
  remove: ['ID'],
};

type Told = Omit<Answer, 'command'> & { readonly status: number };

/** Streams of work side by side: planned, started, watched, taken away. */
export async function streamsCommand(args: Arguments, streams: Streams, signal: AbortSignal): Promise<number> {
  const { verb, operands } = readOperands(args);
  const options = openOptions(args, streams);
  const engine = await openEngine(options, signal);
  const session = streamsSession(engine, options.warn, signal);
  // A plan is named as seen from the current folder.
  const [first = '', second = ''] = operands;
  const told = await carryOut(
    verb,
    session,
    verb === 'remove' ? first : resolve(streams.cwd, first),
    second,
    args,
    streams,
  );
  if (told !== undefined) printAnswer({ command: `downforce streams ${verb}`, ...told }, args, streams);
  return told?.status ?? 0;
}

async function carryOut(
  verb: Verb,
  session: StreamsSession,
  first: string,
  id: string,
  args: Arguments,
  streams: Streams,
): Promise<Told | undefined> {
  switch (verb) {
    case 'plan':
      return plan(session, first, shown(first, streams));
    case 'start':
      return start(session, first, id, shown(first, streams));
    case 'list':
      return list(session);
    case 'check':
      return check(session);
    case 'prompt':
      return prompt(session, first, id, args, streams);
    case 'remove':
      return remove(session, first, args.force);
    default:
      return verb satisfies never;
  }
}

function readOperands({ operands, force }: Arguments): { verb: Verb; operands: readonly string[] } {
  const [word, ...rest] = operands;
  const verb = VERBS.find((one) => one === word);
  if (verb === undefined) {
    const near = word === undefined ? undefined : nearestWord(word, VERBS);
    const what =
      word === undefined ? '`downforce streams` takes what to do.' : `\`downforce streams\` knows no "${word}".`;
    throw usage(what, near === undefined ? `There are: ${VERBS.join(', ')}.` : `Did you mean ${near}?`);
  }
  const wanted = OPERANDS[verb];
  if (rest.length !== wanted.length) {
    const takes = wanted.length === 0 ? 'nothing more' : wanted.join(' and ');
    throw usage(
      `\`downforce streams ${verb}\` takes ${takes}.`,
      `For example: downforce streams ${[verb, ...wanted].join(' ')}`,
    );
  }
  if (force && verb !== 'remove')
    throw usage(`\`downforce streams ${verb}\` takes no --force.`, 'It belongs to: streams remove.');
  return { verb, operands: rest };
}

async function plan(session: StreamsSession, file: string, shownAs: string): Promise<Told> {
  const told = await planOf(session, file);
  const ok = told.problems.length === 0;
  const [first] = told.batches[0] ?? [];
  const nextActions =
    first === undefined
      ? []
      : [{ command: `downforce streams start ${shownAs} ${first}`, description: 'Make a working tree for the first.' }];
  return { ok, status: ok ? 0 : 1, result: { streams: told }, lines: planLines(told), nextActions };
}

async function start(session: StreamsSession, file: string, id: string, shownAs: string): Promise<Told> {
  const { stream, setup, notes, prompt: text } = await startPlanned(session, file, id);
  const ok = setup?.ok !== false;
  const lines = [
    `${stream.title}: branch ${stream.branch} in ${stream.worktree}`,
    ...(setup === undefined ? [] : setup.text.split('\n').map((line) => `  ${line}`)),
    ...notes.map((note) => `  ${note}`),
  ];
  const nextActions = [
    { command: `downforce streams prompt ${shownAs} ${stream.id}`, description: 'The prompt to begin with there.' },
  ];
  return {
    ok,
    status: ok ? 0 : 1,
    result: { streams: { stream, setup: setup ?? null, notes, prompt: text } },
    lines,
    nextActions,
  };
}

async function list({ engine, warn, signal }: StreamsSession): Promise<Told> {
  const { collisions } = await findCollisions(engine, signal);
  const states = await readStates(engine, collisions, warn, signal);
  return {
    ok: true,
    status: 0,
    result: { streams: { streams: states, collisions } },
    lines: stateLines(states),
    nextActions: [],
  };
}

async function check({ engine, signal }: StreamsSession): Promise<Told> {
  const { collisions, sides, notes } = await findCollisions(engine, signal);
  const ok = collisions.length === 0;
  const worktrees = sides.map(({ name, worktree, status }) => ({
    name,
    worktree: worktree.dir,
    uncommitted: status.dirty.length,
  }));
  const lines = collisionLines(collisions, worktrees, notes);
  return { ok, status: ok ? 0 : 1, result: { streams: { collisions, worktrees, notes } }, lines, nextActions: [] };
}

/** The prompt alone, to be copied or piped, where a person reads it. */
async function prompt(
  session: StreamsSession,
  file: string,
  id: string,
  args: Arguments,
  streams: Streams,
): Promise<Told | undefined> {
  const text = await promptOf(session, file, id);
  if (formatFor(args.format, streams) === 'text') {
    streams.stdout.write(text);
    return undefined;
  }
  return { ok: true, status: 0, result: { streams: { prompt: text } }, lines: [], nextActions: [] };
}

async function remove({ engine, warn, signal }: StreamsSession, id: string, force: boolean): Promise<Told> {
  const removal = await removeStream(engine, id, force, warn, signal);
  if (removal.kind === 'removed')
    return { ok: true, status: 0, result: { streams: { removed: id } }, lines: [removal.says], nextActions: [] };
  return {
    ok: false,
    status: 1,
    result: { streams: { would_lose: removal.losses } },
    lines: ['Nothing was removed. This would be lost:', ...removal.losses.map((loss) => `  ${loss}`)],
    nextActions: [{ command: `downforce streams remove ${id} --force`, description: 'Remove it all the same.' }],
  };
}

/** As it may be pasted into a shell. */
function shown(file: string, { cwd }: Streams): string {
  const path = relative(cwd, file) || file;
  return quote(path.startsWith('-') ? `./${path}` : path);
}

function usage(message: string, hint: string): ExpectedError {
  return new ExpectedError('usage', message, hint);
}
