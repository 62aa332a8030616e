import { posix } from 'node:path';
import { globMatcher } from '../../engine/glob.ts';
import { sourcesOf } from './module-files.ts';
import { folder } from './tree-paths.ts';

/** A pattern of files below a folder, whose own name is none: `app/[id]` is a folder of Next.js. */
export interface FileGlob {
  readonly dir: string;
  readonly pattern: string;
}

const SPECIAL = /[\\*?{}[\]()!+@|]/;
/** A matcher refuses much longer ones. */
const LONGEST = 4000;

/** Paths that one of the globs means, extensions left out and built names included. */
export function globPaths(paths: readonly string[], globs: readonly FileGlob[]): string[] {
  const matchers = globs.flatMap(matcherOf);
  return matchers.length === 0 ? [] : paths.filter((path) => matchers.some((matches) => matches(path)));
}

function matcherOf(glob: FileGlob): ((path: string) => boolean)[] {
  const found = rebase(glob);
  if (found === undefined) return [];
  const { dir, pattern } = found;
  const prefix = dir === '' ? '' : `${dir}/`;
  const special = pattern.search(SPECIAL);
  // Most paths are told apart by what the pattern begins with.
  const start = prefix + (special < 0 ? pattern : pattern.slice(0, special));
  const matches = globMatcher(readings(pattern), { dot: true, nonegate: true });
  return [(path) => path.startsWith(start) && matches(path.slice(prefix.length))];
}

/** Without `../`; undefined where it leads outside or nowhere. */
function rebase(glob: FileGlob): FileGlob | undefined {
  if (glob.pattern.length > LONGEST) return undefined;
  let { dir } = glob;
  // Two computed parts side by side are no `**`, but may well be several folders.
  let pattern = posix.normalize(glob.pattern.replace(/\*{3,}/g, '**')).replace(/^\.?\/|\/$/g, '');
  while (pattern.startsWith('../')) {
    if (dir === '') return undefined;
    dir = folder(dir);
    pattern = pattern.slice('../'.length);
  }
  return pattern === '' || pattern === '.' || pattern === '..' ? undefined : { dir, pattern };
}

/** A template's `(group)` or `[id]` is a name, in `import.meta.glob` it is a pattern: both are looked for. */
function readings(pattern: string): string[] {
  const named = pattern.replace(/[\\?{}[\]()!+@|]/g, '\\$&');
  return [...new Set([pattern, named])].flatMap((one) => [one, `${one}.*`, `${one}/index.*`, ...sourcesOf(one)]);
}
