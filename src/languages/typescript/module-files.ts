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
const REWRITES: readonly (readonly [built: string, sources: readonly string[], declarations: string])[] = [
  ['.js', ['.ts', '.tsx', '.jsx'], '.d.ts'],
  ['.jsx', ['.tsx'], '.d.ts'],
  ['.mjs', ['.mts'], '.d.mts'],
  ['.cjs', ['.cts'], '.d.cts'],
];

/** What a path may be the built name of; a pattern of paths as well. */
export function sourcesOf(path: string): readonly string[] {
  const found = rewriteOf(path);
  return found === undefined ? [] : [...found.sources, found.declarations];
}

/** The entries of the package.json in a folder. */
type MainOf = (dir: string) => readonly string[];

/**
 * The file that a path stands for where it may lack an extension, name a folder or what a source is built to; then what
 * declares its types, if that is a file of its own.
 */
export function findModule(tree: Tree, path: string, mainOf: MainOf): readonly string[] {
  if (path === '..' || path.startsWith('../')) return [];
  const { sources = [], declarations = '' } = rewriteOf(path) ?? {};
  const extended = EXTENSIONS.map((extension) => path + extension);
  const found = [...sources, path, declarations, ...extended].find((file) => file !== '' && tree.has(file));
  return found === undefined ? findInFolder(tree, path, mainOf) : withDeclarations(tree, found);
}

/** What a folder stands for: what its package.json names, else its index. */
export function findInFolder(tree: Tree, path: string, mainOf: MainOf): readonly string[] {
  const entries = mainOf(path).flatMap((main) => findModule(tree, join(path, main), () => []));
  if (entries.some((file) => !isDeclaration(file))) return [...new Set(entries)];
  const index = INDEXES.map((name) => (path === '' ? name.slice(1) : path + name)).find((file) => tree.has(file));
  return [...new Set([...(index === undefined ? [] : withDeclarations(tree, index)), ...entries])];
}

function withDeclarations(tree: Tree, file: string): readonly string[] {
  const { declarations = '' } = rewriteOf(file) ?? {};
  return tree.has(declarations) ? [file, declarations] : [file];
}

function rewriteOf(path: string): { readonly sources: readonly string[]; readonly declarations: string } | undefined {
  const found = REWRITES.find(([built]) => path.endsWith(built));
  if (found === undefined) return undefined;
  const [built, sources, declarations] = found;
  const stem = path.slice(0, -built.length);
  return { sources: sources.map((source) => stem + source), declarations: stem + declarations };
}

function isDeclaration(file: string): boolean {
  return /\.d\.[cm]?ts$/.test(file);
}
