import type { Change } from '../engine/change/change.ts';
import type { Commit, History, LineCount } from '../engine/relay/history.ts';
import { Git, openRepository } from './git.ts';

const SHOWN = 50;
/** Of one commit; a commit that moves a whole tree is told by fewer just as well. */
const PATHS = 200;
const RECORD = '\u001e';

/** What git knows of the work beside the change itself; what it cannot tell is left empty. */
export async function readHistory(
  root: string,
  { base, head, files }: Pick<Change, 'base' | 'head' | 'files'>,
  signal?: AbortSignal,
): Promise<History> {
  const { inert } = await openRepository(root);
  const git = new Git(root, signal, inert);
  const untracked = files.filter((file) => file.untracked).map(({ path }) => path);
  if (head === undefined)
    return { ...NOTHING, branch: await branchOf(git), uncommitted: files.map(({ path }) => path) };
  const since = base === undefined ? 'HEAD' : `${base}..HEAD`;
  const [branch, total, log, counts, changed, conflicts, upstream, stashes] = await Promise.all([
    branchOf(git),
    git.try('rev-list', '--count', '--no-merges', since, '--'),
    git.try(
      'log',
      '-z',
      '--no-merges',
      '--no-show-signature',
      '--name-only',
      `--max-count=${SHOWN}`,
      FORMAT,
      since,
      '--',
    ),
    base === undefined ? undefined : git.try('diff', '--numstat', '-z', '-M', ...PLAIN, base, '--'),
    git.try('diff', '--name-only', '-z', '--no-renames', ...PLAIN, 'HEAD', '--'),
    git.try('diff', '--name-only', '-z', '--diff-filter=U', '--'),
    upstreamOf(git),
    git.try('stash', 'list', '--format=%h'),
  ]);
  return {
    branch,
    total: Number.parseInt(total ?? '0', 10) || 0,
    commits: parseLog(log ?? ''),
    counts: parseCounts(counts ?? ''),
    uncommitted: [...new Set([...namesIn(changed), ...untracked])].sort(),
    conflicts: namesIn(conflicts),
    upstream,
    stashes: (stashes ?? '').split('\n').filter((line) => line !== '').length,
  };
}

const NOTHING: History = {
  branch: undefined,
  total: 0,
  commits: [],
  counts: {},
  uncommitted: [],
  conflicts: [],
  upstream: undefined,
  stashes: 0,
};

const FORMAT = '--format=%x1e%h%x00%cI%x00%s';
const PLAIN = ['--no-ext-diff', '--no-textconv', '--ignore-submodules=dirty'];

function namesIn(text: string | undefined): readonly string[] {
  return [...new Set((text ?? '').split('\0').filter((path) => path !== ''))];
}

async function branchOf(git: Git): Promise<string | undefined> {
  const name = (await git.try('symbolic-ref', '--short', '--quiet', 'HEAD'))?.trim();
  return name === undefined || name === '' ? undefined : name;
}

async function upstreamOf(git: Git): Promise<History['upstream']> {
  const name = (await git.try('rev-parse', '--abbrev-ref', '--symbolic-full-name', '@{upstream}'))?.trim();
  if (name === undefined || name === '') return undefined;
  const counted = await git.try('rev-list', '--left-right', '--count', '@{upstream}...HEAD', '--');
  const [behind = 0, ahead = 0] = (counted ?? '').trim().split(/\s+/).map(Number);
  return { name, ahead, behind };
}

/** `RS id NUL date NUL subject NUL [LF path NUL …]` for each commit. */
export function parseLog(log: string): readonly Commit[] {
  return log.split(RECORD).flatMap((record) => {
    const [id = '', at = '', subject = '', ...rest] = record.split('\0');
    // A subject may hold the mark that parts the records.
    if (!/^[0-9a-f]{4,64}$/.test(id)) return [];
    const paths = rest.map((path) => path.replace(/^\n+/, '')).filter((path) => path !== '');
    return [{ id, at, subject, paths: paths.slice(0, PATHS) }];
  });
}

/** `added TAB removed TAB path NUL`, for a rename `added TAB removed TAB NUL from NUL to NUL`; `-` for what is binary. */
export function parseCounts(text: string): Readonly<Record<string, LineCount>> {
  const counts = new Map<string, LineCount>();
  const fields = text.split('\0');
  for (let at = 0; at < fields.length - 1; at++) {
    const [added = '', removed = '', ...name] = (fields[at] ?? '').split('\t');
    const plain = name.join('\t');
    const path = plain === '' ? (fields[at + 2] ?? '') : plain;
    if (plain === '') at += 2;
    if (added !== '-') counts.set(path, { added: Number(added), removed: Number(removed) });
  }
  return Object.fromEntries(counts);
}
