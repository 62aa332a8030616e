/** Finds Java files by the class or package that their paths spell. */

export interface Sources {
  /** Files by simple class name, `module-info` and `package-info` included. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  /** Folders with Java files, by their last segment. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
  readonly inFolder: ReadonlyMap<string, readonly string[]>;
}

/** Where Maven and Gradle root a package; elsewhere the root can be any folder above. */
const SOURCE_ROOT = /(?:^|\/)src\/[^/]+\/java\//;

export function indexSources(paths: readonly string[]): Sources {
  const byName = new Map<string, string[]>();
  const inFolder = new Map<string, string[]>();
  for (const path of paths) {
    if (!path.endsWith('.java')) continue;
    append(byName, nameOf(path).slice(0, -'.java'.length), path);
    append(inFolder, parentOf(path), path);
  }
  const folders = new Map<string, string[]>();
  for (const folder of inFolder.keys()) append(folders, nameOf(folder), folder);
  return { byName, folders, inFolder };
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Files of the class with just these segments. */
export function filesOfClass(sources: Sources, segments: readonly string[], from: string): readonly string[] {
  const candidates = sources.byName.get(segments.at(-1) ?? '') ?? [];
  const wanted = `${segments.join('/')}.java`;
  return candidates.filter((path) => spells(path, wanted, segments.length > 1 || parentOf(path) === parentOf(from)));
}

/** Folders of the package with these segments. */
export function foldersOfPackage(sources: Sources, segments: readonly string[]): readonly string[] {
  const candidates = sources.folders.get(segments.at(-1) ?? '') ?? [];
  const wanted = segments.join('/');
  return candidates.filter((folder) => spells(folder, wanted, segments.length > 1));
}

/** Whether the path below its source root is `wanted`; where the root is not known, `loose` lets any ending do. */
function spells(path: string, wanted: string, loose: boolean): boolean {
  if (!path.endsWith(wanted)) return false;
  const root = SOURCE_ROOT.exec(path);
  if (root !== null) return path.length - wanted.length === root.index + root[0].length;
  return path.length === wanted.length || (loose && path.charAt(path.length - wanted.length - 1) === '/');
}

function append(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
