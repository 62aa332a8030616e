import { posix } from 'node:path';

/** Folder of a path relative to the root; empty for the root itself. */
export function folder(path: string): string {
  const dir = posix.dirname(path);
  return dir === '.' ? '' : dir;
}

export function join(dir: string, path: string): string {
  const joined = posix.join(dir, path).replace(/\/$/, '');
  return joined === '.' ? '' : joined;
}
