import { splitPlainCommand } from '../engine/checks/plain-command.ts';
import { ExpectedError } from '../engine/errors.ts';
import { nearestWord } from '../engine/nearest-word.ts';
import { quote } from '../engine/report/commands.ts';
import { readRegistry } from '../engine/streams/registry.ts';
import { streamId } from '../engine/streams/stream-name.ts';
import type { Engine } from '../engine/survey.ts';
import { cut, plural } from '../engine/text.ts';
import { plumb } from '../platform/plumbing.ts';
import { worktreeStatus } from '../platform/worktree-status.ts';
import { addWorktree, freeFolder, realFolder, worktreesFolder } from '../platform/worktrees.ts';
import type { PlannedStream, StartedStream, StreamPlan } from '../protocol/streams.ts';
import { openHome, type StreamsHome, updateStreams, writeSetup } from './streams-home.ts';
import { removeStream } from './streams-remove.ts';

export interface Started {
  readonly stream: StartedStream;
  /** What the set-up command said; undefined where there is none. */
  readonly setup: SetupOutcome | undefined;
  /** What a person should know before they work in it. */
  readonly notes: readonly string[];
}

export interface SetupOutcome {
  readonly ok: boolean;
  /** `npm ci: exit status 0 in 12 s`, and the end of what it printed where it failed. */
  readonly text: string;
}

export function streamOf(plan: StreamPlan, id: string): PlannedStream {
  const stream = plan.streams.find((one) => one.id === id) ?? plan.streams.find((one) => one.title === id);
  if (stream !== undefined) return stream;
  const ids = plan.streams.map((one) => one.id);
  const near = nearestWord(id, ids);
  const known =
    ids.length === 0 ? (plan.problems[0]?.message ?? 'The plan names no streams.') : `There are: ${ids.join(', ')}.`;
  const hint = near === undefined ? known : `Did you mean ${near}?`;
  throw new ExpectedError('streams/unknown', `There is no stream "${id}" in ${plan.file}.`, hint);
}

/**
 * Makes the branch and the working tree of a stream and runs the configured set-up in it.
 * @throws ExpectedError where it runs already, or git refuses.
 */
export async function startStream(
  engine: Engine,
  plan: StreamPlan,
  id: string,
  warn: (text: string) => void,
  signal: AbortSignal,
): Promise<Started> {
  const planned = streamOf(plan, id);
  const home = await openHome(engine.root, warn, signal);
  const running = (await readRegistry(home.store)).filter((one) => isAlive(one, home));
  const same = running.find((one) => one.id === planned.id);
  if (same !== undefined)
    throw refused(
      'streams/started',
      `"${planned.title}" runs already in ${same.worktree}.`,
      `Remove it first: downforce streams remove ${same.id}`,
    );
  const branch = await branchFor(planned.id, home, engine.root, signal);
  const wanted = { id: planned.id, title: planned.title, plan: plan.file, branch };
  const started = await make(engine, home, wanted, warn, signal);
  return { ...started, notes: [...notesOf(plan, planned, running, branch), ...started.notes] };
}

/**
 * Makes a working tree on a new branch, without a plan, and runs the configured set-up in it.
 * @throws ExpectedError where git refuses.
 */
export async function startBranch(
  engine: Engine,
  name: string,
  warn: (text: string) => void,
  signal: AbortSignal,
): Promise<Started> {
  const home = await openHome(engine.root, warn, signal);
  const taken = new Set((await readRegistry(home.store)).map((one) => one.id));
  const own = streamId(name, 1);
  let id = own;
  for (let count = 2; taken.has(id); count++) id = `${own}-${count}`;
  return make(engine, home, { id, title: name, plan: undefined, branch: { name, exists: false } }, warn, signal);
}

interface Wanted extends Pick<StartedStream, 'id' | 'title' | 'plan'> {
  readonly branch: Branch;
}

async function make(
  engine: Engine,
  home: StreamsHome,
  { branch, ...wanted }: Wanted,
  warn: (text: string) => void,
  signal: AbortSignal,
): Promise<Started> {
  const head = engine.change.head;
  if (head === undefined)
    throw refused(
      'streams/unborn',
      'The repository has no commit yet.',
      'A stream begins at a commit: make the first one.',
    );
  const setUp = setupCommand(engine.config.streams.setup);
  const dir = realFolder(freeFolder(worktreesFolder(home.root, engine.config.streams.folder), wanted.id));
  await addWorktree(home.root, { dir, branch: branch.name, from: branch.exists ? undefined : head }, signal);
  const stream: StartedStream = {
    ...wanted,
    branch: branch.name,
    worktree: dir,
    base: head,
    at: engine.clock.date(),
  };
  const listed = await updateStreams(home, (list) => [...list.filter((one) => one.id !== stream.id), stream]);
  const setup = setUp === undefined ? undefined : await runSetup(engine, home, stream, setUp, signal);
  if (signal.aborted && !branch.exists) await takeBack(engine, stream, warn);
  signal.throwIfAborted();
  return { stream, setup, notes: [...(await openNotes(engine, signal)), ...(listed ? [] : [unlisted(dir)])] };
}

/** Stopped in its set-up it leaves nothing behind, unless there is something in it that would be lost. */
async function takeBack(engine: Engine, { id }: StartedStream, warn: (text: string) => void): Promise<void> {
  await removeStream(engine, id, false, warn);
}

function unlisted(dir: string): string {
  return `It could not be written down, so that \`streams list\` does not show it; \`git worktree remove ${quote(dir)}\` takes it away.`;
}

function isAlive(stream: StartedStream, { worktrees }: StreamsHome): boolean {
  return worktrees.some((worktree) => worktree.dir === stream.worktree && !worktree.gone);
}

interface Branch {
  readonly name: string;
  /** It was there before; the stream goes on from it. */
  readonly exists: boolean;
}

/** Why git takes no new branch of that name. */
export async function refusalOf(root: string, name: string): Promise<'wrong' | 'taken' | undefined> {
  // A name that git reads as an option, or as a place in its history of branches, is none.
  if (name === '' || name.startsWith('-') || name.startsWith('@')) return 'wrong';
  if ((await plumb(root, ['check-ref-format', '--branch', name])).code !== 0) return 'wrong';
  return (await hasBranch(root, name)) ? 'taken' : undefined;
}

async function hasBranch(root: string, name: string, signal?: AbortSignal): Promise<boolean> {
  return (await plumb(root, ['show-ref', '--verify', '--quiet', `refs/heads/${name}`], {}, signal)).code === 0;
}

async function branchFor(id: string, { worktrees }: StreamsHome, root: string, signal: AbortSignal): Promise<Branch> {
  // A branch called `stream` leaves no room for any below it.
  const name = (await hasBranch(root, 'stream', signal)) ? `stream-${id}` : `stream/${id}`;
  const elsewhere = worktrees.find((worktree) => worktree.branch === name && !worktree.gone);
  if (elsewhere !== undefined)
    throw refused(
      'streams/branch',
      `The branch ${name} is checked out in ${elsewhere.dir}.`,
      'Work there, or switch it to another branch.',
    );
  return { name, exists: await hasBranch(root, name, signal) };
}

function notesOf(
  plan: StreamPlan,
  planned: PlannedStream,
  running: readonly StartedStream[],
  branch: Branch,
): readonly string[] {
  const beside = new Set(running.filter((one) => one.plan === plan.file).map((one) => one.id));
  const meets = plan.overlaps.filter(
    ({ a, b }) => (a === planned.id && beside.has(b)) || (b === planned.id && beside.has(a)),
  );
  return [
    ...(branch.exists ? [`The branch ${branch.name} was there: the stream goes on from it.`] : []),
    ...meets.map(({ text }) => `Runs beside another: ${text}`),
  ];
}

/** What is changed but not committed is missed no less than what is not in git yet. */
async function openNotes({ root }: Engine, signal: AbortSignal): Promise<readonly string[]> {
  const open = (await worktreeStatus(root, signal)).dirty.length;
  if (open === 0) return [];
  const which = `${plural(open, 'file')} with changes that are not committed`;
  return [`It begins at the last commit: ${which} did not come along.`];
}

const SETUP_LIMIT_MS = 15 * 60_000;
const SETUP_BYTES = 64 * 1024;

async function runSetup(
  engine: Engine,
  home: StreamsHome,
  stream: StartedStream,
  argv: readonly [string, ...string[]],
  signal: AbortSignal,
): Promise<SetupOutcome> {
  const command = argv.join(' ');
  const record = { pid: process.pid, command, output: '' };
  writeSetup(home.store, stream.id, { ...record, state: 'running' });
  const outcome = await engine.processes.run(
    { argv, cwd: stream.worktree, timeoutMs: SETUP_LIMIT_MS, maxBytes: SETUP_BYTES },
    signal,
  );
  const output = outcome.kind === 'missing' ? outcome.message : `${outcome.stdout}${outcome.stderr}`;
  const ok = outcome.kind === 'exited' && outcome.code === 0;
  const how =
    outcome.kind === 'exited' ? `exit status ${outcome.code}` : outcome.kind === 'missing' ? 'not found' : outcome.kind;
  // The last line says why: what was stopped, or is silent, does not say so itself.
  const why = outcome.kind !== 'missing' && (outcome.kind !== 'exited' || output.trim() === '') ? `\n${how}` : '';
  writeSetup(home.store, stream.id, { ...record, state: ok ? 'done' : 'failed', output: `${output}${why}` });
  const took = outcome.kind === 'missing' ? '' : ` after ${Math.round(outcome.durationMs / 1000)} s`;
  const end = ok ? '' : `\n${cut(output.trim().split('\n').slice(-8).join('\n'), 2000)}`;
  return { ok, text: `${command}: ${how}${took}${end}` };
}

/** @throws ExpectedError for a line that only a shell could run. */
function setupCommand(setup: string | readonly string[] | undefined): readonly [string, ...string[]] | undefined {
  if (setup === undefined) return undefined;
  const [program, ...args] = typeof setup === 'string' ? (splitPlainCommand(setup) ?? []) : setup;
  if (program !== undefined && program !== '') return [program, ...args];
  throw refused(
    'config/invalid',
    `streams.setup is "${String(setup)}", which needs a shell.`,
    'Commands run without one: name one program and its arguments, or put the line into a script.',
  );
}

function refused(code: string, message: string, hint: string): ExpectedError {
  return new ExpectedError(code, message, hint);
}
