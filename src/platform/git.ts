import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { type SimpleGit, simpleGit } from 'simple-git';
import { ExpectedError } from '../engine/errors.ts';
import { ownNames, switchedOff } from './driver-options.ts';

export interface Repository {
  /** Absolute path of the working tree's top. */
  readonly root: string;
  readonly gitDir: string;
  readonly shallow: boolean;
  readonly head: string | undefined;
  /** Short name of the branch checked out; undefined on a detached head. */
  readonly branch: string | undefined;
  /** Which of `BASES` there are. */
  readonly bases: ReadonlySet<string>;
  /** Options for git that switch off the programs which the repository's own configuration has it run on contents. */
  readonly inert: readonly string[];
}

/** What a change is measured from where nobody says: the first of these. */
export const BASES = ['refs/remotes/origin/main', 'refs/remotes/origin/HEAD', 'refs/heads/main', 'refs/heads/master'];

const LOCATION =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|QUARANTINE_PATH)$/;

/** A git hook's environment points git at the repository of the hook; what runs below us finds its own. */
export function cleanEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const kept = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(kept.filter(([name]) => !LOCATION.test(name)));
}

/** Keeps git from refreshing the index behind the user's back. */
const QUIET = '--no-optional-locks';

/** Runs git without touching the index, and without the commands that a repository's configuration may name. */
export class Git {
  readonly #dir: string;
  readonly #signal: AbortSignal | undefined;
  readonly #options: readonly string[];

  /** @param inert as `Repository` has it, for what looks at files of the working tree. */
  constructor(dir: string, signal?: AbortSignal, inert: readonly string[] = []) {
    this.#dir = dir;
    this.#signal = signal;
    this.#options = [QUIET, ...inert];
  }

  /** One instance runs its tasks one after the other, so each call gets its own. */
  #open(): SimpleGit {
    return simpleGit({
      baseDir: this.#dir,
      config: ['core.fsmonitor=false', 'core.quotepath=off', 'diff.renameLimit=2000'],
      // To switch them off.
      unsafe: { allowUnsafeFsMonitor: true, allowUnsafeFilter: true },
      // What is not named here simple-git takes out of the environment, the location variables of a hook among it.
      allowEnvironment: ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM', 'GIT_CEILING_DIRECTORIES'],
      ...(this.#signal === undefined ? {} : { abort: this.#signal }),
    });
  }

  /** Standard output. @throws ExpectedError with git's own message. */
  async raw(...args: string[]): Promise<string> {
    try {
      return await this.#open().raw([...this.#options, ...args]);
    } catch (error) {
      if (this.#signal?.aborted === true) throw error;
      const said = (error instanceof Error ? error.message : String(error)).trim().slice(0, 400);
      throw new ExpectedError('git/failed', `git ${args[0] ?? ''} failed: ${said}`, '`git status` may say more.', 3);
    }
  }

  async try(...args: string[]): Promise<string | undefined> {
    try {
      return await this.#open().raw([...this.#options, ...args]);
    } catch {
      // The caller has an answer for "git says no"; the reason does not matter to it.
      return undefined;
    }
  }

  /** Contents of blobs by id, in one process; ids that git does not have are left out. simple-git has no standard input. */
  async blobs(ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
    if (ids.length === 0) return new Map();
    const child = spawn('git', ['cat-file', '--batch'], {
      cwd: this.#dir,
      env: cleanEnvironment(),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => child.kill());
    child.stdin.end(`${ids.join('\n')}\n`);
    await new Promise<void>((resolve, reject) => child.once('close', resolve).once('error', reject));
    return parseBatch(Buffer.concat(chunks));
  }
}

function parseBatch(output: Buffer): ReadonlyMap<string, Buffer> {
  const blobs = new Map<string, Buffer>();
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    if (end < 0) break;
    const [id = '', , size] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (size === undefined) continue;
    blobs.set(id, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return blobs;
}

/** @throws ExpectedError where `dir` is in no working tree or git is missing. */
export async function openRepository(dir: string): Promise<Repository> {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new ExpectedError('usage/root', `There is no folder ${dir}.`, 'Give an existing folder to --root.');
  }
  const [lines, refs, filters] = await Promise.all([
    askWhere(dir),
    new Git(dir).try('for-each-ref', '--format=%(refname)', ...BASES),
    new Git(dir).try('config', '--show-scope', '--name-only', '-z', '--get-regexp', '^filter\\..*\\.'),
  ]);
  const [root = '', gitDir = '', shallow = '', head, branch] = lines;
  if (root === '') {
    throw new ExpectedError(
      'git/bare',
      `${dir} is a bare repository or a .git folder.`,
      'Run Downforce in a working tree.',
      3,
    );
  }
  if (!isAbsolute(gitDir) || !existsSync(root)) {
    const hint = 'Move it to a folder with an ordinary name.';
    throw new ExpectedError(
      'git/path',
      `The path of ${JSON.stringify(dir)} cannot be told from git's answer.`,
      hint,
      3,
    );
  }
  return {
    root,
    gitDir,
    shallow: shallow === 'true',
    head: head === undefined || head === '' ? undefined : head,
    branch: branch === undefined || branch === 'HEAD' || branch === '' ? undefined : branch,
    bases: new Set((refs ?? '').split('\n')),
    inert: switchedOff(ownNames(filters ?? '')),
  };
}

async function askWhere(dir: string): Promise<string[]> {
  const where = ['rev-parse', '--show-toplevel', '--absolute-git-dir', '--is-shallow-repository'];
  const git = new Git(dir);
  const withHead = await git.try(...where, 'HEAD', '--abbrev-ref', 'HEAD');
  if (withHead !== undefined) return withHead.split('\n');
  try {
    return (await git.raw(...where)).split('\n');
  } catch (error) {
    throw explain(dir, error instanceof Error ? error.message : String(error));
  }
}

function explain(dir: string, message: string): ExpectedError {
  if (/ENOENT/.test(message)) {
    return new ExpectedError('git/missing', 'git was not found on the PATH.', 'Install git 2.30 or newer.', 3);
  }
  if (/dubious ownership/.test(message)) {
    return new ExpectedError(
      'git/ownership',
      `git does not trust ${dir}: it belongs to another user.`,
      `git config --global --add safe.directory ${dir}`,
      3,
    );
  }
  if (/must be run in a work tree/.test(message)) {
    return new ExpectedError(
      'git/bare',
      `${dir} is a bare repository or a .git folder.`,
      'Run Downforce in a working tree.',
      3,
    );
  }
  return new ExpectedError(
    'git/none',
    `${dir} is not inside a git repository.`,
    'Run it in a clone, or `git init` first: Downforce judges changes, and git knows what changed.',
    3,
  );
}

/** What git is in the middle of, from the files it leaves in its folder. */
export function operationOf(gitDir: string): 'merge' | 'rebase' | 'cherry-pick' | 'revert' | 'bisect' | undefined {
  const has = (name: string): boolean => existsSync(join(gitDir, name));
  if (has('rebase-merge') || has('rebase-apply')) return 'rebase';
  if (has('MERGE_HEAD')) return 'merge';
  if (has('CHERRY_PICK_HEAD')) return 'cherry-pick';
  if (has('REVERT_HEAD')) return 'revert';
  return has('BISECT_LOG') ? 'bisect' : undefined;
}
