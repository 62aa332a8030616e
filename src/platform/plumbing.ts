import { spawn } from 'node:child_process';
import { ExpectedError } from '../engine/errors.ts';
import { cleanEnvironment } from './git.ts';

export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitOptions {
  /** Beside what keeps git quiet: an index or a store of objects that is not the user's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input. */
  readonly input?: string;
}

/**
 * Runs git where its exit status is an answer, or where it is to work on an index of ours. As `Git` does it: without hooks, and
 * never writing to the user's index by itself.
 */
export function plumb(
  dir: string,
  args: readonly string[],
  options: GitOptions = {},
  signal?: AbortSignal,
): Promise<GitAnswer> {
  const quiet = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.quotepath=off'];
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...quiet, ...args], {
      cwd: dir,
      env: { ...cleanEnvironment(), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      ...(signal === undefined ? {} : { signal }),
    });
    const stdout: Buffer[] = [];
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = `${stderr}${text}`.slice(-8000);
    });
    child.stdin.on('error', () => child.kill());
    child.stdin.end(options.input ?? '');
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 128, stdout: Buffer.concat(stdout), stderr }));
  });
}

/** Standard output as text. @throws ExpectedError with git's own message where it fails. */
export async function plumbText(
  dir: string,
  args: readonly string[],
  options: GitOptions = {},
  signal?: AbortSignal,
): Promise<string> {
  const answer = await plumb(dir, args, options, signal);
  if (answer.code === 0) return answer.stdout.toString('utf8');
  throw gitFailed(args.find((arg) => /^[a-z]/.test(arg)) ?? '', answer);
}

export function gitFailed(what: string, { stderr, code }: GitAnswer): ExpectedError {
  const said = stderr.trim().slice(-400) || `exit status ${code}`;
  return new ExpectedError('git/failed', `git ${what} failed: ${said}`, '`git status` may say more.', 3);
}
