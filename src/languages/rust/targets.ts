import type { Tree } from '../../engine/ports.ts';
import type { Target } from './manifest.ts';
import type { Package } from './packages.ts';
import { folderOf, inFolder, pathsUnder, within } from './paths.ts';

/** The files that rustc is handed, each the root of a crate. */
export interface Targets {
  readonly library: { readonly name: string; readonly file: string } | undefined;
  /** Build script, where there is one. */
  readonly build: string | undefined;
  readonly files: ReadonlySet<string>;
  /** Roots by the folder that they look for their modules in. */
  readonly byFolder: ReadonlyMap<string, readonly string[]>;
}

const FOLDERS: Readonly<Record<Target['kind'], string>> = {
  bin: 'src/bin',
  test: 'tests',
  example: 'examples',
  bench: 'benches',
};

export function findTargets(tree: Tree, of: Package): Targets {
  const library = fileIn(tree, of, of.library.path ?? 'src/lib.rs');
  const build = fileIn(tree, of, of.build ?? 'build.rs');
  const files = new Set(
    [library, build, ...explicit(tree, of), ...discovered(tree, of)].filter((file) => file !== undefined),
  );
  const byFolder = new Map<string, string[]>();
  for (const file of files) {
    const folder = folderOf(file);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
  }
  const name = (of.library.name ?? of.name ?? '').replaceAll('-', '_');
  return { library: library === undefined ? undefined : { name, file: library }, build, files, byFolder };
}

function fileIn(tree: Tree, { root }: Package, path: string): string | undefined {
  const file = within(root, path);
  return file !== undefined && tree.has(file) ? file : undefined;
}

function explicit(tree: Tree, of: Package): readonly string[] {
  return of.targets.flatMap(({ kind, name, path }) => {
    const folder = FOLDERS[kind];
    const places = path === undefined ? [`${folder}/${name}.rs`, `${folder}/${name}/main.rs`] : [path];
    if (path === undefined && kind === 'bin') places.push('src/main.rs');
    for (const place of places) {
      const file = fileIn(tree, of, place);
      if (file !== undefined) return [file];
    }
    return [];
  });
}

function discovered(tree: Tree, of: Package): readonly string[] {
  const files: string[] = [];
  for (const kind of ['bin', 'test', 'example', 'bench'] as const) {
    if (of.noAuto.has(kind)) continue;
    const prefix = `${inFolder(of.root, FOLDERS[kind])}/`;
    for (const path of pathsUnder(tree.paths, prefix)) {
      if (/^[^/]+(?:\.rs|\/main\.rs)$/.test(path.slice(prefix.length))) files.push(path);
    }
    const main = kind === 'bin' ? fileIn(tree, of, 'src/main.rs') : undefined;
    if (main !== undefined) files.push(main);
  }
  return files;
}
