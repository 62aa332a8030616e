import { spawn } from 'node:child_process';

const MAX_OUTPUT = 2000;

export interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly limitMs?: number | undefined;
  /** Asked now and then; it is ended where so. */
  readonly isStuck?: () => boolean;
}

export interface Ended {
  readonly end: 'passed' | 'failed' | 'timeout';
  readonly ms: number;
  readonly output: string;
}

/** Runs a program in a group of its own, all of which ends with it. */
export function runProcess(
  command: string,
  words: readonly string[],
  { cwd, env, limitMs, isStuck }: Surroundings,
): Promise<Ended> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    let timedOut = false;
    const timer = limitMs === undefined ? undefined : setTimeout(() => stop(), limitMs);
    const look = isStuck === undefined ? undefined : setInterval(() => isStuck() && stop(), 250);
    const stop = (): void => {
      timedOut = true;
      killGroup(child.pid);
    };
    const listen = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-MAX_OUTPUT);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    let settled = false;
    const settle = (code: number | null): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      clearInterval(look);
      // What it left behind ends with it.
      killGroup(child.pid);
      const end = timedOut ? 'timeout' : code === 0 ? 'passed' : 'failed';
      resolve({ end, ms: performance.now() - started, output });
    };
    child.once('error', (error) => {
      output += error.message;
      settle(1);
    });
    child.once('exit', (code) => settle(code));
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
