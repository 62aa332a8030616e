import type { StartedStream } from '../../protocol/streams.ts';
import type { Store } from '../ports.ts';

const FILE = 'streams.json';
const VERSION = 1;

/** Streams that were started, oldest first. git's list of working trees is the truth; this adds what git does not know. */
export async function readRegistry(store: Store): Promise<readonly StartedStream[]> {
  const text = store.read(FILE);
  if (text === undefined) return [];
  const { startedStreamSchema } = await import('../../protocol/started-stream.ts');
  const value = parse(text);
  const list: unknown = typeof value === 'object' && value !== null && 'streams' in value ? value.streams : undefined;
  // An entry that is not right is left out: the working tree it spoke of is listed by git all the same.
  const streams = Array.isArray(list) ? list.flatMap((entry) => startedStreamSchema.safeParse(entry).data ?? []) : [];
  return streams.filter(({ id }) => ID.test(id));
}

/** It becomes the name of a file: the list may have come with the repository. */
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads again before it writes: another process may have started a stream meanwhile. */
export async function updateRegistry(
  store: Store,
  change: (streams: readonly StartedStream[]) => readonly StartedStream[],
): Promise<boolean> {
  const streams = change(await readRegistry(store));
  return store.write(FILE, `${JSON.stringify({ version: VERSION, streams }, null, 1)}\n`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A broken list is no list.
    return undefined;
  }
}
