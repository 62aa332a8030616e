import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { DriverEvent } from '../../../engine/mutation/driver-protocol.ts';
import type { Tell } from '../../javascript/driver/request.ts';
import type { TryEvent } from '../../javascript/driver/verdict.ts';
import type { FirstRun, Message } from './messages.ts';

/** What the main process knows of a test file in a project. */
export interface FileState {
  readonly key: string;
  readonly path: string;
  first: FirstRun | undefined;
  /** Why mutants cannot be seen by its tests. */
  outside: string | undefined;
  /** Mutants whose place it runs. */
  readonly reached: Set<number>;
  /** Those outside of its tests. */
  readonly loaded: Set<number>;
  /** Mutants to be tried alone. */
  readonly deferred: Set<number>;
  /** Mutants that something sure was said of. */
  readonly settled: Set<number>;
}

/** What a worker is at. */
export interface Worker {
  readonly pid: number;
  readonly key: string;
  /** The mutant in force, 0 for none. */
  number: number;
  /** When it has to say something again, by this process' clock. */
  deadline: number;
  closed: boolean;
}

/** A moment more than what is allowed: until then the worker may end it by itself. */
const GRACE_MS = 1000;

/** Collects what workers say and passes on what Downforce wants to know. */
export class Ledger {
  readonly files = new Map<string, FileState>();
  readonly workers = new Map<number, Worker>();
  readonly killed = new Set<number>();
  failed = false;
  private readonly tell: Tell<DriverEvent>;

  constructor(tell: Tell<DriverEvent>) {
    this.tell = tell;
  }

  file(key: string): FileState {
    const known = this.files.get(key);
    if (known !== undefined) return known;
    const path = key.slice(key.indexOf('|') + 1);
    const sets = {
      reached: new Set<number>(),
      loaded: new Set<number>(),
      deferred: new Set<number>(),
      settled: new Set<number>(),
    };
    const state: FileState = { key, path, first: undefined, outside: undefined, ...sets };
    this.files.set(key, state);
    return state;
  }

  take(message: Message): void {
    const { key, pid } = message;
    const state = this.file(key);
    const worker = this.workers.get(pid);
    switch (message.type) {
      case 'open':
        this.workers.set(pid, { pid, key, number: 0, deadline: Number.POSITIVE_INFINITY, closed: false });
        break;
      case 'test':
        if (message.status === 'fail') this.failed = true;
        for (const number of message.reaches) state.reached.add(number);
        this.pass(message);
        break;
      case 'load':
        for (const number of message.reaches) {
          state.reached.add(number);
          state.loaded.add(number);
        }
        break;
      case 'first':
        state.first = { ms: message.ms, hits: message.hits };
        break;
      case 'begin':
        if (worker !== undefined)
          Object.assign(worker, { number: message.number, deadline: Date.now() + message.ms + GRACE_MS });
        if (message.number > 0) this.pass(message);
        break;
      case 'try':
        this.settle(state, message);
        break;
      case 'defer':
        state.deferred.add(message.number);
        break;
      case 'outside':
        state.outside ??= message.what;
        break;
      case 'close':
        if (worker !== undefined) worker.closed = true;
        break;
      default:
        message satisfies never;
    }
  }

  /** Says itself what a worker could not. */
  settle(state: FileState, { type, number, ...rest }: TryEvent): void {
    state.settled.add(number);
    state.deferred.delete(number);
    if (rest.unsure === undefined && (rest.status === 'killed' || rest.status === 'timeout')) this.killed.add(number);
    this.pass({ key: state.key, pid: 0, type, number, ...rest });
  }

  /** Gives all workers more time. */
  forgive(ms: number): void {
    for (const worker of this.workers.values()) worker.deadline += ms;
  }

  /** What hooks run counts as run while the file was loaded: no single test runs it. */
  tellLoads(): void {
    const loads = new Map<string, Set<number>>();
    for (const { path, loaded } of this.files.values())
      loads.set(path, new Set([...(loads.get(path) ?? []), ...loaded]));
    for (const [file, reached] of loads) this.tell({ type: 'load', file, reaches: [...reached] });
  }

  private pass(message: Message & { type: 'test' | 'begin' | 'try' }): void {
    const { key: _key, pid: _pid, ...event } = message;
    this.tell(event as DriverEvent);
  }
}

/** Reads what was added to the journal since the last time, whole lines only. */
export function createJournalReader(path: string): () => readonly Message[] {
  let at = 0;
  let rest = '';
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(256 * 1024);
  return () => {
    if (!existsSync(path)) return [];
    const file = openSync(path, 'r');
    try {
      for (let size = 1; size > 0; at += size) {
        size = readSync(file, buffer, 0, buffer.length, at);
        rest += decoder.decode(buffer.subarray(0, size), { stream: true });
      }
    } finally {
      closeSync(file);
    }
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    return lines.map((line) => JSON.parse(line) as Message);
  };
}
