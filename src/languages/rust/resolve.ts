import type { Reference, Resolution, Resolver } from '../../engine/language.ts';
import type { Tree } from '../../engine/ports.ts';
import { macroSources } from './macros.ts';
import { createModules, type Modules } from './modules.ts';
import { createPackages, type Linked, type Package, type Packages } from './packages.ts';
import { folderOf, inFolder, within } from './paths.ts';
import { isBuiltinCrate } from './standard.ts';

const UNRESOLVED: Resolution = { kind: 'unresolved' };
/** The file's own module, or a name that is no module at all. */
const NOWHERE: Resolution = { kind: 'files', paths: [] };

export function createRustResolver(tree: Tree): Resolver {
  const packages = createPackages(
    tree,
    tree.paths.filter((path) => path === 'Cargo.toml' || path.endsWith('/Cargo.toml')),
  );
  const resolver = new RustResolver(tree, packages);
  return { resolve: (from, reference) => resolver.resolve(from, reference) };
}

class RustResolver {
  private readonly tree: Tree;
  private readonly packages: Packages;
  private readonly modules: Modules;
  private readonly names = new Map<Package, ReadonlyMap<string, Linked>>();

  constructor(tree: Tree, packages: Packages) {
    this.tree = tree;
    this.packages = packages;
    this.modules = createModules(tree, packages);
  }

  resolve(from: string, { specifier, names }: Reference): Resolution {
    if (specifier === undefined) return UNRESOLVED;
    const scheme = /^(mod|path|modpath|include|macro):(?!:)/.exec(specifier)?.[1];
    if (scheme === 'include') return this.include(from, specifier.slice('include:'.length));
    if (scheme === 'macro') return this.macro(from, specifier.slice('macro:'.length));
    if (scheme !== undefined) return this.declared(from, specifier);
    const path = specifier.split('::').filter((segment) => segment !== '*');
    if (path[0] === '') return this.external(from, path.slice(1)) ?? this.unknown(from, path.slice(1), true);
    return this.path(from, path, names !== undefined);
  }

  private path(from: string, path: readonly string[], used: boolean): Resolution {
    const [head, ...rest] = path;
    if (head === undefined) return NOWHERE;
    if (head === 'crate') return this.below(from, rest);
    if (head === 'self') return files([this.modules.descend(this.modules.childFolder(from), rest)], from);
    if (head === 'super') return this.above(from, path);
    return this.local2015(from, path) ?? this.external(from, path) ?? this.unknown(from, path, used);
  }

  /** `mod x;` and `#[path]`. */
  private declared(from: string, specifier: string): Resolution {
    const paths = this.moduleFiles(from, specifier);
    if (paths.length > 0) return { kind: 'files', paths };
    return specifier.endsWith('?') ? NOWHERE : UNRESOLVED;
  }

  private moduleFiles(from: string, specifier: string): readonly string[] {
    const [scheme, rest = ''] = specifier.replace(/\?$/, '').split(/:(.*)/s);
    const own = this.modules.childFolder(from);
    if (scheme !== 'mod') {
      // A macro's `#[path]` is relative to its caller, most often the crate root.
      const folders = scheme === 'path' ? [folderOf(from), this.modules.place(from).folder] : [own];
      const candidates = folders.map((folder) => within(folder, rest)).filter((file) => file !== undefined);
      return candidates.filter((file) => file !== from && this.tree.has(file)).slice(0, 1);
    }
    const names = rest.split('::');
    const inner = names.slice(0, -1).join('/');
    // A file that was itself taken in by `#[path]` or `include!` keeps its children beside it.
    for (const folder of [own, folderOf(from)]) {
      const file = this.modules.child(inner === '' ? folder : inFolder(folder, inner), names.at(-1) ?? '');
      if (file !== undefined && file !== from) return [file];
    }
    return [];
  }

  private include(from: string, written: string): Resolution {
    const owner = this.packages.owner(folderOf(from));
    // What a build script writes into OUT_DIR follows from the script.
    if (written.startsWith('$OUT_DIR')) return existing([owner ? this.modules.targets(owner).build : undefined]);
    const manifestDir = '$CARGO_MANIFEST_DIR/';
    const base = written.startsWith(manifestDir) ? owner?.root : folderOf(from);
    const file = base === undefined ? undefined : within(base, written.replace(manifestDir, ''));
    return existing([file !== undefined && this.tree.has(file) ? file : undefined]);
  }

  private macro(from: string, name: string): Resolution {
    return files(
      macroSources(this.modules, from, name, (file, specifier) => this.moduleFiles(file, specifier)),
      from,
    );
  }

  private below(from: string, segments: readonly string[]): Resolution {
    const { folder, roots } = this.modules.place(from);
    const file = this.modules.descend(folder, segments);
    return files(file === undefined ? roots : [file], from);
  }

  private above(from: string, path: readonly string[]): Resolution {
    const { segments } = this.modules.place(from);
    const ups = path.findIndex((segment) => segment !== 'super');
    const count = ups < 0 ? path.length : ups;
    if (count <= segments.length)
      return this.below(from, [...segments.slice(0, segments.length - count), ...path.slice(count)]);
    // A file taken in by `#[path]` stands below no root; its neighbours tell at best.
    const folder = folderOf(from);
    const parent = ['mod.rs', 'lib.rs', 'main.rs']
      .map((name) => inFolder(folder, name))
      .find((file) => this.tree.has(file));
    return existing([this.modules.descend(folder, path.slice(count)) ?? parent]);
  }

  /** Before 2018, a `use` began at the crate root. */
  private local2015(from: string, path: readonly string[]): Resolution | undefined {
    const owner = this.packages.owner(folderOf(from));
    if (!owner || this.packages.edition(owner) !== '2015') return undefined;
    const { folder } = this.modules.place(from);
    const head = this.modules.child(folder, path[0] ?? '');
    if (head === undefined || this.modules.targets(owner).files.has(head)) return undefined;
    return files([this.modules.descend(folder, path)], from);
  }

  /** Another crate: the package's own library, a dependency, the standard library. */
  private external(from: string, path: readonly string[]): Resolution | undefined {
    const [head = '', ...rest] = path;
    const owner = this.packages.owner(folderOf(from));
    const library = owner ? this.modules.targets(owner).library : undefined;
    if (library?.name === head) return this.inLibrary(library.file, rest, from);
    const linked = owner ? this.dependency(owner, head) : undefined;
    if (!linked) return isBuiltinCrate(head) ? { kind: 'builtin', name: path.join('::') } : undefined;
    if (linked.folder === undefined) {
      return { kind: 'package', ecosystem: 'crate', name: linked.dependency.name, subpath: rest.join('::') };
    }
    const target = this.packages.at(linked.folder);
    const file = target ? this.modules.targets(target).library?.file : undefined;
    return file === undefined ? UNRESOLVED : this.inLibrary(file, rest, from);
  }

  private inLibrary(library: string, rest: readonly string[], from: string): Resolution {
    return files([library, this.modules.descend(folderOf(library), rest)], from);
  }

  private dependency(owner: Package, name: string): Linked | undefined {
    let names = this.names.get(owner);
    if (!names) {
      names = new Map(
        this.packages.dependencies(owner).flatMap((linked) => this.namesOf(linked).map((key) => [key, linked])),
      );
      this.names.set(owner, names);
    }
    return names.get(name) ?? names.get(`~${name.replaceAll('_', '')}`);
  }

  /** The key in the manifest, or the library's own name. Of packages elsewhere, `md-5` is known to be `md5`. */
  private namesOf({ dependency, folder }: Linked): readonly string[] {
    const key = dependency.key.replaceAll('-', '_');
    if (dependency.renamed) return [key];
    const target = folder === undefined ? undefined : this.packages.at(folder);
    if (target) return [this.modules.targets(target).library?.name ?? key];
    return [key, `~${key.replaceAll('_', '')}`];
  }

  /** A head that no `mod` or `use` of the file explains: a glob or a macro brought it, or it is a type. */
  private unknown(from: string, path: readonly string[], used: boolean): Resolution {
    const [head = ''] = path;
    const folder = this.modules.childFolder(from);
    if (this.modules.child(folder, head) !== undefined) return files([this.modules.descend(folder, path)], from);
    return used && path.length > 1 && !/^\p{Lu}/u.test(head) ? UNRESOLVED : NOWHERE;
  }
}

function files(paths: readonly (string | undefined)[], from: string): Resolution {
  return {
    kind: 'files',
    paths: [...new Set(paths)].filter((path) => path !== undefined && path !== from) as string[],
  };
}

function existing(paths: readonly (string | undefined)[]): Resolution {
  const known = paths.filter((path) => path !== undefined);
  return known.length > 0 ? { kind: 'files', paths: known } : UNRESOLVED;
}
