import type { Tree } from '../../engine/ports.ts';
import type { Package, Packages } from './packages.ts';
import { folderOf, inFolder, within } from './paths.ts';
import { modSpecifiers } from './references.ts';
import { scanRust } from './scan.ts';
import { findTargets, type Targets } from './targets.ts';

/** Where a file stands in the module tree, read off the layout of folders. */
export interface Place {
  /** Folder that the crate's top modules lie in. */
  readonly folder: string;
  /** Path of the file's module below the crate root. */
  readonly segments: readonly string[];
  /** Crate roots that the module may be part of. */
  readonly roots: readonly string[];
}

/** What a crate root or an ancestor says of its children. */
export interface Outline {
  readonly macros: ReadonlySet<string>;
  /** Specifiers of its `mod` items, and of those under `#[macro_use]`. */
  readonly children: readonly string[];
  readonly macroUse: readonly string[];
}

export interface Modules {
  targets(of: Package): Targets;
  place(file: string): Place;
  /** File of one child module in a folder. */
  child(folder: string, name: string): string | undefined;
  /** The deepest module file on a path below a folder. */
  descend(folder: string, segments: readonly string[]): string | undefined;
  /** Folder that the children of a file lie in. */
  childFolder(file: string): string;
  outline(file: string): Outline;
}

export function createModules(tree: Tree, packages: Packages): Modules {
  return new ModuleTree(tree, packages);
}

class ModuleTree implements Modules {
  private readonly tree: Tree;
  private readonly packages: Packages;
  private readonly knownTargets = new Map<Package, Targets>();
  private readonly places = new Map<string, Place>();
  private readonly outlines = new Map<string, Outline>();

  constructor(tree: Tree, packages: Packages) {
    this.tree = tree;
    this.packages = packages;
  }

  targets(of: Package): Targets {
    const found = this.knownTargets.get(of) ?? findTargets(this.tree, of);
    this.knownTargets.set(of, found);
    return found;
  }

  place(file: string): Place {
    const found = this.places.get(file) ?? this.locate(file);
    this.places.set(file, found);
    return found;
  }

  child(folder: string, name: string): string | undefined {
    const flat = inFolder(folder, `${name}.rs`);
    if (this.tree.has(flat)) return flat;
    const nested = inFolder(folder, `${name}/mod.rs`);
    return this.tree.has(nested) ? nested : undefined;
  }

  /** A name without a file may be an inline module with files below it, so the walk goes on. */
  descend(folder: string, segments: readonly string[]): string | undefined {
    let deepest: string | undefined;
    let at = folder;
    for (const segment of segments) {
      deepest = this.child(at, segment) ?? deepest;
      at = inFolder(at, segment);
    }
    return deepest;
  }

  childFolder(file: string): string {
    const owner = this.packages.owner(folderOf(file));
    const isRoot = /(?:^|\/)mod\.rs$/.test(file) || (owner ? this.targets(owner).files.has(file) : isRootByName(file));
    return isRoot ? folderOf(file) : file.replace(/\.rs$/, '');
  }

  outline(file: string): Outline {
    const found = this.outlines.get(file) ?? readOutline(this.tree.read(file) ?? '');
    this.outlines.set(file, found);
    return found;
  }

  private locate(file: string): Place {
    const owner = this.packages.owner(folderOf(file));
    const targets = owner ? this.targets(owner) : undefined;
    const itself = { folder: folderOf(file), segments: [], roots: [file] };
    if (targets?.files.has(file)) return itself;
    const stop = owner?.root ?? '';
    for (let folder = folderOf(file); ; folder = folderOf(folder)) {
      const roots = targets ? (targets.byFolder.get(folder) ?? []) : this.rootsByName(folder);
      const segments = segmentsBelow(folder, file);
      const owners = roots.includes(file) ? [] : this.owners(roots, segments, targets?.library?.file);
      if (owners.length > 0) return { folder, segments, roots: owners };
      if (folder === stop || folder === '') return itself;
    }
  }

  private rootsByName(folder: string): readonly string[] {
    return ['lib.rs', 'main.rs'].map((name) => inFolder(folder, name)).filter((path) => this.tree.has(path));
  }

  /** Of roots that share a folder those count that declare the module; all do where a macro may have declared it. */
  private owners(
    roots: readonly string[],
    segments: readonly string[],
    library: string | undefined,
  ): readonly string[] {
    const [only] = roots;
    if (roots.length === 0 || (roots.length === 1 && only !== undefined && isMain(only, library))) return roots;
    const first = segments[0] ?? '';
    const declaring = roots.filter((root) => this.declares(root, first));
    return declaring.length > 0 ? declaring : roots.filter((root) => isMain(root, library));
  }

  private declares(root: string, name: string): boolean {
    const folder = folderOf(root);
    return this.outline(root).children.some((child) => {
      if (child === `mod:${name}` || child.startsWith(`mod:${name}::`) || child === `mod:${name}?`) return true;
      const file = child.startsWith('path:') ? within(folder, child.slice('path:'.length)) : undefined;
      return file !== undefined && segmentsBelow(folder, file)[0] === name;
    });
  }
}

function isMain(root: string, library: string | undefined): boolean {
  return root === library || isRootByName(root);
}

function isRootByName(file: string): boolean {
  return /(?:^|\/)(?:lib|main)\.rs$/.test(file);
}

function segmentsBelow(folder: string, file: string): readonly string[] {
  const parts = file
    .slice(folder === '' ? 0 : folder.length + 1)
    .replace(/\.rs$/, '')
    .split('/');
  return parts.at(-1) === 'mod' ? parts.slice(0, -1) : parts;
}

function readOutline(text: string): Outline {
  const { macros, declarations } = scanRust(text);
  return {
    macros,
    children: declarations.flatMap(modSpecifiers),
    macroUse: declarations.filter(({ macroUse }) => macroUse).flatMap(modSpecifiers),
  };
}
