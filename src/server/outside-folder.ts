import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FileSystemWatcher } from 'vscode-languageserver';
import { pathWithin } from './places.ts';

/** Folders beyond the opened one in which a change matters to it: the rest of the repository, and git's own of a worktree. */
export function foldersBeyond(dir: string, root: string): readonly string[] {
  const git = worktreeFolder(root);
  return [...(pathWithin(dir, root) === undefined ? [root] : []), ...(git === undefined ? [] : [git])];
}

/** A worktree has a file `.git` that names the folder. */
function worktreeFolder(root: string): string | undefined {
  try {
    const named = /^gitdir: (.+)$/m.exec(readFileSync(join(root, '.git'), 'utf8'))?.[1];
    return named === undefined ? undefined : resolve(root, named.trim());
  } catch {
    // A folder, as it is elsewhere.
    return undefined;
  }
}

export function watcherOf(dir: string): FileSystemWatcher {
  return { globPattern: { baseUri: pathToFileURL(dir).href, pattern: '**/*' } };
}
