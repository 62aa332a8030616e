import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { Reference, Resolution, Resolver } from '../../engine/language.ts';
import type { Tree } from '../../engine/ports.ts';
import { BUILTINS } from './builtins.ts';
import { matchMap, type PackageJson, readPackage } from './packages.ts';
import { aliasTargets, type PathAliases, readAliases } from './tsconfig.ts';

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
const UNRESOLVED: Resolution = { kind: 'unresolved' };

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
    const specifier = stripQuery(reference.specifier);
    if (specifier === '') return UNRESOLVED;
    const dir = folder(from);
    if (reference.glob === true) return this.#glob(dir, specifier);
    if (specifier.startsWith('.')) return this.#files([join(dir, specifier)]);
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
    if (scheme !== undefined) return { kind: 'builtin', name: specifier };
    const { name, subpath } = splitPackage(specifier);
    const local = this.#byName.get(name);
    if (local !== undefined) return this.#localPackage(local, subpath);
    return isPackageName(name) ? { kind: 'package', ecosystem: 'npm', name, subpath } : UNRESOLVED;
  }

  #alias(dir: string, specifier: string): Resolution | undefined {
    for (const aliases of this.#aliasesFor(dir)) {
      for (const target of aliasTargets(aliases, specifier)) {
        const file = this.#file(target);
        if (file !== undefined) return { kind: 'files', paths: [file] };
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
    const pattern = specifier.startsWith('.')
      ? join(dir, specifier)
      : specifier.startsWith('/')
        ? specifier.slice(1)
        : undefined;
    if (pattern === undefined) return UNRESOLVED;
    const base = pattern.slice(0, pattern.search(/[*?{[(]/) < 0 ? pattern.length : pattern.search(/[*?{[(]/));
    const matches = picomatch([pattern, `${pattern}.*`], { dot: true });
    return { kind: 'files', paths: this.#tree.paths.filter((path) => path.startsWith(base) && matches(path)) };
  }

  #files(candidates: readonly string[]): Resolution {
    for (const candidate of candidates) {
      const file = this.#file(candidate);
      if (file !== undefined) return { kind: 'files', paths: [file] };
    }
    return UNRESOLVED;
  }

  #file(path: string): string | undefined {
    const { has } = this.#lookup;
    if (path.startsWith('..')) return undefined;
    for (const [written, sources] of REWRITES) {
      if (!path.endsWith(written)) continue;
      const stem = path.slice(0, -written.length);
      for (const source of sources) if (has(stem + source)) return stem + source;
    }
    if (path !== '' && has(path)) return path;
    for (const extension of EXTENSIONS) if (has(path + extension)) return path + extension;
    for (const index of INDEXES) {
      const file = path === '' ? index.slice(1) : path + index;
      if (has(file)) return file;
    }
    return this.#folderMain(path);
  }

  /** A folder that holds a package.json with `main`. */
  #folderMain(path: string): string | undefined {
    const main = this.#byDir.get(path)?.main ?? [];
    for (const target of main) {
      const file = join(path, target);
      if (this.#tree.has(file)) return file;
      if (this.#tree.has(`${file}.js`)) return `${file}.js`;
    }
    return undefined;
  }

  get #lookup(): { has: (path: string) => boolean } {
    return { has: (path) => this.#tree.has(path) };
  }
}

/** Vite's `?raw`, `?url`, `?worker` change the form of a module, not which one it is. */
function stripQuery(specifier: string): string {
  const at = specifier.search(/[?]/);
  return at > 0 ? specifier.slice(0, at) : specifier;
}

export function splitPackage(specifier: string): { readonly name: string; readonly subpath: string } {
  const parts = specifier.split('/');
  const count = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, count).join('/'), subpath: parts.slice(count).join('/') };
}

function isPackageName(name: string): boolean {
  return /^(@[\w.~-]+\/)?[\w.~-]+$/.test(name);
}

function folder(path: string): string {
  const dir = posix.dirname(path);
  return dir === '.' ? '' : dir;
}

function join(dir: string, path: string): string {
  const joined = posix.join(dir, path);
  return joined === '.' ? '' : joined.replace(/\/$/, '');
}
