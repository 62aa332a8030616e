/** What the tree's Python files are as modules: found by path, without looking into any file. */

export interface Modules {
  /** Files of a module, stub included, by its path without extension. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** `__init__` files of a package, by its folder. */
  readonly packages: ReadonlyMap<string, readonly string[]>;
  /** Folders with Python below them. */
  readonly folders: ReadonlySet<string>;
}

const EXTENSION = /\.pyi?$/;

export function isPython(path: string): boolean {
  return path.endsWith('.py') || path.endsWith('.pyi');
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function join(folder: string, name: string): string {
  if (name === '') return folder;
  return folder === '' ? name : `${folder}/${name}`;
}

export function indexModules(paths: readonly string[]): Modules {
  const files = new Map<string, string[]>();
  const packages = new Map<string, string[]>();
  const folders = new Set<string>();
  for (const path of paths) {
    if (!isPython(path)) continue;
    const stem = path.replace(EXTENSION, '');
    const folder = parentOf(path);
    if (stem === join(folder, '__init__')) append(packages, folder, path);
    else append(files, stem, path);
    for (let at = folder; at !== '' && !folders.has(at); at = parentOf(at)) folders.add(at);
  }
  return { files, packages, folders };
}

function append(map: Map<string, string[]>, key: string, path: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [path]);
  else list.push(path);
}

/** What a dotted name is, seen from one folder of the search path. */
export interface Found {
  /** `namespace`: the first segment is a folder without `__init__`, which any installed package of that name outranks. */
  readonly kind: 'module' | 'namespace' | 'broken' | 'absent';
  /** The module and the submodules taken from it, then the `__init__` files of the packages above. */
  readonly paths: readonly string[];
}

const ABSENT: Found = { kind: 'absent', paths: [] };
const BROKEN: Found = { kind: 'broken', paths: [] };

/** `kind` is `broken` where the first segment is a package here but the rest is not in it. */
export function findModule(
  modules: Modules,
  root: string,
  segments: readonly string[],
  names: readonly string[],
): Found {
  const parents: string[] = [];
  let at = root;
  let regular = false;
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    at = join(at, segment);
    const initializers = modules.packages.get(at);
    const files = modules.files.get(at);
    if (index === 0) regular = initializers !== undefined || files !== undefined;
    if (initializers !== undefined) parents.unshift(...initializers);
    else if (files !== undefined && last)
      return { kind: regular ? 'module' : 'namespace', paths: [...files, ...parents] };
    else if (files !== undefined || !modules.folders.has(at)) return regular ? BROKEN : ABSENT;
  }
  const submodules = names.flatMap((name) => ownFiles(modules, join(at, name)));
  const paths = [...submodules, ...parents];
  // An attribute can explain the names only where there is code to define it.
  if (regular) return { kind: 'module', paths };
  return paths.length > 0 ? { kind: 'namespace', paths } : ABSENT;
}

function ownFiles(modules: Modules, stem: string): readonly string[] {
  return modules.packages.get(stem) ?? modules.files.get(stem) ?? [];
}

/** Files of the modules at or below `folder` whose dotted name, seen from there, fits the pattern. */
export function matchModules(modules: Modules, folder: string, pattern: RegExp): readonly string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const found: string[] = [];
  for (const map of [modules.packages, modules.files]) {
    for (const [stem, paths] of map) {
      if (stem.startsWith(prefix) && pattern.test(stem.slice(prefix.length).replaceAll('/', '.'))) found.push(...paths);
    }
  }
  return found;
}
