import type { Reference, Resolution, Resolver } from '../../engine/language.ts';
import type { Tree } from '../../engine/ports.ts';
import { embeddedFiles } from './embed.ts';
import { createModules, folderOf, type Module, type Modules, within } from './modules.ts';
import { guessModule, isUnder, longestPrefix } from './package-name.ts';
import { isStandalone } from './references.ts';

interface Folder {
  sources: string[];
  readonly tests: string[];
  /** Standalone programs are looked for once, when something first asks for the folder. */
  sifted: boolean;
}

const UNRESOLVED: Resolution = { kind: 'unresolved' };
/** Names that generators kept beside a package go by; only these are opened to look for `//go:build ignore`. */
const GENERATOR = /(?:^|\/)(?:gen|mk|make|defs)[^/]*\.go$/;

export function createGoResolver(tree: Tree): Resolver {
  const { folders, manifests, workfiles } = index(tree.paths);
  const modules = createModules(tree, manifests, workfiles);
  const packageFiles = (folder: string): readonly string[] => sift(tree, folders.get(folder))?.sources ?? [];
  return {
    resolve(from, { specifier, kind }: Reference) {
      if (specifier === undefined || kind === 'dynamic') return UNRESOLVED;
      if (specifier === '.' && kind === 'implicit') return siblings(from, sift(tree, folders.get(folderOf(from))));
      if (specifier.startsWith('embed:'))
        return filesOf(embeddedFiles(tree, folderOf(from), specifier.slice('embed:'.length)));
      return resolveImport(from, specifier, modules, packageFiles);
    },
  };
}

function index(paths: readonly string[]) {
  const folders = new Map<string, Folder>();
  const manifests: string[] = [];
  const workfiles: string[] = [];
  for (const path of paths) {
    if (path.endsWith('.go')) addSource(folders, path);
    else if (path === 'go.mod' || path.endsWith('/go.mod')) manifests.push(path);
    else if (path === 'go.work' || path.endsWith('/go.work')) workfiles.push(path);
  }
  return { folders, manifests, workfiles };
}

/** go skips names that begin with `_` or `.`. */
function addSource(folders: Map<string, Folder>, path: string): void {
  const name = path.lastIndexOf('/') + 1;
  if (path[name] === '_' || path[name] === '.') return;
  const key = folderOf(path);
  let folder = folders.get(key);
  if (!folder) {
    folder = { sources: [], tests: [], sifted: false };
    folders.set(key, folder);
  }
  (path.endsWith('_test.go') ? folder.tests : folder.sources).push(path);
}

function sift(tree: Tree, folder: Folder | undefined): Folder | undefined {
  if (!folder || folder.sifted) return folder;
  folder.sifted = true;
  folder.sources = folder.sources.filter((path) => {
    const text = GENERATOR.test(path) ? tree.read(path) : undefined;
    return text === undefined || !isStandalone(text.slice(0, Math.max(text.search(/^package\s/m), 0)));
  });
  return folder;
}

function siblings(from: string, folder: Folder | undefined): Resolution {
  if (!folder) return { kind: 'files', paths: [] };
  const seen = from.endsWith('_test.go') ? [...folder.sources, ...folder.tests] : folder.sources;
  return { kind: 'files', paths: seen.filter((path) => path !== from) };
}

function filesOf(paths: readonly string[]): Resolution {
  return paths.length > 0 ? { kind: 'files', paths } : UNRESOLVED;
}

function resolveImport(
  from: string,
  path: string,
  modules: Modules,
  packageFiles: (folder: string) => readonly string[],
): Resolution {
  if (path === 'C' || path === 'unsafe') return { kind: 'builtin', name: path };
  const folder = folderOf(from);
  if (path.startsWith('./') || path.startsWith('../')) return filesOf(packageFiles(within(folder, path) ?? '\0'));
  const own = modules.owner(folder);
  const mount =
    own && !isVendored(folder) ? modules.mounts(own).find(({ prefix }) => isUnder(path, prefix)) : undefined;
  if (mount) {
    const target = within(mount.root, path.slice(mount.prefix.length + 1));
    const paths = target !== undefined && belongs(target, mount.root, modules) ? packageFiles(target) : [];
    if (paths.length > 0) return { kind: 'files', paths };
  }
  const required = longestPrefix(path, own?.requires ?? []);
  if (required !== undefined && required.length > (mount?.prefix.length ?? 0)) return packageOf(path, required);
  return mount ? UNRESOLVED : foreign(path, own, modules, packageFiles);
}

/** A folder below another go.mod is no part of the module around it, nor is what lies in its vendor folder. */
function belongs(folder: string, root: string, modules: Modules): boolean {
  return !isVendored(folder) && (modules.owner(folder)?.root ?? '') === root;
}

function isVendored(folder: string): boolean {
  return folder.startsWith('vendor/') || folder.includes('/vendor/');
}

function foreign(
  path: string,
  own: Module | undefined,
  { standard }: Modules,
  packageFiles: (folder: string) => readonly string[],
): Resolution {
  if (/^[^/]*\./.test(path)) return packageOf(path, guessModule(path));
  const sources = own && standard ? packageFiles(within(standard.root, path) ?? '\0') : [];
  return sources.length > 0 ? { kind: 'files', paths: sources } : { kind: 'builtin', name: path };
}

function packageOf(path: string, name: string): Resolution {
  return { kind: 'package', ecosystem: 'go', name, subpath: path.slice(name.length + 1) };
}
