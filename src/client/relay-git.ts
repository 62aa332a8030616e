import { execFile } from 'node:child_process';

export type GitSaid = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/** git of the window's own machine, by arguments, without the commands that a repository's configuration may name for watching. */
export function runGit(cwd: string, ...args: readonly string[]): Promise<GitSaid> {
  const env = { ...process.env };
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR']) delete env[name];
  return new Promise((resolve) => {
    const options = { cwd, env, maxBuffer: 16 * 2 ** 20, windowsHide: true };
    execFile('git', ['-c', 'core.fsmonitor=false', ...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ ok: true, text: stdout });
      else resolve({ ok: false, why: (stderr.trim() === '' ? error.message : stderr.trim()).slice(0, 400) });
    });
  });
}

/** @returns why git would not have a branch of that name, undefined where it would. */
export async function problemOfBranch(root: string, name: string): Promise<'wrong' | 'taken' | undefined> {
  // A name that git reads as an option, or as a place in its history of branches, is none.
  if (name === '' || name.startsWith('-') || name.startsWith('@')) return 'wrong';
  if (!(await runGit(root, 'check-ref-format', '--branch', name)).ok) return 'wrong';
  return (await runGit(root, 'show-ref', '--verify', '--quiet', `refs/heads/${name}`)).ok ? 'taken' : undefined;
}

/** Makes a working tree with a branch of its own, from what is committed. */
export async function addWorktree(root: string, branch: string, dir: string): Promise<GitSaid> {
  return runGit(root, 'worktree', 'add', '-b', branch, '--', dir, 'HEAD');
}

/** How many changed files are not committed, those that git does not know included. */
export async function countUncommitted(root: string): Promise<number> {
  const said = await runGit(root, '--no-optional-locks', 'status', '--porcelain');
  return said.ok ? said.text.split('\n').filter((line) => line !== '').length : 0;
}
