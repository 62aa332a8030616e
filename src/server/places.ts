import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of a `file:` URI however it is encoded; undefined for anything else. */
export function fileOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    // Another machine's share, or no URI at all.
    return undefined;
  }
}

/** Path from one folder to what is in it, with `/`; empty for the folder itself, undefined for what is elsewhere. */
export function pathWithin(dir: string, file: string): string | undefined {
  const path = relative(dir, file);
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : path.split(sep).join('/');
}

/**
 * Paths of a repository as the editor names them. git names a repository by its real path, from its top; the editor by the folder
 * that was opened, which may be a link to it or a folder within it.
 */
export class Places {
  readonly #dir: string;
  /** Absolute root as git names it. */
  readonly gitRoot: string;
  /** Of the folder within the repository; empty where it is the whole. */
  readonly #within: string;
  /** Absolute root as the editor would name it. */
  readonly root: string;

  /** @param dir as the editor names the folder. @param root as git names the repository. */
  constructor(dir: string, root: string) {
    this.#dir = dir;
    this.gitRoot = root;
    this.#within = pathWithin(root, realPath(dir)) ?? '';
    this.root = editorRoot(dir, root, this.#within);
  }

  /** Absolute file of a path relative to the root. */
  fileOf(path: string): string {
    const inFolder = this.#within === '' ? path : pathWithin(this.#within, path);
    return inFolder === undefined ? join(this.root, path) : join(this.#dir, inFolder);
  }

  /** Path relative to the root, with `/`; undefined for what is elsewhere. */
  pathOf(file: string): string | undefined {
    const inFolder = pathWithin(this.#dir, file);
    const path =
      inFolder === undefined
        ? (pathWithin(this.root, file) ?? pathWithin(this.gitRoot, file))
        : [this.#within, inFolder].filter((part) => part !== '').join('/');
    return path === '' ? undefined : path;
  }
}

function realPath(dir: string): string {
  try {
    return realpathSync.native(dir);
  } catch {
    return dir;
  }
}

function editorRoot(dir: string, root: string, within: string): string {
  if (within === '') return dir;
  const above = join(dir, ...within.split('/').map(() => '..'));
  return pathWithin(above, dir) === within ? above : root;
}
