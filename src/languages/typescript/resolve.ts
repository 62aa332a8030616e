import { posix } from 'node:path';
import type { Reference, Resolution, Resolver } from '../../engine/language.ts';
import type { Tree } from '../../engine/ports.ts';
import { BUILTINS } from './builtins.ts';
import { type FileGlob, globPaths } from './file-globs.ts';
import { findInFolder, findModule } from './module-files.ts';
import { matchMap, type PackageJson, readPackage } from './packages.ts';
import { folder, join } from './tree-paths.ts';
import { aliasTargets, type PathAliases, readAliases } from './tsconfig.ts';

const UNRESOLVED: Resolution = { kind: 'unresolved' };
/** Folders of a package that nobody writes to by hand. */
const BUILD_OUTPUT = /^(?:build|cjs|dist|es|esm|out|umd)\//;

export function createResolver(tree: Tree): Resolver {
  const packages = tree.paths
    .filter((path) => path === 'package.json' || path.endsWith('/package.json'))
    .flatMap((path) => readPackage(tree, path) ?? []);
  return new ModuleResolver(tree, packages, readAliases(tree));
}

class ModuleResolver implements Resolver {
  readonly #tree: Tree;
  readonly #byName: ReadonlyMap<string, PackageJson>;
  readonly #byDir: ReadonlyMap<string, PackageJson>;
  readonly #aliases: ReadonlyMap<string, readonly PathAliases[]>;
  readonly #aliasesOf = new Map<string, readonly PathAliases[]>();
  readonly #packageOf = new Map<string, PackageJson | undefined>();

  constructor(tree: Tree, packages: readonly PackageJson[], aliases: ReadonlyMap<string, readonly PathAliases[]>) {
    this.#tree = tree;
    this.#byName = new Map(packages.flatMap((found) => (found.name === undefined ? [] : [[found.name, found]])));
    this.#byDir = new Map(packages.map((found) => [found.dir, found]));
    this.#aliases = aliases;
  }

  resolve(from: string, reference: Reference): Resolution {
    if (reference.specifier === undefined) return UNRESOLVED;
    const dir = folder(from);
    if (reference.glob === true) return this.#glob(dir, reference.specifier);
    const specifier = stripQuery(reference.specifier.slice(reference.specifier.lastIndexOf('!') + 1));
    if (specifier === '') return UNRESOLVED;
    const found = this.#module(dir, specifier);
    const url = found.kind === 'unresolved' ? asUrl(specifier) : specifier;
    return url === specifier ? found : this.#module(dir, url);
  }

  #module(dir: string, specifier: string): Resolution {
    if (specifier.startsWith('.')) {
      const path = join(dir, specifier);
      const found = this.#files([path], isFolder(specifier));
      return found.kind === 'unresolved' ? this.#built(path) : found;
    }
    if (specifier.startsWith('/')) return this.#rootAbsolute(dir, specifier);
    if (specifier.startsWith('#')) {
      const own = this.#packageImport(dir, specifier);
      if (own.kind !== 'unresolved') return own;
    }
    return this.#bare(dir, specifier);
  }

  #bare(dir: string, specifier: string): Resolution {
    const aliased = this.#alias(dir, specifier);
    if (aliased !== undefined) return aliased;
    if (specifier.startsWith('node:') || BUILTINS.has(specifier)) return { kind: 'builtin', name: specifier };
    const scheme = /^([a-z]+):/.exec(specifier)?.[1];
    // Deno takes packages as `npm:lodash@4/fp`.
    const asked = scheme === 'npm' ? specifier.slice('npm:'.length).replace(/^\/|(?<=.)@[^/]*/g, '') : specifier;
    if (scheme !== undefined && asked === specifier) return { kind: 'builtin', name: specifier };
    const { name, subpath } = splitPackage(asked);
    const local = this.#byName.get(name);
    if (local !== undefined) return this.#localPackage(local, subpath);
    return isPackageName(name) ? { kind: 'package', ecosystem: 'npm', name, subpath } : UNRESOLVED;
  }

  #alias(dir: string, specifier: string): Resolution | undefined {
    for (const aliases of this.#aliasesFor(dir)) {
      for (const target of aliasTargets(aliases, specifier)) {
        const paths = this.#find(target);
        if (paths.length > 0) return { kind: 'files', paths };
      }
    }
    return undefined;
  }

  #aliasesFor(dir: string): readonly PathAliases[] {
    const known = this.#aliasesOf.get(dir);
    if (known !== undefined) return known;
    const own = this.#aliases.get(dir) ?? [];
    const found = dir === '' ? own : [...own, ...this.#aliasesFor(folder(dir))];
    this.#aliasesOf.set(dir, found);
    return found;
  }

  /** Vite and its kin take `/x` from the package's root or its `public` folder. */
  #rootAbsolute(dir: string, specifier: string): Resolution {
    const owner = this.#packageFor(dir)?.dir ?? '';
    return this.#files([join(owner, `.${specifier}`), join(owner, `public${specifier}`)]);
  }

  #packageImport(dir: string, specifier: string): Resolution {
    const owner = this.#packageFor(dir);
    if (owner === undefined) return UNRESOLVED;
    const targets = matchMap(owner.imports, specifier) ?? [];
    const local = targets.filter((target) => target.startsWith('.'));
    const files = this.#sources(owner, local);
    if (files.length > 0) return { kind: 'files', paths: files };
    const other = targets.find((target) => !target.startsWith('.'));
    return other === undefined ? UNRESOLVED : this.#bare(dir, other);
  }

  /** What is only there once it is built: a package by its folder, or a file among those that a build makes. */
  #built(path: string): Resolution {
    const whole = this.#byDir.get(path);
    if (whole?.real === true) return this.#localPackage(whole, '');
    const owner = this.#packageFor(folder(path));
    const within = owner === undefined ? '' : path.slice(owner.dir === '' ? 0 : owner.dir.length + 1);
    if (owner === undefined || path.startsWith('..') || !BUILD_OUTPUT.test(within)) return UNRESOLVED;
    const source = this.#builtFrom(owner.dir, within);
    return { kind: 'files', paths: source === undefined ? this.#allSources(owner) : [source] };
  }

  /** Never the importing package's `dist`: what it was built from, so that the edge leads to what a person changes. */
  #localPackage(local: PackageJson, subpath: string): Resolution {
    const key = subpath === '' ? '.' : `./${subpath}`;
    const targets =
      local.exports === undefined ? this.#legacyEntry(local, subpath) : (matchMap(local.exports, key) ?? []);
    const files = this.#sources(local, targets);
    if (files.length > 0) return { kind: 'files', paths: files };
    const deep =
      subpath === ''
        ? undefined
        : (this.#file(join(local.dir, subpath)) ?? this.#file(join(local.dir, `src/${subpath}`)));
    if (deep !== undefined) return { kind: 'files', paths: [deep] };
    const entry = this.#file(join(local.dir, 'src')) ?? this.#file(local.dir);
    if (entry !== undefined) return { kind: 'files', paths: [entry] };
    return { kind: 'files', paths: this.#allSources(local) };
  }

  #legacyEntry(local: PackageJson, subpath: string): readonly string[] {
    return subpath === '' ? [...local.main, './index'] : [subpath];
  }

  /** The entry is built by a tool we do not know: whoever imports the package depends on all of it. */
  #allSources(local: PackageJson): string[] {
    const prefix = local.dir === '' ? '' : `${local.dir}/`;
    return this.#tree.paths.filter(
      (path) => path.startsWith(prefix) && /\.[cm]?[jt]sx?$/.test(path) && !/\.(test|spec)\./.test(path),
    );
  }

  #sources(owner: PackageJson, targets: readonly string[]): string[] {
    const found = new Set<string>();
    for (const target of targets) {
      const file = this.#file(join(owner.dir, target)) ?? this.#builtFrom(owner.dir, target);
      if (file !== undefined) found.add(file);
    }
    return [...found];
  }

  #builtFrom(dir: string, target: string): string | undefined {
    const parts = posix.normalize(target).split('/');
    for (let drop = 1; drop <= Math.min(3, parts.length - 1); drop++) {
      const rest = parts
        .slice(drop)
        .join('/')
        .replace(/(\.d)?\.([cm]?)[jt]sx?$/, '');
      for (const source of [`src/${rest}`, rest, `lib/${rest}`, `source/${rest}`]) {
        const file = this.#file(join(dir, source));
        if (file !== undefined) return file;
      }
    }
    return undefined;
  }

  #packageFor(dir: string): PackageJson | undefined {
    if (this.#packageOf.has(dir)) return this.#packageOf.get(dir);
    const own = this.#byDir.get(dir);
    const found = own?.real === true || dir === '' ? own : this.#packageFor(folder(dir));
    this.#packageOf.set(dir, found);
    return found;
  }

  #glob(dir: string, specifier: string): Resolution {
    // `?` is part of a pattern or begins a query.
    const written = [...new Set([specifier, stripQuery(specifier)])].filter((one) => one !== '');
    const globs = written.flatMap((one) => this.#globs(dir, one));
    const paths = globPaths(this.#tree.paths, globs);
    const own = /^(?:\.|\/|\*\*)/.test(specifier);
    return own || paths.length > 0 ? { kind: 'files', paths } : UNRESOLVED;
  }

  /** Where the files of a pattern may be. */
  #globs(dir: string, specifier: string): FileGlob[] {
    if (specifier.startsWith('.')) return [{ dir, pattern: specifier }];
    const owner = this.#packageFor(dir);
    if (/^(?:\/|\*\*)/.test(specifier))
      return ['', owner?.dir ?? ''].map((root) => ({ dir: root, pattern: specifier.replace(/^\/+/, '') }));
    const { name, subpath } = splitPackage(specifier);
    const local = this.#byName.get(name);
    const aliased = this.#aliasesFor(dir).flatMap((aliases) => aliasTargets(aliases, specifier));
    return [
      ...aliased.map((pattern) => ({ dir: '', pattern })),
      ...(specifier.startsWith('#') && owner !== undefined ? ownGlobs(owner, owner.imports, specifier) : []),
      ...(local === undefined || subpath === '' ? [] : ownGlobs(local, local.exports, `./${subpath}`)),
    ];
  }

  #files(candidates: readonly string[], asFolder = false): Resolution {
    for (const candidate of candidates) {
      const paths = asFolder ? findInFolder(this.#tree, candidate, this.#mainOf) : this.#find(candidate);
      if (paths.length > 0) return { kind: 'files', paths };
    }
    return UNRESOLVED;
  }

  #find(path: string): readonly string[] {
    return findModule(this.#tree, path, this.#mainOf);
  }

  #file(path: string): string | undefined {
    return this.#find(path)[0];
  }

  readonly #mainOf = (dir: string): readonly string[] => this.#byDir.get(dir)?.main ?? [];
}

/** `..` and `./x/` name no file beside the folder. */
function isFolder(specifier: string): boolean {
  return /(?:^|\/)\.{0,2}$/.test(specifier);
}

/** What a map says of a pattern, and what is there under its own name or in `src`. */
function ownGlobs({ dir }: PackageJson, map: unknown, key: string): FileGlob[] {
  const targets = (matchMap(map, key) ?? []).filter((target) => target.startsWith('.'));
  const own = key.startsWith('.') ? [key, `src/${key}`] : [];
  return [...targets, ...own].map((pattern) => ({ dir, pattern }));
}

/** Vite's `?raw`, `?url`, `?worker` change the form of a module, not which one it is; nor does webpack's `raw-loader!`. */
function stripQuery(specifier: string): string {
  const at = specifier.search(/[?]/);
  return at > 0 ? specifier.slice(0, at) : specifier;
}

/** A relative specifier is a URL to Node: `../%61.js#b` is `../a.js`. */
function asUrl(specifier: string): string {
  if (!/^[./].*[#%]/.test(specifier)) return specifier;
  try {
    return decodeURIComponent(specifier.replace(/#.*/, ''));
  } catch {
    // No escape of a URL, but a name with a per cent sign.
    return specifier;
  }
}

export function splitPackage(specifier: string): { readonly name: string; readonly subpath: string } {
  const parts = specifier.split('/');
  const count = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, count).join('/'), subpath: parts.slice(count).join('/') };
}

function isPackageName(name: string): boolean {
  return /^(@[\w.~-]+\/)?[\w.~-]+$/.test(name);
}
