import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import type { SchemataRuntime } from '../../../engine/mutation/driver-protocol.ts';
import { adoptChildren } from './adopt.ts';
import type { DiaryEntry } from './diary.ts';
import { readRequest } from './request.ts';
import { serveModules, substitutesOf, unfitNode } from './serve-modules.ts';
import { GLOBAL_NAME } from './switchboard.ts';
import { watchReads } from './watch-reads.ts';

/** Where a process finds what it is to load: it goes to all that a test starts, as the environment does. */
const VARIABLE = 'DOWNFORCE_FAMILY';

const MUCH = 0x7fff_ffff;

/** What a process below a driver is told. */
export interface Family {
  /** Path of the request. */
  readonly request: string;
  /** Absolute folder of the programs that are shipped. */
  readonly drivers: string;
  /** The mutant in force; all of the life of a process. */
  readonly number: number;
  /** Path of the file where it says what it ran. */
  readonly diary: string;
}

/** The environment that makes Node processes load the schemata with this mutant in force. */
export function familyEnv(family: Family): Readonly<Record<string, string>> {
  const program = `${family.drivers}/javascript-child.cjs`;
  const word = `--require=${program.includes(' ') ? JSON.stringify(program) : program}`;
  const others = (process.env['NODE_OPTIONS'] ?? '').split(word).join('').trim();
  return { NODE_OPTIONS: `${word} ${others}`.trim(), [VARIABLE]: JSON.stringify(family) };
}

/** Makes all that this process starts from now on members of the family. */
export function foundFamily(family: Family): void {
  Object.assign(process.env, familyEnv(family));
  adoptChildren(() => {
    const { NODE_OPTIONS = '', [VARIABLE]: told = '' } = process.env;
    return { NODE_OPTIONS, [VARIABLE]: told };
  });
}

/** Puts another mutant in force in those that are started from now on. */
export function instructFamily(number: number): void {
  const told = process.env[VARIABLE];
  if (told !== undefined) process.env[VARIABLE] = JSON.stringify({ ...JSON.parse(told), number });
}

/** What a process below a driver does first. */
export function joinFamily(): void {
  const told = process.env[VARIABLE];
  if (told === undefined) return;
  const family = JSON.parse(told) as Family;
  if (unfitNode() !== undefined) {
    appendFileSync(family.diary, `${JSON.stringify({ noted: 'it starts an old Node.js' } satisfies DiaryEntry)}\n`);
    return;
  }
  const request = readRequest(family.request);
  const write = (entry: DiaryEntry): void => appendFileSync(family.diary, `${JSON.stringify(entry)}\n`);
  const substitutes = substitutesOf(request.sources);
  watchReads(new Set(substitutes.keys()), (noted) => write({ noted }));
  serveModules(substitutes, { url: `file://${family.drivers}/javascript-loader.mjs`, data: family.request });
  foundFamily(family);
  const witness = new Witness(request.mutants, family.number, (reached) => write({ reached }));
  Object.defineProperty(globalThis, GLOBAL_NAME, { value: witness, configurable: true });
  // Whether a thread is still there cannot be asked from outside.
  if (!isMainThread) return;
  write({ born: String(process.pid) });
  process.once('exit', () => write({ died: String(process.pid) }));
}

/** Tells of each place once, when it is run. */
class Witness implements SchemataRuntime {
  readonly active: number;
  readonly fuel: Int32Array;
  private readonly tell: (place: number) => void;

  constructor(mutants: number, active: number, tell: (place: number) => void) {
    this.active = active;
    this.fuel = new Int32Array(mutants + 1);
    this.tell = tell;
  }

  over(place: number): void {
    const isFirst = this.fuel[place] === -1;
    this.fuel[place] = MUCH;
    if (isFirst) this.tell(place);
  }
}
