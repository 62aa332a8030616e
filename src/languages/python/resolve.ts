import type { Reference, Resolution, Resolver } from '../../engine/language.ts';
import type { Tree } from '../../engine/ports.ts';
import { type Found, findModule, indexModules, join, type Modules, matchModules, parentOf } from './modules.ts';
import { findRoots, type Roots } from './roots.ts';
import { STANDARD_LIBRARY } from './stdlib.ts';

const UNRESOLVED: Resolution = { kind: 'unresolved' };

export function createResolver(tree: Tree): Resolver {
  return new PythonResolver(indexModules(tree.paths), findRoots(tree));
}

/** Folders to search, nearest first: those of one tier are searched together, and no order among them is known. */
type Tiers = readonly (readonly string[])[];

/** Where the imports of a folder's files are looked for. */
interface Place {
  /** What Python or pytest puts first: the folder of a script, or the first folder above a package. */
  readonly own: string;
  /** Whether `own` outranks the standard library. Below `src` it is more likely an installed namespace package. */
  readonly shadowing: boolean;
  /** Source roots of the project. */
  readonly project: readonly string[];
  /** Folders above that are no packages: where a service in a larger repository is started. */
  readonly above: Tiers;
}

class PythonResolver implements Resolver {
  private readonly modules: Modules;
  private readonly roots: Roots;
  /** Last segments of all modules and folders: what is not among them cannot be ours. */
  private readonly stems: ReadonlySet<string>;
  private readonly places = new Map<string, Place>();
  /** Which source roots have a module or folder of this name at their top. */
  private readonly tops: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(modules: Modules, roots: Roots) {
    this.modules = modules;
    this.roots = roots;
    this.stems = new Set(
      [modules.files, modules.packages, modules.folders].flatMap((map) => [...map.keys()].map(nameOf)),
    );
    this.tops = indexTops(modules, new Set([...roots.byProject.values()].flat()));
  }

  resolve(from: string, reference: Reference): Resolution {
    const { specifier } = reference;
    if (specifier === undefined || specifier === '') return UNRESOLVED;
    const dots = leadingDots(specifier);
    if (dots > 0) return this.relative(from, dots, specifier.slice(dots), reference);
    const segments = specifier.split('.');
    if (segments.includes('')) return UNRESOLVED;
    if (reference.glob === true) return this.pattern(from, segments);
    return this.absolute(from, segments, reference.names ?? []);
  }

  private relative(from: string, dots: number, rest: string, { glob, names }: Reference): Resolution {
    let base = parentOf(from);
    for (let level = 1; level < dots; level++) {
      if (base === '') return UNRESOLVED;
      base = parentOf(base);
    }
    if (glob === true) return filesOr(UNRESOLVED, from, matchModules(this.modules, base, toPattern(rest)));
    const segments = rest === '' ? [] : rest.split('.');
    const found = findModule(this.modules, base, segments, names ?? []);
    const paths = [...found.paths, ...this.packagesAbove(base)];
    return this.explains(found, join(base, segments.join('/')), names, paths) ? files(from, paths) : UNRESOLVED;
  }

  /** Whether a relative import can succeed: by files, by an attribute of its own package, or by a plain folder. */
  private explains(found: Found, target: string, names: Reference['names'], paths: readonly string[]): boolean {
    if (found.kind === 'broken') return false;
    if (found.kind !== 'absent' || (this.modules.packages.has(target) && paths.length > 0)) return true;
    const folders = names === undefined ? [target] : names.map((name) => join(target, name));
    return folders.some((folder) => this.modules.folders.has(folder));
  }

  /** `__init__` files of `folder` and of the packages it is in: they run before anything in it does. */
  private packagesAbove(folder: string): readonly string[] {
    const found: string[] = [];
    for (let at = folder; ; at = parentOf(at)) {
      const initializers = this.modules.packages.get(at);
      if (initializers === undefined) return found;
      found.push(...initializers);
      if (at === '') return found;
    }
  }

  private absolute(from: string, segments: readonly string[], names: readonly string[]): Resolution {
    const [top = ''] = segments;
    const standard = STANDARD_LIBRARY.has(top);
    const tiers = this.stems.has(top) ? this.tiers(from, top, standard) : [];
    const found = tiers.map((tier) => tier.map((root) => findModule(this.modules, root, segments, names)));
    // An installed or standard module outranks a namespace folder, and a local file only what stands behind it.
    const regular =
      pick(standard ? found.slice(0, 1) : found, 'module') ?? pick(standard ? found.slice(0, 2) : found, 'namespace');
    if (regular !== undefined) return files(from, regular);
    if (standard) return { kind: 'builtin', name: segments.join('.') };
    if (found.flat().some(({ kind }) => kind === 'broken')) return UNRESOLVED;
    return { kind: 'package', ecosystem: 'pypi', name: top, subpath: segments.slice(1).join('.') };
  }

  private tiers(from: string, top: string, standard: boolean): Tiers {
    const { own, shadowing, project, above } = this.place(parentOf(from));
    const first = standard && !shadowing ? [] : [own];
    const candidates = this.tops.get(top);
    if (candidates === undefined) return [first, [], ...above];
    const near = project.filter((root) => candidates.has(root));
    const far = [...candidates].filter((root) => !project.includes(root));
    return [first, near, ...above, far];
  }

  private place(folder: string): Place {
    const known = this.places.get(folder);
    if (known !== undefined) return known;
    let own = folder;
    while (own !== '' && this.modules.packages.has(own)) own = parentOf(own);
    let home = folder;
    while (home !== '' && !this.roots.projects.has(home)) home = parentOf(home);
    const project = this.roots.byProject.get(home) ?? [];
    const shadowing = !project.some((root) => !this.roots.projects.has(root) && own.startsWith(`${root}/`));
    const place = { own, shadowing, project, above: this.plainFoldersAbove(own) };
    this.places.set(folder, place);
    return place;
  }

  private plainFoldersAbove(folder: string): Tiers {
    const tiers: string[][] = [];
    for (let at = parentOf(folder); at !== ''; at = parentOf(at)) if (!this.modules.packages.has(at)) tiers.push([at]);
    return tiers;
  }

  /** A computed import whose first segments are known: all modules it may be, if the first one is ours. */
  private pattern(from: string, segments: readonly string[]): Resolution {
    const [top = ''] = segments;
    if (top.includes('*')) return UNRESOLVED;
    if (STANDARD_LIBRARY.has(top)) return { kind: 'builtin', name: top };
    const tiers = this.tiers(from, top, false);
    const pattern = toPattern(segments.slice(1).join('.'));
    for (const tier of tiers) {
      const paths = tier.flatMap((root) => matchModules(this.modules, join(root, top), pattern));
      if (paths.length > 0) return files(from, paths);
    }
    const local = tiers.flat().some((root) => this.modules.packages.has(join(root, top)));
    return local ? UNRESOLVED : { kind: 'package', ecosystem: 'pypi', name: top, subpath: segments.slice(1).join('.') };
  }
}

/** Paths of the nearest tier that has the module; all of them, where several roots of it do. */
function pick(tiers: readonly (readonly Found[])[], kind: Found['kind']): readonly string[] | undefined {
  for (const tier of tiers) {
    const matches = tier.filter((found) => found.kind === kind);
    if (matches.length > 0) return matches.flatMap(({ paths }) => paths);
  }
  return undefined;
}

/** A module does not depend on itself, though it may name its own package. */
function files(from: string, paths: readonly string[]): Resolution {
  return { kind: 'files', paths: [...new Set(paths)].filter((path) => path !== from) };
}

function filesOr(none: Resolution, from: string, paths: readonly string[]): Resolution {
  return paths.length > 0 ? files(from, paths) : none;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function leadingDots(specifier: string): number {
  let dots = 0;
  while (specifier[dots] === '.') dots++;
  return dots;
}

/** `*` may stand for several segments, for nothing tells that it does not. */
function toPattern(glob: string): RegExp {
  return new RegExp(
    `^${glob
      .split('*')
      .map((part) => part.replace(/[^\w]/gu, '\\$&'))
      .join('.*')}$`,
  );
}

function indexTops(modules: Modules, roots: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const tops = new Map<string, Set<string>>();
  for (const stems of [modules.files.keys(), modules.packages.keys(), modules.folders]) {
    for (const stem of stems) {
      const root = parentOf(stem);
      if (stem === '' || !roots.has(root)) continue;
      const top = stem.slice(root === '' ? 0 : root.length + 1);
      tops.set(top, (tops.get(top) ?? new Set()).add(root));
    }
  }
  return tops;
}
