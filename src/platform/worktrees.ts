import { existsSync, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type GitAnswer, gitFailed, plumb, plumbText } from './plumbing.ts';

/** One working tree of a repository, as git lists it. */
export interface Worktree {
  /** Absolute. */
  readonly dir: string;
  /** Undefined before the first commit. */
  readonly head: string | undefined;
  /** Short name; undefined on a detached head. */
  readonly branch: string | undefined;
  /** Why it may not be removed; empty where git was not told. */
  readonly locked: string | undefined;
  /** Its folder is not there. */
  readonly gone: boolean;
  /** The one that the repository was made with. */
  readonly main: boolean;
}

/** All working trees of a repository, the main one first; without a bare repository's own folder. */
export async function listWorktrees(dir: string, signal?: AbortSignal): Promise<readonly Worktree[]> {
  const withNul = await steady(() => plumb(dir, ['worktree', 'list', '--porcelain', '-z'], {}, signal));
  // Before 2.36 there is no -z; then a path with a line end cannot be told.
  if (withNul.code === 0) return parseList(withNul.stdout.toString('utf8').split('\0'));
  return parseList((await plumbText(dir, ['worktree', 'list', '--porcelain'], {}, signal)).split('\n'));
}

/** Lines as git-worktree(1) "Porcelain Format" has them, an empty one after each working tree. */
export function parseList(lines: readonly string[]): readonly Worktree[] {
  const found: Worktree[] = [];
  let open: string[] = [];
  for (const line of [...lines, '']) {
    if (line !== '') open.push(line);
    else if (open.length > 0) {
      const entry = readEntry(open, found.length === 0);
      if (entry !== undefined) found.push(entry);
      open = [];
    }
  }
  return found;
}

function readEntry(lines: readonly string[], main: boolean): Worktree | undefined {
  const value = (name: string): string | undefined => {
    const line = lines.find((one) => one === name || one.startsWith(`${name} `));
    return line?.slice(name.length + 1);
  };
  const dir = value('worktree');
  if (dir === undefined || value('bare') !== undefined) return undefined;
  const head = value('HEAD');
  return {
    dir: resolve(dir),
    head: head === undefined || /^0+$/.test(head) ? undefined : head,
    branch: value('branch')?.replace(/^refs\/heads\//, ''),
    locked: value('locked'),
    gone: value('prunable') !== undefined || !existsSync(dir),
    main,
  };
}

export interface NewWorktree {
  /** Absolute; not there, or empty. */
  readonly dir: string;
  readonly branch: string;
  /** Commit the branch begins at; undefined where the branch is there. */
  readonly from: string | undefined;
}

const NO_HOOKS = ['-c', 'core.hooksPath=/dev/null'];

/** @throws ExpectedError where git refuses. */
export async function addWorktree(root: string, wanted: NewWorktree, signal?: AbortSignal): Promise<void> {
  const { dir, branch, from } = wanted;
  const known = (await listWorktrees(root, signal)).find((worktree) => worktree.dir === resolve(dir));
  // git remembers a folder that was deleted by hand.
  const force = known?.gone === true && known.locked === undefined ? ['--force'] : [];
  const what = from === undefined ? [dir, branch] : ['-b', branch, dir, from];
  const answer = await steady(() =>
    plumb(root, [...NO_HOOKS, 'worktree', 'add', '--quiet', ...force, ...what], {}, signal),
  );
  if (answer.code !== 0) throw gitFailed('worktree add', answer);
}

async function steady(run: () => Promise<GitAnswer>): Promise<GitAnswer> {
  for (let tries = 1; ; tries++) {
    const answer = await run();
    if (answer.code === 0 || tries === MAX_TRIES || !HALF_MADE.test(answer.stderr)) return answer;
    await new Promise((resolve) => setTimeout(resolve, tries * 100));
  }
}

const MAX_TRIES = 5;
/** git looks at all working trees first, and stumbles over one that another process is about to make. */
const HALF_MADE = /failed to read .*\b(commondir|gitdir|HEAD)\b/;

/** Takes the working tree away with all that is in it, or what git remembers of one that is gone. */
export async function removeWorktree(root: string, worktree: Worktree, signal?: AbortSignal): Promise<void> {
  if (worktree.gone) {
    const unlocked =
      worktree.locked === undefined ? undefined : await plumb(root, ['worktree', 'unlock', worktree.dir]);
    if (unlocked !== undefined && unlocked.code !== 0) throw gitFailed('worktree unlock', unlocked);
    await plumbText(root, ['worktree', 'prune', '--expire', 'now'], {}, signal);
    return;
  }
  const force = worktree.locked === undefined ? ['--force'] : ['--force', '--force'];
  const answer = await plumb(root, ['worktree', 'remove', ...force, worktree.dir], {}, signal);
  if (answer.code !== 0) throw gitFailed('worktree remove', answer);
}

/** A folder for a new working tree that is not there yet or is empty: `name`, else `name-2` and so on. */
export function freeFolder(parent: string, name: string): string {
  for (let count = 1; ; count++) {
    const dir = join(parent, count === 1 ? name : `${name}-${count}`);
    if (isFree(dir)) return dir;
  }
}

/** Beside the repository, named after it, where nobody says otherwise. */
export function worktreesFolder(mainRoot: string, configured: string | undefined): string {
  if (configured !== undefined) return resolve(mainRoot, configured);
  return join(dirname(mainRoot), `${basename(mainRoot)}-streams`);
}

/** As git would print it, links resolved as far as the path is there. */
export function realFolder(dir: string): string {
  try {
    return realpathSync.native(dir);
  } catch {
    // Not there yet: what is above it is looked at.
    const parent = dirname(dir);
    return parent === dir ? dir : join(realFolder(parent), basename(dir));
  }
}

function isFree(dir: string): boolean {
  const stat = lstatSync(dir, { throwIfNoEntry: false });
  if (stat === undefined) return true;
  return stat.isDirectory() && readdirSync(dir).length === 0;
}
