import { readRegistry } from '../engine/streams/registry.ts';
import { judgeStream, type SetupState } from '../engine/streams/stream-state.ts';
import type { Engine } from '../engine/survey.ts';
import { treeName } from '../engine/verdicts/tree-name.ts';
import { plumb } from '../platform/plumbing.ts';
import { createStore } from '../platform/store.ts';
import {
  changedSince,
  countCommits,
  type WorktreeStatus,
  worktreeStatus,
  writtenAt,
} from '../platform/worktree-status.ts';
import type { Worktree } from '../platform/worktrees.ts';
import type { Envelope } from '../protocol/envelope.ts';
import type { Collision, StartedStream, StreamState } from '../protocol/streams.ts';
import { openEngine } from './open-engine.ts';
import { openHome, readSetup, type StreamsHome } from './streams-home.ts';

/** How each stream that was started stands, those that need a person first. */
export async function readStates(
  engine: Engine,
  collisions: readonly Collision[],
  warn: (text: string) => void,
  signal?: AbortSignal,
): Promise<readonly StreamState[]> {
  const home = await openHome(engine.root, warn, signal);
  const streams = await readRegistry(home.store);
  const states = await Promise.all(streams.map((stream) => stateOf(stream, home, engine, collisions, signal)));
  return states.toSorted((a, b) => Number(b.needsYou) - Number(a.needsYou));
}

async function stateOf(
  stream: StartedStream,
  home: StreamsHome,
  engine: Engine,
  collisions: readonly Collision[],
  signal: AbortSignal | undefined,
): Promise<StreamState> {
  const worktree = home.worktrees.find((one) => one.dir === stream.worktree && !one.gone);
  if (worktree === undefined) return goneState(stream);
  const status = await worktreeStatus(worktree.dir, signal);
  const base = await baseOf(stream, home, engine, signal);
  const [counts, committed, loop] = await Promise.all([
    countCommits(worktree.dir, base, signal),
    changedSince(worktree.dir, base, signal),
    loopOf(worktree, status, signal),
  ]);
  const branch = worktree.branch ?? stream.branch;
  const facts = {
    branch,
    ahead: counts?.ahead ?? 0,
    behind: counts?.behind ?? 0,
    dirtyFiles: status.dirty.length,
    changedFiles: new Set([...committed, ...status.dirty]).size,
    loop,
  };
  const judged = judgeStream({
    ...facts,
    there: true,
    unmerged: status.unmerged,
    operation: status.operation,
    setup: setupOf(home, stream.id),
    collisions: collisions.filter(({ a, b }) => a === branch || b === branch),
  });
  const touchedAt = status.touched === undefined ? undefined : new Date(status.touched).toISOString();
  return { ...stream, ...facts, ...judged, touchedAt };
}

function goneState(stream: StartedStream): StreamState {
  const facts = { ahead: 0, behind: 0, dirtyFiles: 0, changedFiles: 0, loop: undefined };
  const judged = judgeStream({
    ...facts,
    branch: stream.branch,
    there: false,
    unmerged: [],
    operation: undefined,
    setup: undefined,
    collisions: [],
  });
  return { ...stream, ...facts, ...judged, touchedAt: undefined };
}

/** What a stream is measured against: the branch it left, where that still holds the commit; else what changes are measured from. */
async function baseOf(
  stream: StartedStream,
  home: StreamsHome,
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<string> {
  const configured = engine.config.base;
  const main = home.worktrees.find((one) => one.main)?.branch;
  const candidates = [
    ...(configured === undefined ? [] : [configured]),
    ...(main === undefined ? [] : [`refs/heads/${main}`]),
  ];
  for (const candidate of candidates) {
    if (candidate === `refs/heads/${stream.branch}`) continue;
    const answer = await plumb(home.root, ['merge-base', '--is-ancestor', stream.base, candidate], {}, signal);
    if (answer.code === 0) return candidate;
  }
  return stream.base;
}

function setupOf({ store }: StreamsHome, id: string): SetupState | undefined {
  const record = readSetup(store, id);
  if (record === undefined) return undefined;
  if (record.state === 'running' && isRunning(record.pid)) return { kind: 'running' };
  if (record.state === 'done') return { kind: 'done' };
  const last = record.output.trim().split('\n').at(-1) ?? '';
  return { kind: 'failed', why: record.state === 'running' ? 'it was interrupted.' : `${record.command}: ${last}` };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process.
    return false;
  }
}

const REPORT = 'reports/loop.json';

/** What the stream's own last loop said. */
async function loopOf(
  { dir }: Worktree,
  status: WorktreeStatus,
  signal: AbortSignal | undefined,
): Promise<StreamState['loop']> {
  const text = createStore(dir, () => {}).read(REPORT);
  if (text === undefined) return undefined;
  const { envelopeSchema } = await import('../protocol/envelope.ts');
  const envelope: Envelope | undefined = envelopeSchema.safeParse(parse(text)).data;
  if (envelope === undefined) return undefined;
  const written = writtenAt(`${dir}/.downforce/${REPORT}`) ?? 0;
  const at = envelope.result?.at ?? new Date(written).toISOString();
  const stale = await isStale(dir, envelope, status, written, signal);
  return { ok: envelope.ok, at, summary: summaryOf(envelope), stale };
}

/** By its contents where the report says of which; else by time. */
async function isStale(
  dir: string,
  envelope: Envelope,
  status: WorktreeStatus,
  written: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const tree = envelope.result?.tree;
  if (tree === undefined) return envelope.result?.at !== undefined || (status.touched ?? 0) > written;
  try {
    const engine = await openEngine({ dir, base: undefined, configFile: undefined, warn: () => {} }, signal);
    return treeName(engine) !== tree;
  } catch {
    // A tree that cannot be read now is not the one that was judged.
    return true;
  }
}

function summaryOf({ result, error }: Envelope): string {
  if (result === undefined) return error?.message ?? 'it could not judge';
  const { total, passed, failed, errored } = result.summary;
  const bad = [failed > 0 ? `${failed} failed` : '', errored > 0 ? `${errored} could not judge` : ''].filter(
    (part) => part !== '',
  );
  return [`${passed} of ${total} checks passed`, ...bad].join(', ');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half a file is no report.
    return undefined;
  }
}
