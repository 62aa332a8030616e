import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { plumb, plumbText } from './plumbing.ts';
import { worktreeStatus } from './worktree-status.ts';

/** What goes with the submodules of a working tree: git keeps the objects of each below that of the working tree. */
export interface SubmoduleLosses {
  /** Relative to the working tree. */
  readonly dirty: readonly string[];
  /** `folder a1b2c3d subject`. */
  readonly commits: readonly string[];
}

/** What of the submodules of a working tree, of theirs too, is nowhere else. */
export async function lossesInSubmodules(dir: string, signal?: AbortSignal): Promise<SubmoduleLosses> {
  const dirty: string[] = [];
  const commits: string[] = [];
  for (const path of await checkedOut(dir, signal)) {
    const own = join(dir, path);
    dirty.push(...(await worktreeStatus(own, signal)).dirty.map((file) => `${path}/${file}`));
    commits.push(...(await unpushed(own, signal)).map((commit) => `${path} ${commit}`));
    const within = await lossesInSubmodules(own, signal);
    dirty.push(...within.dirty.map((file) => `${path}/${file}`));
    commits.push(...within.commits.map((commit) => `${path}/${commit}`));
  }
  return { dirty, commits };
}

/** `160000 id stage TAB path` of each that is in the index; one that was never fetched has no `.git` of its own. */
async function checkedOut(dir: string, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const index = await plumbText(dir, ['ls-files', '--stage', '-z'], {}, signal);
  const paths = index.split('\0').flatMap((line) => /^160000 [^\t]*\t(.+)$/s.exec(line)?.[1] ?? []);
  return paths.filter((path) => lstatSync(join(dir, path, '.git'), { throwIfNoEntry: false }) !== undefined);
}

async function unpushed(dir: string, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const format = ['log', '--no-show-signature', '--format=%h %s', '-z'];
  const answer = await plumb(dir, [...format, 'HEAD', '--branches', '--not', '--remotes', '--tags', '--'], {}, signal);
  const lines = answer.stdout.toString('utf8').split('\0');
  return answer.code === 0 ? lines.filter((line) => line !== '') : [];
}
