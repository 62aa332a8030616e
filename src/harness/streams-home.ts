import type { Store } from '../engine/ports.ts';
import { createStore } from '../platform/store.ts';
import { listWorktrees, type Worktree } from '../platform/worktrees.ts';

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
