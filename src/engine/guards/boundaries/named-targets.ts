import type { Reference, Resolution } from '../../language.ts';

const INITIALIZER = /(?:^|\/)__init__\.pyi?$/;

/**
 * Without the files that an import runs but does not name. Python runs the `__init__` of every package above a module;
 * to judge by those would put `pkg/a.py`, which imports `pkg/b.py`, in a circle with a `pkg/__init__.py` that imports `a`.
 */
export function namedTargets(reference: Reference, resolution: Resolution): Resolution {
  if (resolution.kind !== 'files' || resolution.paths.length < 2) return resolution;
  const { paths } = resolution;
  if (!paths.some((path) => INITIALIZER.test(path))) return resolution;
  const named = paths.filter((path) => !isAbove(path, paths));
  return { kind: 'files', paths: [...named, ...definingPackage(reference, named, paths)] };
}

/** Whether a path is the initializer of a package that another one of the paths lies in. */
function isAbove(path: string, paths: readonly string[]): boolean {
  if (!INITIALIZER.test(path)) return false;
  const folder = folderOf(path);
  return paths.some((other) => folderOf(other) !== folder && isIn(other, folder)) || hasModule(path, folder, paths);
}

function hasModule(path: string, folder: string, paths: readonly string[]): boolean {
  return paths.some((other) => other !== path && folderOf(other) === folder && !INITIALIZER.test(other));
}

/** `from pkg import module, name`: what is no module of the package is defined by its initializer. */
function definingPackage(
  { names = [] }: Reference,
  named: readonly string[],
  paths: readonly string[],
): readonly string[] {
  const modules = new Set(named.map(moduleName));
  if (names.length === 0 || names.every((name) => modules.has(name))) return [];
  const packages = new Set(named.filter((path) => names.includes(moduleName(path))).map(packageOf));
  return paths.filter((path) => INITIALIZER.test(path) && packages.has(folderOf(path)) && !named.includes(path));
}

function moduleName(path: string): string {
  const module = INITIALIZER.test(path) ? folderOf(path) : path.replace(/\.pyi?$/, '');
  return module.slice(module.lastIndexOf('/') + 1);
}

/** The folder of the package that a module is taken from. */
function packageOf(path: string): string {
  return INITIALIZER.test(path) ? folderOf(folderOf(path)) : folderOf(path);
}

function isIn(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Containment, which is no use: files of one Go package see each other, a Rust module declares those in it. */
export function isContainment({ kind, specifier }: Reference): boolean {
  return (kind === 'implicit' && specifier === '.') || (specifier?.startsWith('mod:') ?? false);
}
