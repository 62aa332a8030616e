import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { operationOf } from './git.ts';
import { withoutDrivers } from './git-drivers.ts';
import { plumb, plumbText } from './plumbing.ts';
import { parseStatus } from './read-status.ts';

/** What can be told of a working tree without reading any file of it. */
export interface WorktreeStatus {
  readonly head: string | undefined;
  /** Not committed; relative, deleted ones among them. */
  readonly dirty: readonly string[];
  /** Both sides changed them, and git could not join the two. */
  readonly unmerged: readonly string[];
  readonly operation: string | undefined;
  /** Milliseconds since the epoch; of the newest file that is not committed, or of the last commit. */
  readonly touched: number | undefined;
  /** The same as long as nothing changed: a commit, a file, its time or size. */
  readonly state: string;
}

const STATUS = [
  'status',
  '--porcelain=v2',
  '--branch',
  '-z',
  '--untracked-files=all',
  '--no-renames',
  '--ignore-submodules=all',
];

/** @param known what `withoutDrivers` gives for the repository, where it was asked for already. */
export async function worktreeStatus(
  dir: string,
  signal?: AbortSignal,
  known?: readonly string[],
): Promise<WorktreeStatus> {
  const drivers = known ?? (await withoutDrivers(dir, signal));
  const [raw, gitDir, commit] = await Promise.all([
    plumbText(dir, [...drivers, ...STATUS], {}, signal),
    plumbText(dir, ['rev-parse', '--absolute-git-dir'], {}, signal),
    plumb(dir, ['log', '-1', '--format=%ct', 'HEAD'], {}, signal),
  ]);
  const oid = /(?:^|\0)# branch\.oid ([0-9a-f]+)/.exec(raw)?.[1];
  const { dirty, untracked } = parseStatus(raw);
  const staged = stagedOf(raw);
  const paths = [...new Set([...dirty.map(({ path }) => path), ...untracked, ...staged])].sort();
  const stamps = paths.map((path) => stampOf(join(dir, path)));
  const committed = Number(commit.stdout.toString('utf8').trim()) * 1000;
  const times = [...stamps.map(({ time }) => time), committed].filter((time) => time > 0);
  return {
    head: oid,
    dirty: paths,
    unmerged: [...raw.matchAll(/(?:^|\0)u (?:\S+ ){9}([^\0]+)/g)].map(([, path]) => path ?? ''),
    operation: operationOf(gitDir.trimEnd()),
    touched: times.length === 0 ? undefined : Math.max(...times),
    state: [raw, ...stamps.map(({ stamp }) => stamp)].join('\n'),
  };
}

/** In the index alone: the working tree is as the index has it. */
function stagedOf(raw: string): readonly string[] {
  return raw.split('\0').flatMap((line) => {
    if (!line.startsWith('1 ')) return [];
    return [line.split(' ').slice(8).join(' ')];
  });
}

function stampOf(file: string): { readonly stamp: string; readonly time: number } {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  return stat === undefined
    ? { stamp: 'gone', time: 0 }
    : { stamp: `${stat.mtimeMs}:${stat.size}`, time: stat.mtimeMs };
}

/** When a file was last written, in milliseconds since the epoch. */
export function writtenAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/** How many commits a head has that a base has not, and the other way round; undefined where one of them is not there. */
export async function countCommits(
  dir: string,
  base: string,
  signal?: AbortSignal,
): Promise<{ readonly ahead: number; readonly behind: number } | undefined> {
  const answer = await plumb(dir, ['rev-list', '--left-right', '--count', `${base}...HEAD`, '--'], {}, signal);
  const [behind, ahead] = answer.stdout.toString('utf8').trim().split('\t').map(Number);
  return answer.code !== 0 || behind === undefined || ahead === undefined ? undefined : { ahead, behind };
}

/** Paths that differ between where a head left a base and the working tree, those not yet in git left out. */
export async function changedSince(dir: string, base: string, signal?: AbortSignal): Promise<readonly string[]> {
  const merged = await plumb(dir, ['merge-base', base, 'HEAD'], {}, signal);
  const from = merged.stdout.toString('utf8').split('\n')[0] || base;
  const options = ['--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules=all'];
  const drivers = await withoutDrivers(dir, signal);
  const answer = await plumb(dir, [...drivers, 'diff', ...options, from, '--'], {}, signal);
  return answer.stdout
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
}
