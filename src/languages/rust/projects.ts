import type { Project } from '../../engine/language.ts';
import type { Tree } from '../../engine/ports.ts';
import { createPackages } from './packages.ts';
import { inFolder } from './paths.ts';

export function findRustProjects(tree: Tree): readonly Project[] {
  const packages = createPackages(
    tree,
    tree.paths.filter((path) => path === 'Cargo.toml' || path.endsWith('/Cargo.toml')),
  );
  const projects: Project[] = [];
  for (const manifest of packages.manifests) {
    const root = manifest.slice(0, Math.max(manifest.length - '/Cargo.toml'.length, 0));
    const found = packages.at(root);
    // `cargo vendor` leaves this file beside every package that it copies.
    if (found?.name === undefined || tree.has(inFolder(root, '.cargo-checksum.json'))) continue;
    const linked = packages.dependencies(found);
    const local = linked.flatMap(({ folder }) => (folder === undefined ? [] : (packages.at(folder)?.name ?? [])));
    projects.push({
      name: found.name,
      root,
      manifest,
      language: 'rust',
      dependsOn: [...new Set(local)].filter((name) => name !== found.name),
      declares: [...new Set(linked.map(({ dependency }) => dependency.name))],
    });
  }
  return projects;
}
