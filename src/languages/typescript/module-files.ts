import type { Tree } from '../../engine/ports.ts';
import { join } from './tree-paths.ts';

const EXTENSIONS = [
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.d.ts',
  '.d.mts',
  '.json',
  '.vue',
  '.svelte',
  '.astro',
  '.css',
];
const INDEXES = EXTENSIONS.map((extension) => `/index${extension}`);
/** TypeScript lets a source be named by the file that it will become. */
const REWRITES: readonly (readonly [string, readonly string[]])[] = [
  ['.js', ['.ts', '.tsx', '.d.ts', '.jsx']],
  ['.jsx', ['.tsx']],
  ['.mjs', ['.mts', '.d.mts']],
  ['.cjs', ['.cts', '.d.cts']],
];

/** What a path may be the built name of; a pattern of paths as well. */
export function sourcesOf(path: string): readonly string[] {
  for (const [built, sources] of REWRITES)
    if (path.endsWith(built)) return sources.map((source) => path.slice(0, -built.length) + source);
  return [];
}

/**
 * The file that a path stands for where it may lack an extension, name a folder or what a source is built to.
 * @param mainOf entries of the package.json in a folder
 */
export function findModule(tree: Tree, path: string, mainOf: (dir: string) => readonly string[]): string | undefined {
  if (path === '..' || path.startsWith('../')) return undefined;
  for (const source of sourcesOf(path)) if (tree.has(source)) return source;
  if (path !== '' && tree.has(path)) return path;
  for (const extension of EXTENSIONS) if (tree.has(path + extension)) return path + extension;
  for (const index of INDEXES) {
    const file = path === '' ? index.slice(1) : path + index;
    if (tree.has(file)) return file;
  }
  return mainOf(path)
    .flatMap((main) => [join(path, main), `${join(path, main)}.js`])
    .find((file) => tree.has(file));
}
