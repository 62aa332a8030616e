import type { Change, ChangedFile, WideningReason } from '../engine/change/change.ts';
import { ExpectedError } from '../engine/errors.ts';
import { BASES, Git, operationOf, type Repository } from './git.ts';
import type { WorkTreeStatus } from './read-status.ts';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/**
 * Everything that differs between the merge base and the working tree: committed, staged, unstaged, untracked.
 * @param wanted base that the user named; without it the default chain is tried.
 * @param status what `readStatus` gives, asked for once for all who need it.
 * @throws ExpectedError where the named base does not exist.
 */
export async function readChange(
  repository: Repository,
  wanted: string | undefined,
  status: Promise<WorkTreeStatus>,
  signal?: AbortSignal,
): Promise<Change> {
  const git = new Git(repository.root, signal, repository.inert);
  const operation = operationOf(repository.gitDir);
  const common = { head: repository.head, ...(operation === undefined ? {} : { operation }) };
  if (repository.head === undefined) {
    const reason = { code: 'no-commit', text: 'the repository has no commit yet: everything is new' } as const;
    return { ...common, base: undefined, baseName: undefined, ...(await diff(git, status, [EMPTY_TREE], [reason])) };
  }
  const named = await nameBase(git, repository, wanted);
  if (named === undefined) {
    const text = `no base to compare with (${repository.shallow ? 'shallow clone: fetch more history' : 'the first commit'})`;
    return {
      ...common,
      base: undefined,
      baseName: undefined,
      ...(await diff(git, status, [EMPTY_TREE], [{ code: 'no-base', text }])),
    };
  }
  const [merged, found] = await Promise.all([
    git.try('merge-base', named.ref, 'HEAD'),
    diff(git, status, ['--merge-base', named.ref], []),
  ]);
  const base = merged?.split('\n')[0] ?? '';
  // Where histories cross there are several merge bases, and `git diff --merge-base` refuses to choose.
  if (base !== '' && found.reasons.length > 0)
    return { ...common, base, baseName: named.name, ...(await diff(git, status, [base], [])) };
  if (base !== '') return { ...common, base, baseName: named.name, ...found };
  const text = `${named.name} and HEAD share no commit${repository.shallow ? ' (shallow clone: `git fetch --unshallow`)' : ''}`;
  const reasons = [{ code: 'no-merge-base', text }] as const;
  return { ...common, base: undefined, baseName: named.name, ...(await diff(git, status, [named.ref], reasons)) };
}

interface Base {
  /** What git is asked with; whole, since a tag may have the name of a branch. */
  readonly ref: string;
  /** What a person reads. */
  readonly name: string;
}

async function nameBase(git: Git, repository: Repository, wanted: string | undefined): Promise<Base | undefined> {
  if (wanted !== undefined) {
    const id = await git.try('rev-parse', '--verify', '--quiet', '--end-of-options', `${wanted}^{commit}`);
    if (id !== undefined && id.trim() !== '') return { ref: id.trim(), name: wanted };
    throw new ExpectedError(
      'git/base',
      `There is no commit "${wanted}" to compare with.`,
      repository.shallow
        ? `Fetch it: git fetch origin ${wanted.replace(/^origin\//, '')}`
        : 'Name a branch, tag or commit with --base.',
    );
  }
  // The branch that is checked out says nothing when compared with itself.
  const own = `refs/heads/${repository.branch ?? ''}`;
  const ref = BASES.find((candidate) => repository.bases.has(candidate) && candidate !== own);
  if (ref !== undefined) return { ref, name: ref.replace(/^refs\/(remotes|heads)\//, '') };
  const parent = await git.try('rev-parse', '--verify', '--quiet', 'HEAD^');
  return parent === undefined || parent.trim() === '' ? undefined : { ref: parent.trim(), name: 'HEAD^' };
}

async function diff(
  git: Git,
  status: Promise<WorkTreeStatus>,
  from: readonly string[],
  reasons: readonly WideningReason[],
): Promise<Pick<Change, 'files' | 'reasons'>> {
  try {
    const [raw, { untracked, conflicted }] = await Promise.all([
      git.raw(
        'diff',
        '--raw',
        '-z',
        '-M',
        '--no-abbrev',
        '--no-ext-diff',
        '--no-textconv',
        '--ignore-submodules=none',
        ...from,
        '--',
      ),
      status,
    ]);
    return { files: merge(parseRaw(raw), untracked, conflicted), reasons };
  } catch (error) {
    const text = `git diff failed: ${firstLine(error)}`;
    return { files: [], reasons: [...reasons, { code: 'diff-failed', text }] };
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200) ?? '';
}

/** `:oldmode newmode oldid newid status\0path\0[path\0]`, see git-diff(1) "RAW OUTPUT FORMAT". */
export function parseRaw(raw: string): ChangedFile[] {
  const fields = raw.split('\0');
  const files = new Map<string, ChangedFile>();
  for (let at = 0; at < fields.length - 1; ) {
    const [oldMode = '', newMode = '', oldId = '', , letter = ''] = (fields[at++] ?? '').slice(1).split(' ');
    const first = fields[at++] ?? '';
    const second = /^[RC]/.test(letter) ? fields[at++] : undefined;
    const path = second ?? first;
    const known = files.get(path);
    // An unmerged path comes twice: once as U, once with what stands in the working tree.
    if (known?.status === 'conflicted') continue;
    const from = letter.startsWith('R') ? { from: first } : {};
    const baseDigest = /^0+$/.test(oldId) || letter.startsWith('C') ? {} : { baseDigest: oldId };
    files.set(path, {
      path,
      status: statusOf(letter, oldMode, newMode),
      ...from,
      entry: entryOf(newMode, oldMode),
      untracked: false,
      ...baseDigest,
    });
  }
  return [...files.values()];
}

function statusOf(letter: string, oldMode: string, newMode: string): ChangedFile['status'] {
  switch (letter.charAt(0)) {
    case 'A':
    case 'C':
      return 'added';
    case 'D':
      return 'deleted';
    case 'R':
      return 'renamed';
    case 'T':
      return 'type';
    case 'U':
      return 'conflicted';
    default:
      return oldMode !== newMode && oldMode !== '000000' && newMode !== '000000' ? 'mode' : 'modified';
  }
}

function entryOf(newMode: string, oldMode: string): ChangedFile['entry'] {
  const mode = newMode === '000000' ? oldMode : newMode;
  return mode === '160000' ? 'submodule' : mode === '120000' ? 'symlink' : 'file';
}

/**
 * What was taken out of the index but stands in the folder has been modified, not deleted. Where a merge stopped at a file, the
 * comparison with a commit tells of the file in the folder alone.
 */
function merge(
  files: readonly ChangedFile[],
  others: readonly string[],
  conflicted: readonly string[],
): readonly ChangedFile[] {
  const untracked = new Set(others);
  const kept = files.map((file) => {
    if (conflicted.includes(file.path)) return { ...file, status: 'conflicted' as const };
    if (file.status !== 'deleted' || !untracked.delete(file.path)) return file;
    return { ...file, status: 'modified' as const };
  });
  const added = [...untracked].map((path): ChangedFile => {
    // A repository inside this one is listed as a folder.
    const nested = path.endsWith('/');
    return {
      path: nested ? path.slice(0, -1) : path,
      status: 'added',
      entry: nested ? 'submodule' : 'file',
      untracked: true,
    };
  });
  return [...kept, ...added].sort((a, b) => (a.path < b.path ? -1 : 1));
}
