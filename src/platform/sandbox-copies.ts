import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  type Stats,
  symlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

/** Beyond this the system copies better than we do, or shares the blocks until one of the two is written to. */
const LARGE = 1024 * 1024;

/** When a copy says that it was written: as its original was, or now, for build tools that go by time. */
export type Dated = 'as-original' | 'now';

/** Where the original tree lies and where its copy. */
export interface Twin {
  readonly root: string;
  readonly copy: string;
}

/** One file or link with its permissions in an existing folder; false where it is gone, not ours to read, or neither. */
export function copyOne(path: string, twin: Twin, dated: Dated): boolean {
  rmSync(join(twin.copy, path), { force: true });
  return copyNew(path, twin, dated);
}

/** The same where there is nothing yet in its place. */
export function copyNew(path: string, { root, copy }: Twin, dated: Dated): boolean {
  const [from, to] = [`${root}/${path}`, `${copy}/${path}`];
  try {
    const stat = lstatSync(from);
    if (stat.isSymbolicLink()) return copyLink(from, to, { root, copy });
    return stat.isFile() && copyFile(from, to, stat, dated);
  } catch {
    // Vanished since it was listed, or unreadable: the tests will say whether they need it.
    return false;
  }
}

function copyFile(from: string, to: string, stat: Stats, dated: Dated): boolean {
  const [accessed, modified] = [stat.atimeMs / 1000, stat.mtimeMs / 1000];
  if (stat.size > LARGE) {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
    chmodSync(to, stat.mode | 0o200);
    if (dated === 'as-original') utimesSync(to, accessed, modified);
    return true;
  }
  const content = readFileSync(from);
  const file = openSync(to, 'wx', stat.mode | 0o200);
  try {
    for (let done = 0; done < content.length; ) done += writeSync(file, content, done);
    if (dated === 'as-original') futimesSync(file, accessed, modified);
  } finally {
    closeSync(file);
  }
  return true;
}

/** What leads into the tree leads into the copy, what leads out of it where it did before. */
function copyLink(from: string, to: string, twin: Twin): boolean {
  const target = readlinkSync(from);
  const meant = resolve(dirname(from), target);
  symlinkSync(isInside(twin.root, meant) ? relative(dirname(to), inCopy(meant, twin)) || '.' : meant, to);
  return true;
}

export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

export function inCopy(path: string, { root, copy }: Twin): string {
  return join(copy, relative(root, path));
}

/** How much of what git ignores may be copied. */
export class Allowance {
  #files = 30_000;
  #bytes = 1024 * 1024 * 1024;

  take(bytes: number): boolean {
    this.#files--;
    this.#bytes -= bytes;
    return this.#files >= 0 && this.#bytes >= 0;
  }
}

/** A folder as it is, times included; what cannot be read is left out. Programs are left out: they are linked anew anyway. */
export function copyBuilt(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  const isProgram = (name: string): boolean => basename(from) === 'deps' && !name.includes('.');
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) copyBuilt(join(from, entry.name), join(to, entry.name));
    else if (!isProgram(entry.name)) copyNew(entry.name, { root: from, copy: to }, 'as-original');
  }
}

export function sizeOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Differs as soon as a file is written again. */
export function stampOf(file: string): string {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.size}:${stat.mtimeMs}:${stat.mode}:${stat.ino}`;
}
