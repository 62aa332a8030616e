import type { Target } from '../checks/check.ts';
import type { Tree } from '../ports.ts';
import { isTooLong } from './file-arguments.ts';
import { folderOf, isForeign, isWithin, joinPath, nearestFolder, relativeTo } from './folders.ts';

/** Names of environment variables that change what Go builds. */
export const GO_ENV = ['GOFLAGS', 'GOOS', 'GOARCH', 'GOEXPERIMENT', 'GOTOOLCHAIN', 'GOWORK', 'CGO_ENABLED'];

/** A Go module: the folder of a go.mod. */
export interface GoModule {
  readonly dir: string;
  /** Text of go.mod. */
  readonly text: string;
  /** Whether Go looks at the file as part of this module. */
  holds(path: string): boolean;
}

export function findGoModules(tree: Tree): readonly GoModule[] {
  const dirs = tree.paths.filter((path) => /(?:^|\/)go\.mod$/.test(path) && !isForeign(path)).map(folderOf);
  return dirs.map((dir) => ({
    dir,
    text: tree.read(joinPath(dir, 'go.mod')) ?? '',
    holds: (path) =>
      path.endsWith('.go') &&
      isWithin(dir, path) &&
      nearestFolder(dirs, path) === dir &&
      !isOutside(relativeTo(dir, path)),
  }));
}

/** `./...` passes over these. */
function isOutside(path: string): boolean {
  return /(?:^|\/)(?:testdata|vendor|[_.][^/]*)\//.test(path) || /(?:^|\/)[_.][^/]*$/.test(path);
}

/** The module's own files that `go.work` or go.mod make it read. */
export function goConfig(tree: Tree, module: GoModule): readonly string[] {
  return ['go.mod', 'go.sum', 'go.work'].map((name) => joinPath(module.dir, name)).filter((path) => tree.has(path));
}

/**
 * Packages for a target: `./dir` for each folder of its files that `admits` some file, everything for everything.
 * Folders whose files are all for no build (`//go:build ignore`) are errors when named, so they are left out.
 */
export function goPackages(
  tree: Tree,
  module: GoModule,
  target: Target,
  admits: (path: string) => boolean = () => true,
): readonly string[] {
  if (target.kind === 'all') return ['./...'];
  const wanted = [...new Set(target.paths.filter((path) => module.holds(path)).map(folderOf))];
  const named = new Set(wanted);
  const usable = new Set<string>();
  for (const path of tree.paths) {
    const dir = folderOf(path);
    if (named.has(dir) && !usable.has(dir) && module.holds(path) && admits(path) && !isNeverBuilt(tree, path))
      usable.add(dir);
  }
  const packages = wanted.filter((dir) => usable.has(dir)).map((dir) => `./${relativeTo(module.dir, dir)}`);
  return isTooLong(packages) ? ['./...'] : packages.map((name) => (name === './' ? '.' : name));
}

function isNeverBuilt(tree: Tree, path: string): boolean {
  return /^\/\/ ?(?:go:build|\+build) +ignore\b/m.test((tree.read(path) ?? '').slice(0, 4000));
}
