import type { Target } from '../checks/check.ts';
import type { Tree } from '../ports.ts';
import { relativeTo } from './folders.ts';

/** Well below the 128 kB that one command line may have in all on the strictest system that is left. */
const MAX_LENGTH = 60_000;

export type FileArguments =
  | { readonly kind: 'all' }
  | { readonly kind: 'files'; readonly paths: readonly string[]; readonly words: readonly string[] };

/**
 * The files of a target as words for a command in `cwd`. Deleted files are left out. A list too long for a command
 * line becomes everything, which only looks at more.
 */
export function fileArguments(tree: Tree, target: Target, cwd: string): FileArguments {
  if (target.kind === 'all') return target;
  const paths = target.paths.filter((path) => tree.has(path));
  const words = paths.map((path) => asOperand(relativeTo(cwd, path)));
  return isTooLong(words) ? { kind: 'all' } : { kind: 'files', paths, words };
}

export function isTooLong(words: readonly string[]): boolean {
  return words.reduce((length, word) => length + word.length + 1, 0) > MAX_LENGTH;
}

/** A file whose name begins with a dash must not read as an option. */
export function asOperand(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}
