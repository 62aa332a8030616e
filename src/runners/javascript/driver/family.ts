import { appendFileSync, readFileSync } from 'node:fs';
import { isMainThread, threadId } from 'node:worker_threads';
import { readRequest } from './request.ts';
import { serveModules, substitutesOf } from './serve-modules.ts';
import { installSwitchboard } from './switchboard.ts';

/** Where a process finds what it is to load: it goes to all that a test starts, as the environment does. */
const VARIABLE = 'DOWNFORCE_FAMILY';

/** What a process below a driver is told. */
interface Family {
  /** Path of the request. */
  readonly request: string;
  readonly loader: string;
  /** The mutant in force; all of the life of a process. */
  readonly number: number;
  /** Where it says what it ran. */
  readonly diary: string;
}

/** One line of the diary. */
type Entry =
  | { readonly born: string }
  | { readonly died: string; readonly hits: readonly (readonly [place: number, count: number])[] };

/** The environment that makes Node processes load the schemata with this mutant in force. `child` is `javascript-child.cjs`. */
export function familyEnv(
  family: Family,
  child: string,
  inherited: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
  const word = `--require=${child.includes(' ') ? JSON.stringify(child) : child}`;
  const options = (inherited['NODE_OPTIONS'] ?? '').split(word).join('').trim();
  return { NODE_OPTIONS: `${word} ${options}`.trim(), [VARIABLE]: JSON.stringify(family) };
}

/** What a process below a driver does first. */
export function joinFamily(): void {
  const told = process.env[VARIABLE];
  if (told === undefined) return;
  const family = JSON.parse(told) as Family;
  const request = readRequest(family.request);
  serveModules(substitutesOf(request.sources), { url: family.loader, data: family.request });
  const board = installSwitchboard(globalThis, request.mutants);
  board.start(family.number);
  const name = `${process.pid}${isMainThread ? '' : `-${threadId}`}`;
  const write = (entry: Entry): void => appendFileSync(family.diary, `${JSON.stringify(entry)}\n`);
  write({ born: name });
  process.once('exit', () => {
    const hits = [...board.look().hits].flatMap((count, place) => (count > 0 ? [[place, count] as const] : []));
    write({ died: name, hits });
  });
}

/** What the processes of a diary ran, all together. */
export interface FamilyHits {
  readonly hits: Uint32Array;
  /** How many there were. */
  readonly size: number;
  /** One of them was taken down, and nothing is known of what it ran. */
  readonly isPartial: boolean;
}

export function readDiary(path: string, mutants: number): FamilyHits {
  const hits = new Uint32Array(mutants + 1);
  const living = new Set<string>();
  let size = 0;
  for (const line of textOf(path).split('\n')) {
    if (line === '') continue;
    const entry = JSON.parse(line) as Entry;
    if ('born' in entry) {
      size += 1;
      living.add(entry.born);
    } else {
      living.delete(entry.died);
      for (const [place, count] of entry.hits) hits[place] = (hits[place] ?? 0) + count;
    }
  }
  return { hits, size, isPartial: living.size > 0 };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Nobody wrote into it.
    return '';
  }
}
