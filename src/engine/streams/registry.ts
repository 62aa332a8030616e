import type { StartedStream } from '../../protocol/streams.ts';
import type { Store } from '../ports.ts';

const FILE = 'streams.json';
const VERSION = 1;

/** Streams that were started, oldest first. git's list of working trees is the truth; this adds what git does not know. */
export async function readRegistry(store: Store): Promise<readonly StartedStream[]> {
  return (await openReader())(store.read(FILE));
}

/** Read and written in one go: another stream may be started meanwhile. */
export async function updateRegistry(
  store: Store,
  change: (streams: readonly StartedStream[]) => readonly StartedStream[],
): Promise<boolean> {
  const reader = await openReader();
  const streams = change(reader(store.read(FILE)));
  return store.write(FILE, `${JSON.stringify({ version: VERSION, streams }, null, 1)}\n`);
}

type Reader = (text: string | undefined) => readonly StartedStream[];

/** What reads the list is loaded only where there is one to read. */
async function openReader(): Promise<Reader> {
  const { startedStreamSchema } = await import('../../protocol/started-stream.ts');
  return (text) => {
    const value = text === undefined ? undefined : parse(text);
    const list: unknown = typeof value === 'object' && value !== null && 'streams' in value ? value.streams : undefined;
    if (!Array.isArray(list)) return [];
    // An entry that is not right is left out: the working tree it spoke of is listed by git all the same.
    return list.flatMap((entry) => startedStreamSchema.safeParse(entry).data ?? []).filter(isSafe);
  };
}

/** It becomes the name of a file. */
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** It is given to git, which would take `--output=FILE` for an option. */
const COMMIT = /^[0-9a-f]{40,64}$/;

/** The list may have come with the repository. */
function isSafe({ id, base }: StartedStream): boolean {
  return ID.test(id) && COMMIT.test(base);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A broken list is no list.
    return undefined;
  }
}
