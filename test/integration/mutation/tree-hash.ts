import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Digest of everything below a folder: names, kinds, permissions, times of writing, contents. */
export function treeHash(dir: string): string {
  const hash = createHash('sha256');
  const visit = (folder: string): void => {
    for (const name of readdirSync(folder).sort()) {
      // git's own bookkeeping is git's.
      if (folder === dir && (name === '.git' || name === '.downforce')) continue;
      const path = join(folder, name);
      const stat = lstatSync(path);
      hash.update(`${path}\0${stat.mode}\0${stat.isDirectory() ? '' : stat.mtimeMs}\0`);
      if (stat.isDirectory()) visit(path);
      else hash.update(stat.isSymbolicLink() ? readlinkSync(path) : readFileSync(path));
    }
  };
  visit(dir);
  return hash.digest('hex');
}
