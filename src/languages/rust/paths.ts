import { posix } from 'node:path';

export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Posix join that answers '' for the root and undefined for what lies outside of it. */
export function within(folder: string, relative: string): string | undefined {
  if (relative.startsWith('/')) return undefined;
  const joined = posix.join(folder, relative.replaceAll('\\', '/'));
  if (joined === '.' || joined === './') return '';
  if (joined === '..' || joined.startsWith('../')) return undefined;
  return joined.endsWith('/') ? joined.slice(0, -1) : joined;
}

/** Paths below a prefix, by binary search in the sorted list. */
export function* pathsUnder(paths: readonly string[], prefix: string): Generator<string> {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((paths[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  for (let path = paths[low]; path?.startsWith(prefix); path = paths[++low]) yield path;
}
