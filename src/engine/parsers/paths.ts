import { posix } from 'node:path';

export interface Anchor {
  readonly root: string;
  readonly cwd: string;
}

/**
 * Makes the paths tools print relative to the root with `/`; `''` for what lies outside.
 * Takes relative (to the working directory) and absolute paths, `file:` URIs, and Windows spelling.
 */
export function createPathResolver({ root, cwd }: Anchor): (path: string) => string {
  const base = plainPath(root).replace(/\/+$/, '');
  const known = new Map<string, string>();
  const resolve = (path: string): string => {
    const plain = plainPath(path);
    const full = posix.normalize(isAbsolute(plain) ? plain : `${plainPath(cwd)}/${plain}`);
    return full.startsWith(`${base}/`) ? full.slice(base.length + 1) : '';
  };
  return (path) => {
    const cached = known.get(path);
    if (cached !== undefined) return cached;
    const resolved = path === '' ? '' : resolve(path);
    known.set(path, resolved);
    return resolved;
  };
}

export function isDependency(path: string): boolean {
  return /(?:^|\/)(?:node_modules|site-packages|\.venv|venv|\.tox|vendor)\//.test(path);
}

export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
}

function plainPath(path: string): string {
  const local = path.startsWith('file:') ? pathOfUri(path) : path;
  const slashed = local.includes('\\') ? local.replaceAll('\\', '/') : local;
  return /^[a-z]:\//.test(slashed) ? slashed.charAt(0).toUpperCase() + slashed.slice(1) : slashed;
}

function pathOfUri(uri: string): string {
  return decodeUri(uri.replace(/^file:(?:\/\/[^/]*)?/, '')).replace(/^\/(?=[A-Za-z]:\/)/, '');
}

/** Percent signs that are no escapes are left as they are. */
export function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
