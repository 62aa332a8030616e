import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Git } from './git.ts';
import { Allowance, sizeOf } from './sandbox-copies.ts';

/** What git ignores and tests may need, sorted by how a copy comes by it. Paths are relative to the root. */
export interface IgnoredFiles {
  /** Files on their own: `.env`. */
  readonly files: readonly string[];
  /** Files in folders of which git ignores all: build output, generated sources. */
  readonly built: readonly string[];
  /** Folders called node_modules. */
  readonly packages: readonly string[];
  /** Virtual environments of Python. */
  readonly environments: readonly string[];
  /** Other folders that are only read: they are linked. */
  readonly linked: readonly string[];
}

/** Caches, reports and what belongs to editors: nothing that a test reads. */
const NEEDLESS =
  /(^|\/)(\.git|\.downforce|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.hypothesis|\.tox|\.nox|\.nyc_output|coverage|htmlcov|\.turbo|\.cache|\.parcel-cache|\.vite|\.stryker-tmp|\.idea|\.vs|\.DS_Store|\.eslintcache|[^/]+\.log|\.coverage)$/;
const READ_ONLY = /(^|\/)(\.yarn|\.pnpm-store|\.bundle)$/;

/** @param leaveOut names of folders that the caller has no use for. */
export async function readIgnored(root: string, leaveOut: ReadonlySet<string>): Promise<IgnoredFiles> {
  const flags = ['--others', '--ignored', '--exclude-standard', '--directory', '-z'];
  const listed = (await new Git(root).try('ls-files', ...flags)) ?? '';
  const found = { files: [] as string[], built: [] as string[], packages: [] as string[] };
  const [environments, linked] = [[] as string[], [] as string[]];
  const allowance = new Allowance();
  for (const entry of listed.split('\0').filter((name) => name !== '')) {
    const path = entry.replace(/\/$/, '');
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (NEEDLESS.test(path) || leaveOut.has(name)) continue;
    // Either may be a link, which git lists as it lists a file.
    if (name === 'node_modules') found.packages.push(path);
    else if (isEnvironment(join(root, path))) environments.push(path);
    else if (!entry.endsWith('/')) {
      if (allowance.take(sizeOf(join(root, path)))) found.files.push(path);
    } else if (READ_ONLY.test(path)) linked.push(path);
    else found.built.push(...walk(root, path, allowance, found.packages, leaveOut));
  }
  return { ...found, environments, linked };
}

function isEnvironment(dir: string): boolean {
  return existsSync(join(dir, 'pyvenv.cfg')) || existsSync(join(dir, 'conda-meta'));
}

/** All files of a folder; none where they are more than allowed. */
function walk(
  root: string,
  folder: string,
  allowance: Allowance,
  packages: string[],
  leaveOut: ReadonlySet<string>,
): readonly string[] {
  const found: string[] = [];
  const queue = [folder];
  for (let dir = queue.pop(); dir !== undefined; dir = queue.pop()) {
    for (const entry of readdirSync(join(root, dir), { withFileTypes: true })) {
      const path = `${dir}/${entry.name}`;
      if (NEEDLESS.test(path) || leaveOut.has(entry.name)) continue;
      if (entry.name === 'node_modules') packages.push(path);
      else if (entry.isDirectory()) queue.push(path);
      else if (!allowance.take(sizeOf(join(root, path)))) return [];
      else found.push(path);
    }
  }
  return found;
}
