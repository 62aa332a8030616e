import { posix } from 'node:path';
import { globMatcher } from '../glob.ts';

export type PlacedPattern =
  /** A glob or path relative to the root; a folder as `folder/**`. */
  { readonly kind: 'inside'; readonly pattern: string } | { readonly kind: 'outside' };

/** What a plan calls a path, as it is relative to the root. */
export function placePattern(written: string): PlacedPattern {
  const slashed = written.replaceAll('\\', '/').replace(/^\.\//, '');
  if (/^(\/|~|[A-Za-z]:)/.test(slashed) || slashed.includes('\0')) return { kind: 'outside' };
  const pattern = posix.normalize(slashed);
  if (pattern === '..' || pattern.startsWith('../') || pattern.split('/').includes('..')) return { kind: 'outside' };
  if (pattern === '.' || pattern === './') return { kind: 'inside', pattern: '**' };
  return { kind: 'inside', pattern: pattern.endsWith('/') ? `${pattern}**` : pattern };
}

/** Which of the paths a pattern means: the path itself, all in the folder, or what the glob matches. */
export function matchPattern(pattern: string, paths: readonly string[]): readonly string[] {
  if (paths.includes(pattern)) return [pattern];
  const folder = `${pattern}/`;
  const inside = paths.filter((path) => path.startsWith(folder));
  if (inside.length > 0 || !isGlob(pattern)) return inside;
  return paths.filter(globMatcher(pattern, { dot: true, nonegate: true }));
}

/** Whether two patterns for which there is nothing yet may come to be the same file. */
export function mayMeet(a: string, b: string): boolean {
  if (a === b) return true;
  const within = (glob: string, path: string): boolean =>
    path.startsWith(`${glob}/`) || (isGlob(glob) && globMatcher(glob, { dot: true, nonegate: true })(path));
  return within(a, b) || within(b, a);
}

function isGlob(pattern: string): boolean {
  return /[*?[\]{}()!]/.test(pattern);
}
