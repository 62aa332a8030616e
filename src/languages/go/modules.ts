import { posix } from 'node:path';
import type { Tree } from '../../engine/ports.ts';
import { type ModFile, parseModFile } from './modfile.ts';

export interface Module extends ModFile {
  /** Folder relative to the root; empty for the root itself. */
  readonly root: string;
  readonly manifest: string;
}

/** An import-path prefix and the folder that its packages lie in. */
export interface Mount {
  readonly prefix: string;
  readonly root: string;
}

/** The go.mod and go.work files of a tree, and what each module can see of the others. */
export interface Modules {
  /** The module that owns a folder. */
  owner(folder: string): Module | undefined;
  /** Longest prefix first. */
  mounts(module: Module): readonly Mount[];
  /** Folder of the standard library's own source, where this tree is Go's. */
  readonly standard: Module | undefined;
}

const EMPTY: ModFile = { module: '', requires: [], replaces: [], uses: [] };

export function readModule(tree: Tree, manifest: string): Module {
  const text = tree.read(manifest);
  return { ...(text === undefined ? EMPTY : parseModFile(text)), root: folderOf(manifest), manifest };
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** Posix join that answers '' for the root and undefined for what lies outside of it. */
export function within(folder: string, relative: string): string | undefined {
  if (relative.startsWith('/')) return undefined;
  const joined = posix.join(folder, relative);
  if (joined === '.' || joined === './') return '';
  if (joined === '..' || joined.startsWith('../')) return undefined;
  return joined.endsWith('/') ? joined.slice(0, -1) : joined;
}

export function createModules(tree: Tree, manifests: readonly string[], workfiles: readonly string[]): Modules {
  const byRoot = new Map(manifests.map((path) => [folderOf(path), readModule(tree, path)]));
  const workspaces = workfiles.map((path) => readModule(tree, path));
  const mounts = new Map<string, readonly Mount[]>();
  const owners = new Map<string, Module | undefined>();
  const owner = (folder: string): Module | undefined => {
    if (owners.has(folder)) return owners.get(folder);
    const found = byRoot.get(folder) ?? (folder === '' ? undefined : owner(folderOf(folder)));
    owners.set(folder, found);
    return found;
  };
  return {
    owner,
    mounts(module) {
      const known = mounts.get(module.root) ?? mountsOf(module, byRoot, workspaces);
      mounts.set(module.root, known);
      return known;
    },
    standard: [...byRoot.values()].find(({ module }) => module === 'std'),
  };
}

function mountsOf(
  module: Module,
  byRoot: ReadonlyMap<string, Module>,
  workspaces: readonly Module[],
): readonly Mount[] {
  const mounts = new Map<string, string>();
  const add = (prefix: string, root: string | undefined) => {
    if (prefix !== '' && root !== undefined && !mounts.has(prefix)) mounts.set(prefix, root);
  };
  const addReplaces = (file: Module) => {
    for (const { path, by } of file.replaces)
      if (/^\.{0,2}\//.test(by) || /^\.{1,2}$/.test(by)) add(path, within(file.root, by));
  };
  add(module.module, module.root);
  addReplaces(module);
  const workspace = nearestWorkspace(module, workspaces);
  for (const folder of workspace?.uses ?? []) {
    const used = byRoot.get(within(workspace?.root ?? '', folder) ?? '\0');
    if (!used) continue;
    add(used.module, used.root);
    addReplaces(used);
  }
  if (workspace) addReplaces(workspace);
  return [...mounts].map(([prefix, root]) => ({ prefix, root })).sort((a, b) => b.prefix.length - a.prefix.length);
}

/** go takes the nearest go.work upwards; a module that it does not use is built without it. */
function nearestWorkspace(module: Module, workspaces: readonly Module[]): Module | undefined {
  const above = workspaces.filter(
    ({ root }) => root === '' || module.root === root || module.root.startsWith(`${root}/`),
  );
  const nearest = above.sort((a, b) => b.root.length - a.root.length)[0];
  return nearest?.uses.some((folder) => within(nearest.root, folder) === module.root) ? nearest : undefined;
}
