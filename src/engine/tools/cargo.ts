import type { Target } from '../checks/check.ts';
import { globMatcher } from '../glob.ts';
import type { Tree } from '../ports.ts';
import { readConfig } from './config-text.ts';
import { isTooLong } from './file-arguments.ts';
import { folderOf, isForeign, isWithin, joinPath, nearestFolder, relativeTo } from './folders.ts';
import { asRecord, asStrings, type JsonRecord } from './records.ts';

export const CARGO_ENV = [
  'RUSTFLAGS',
  'CARGO_BUILD_TARGET',
  'CARGO_ENCODED_RUSTFLAGS',
  'RUSTUP_TOOLCHAIN',
  'RUSTC_WRAPPER',
];

export interface Crate {
  readonly dir: string;
  readonly name: string;
}

/** Crates that are built together, with one lock file and one target folder. */
export interface CargoWorkspace {
  readonly dir: string;
  readonly manifest: JsonRecord;
  readonly crates: readonly Crate[];
  /** Manifests, lock file and toolchain choice. */
  readonly config: readonly string[];
  holds(path: string): boolean;
}

export function findCargoWorkspaces(tree: Tree): readonly CargoWorkspace[] {
  const manifests = tree.paths.filter((path) => /(?:^|\/)Cargo\.toml$/.test(path) && !isForeign(path));
  const read = manifests.map((path) => ({ dir: folderOf(path), manifest: readConfig(tree, path) }));
  const usual = read.filter(({ manifest }) => !isFuzzing(manifest));
  const roots = usual.filter(
    ({ dir, manifest }) => manifest['workspace'] !== undefined || !hasWorkspaceAbove(dir, usual),
  );
  const dirs = read.map(({ dir }) => dir);
  return roots.map((root) => {
    const members = usual.filter(({ dir }) => rootOf(roots, dir) === root.dir);
    const memberDirs = members.map(({ dir }) => dir);
    return {
      ...root,
      crates: members.flatMap((member) => crateOf(member.dir, member.manifest)),
      config: [...memberDirs.map((dir) => joinPath(dir, 'Cargo.toml')), ...sharedConfig(tree, root.dir)],
      holds: (path: string) => path.endsWith('.rs') && memberDirs.includes(nearestFolder(dirs, path) ?? 'none'),
    };
  });
}

function rootOf(roots: readonly Manifest[], dir: string): string | undefined {
  return nearestFolder(
    roots.map((root) => root.dir),
    joinPath(dir, 'Cargo.toml'),
  );
}

function sharedConfig(tree: Tree, dir: string): readonly string[] {
  const names = ['Cargo.lock', 'rust-toolchain.toml', 'rust-toolchain', '.cargo/config.toml'];
  return names.map((name) => joinPath(dir, name)).filter((path) => tree.has(path));
}

/** Fuzz targets build with a nightly compiler and a linker of their own. */
function isFuzzing(manifest: JsonRecord): boolean {
  return asRecord(asRecord(manifest['package'])['metadata'])['cargo-fuzz'] === true;
}

interface Manifest {
  readonly dir: string;
  readonly manifest: JsonRecord;
}

function hasWorkspaceAbove(dir: string, manifests: readonly Manifest[]): boolean {
  return manifests.some((other) => {
    const workspace = other.manifest['workspace'];
    if (workspace === undefined || other.dir === dir || !isWithin(other.dir, dir)) return false;
    const excluded = asStrings(asRecord(workspace)['exclude']);
    return !excluded.some((glob) => globMatcher(glob)(relativeTo(other.dir, dir)));
  });
}

function crateOf(dir: string, manifest: JsonRecord): readonly Crate[] {
  const name = asRecord(manifest['package'])['name'];
  return typeof name === 'string' ? [{ dir, name }] : [];
}

/** `-p NAME` for each crate a target's files are in; `--workspace` for everything. */
export function cargoPackages(workspace: CargoWorkspace, target: Target): readonly string[] {
  if (target.kind === 'all') return ['--workspace'];
  const dirs = workspace.crates.map(({ dir }) => dir);
  const wanted = new Set(target.paths.map((path) => nearestFolder(dirs, path)));
  const names = workspace.crates.filter(({ dir }) => wanted.has(dir)).map(({ name }) => name);
  const words = names.flatMap((name) => ['-p', name]);
  return isTooLong(words) ? ['--workspace'] : words;
}

/** A stale lock file is to be seen, not mended by a check. */
export function cargoLocked(tree: Tree, workspace: CargoWorkspace): readonly string[] {
  return tree.has(joinPath(workspace.dir, 'Cargo.lock')) ? ['--locked'] : [];
}
