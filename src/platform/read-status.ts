import { Git, type Repository } from './git.ts';

/** What `git status` says of the working tree against the index. */
export interface WorkTreeStatus {
  /** As git printed it. */
  readonly raw: string;
  readonly dirty: readonly { readonly path: string; readonly state: 'modified' | 'deleted' | 'symlink' }[];
  /** Neither tracked nor ignored; a nested repository ends with `/`. */
  readonly untracked: readonly string[];
  /** A merge stopped at them. */
  readonly conflicted: readonly string[];
}

export async function readStatus(repository: Repository, signal?: AbortSignal): Promise<WorkTreeStatus> {
  const options = ['--porcelain=v2', '-z', '--untracked-files=all', '--no-renames', '--ignore-submodules=all'];
  return parseStatus(await new Git(repository.root, signal, repository.inert).raw('status', ...options));
}

/** Porcelain v2, see git-status(1): `1 XY sub mH mI mW hH hI path`, `u XY sub m1 m2 m3 mW h1 h2 h3 path`, `? path`. */
export function parseStatus(raw: string): WorkTreeStatus {
  const dirty: { path: string; state: 'modified' | 'deleted' | 'symlink' }[] = [];
  const untracked: string[] = [];
  const conflicted: string[] = [];
  for (const line of raw.split('\0')) {
    const kind = line.charAt(0);
    if (kind === '?') untracked.push(line.slice(2));
    if (kind !== '1' && kind !== 'u') continue;
    const fields = line.split(' ');
    const path = fields.slice(kind === '1' ? 8 : 10).join(' ');
    const mode = fields[kind === '1' ? 5 : 6];
    if (kind === 'u') conflicted.push(path);
    const inTree = fields[1]?.charAt(1);
    if (mode === '160000' || (kind === '1' && inTree === '.')) continue;
    dirty.push({ path, state: mode === '000000' ? 'deleted' : mode === '120000' ? 'symlink' : 'modified' });
  }
  return { raw, dirty, untracked, conflicted };
}
