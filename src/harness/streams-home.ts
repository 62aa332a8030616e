import { join, resolve } from 'node:path';
import type { Store } from '../engine/ports.ts';
import { updateRegistry } from '../engine/streams/registry.ts';
import { withLock } from '../platform/file-lock.ts';
import { plumbText } from '../platform/plumbing.ts';
import { createStore } from '../platform/store.ts';
import { listWorktrees, type Worktree } from '../platform/worktrees.ts';
import type { StartedStream } from '../protocol/streams.ts';

/** Where a repository keeps what it knows of its streams: in the main working tree, whichever of them one looks from. */
export interface StreamsHome {
  /** Absolute. */
  readonly root: string;
  readonly store: Store;
  readonly worktrees: readonly Worktree[];
}

export async function openHome(root: string, warn: (text: string) => void, signal?: AbortSignal): Promise<StreamsHome> {
  const worktrees = await listWorktrees(root, signal);
  // Of a bare repository there is no main one: then the first.
  const main = worktrees.find((worktree) => !worktree.gone)?.dir ?? root;
  return { root: main, store: createStore(main, warn), worktrees };
}

/** Another stream may be started or taken away by another process at the same moment. False where it could not be written. */
export async function updateStreams(
  { root, store }: StreamsHome,
  change: (streams: readonly StartedStream[]) => readonly StartedStream[],
): Promise<boolean> {
  const update = (): Promise<boolean> => updateRegistry(store, change);
  const folder = resolve(root, (await plumbText(root, ['rev-parse', '--git-common-dir'])).trimEnd());
  const locked = await withLock(join(folder, 'downforce-streams.lock'), update);
  return locked === undefined ? update() : locked.value;
}

const SETUP = 'streams';

export interface SetupRecord {
  readonly state: 'running' | 'done' | 'failed';
  readonly pid: number;
  readonly command: string;
  /** What it printed, the middle left out; or why it could not start. */
  readonly output: string;
}

export function writeSetup(store: Store, id: string, record: SetupRecord): void {
  store.write(`${SETUP}/${id}.json`, `${JSON.stringify(record, null, 1)}\n`);
}

export function readSetup(store: Store, id: string): SetupRecord | undefined {
  try {
    const value: unknown = JSON.parse(store.read(`${SETUP}/${id}.json`) ?? 'null');
    return isRecord(value) ? value : undefined;
  } catch {
    // A broken record is none.
    return undefined;
  }
}

export function forgetSetup(store: Store, id: string): void {
  store.remove(`${SETUP}/${id}.json`);
}

function isRecord(value: unknown): value is SetupRecord {
  if (typeof value !== 'object' || value === null) return false;
  const known = 'state' in value && 'pid' in value && 'command' in value && 'output' in value;
  return known && typeof value.state === 'string' && typeof value.pid === 'number' && typeof value.output === 'string';
}
