import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { copyOne } from './sandbox-copies.ts';

/** Settings that would lead git, or programs it starts, back to the original. */
const LEADING_BACK = /^\s*(worktree|fsmonitor|hooksPath|untrackedCache|splitIndex|alternateRefsCommand)\s*=.*$/gim;

/** A repository of the copy's own that borrows the original's objects: tools that ask git see the same, and write to their own. */
export function lendRepository(root: string, copy: string): void {
  const gitDir = gitDirOf(join(root, '.git'));
  if (gitDir === undefined) return;
  const common = textOf(join(gitDir, 'commondir'));
  const shared = common === undefined ? gitDir : resolve(gitDir, common.trim());
  const to = join(copy, '.git');
  mkdirSync(join(to, 'objects', 'info'), { recursive: true });
  writeFileSync(join(to, 'objects', 'info', 'alternates'), `${join(shared, 'objects')}\n`);
  writeFileSync(join(to, 'config'), (textOf(join(shared, 'config')) ?? '').replace(LEADING_BACK, ''));
  for (const name of ['packed-refs', 'shallow']) copyOne(name, { root: shared, copy: to }, 'as-original');
  for (const name of ['HEAD', 'index']) copyOne(name, { root: gitDir, copy: to }, 'as-original');
  for (const name of readdirSync(gitDir).filter((entry) => entry.startsWith('sharedindex.')))
    copyOne(name, { root: gitDir, copy: to }, 'as-original');
  mkdirSync(join(to, 'refs'), { recursive: true });
  for (const name of ['refs', 'reftable', 'info']) copyFolder(join(shared, name), join(to, name));
}

function copyFolder(from: string, to: string): void {
  if (existsSync(from)) cpSync(from, to, { recursive: true, preserveTimestamps: true });
}

/** The folder itself, or the one that a file of that name points to. */
function gitDirOf(path: string): string | undefined {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return path;
  const [, target] = /^gitdir: (.+)$/m.exec(textOf(path) ?? '') ?? [];
  const dir = target === undefined ? undefined : resolve(dirname(path), target.trim());
  return dir !== undefined && existsSync(dir) ? dir : undefined;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Most repositories have no such file.
    return undefined;
  }
}
