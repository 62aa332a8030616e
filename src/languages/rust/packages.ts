import type { Tree } from '../../engine/ports.ts';
import { type Dependency, type Manifest, parseManifest } from './manifest.ts';
import { folderOf, inFolder, within } from './paths.ts';

/** A folder with a Cargo.toml, which may be a package, a workspace or both. */
export interface Package extends Manifest {
  readonly root: string;
  readonly manifest: string;
}

/** A dependency with what the workspace and [patch] add; `folder` where the package lies in this tree. */
export interface Linked {
  readonly dependency: Dependency;
  readonly folder: string | undefined;
}

/** Manifests are parsed when something first asks for them. */
export interface Packages {
  readonly manifests: readonly string[];
  at(folder: string): Package | undefined;
  /** The package that a file belongs to: the nearest Cargo.toml upwards that has a [package]. */
  owner(folder: string): Package | undefined;
  edition(of: Package): string;
  dependencies(of: Package): readonly Linked[];
}

export function createPackages(tree: Tree, manifests: readonly string[]): Packages {
  const known = new Set(manifests);
  const parsed = new Map<string, Package>();
  const linked = new Map<Package, readonly Linked[]>();
  const at = (folder: string): Package | undefined => {
    const manifest = inFolder(folder, 'Cargo.toml');
    if (!known.has(manifest)) return undefined;
    const found = parsed.get(folder) ?? { ...parseManifest(tree.read(manifest) ?? ''), root: folder, manifest };
    parsed.set(folder, found);
    return found;
  };
  return {
    manifests,
    at,
    owner: createOwner(at),
    edition: (of) => of.edition || (workspaceOf(of, at)?.workspace?.edition ?? '2021'),
    dependencies(of) {
      const links = linked.get(of) ?? link(of, workspaceOf(of, at), at);
      linked.set(of, links);
      return links;
    },
  };
}

function createOwner(at: Packages['at']): Packages['owner'] {
  const owners = new Map<string, Package | undefined>();
  const owner = (folder: string): Package | undefined => {
    if (owners.has(folder)) return owners.get(folder);
    const here = at(folder);
    const above = here?.name === undefined && folder !== '' ? owner(folderOf(folder)) : here;
    const found = above?.name === undefined ? undefined : above;
    owners.set(folder, found);
    return found;
  };
  return owner;
}

/** The nearest [workspace] upwards that does not exclude the package. */
function workspaceOf(of: Package, at: (folder: string) => Package | undefined): Package | undefined {
  for (let folder = of.root; ; folder = folderOf(folder)) {
    const candidate = at(folder);
    const workspace = candidate?.workspace;
    if (workspace && (folder === of.root || !workspace.exclude.some((glob) => excludes(folder, glob, of.root)))) {
      return candidate;
    }
    if (folder === '') return undefined;
  }
}

/** Cargo takes entries of `exclude` as plain folders; globs are widespread all the same. */
function excludes(workspace: string, entry: string, folder: string): boolean {
  const base = within(workspace, entry.replace(/\/?\*+$/, ''));
  return base !== undefined && (folder === base || folder.startsWith(`${base}/`));
}

function link(
  of: Package,
  workspace: Package | undefined,
  at: (folder: string) => Package | undefined,
): readonly Linked[] {
  const patches = workspace?.patches ?? of.patches;
  return of.dependencies.map((written) => {
    const shared = written.inherited
      ? workspace?.workspace?.dependencies.find(({ key }) => key === written.key)
      : undefined;
    const dependency = shared ?? written;
    const base = shared ? (workspace?.root ?? '') : of.root;
    const patched = patches.get(dependency.name);
    const path = dependency.path ?? patched;
    const folder =
      path === undefined ? undefined : within(dependency.path === undefined ? (workspace ?? of).root : base, path);
    return { dependency, folder: folder !== undefined && at(folder)?.name !== undefined ? folder : undefined };
  });
}
