import type { Project } from '../../engine/language.ts';
import type { Tree } from '../../engine/ports.ts';
import { type Module, readModule, within } from './modules.ts';

/** Go's own tools look into none of these for packages; a go.mod in there is a fixture of the module around it. */
const IGNORED = /(?:^|\/)(?:vendor|testdata)\//;

export function findGoProjects(tree: Tree): readonly Project[] {
  const modules = tree.paths
    .filter((path) => (path === 'go.mod' || path.endsWith('/go.mod')) && !IGNORED.test(path))
    .map((path) => readModule(tree, path));
  const names = new Map(modules.map((module) => [module.root, nameOf(module)]));
  return modules.map((module) => ({
    name: nameOf(module),
    root: module.root,
    manifest: module.manifest,
    language: 'go',
    dependsOn: [...new Set(module.requires.map((path) => replacedBy(path, module, names) ?? path))],
    declares: module.requires,
  }));
}

function nameOf({ module, root }: Module): string {
  return module || root.slice(root.lastIndexOf('/') + 1);
}

/** A module required under one path may be replaced by a folder whose own go.mod names another. */
function replacedBy(path: string, module: Module, names: ReadonlyMap<string, string>): string | undefined {
  const by = module.replaces.find((replacement) => replacement.path === path && replacement.by.startsWith('.'))?.by;
  return by === undefined ? undefined : names.get(within(module.root, by) ?? '\0');
}
