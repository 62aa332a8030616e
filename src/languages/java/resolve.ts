import type { Reference, Resolution, Resolver } from '../../engine/language.ts';
import type { Tree } from '../../engine/ports.ts';
import { isJdk } from './jdk.ts';
import { isUpper } from './lex.ts';
import { filesOfClass, foldersOfPackage, indexSources, nameOf, parentOf, type Sources } from './sources.ts';

const UNRESOLVED: Resolution = { kind: 'unresolved' };
/** Segments of a package name that mostly tell one library from another: com.google.gson, org.junit. */
const PACKAGE_DEPTH = 3;

export function createResolver(tree: Tree): Resolver {
  const manifests = tree.paths.filter((path) => isBuildFile(nameOf(path)));
  return new JavaResolver(indexSources(tree.paths), new Set(manifests.map(parentOf)));
}

export function isBuildFile(name: string): boolean {
  return name === 'pom.xml' || name.endsWith('.gradle') || name.endsWith('.gradle.kts');
}

class JavaResolver implements Resolver {
  private readonly sources: Sources;
  /** Folders with a build file. */
  private readonly modules: ReadonlySet<string>;

  constructor(sources: Sources, modules: ReadonlySet<string>) {
    this.sources = sources;
    this.modules = modules;
  }

  resolve(from: string, reference: Reference): Resolution {
    const { specifier, kind } = reference;
    if (specifier === undefined || specifier === '') return UNRESOLVED;
    // A nested class is a.b.C$D to Class.forName.
    const segments = specifier.replaceAll('$', '.').split('.');
    if (segments.includes('')) return UNRESOLVED;
    if (reference.glob === true) return this.pattern(from, segments);
    if (segments.at(-1) === '*') return this.wildcard(from, segments.slice(0, -1), reference.names ?? []);
    const paths = this.classFiles(from, segments);
    if (paths.length > 0) return this.files(from, paths);
    if (kind === 'implicit') return { kind: 'builtin', name: segments.at(-1) ?? '' };
    return this.descriptor(from, segments) ?? this.foreign(segments);
  }

  /** Nested classes and static members are in the file of a class further left. */
  private classFiles(from: string, segments: readonly string[]): readonly string[] {
    for (let length = segments.length; length > 0; length--) {
      const name = segments[length - 1] ?? '';
      if (length < segments.length && !isUpper(name.charCodeAt(0))) continue;
      const paths = filesOfClass(this.sources, segments.slice(0, length), from);
      if (paths.length > 0) return paths;
    }
    return [];
  }

  /** The types that are used, else the class whose members are meant, else all of the package. */
  private wildcard(from: string, segments: readonly string[], names: readonly string[]): Resolution {
    const used = names.flatMap((name) => filesOfClass(this.sources, [...segments, name], from));
    if (used.length > 0) return this.files(from, used);
    const owner = this.classFiles(from, segments);
    if (owner.length > 0) return this.files(from, owner);
    const all = foldersOfPackage(this.sources, segments).flatMap((folder) => this.sources.inFolder.get(folder) ?? []);
    return all.length > 0 ? this.files(from, all) : this.foreign(segments);
  }

  private pattern(from: string, segments: readonly string[]): Resolution {
    const computed = segments.findIndex((segment) => segment.includes('*'));
    if (computed < 1) return UNRESOLVED;
    const known = segments.slice(0, computed);
    const [prefix = '', suffix = ''] = (segments[computed] ?? '').split('*');
    const folders = segments.length === computed + 1 ? foldersOfPackage(this.sources, known) : [];
    const paths = folders
      .flatMap((folder) => this.sources.inFolder.get(folder) ?? [])
      .filter((path) => {
        const name = nameOf(path).slice(0, -'.java'.length);
        return name.startsWith(prefix) && name.endsWith(suffix);
      });
    if (paths.length > 0) return this.files(from, paths);
    return isJdk(known) ? { kind: 'builtin', name: known.join('.') } : UNRESOLVED;
  }

  /** `requires a.b`: by convention a module is called like its main package, beside which its descriptor stands. */
  private descriptor(from: string, segments: readonly string[]): Resolution | undefined {
    if (nameOf(from) !== 'module-info.java') return undefined;
    const below = `/${segments.join('/')}`;
    const paths = foldersOfPackage(this.sources, segments)
      .map((folder) => `/${folder}`.slice(1, -below.length))
      .flatMap((root) => (this.sources.inFolder.get(root) ?? []).filter((path) => nameOf(path) === 'module-info.java'));
    return paths.length > 0 ? this.files(from, paths) : undefined;
  }

  private foreign(segments: readonly string[]): Resolution {
    if (isJdk(segments)) return { kind: 'builtin', name: segments.join('.') };
    const type = segments.findIndex((segment) => isUpper(segment.charCodeAt(0)));
    const folders = type < 0 ? segments : segments.slice(0, type);
    const depth = Math.min(Math.max(folders.length, 1), PACKAGE_DEPTH);
    // In or below a package of ours it may be a generated class, or a second class in some file.
    if (
      [folders, segments.slice(0, depth)].some(
        (ours) => ours.length > 1 && foldersOfPackage(this.sources, ours).length > 0,
      )
    ) {
      return UNRESOLVED;
    }
    const [name, subpath] = [segments.slice(0, depth), segments.slice(depth)].map((part) => part.join('.'));
    return { kind: 'package', ecosystem: 'maven', name: name ?? '', subpath: subpath ?? '' };
  }

  /** Of several files for one name those of the importing module are meant, if it has any. */
  private files(from: string, paths: readonly string[]): Resolution {
    const all = [...new Set(paths)];
    const home = this.moduleOf(from);
    const own = all.filter((path) => this.moduleOf(path) === home);
    const byClass = new Set(own.map(nameOf));
    const chosen = all.filter((path) => own.includes(path) || !byClass.has(nameOf(path)));
    return { kind: 'files', paths: chosen.filter((path) => path !== from) };
  }

  private moduleOf(path: string): string {
    let at = parentOf(path);
    while (at !== '' && !this.modules.has(at)) at = parentOf(at);
    return at;
  }
}
