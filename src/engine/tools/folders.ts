import { posix } from 'node:path';

/** Folders whose files are material of tests or copies of other projects, never a project of this repository. */
const FOREIGN = /(?:^|\/)(?:node_modules|fixtures?|__fixtures__|testdata|test-data|vendor|templates?)\//;

export function isForeign(path: string): boolean {
  return FOREIGN.test(path);
}

/** Folder of a path, empty for the root. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

export function nameOf(path: string): string {
  return posix.basename(path);
}

/** Joins and normalises below the root; empty for the root itself. */
export function joinPath(...parts: readonly string[]): string {
  const joined = posix.join(...parts, '.');
  return joined === '.' ? '' : joined.replace(/\/$/, '');
}

export function isWithin(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** As the toolbox takes folders. */
export function absolutePath(root: string, path: string): string {
  return posix.join(root, path);
}

/** Path as seen from a folder; `path` lies within or beside it. */
export function relativeTo(folder: string, path: string): string {
  return posix.relative(`/${folder}`, `/${path}`);
}

/** Those that lie in no other one of the list, in order and once each. */
export function outermost(folders: readonly string[]): readonly string[] {
  const unique = [...new Set(folders)];
  return unique.filter((folder) => !unique.some((other) => other !== folder && isWithin(other, folder)));
}

/** The deepest of the folders that holds the path. */
export function nearestFolder(folders: readonly string[], path: string): string | undefined {
  let best: string | undefined;
  for (const folder of folders) {
    if (isWithin(folder, path) && (best === undefined || folder.length > best.length)) best = folder;
  }
  return best;
}

/** The folder and those above it, nearest first, the root last. */
export function upwards(folder: string): readonly string[] {
  const folders = [folder];
  for (let current = folder; current !== ''; ) {
    current = folderOf(current);
    folders.push(current);
  }
  return folders;
}
