import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Command, Processes, ProcessOutcome } from '../engine/ports.ts';
import { cleanEnvironment } from './git.ts';
import { createLastWill } from './last-will.ts';

/** Structured output comes on the other stream; of this one the beginning and the end tell enough. */
const MAX_STDERR = 2 * 1024 * 1024;

/** The longest that a timer of Node.js can wait; more would fire at once. */
const MAX_TIMEOUT = 2 ** 31 - 1;

/** Children still alive, so that whatever ends this process ends them. */
const living = new Map<number, string>();
const lastWill = createLastWill();

process.once('exit', () => {
  for (const [pid, mark] of living) killTree(pid, mark);
});

/** Starts children in a process group of their own and takes the whole tree down with them. */
export const processes: Processes = { run };

function run(command: Command, signal: AbortSignal): Promise<ProcessOutcome> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'cancelled', stdout: '', stderr: '', truncated: false, durationMs: 0 });
      return;
    }
    const [program, ...args] = command.argv;
    const started = performance.now();
    const stdout = new Capture(command.maxBytes);
    const stderr = new Capture(Math.min(command.maxBytes, MAX_STDERR));
    const mark = randomUUID();
    const child = start(program, args, command, mark);
    if (child instanceof Error) {
      resolve({ kind: 'missing', program, message: child.message });
      return;
    }
    let ended: 'timeout' | 'cancelled' | undefined;
    const stop = (why: 'timeout' | 'cancelled'): void => {
      ended ??= why;
      if (child.pid !== undefined) killTree(child.pid, mark);
    };
    const onAbort = (): void => stop('cancelled');
    const timer = setTimeout(() => stop('timeout'), Math.min(command.timeoutMs, MAX_TIMEOUT));
    signal.addEventListener('abort', onAbort, { once: true });
    if (child.pid !== undefined) enlist(child.pid, mark);
    child.stdout?.on('data', (chunk: Buffer) => stdout.add(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr.add(chunk));
    const settle = (outcome: ProcessOutcome): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      if (child.pid !== undefined) discharge(child.pid);
      resolve(outcome);
    };
    child.once('error', (error) => settle({ kind: 'missing', program, message: error.message }));
    child.once('exit', (code, by) => {
      // A daemon that the tool left behind would hold the pipes open, and the machine busy.
      if (child.pid !== undefined) killGroup(child.pid);
      const output = (): { stdout: string; stderr: string; truncated: boolean; durationMs: number } => ({
        stdout: stdout.text(),
        stderr: stderr.text(),
        truncated: stdout.truncated || stderr.truncated,
        durationMs: performance.now() - started,
      });
      const finish = (): void => {
        if (ended !== undefined) settle({ kind: ended, ...output() });
        else if (by !== null) settle({ kind: 'signalled', signal: by, ...output() });
        else settle({ kind: 'exited', code: code ?? 0, ...output() });
      };
      const grace = setTimeout(finish, 1000);
      child.once('close', () => {
        clearTimeout(grace);
        finish();
      });
    });
  });
}

function enlist(pid: number, mark: string): void {
  living.set(pid, mark);
  lastWill.add(pid, mark);
}

function discharge(pid: number): void {
  living.delete(pid);
  lastWill.strike(pid);
}

/** Names the run in the environment of all that it starts, so that none of them can get away by leaving its family. */
const MARK = 'DOWNFORCE_RUN';

function start(program: string, args: readonly string[], command: Command, mark: string): ChildProcess | Error {
  if (!isFolder(command.cwd)) return new Error(`there is no folder ${command.cwd}`);
  try {
    return spawn(program, args, {
      cwd: command.cwd,
      env: { ...cleanEnvironment(), ...command.env, [MARK]: mark },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
  } catch (error) {
    // Arguments too long, a NUL among them, a program that is no file: some systems say so at once.
    return error instanceof Error ? error : new Error(String(error));
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Keeps the head and the tail of a stream, so that a flood costs no memory. */
class Capture {
  readonly #half: number;
  #head: Buffer[] = [];
  #headBytes = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  truncated = false;

  constructor(maxBytes: number) {
    this.#half = Math.floor(maxBytes / 2);
  }

  add(chunk: Buffer): void {
    const room = this.#half - this.#headBytes;
    if (room > 0) {
      const part = chunk.subarray(0, room);
      this.#head.push(part);
      this.#headBytes += part.length;
    }
    if (chunk.length <= room) return;
    const rest = room > 0 ? chunk.subarray(room) : chunk;
    this.#tail.push(rest);
    this.#tailBytes += rest.length;
    while (this.#tailBytes - (this.#tail[0]?.length ?? 0) >= this.#half) {
      this.#tailBytes -= this.#tail.shift()?.length ?? 0;
      this.truncated = true;
    }
  }

  text(): string {
    const gap = this.truncated ? [Buffer.from('\n… output cut …\n')] : [];
    const whole = Buffer.concat([...this.#head, ...gap, ...this.#tail]);
    this.#head = [];
    this.#tail = [];
    return whole.toString('utf8');
  }
}

/** Ends a process, its group, descendants that left the group, and orphans that bear the mark of the run. */
function killTree(pid: number, mark: string): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  const family = [...descendants(pid), ...marked(mark)];
  killGroup(pid);
  for (const member of family) {
    killGroup(member);
    kill(member);
  }
  kill(pid);
}

function killGroup(pid: number): void {
  if (process.platform !== 'win32') kill(-pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Already gone, which is what was wanted.
  }
}

/** Processes with the mark in their environment; where there is no /proc, none. */
function marked(mark: string): number[] {
  const wanted = `${MARK}=${mark}`;
  return listProc().flatMap((name) => {
    try {
      return readFileSync(`/proc/${name}/environ`, 'latin1').includes(wanted) ? [Number(name)] : [];
    } catch {
      // Ended while we looked, or another user's.
      return [];
    }
  });
}

function listProc(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    // No /proc on this system.
    return [];
  }
}

function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const [child, parent] of parentage()) children.set(parent, [...(children.get(parent) ?? []), child]);
  const found: number[] = [];
  const queue = [pid];
  for (let at = 0; at < queue.length; at++) {
    const next = children.get(queue[at] ?? 0) ?? [];
    found.push(...next);
    queue.push(...next);
  }
  return found;
}

/** Pairs of process and parent: from /proc where there is one, else from `ps`. */
function parentage(): (readonly [number, number])[] {
  const names = listProc();
  if (names.length > 0) return names.flatMap(fromProc);
  const listed = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout ?? '';
  return listed.split('\n').map((line) => {
    const [child = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    return [child, parent] as const;
  });
}

function fromProc(name: string): (readonly [number, number])[] {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    // The command name stands in parentheses and may hold anything.
    return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0])]];
  } catch {
    // The process ended while we looked.
    return [];
  }
}
