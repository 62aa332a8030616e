import { posix } from 'node:path';
import type { Tree } from '../ports.ts';
import { readConfig } from './config-text.ts';
import { folderOf, isWithin, joinPath } from './folders.ts';
import { isGlob } from './operands.ts';
import { asRecord, asStrings, type JsonRecord } from './records.ts';

/** A TypeScript project with what its `extends` gives it, as far as that lies in the repository. */
export interface TsProject {
  readonly path: string;
  /** The configuration and those it extends. */
  readonly files: readonly string[];
  /** Configurations of the projects it references. */
  readonly references: readonly string[];
  /** Has no files of its own: only its references are to be checked. */
  readonly isSolution: boolean;
  readonly allowsJavaScript: boolean;
  /** Folders its sources are in, from `include` and `files`. */
  readonly sources: readonly string[];
}

/** Stands for the folder of the configuration that is read, not of the one that says it. */
const CONFIG_DIR = `$\{configDir}/`;

export function readTsProject(tree: Tree, path: string): TsProject {
  const chain = readChain(tree, path);
  const own = chain[0]?.config ?? {};
  const options = chain.map(({ config }) => asRecord(config['compilerOptions'])).reverse();
  const merged: JsonRecord = Object.assign({}, ...options);
  const references = referencesOf(tree, path, own);
  const isEmpty = (key: string) => Array.isArray(own[key]) && asStrings(own[key]).length === 0;
  return {
    path,
    files: chain.map((link) => link.path),
    references,
    isSolution: references.length > 0 && (isEmpty('files') || isEmpty('include')) && !asStrings(own['include']).length,
    allowsJavaScript: merged['allowJs'] === true || merged['checkJs'] === true,
    sources: sourcesOf(chain),
  };
}

interface Link {
  readonly path: string;
  readonly config: JsonRecord;
}

function readChain(tree: Tree, path: string, seen: ReadonlySet<string> = new Set()): readonly Link[] {
  if (seen.has(path) || !tree.has(path)) return [];
  const config = readConfig(tree, path);
  const bases = asStrings(config['extends']).filter((base) => base.startsWith('.'));
  const paths = bases.map((base) => extendedPath(tree, folderOf(path), base));
  // Of several bases the last one wins, so it comes first after the file itself.
  return [{ path, config }, ...paths.reverse().flatMap((base) => readChain(tree, base, new Set(seen).add(path)))];
}

function extendedPath(tree: Tree, dir: string, base: string): string {
  const path = joinPath(dir, base);
  return tree.has(path) ? path : `${path}.json`;
}

function referencesOf(tree: Tree, path: string, config: JsonRecord): readonly string[] {
  const list = Array.isArray(config['references']) ? config['references'] : [];
  return list
    .flatMap((reference) => asStrings(asRecord(reference)['path']))
    .map((target) => projectPath(joinPath(folderOf(path), target)))
    .filter((target) => tree.has(target));
}

/** `-p` and references name a folder or a file. */
export function projectPath(path: string): string {
  return /\.jsonc?$/.test(path) ? path : joinPath(path, 'tsconfig.json');
}

/** The nearest configuration of the chain that says, relative to itself; else the folder of the project. */
function sourcesOf(chain: readonly Link[]): readonly string[] {
  const own = chain[0];
  if (own === undefined) return [];
  const dir = folderOf(own.path);
  const saying = chain.find(({ config }) => config['include'] !== undefined || config['files'] !== undefined) ?? own;
  const patterns = [...asStrings(saying.config['include']), ...asStrings(saying.config['files'])];
  const sources = patterns.map((pattern) => {
    const isOwn = pattern.startsWith(CONFIG_DIR);
    return sourceOf(
      joinPath(isOwn ? dir : folderOf(saying.path), isOwn ? pattern.slice(CONFIG_DIR.length) : pattern),
      dir,
    );
  });
  return sources.length > 0 ? [...new Set(sources)] : [dir];
}

/** The folder before the first wildcard. A file stands for the folder it is in, unless that is the whole project. */
function sourceOf(pattern: string, dir: string): string {
  const parts = pattern.split('/');
  const wild = parts.findIndex((part) => isGlob(part));
  if (wild !== -1) return joinPath(...parts.slice(0, wild));
  return posix.extname(pattern) === '' || folderOf(pattern) === dir ? pattern : folderOf(pattern);
}

export function isProjectSource(project: TsProject, path: string): boolean {
  const read = project.allowsJavaScript ? /\.[cm]?[jt]sx?$/ : /\.(?:[cm]?ts|tsx)$/;
  return read.test(path) && project.sources.some((folder) => isWithin(folder, path));
}
