import { posix } from 'node:path';
import type { Project } from '../../engine/language.ts';
import type { Tree } from '../../engine/ports.ts';
import { type GradleScript, readCatalogue, readGradle } from './gradle.ts';
import { readPom } from './pom.ts';
import { nameOf, parentOf } from './sources.ts';

export function findProjects(tree: Tree): readonly Project[] {
  const poms = tree.paths
    .filter((path) => nameOf(path) === 'pom.xml')
    .map((path) => mavenProject(path, tree.read(path) ?? ''));
  const maven = new Set(poms.map(({ root }) => root));
  return [...poms, ...gradleProjects(tree).filter(({ root }) => !maven.has(root))];
}

function mavenProject(path: string, text: string): Project {
  const pom = readPom(text);
  const root = parentOf(path);
  const declares = unique(pom.dependencies);
  return {
    name: pom.name ?? fallbackName(root),
    root,
    manifest: path,
    language: 'java',
    dependsOn: unique(declares.map((name) => name.slice(name.indexOf(':') + 1))),
    declares,
  };
}

/** A build script makes a project, and so does being included by settings. */
function gradleProjects(tree: Tree): readonly Project[] {
  const scripts = new Map<string, { readonly path: string; readonly script: GradleScript }>();
  const names = new Map<string, string>();
  for (const path of tree.paths) {
    const name = nameOf(path);
    if (!name.endsWith('.gradle') && !name.endsWith('.gradle.kts')) continue;
    const script = readGradle(tree.read(path) ?? '');
    if (name.startsWith('settings.')) nameIncluded(names, parentOf(path), script);
    if (name.startsWith('build.') || name === `${nameOf(parentOf(path))}.gradle`)
      scripts.set(parentOf(path), { path, script });
  }
  const catalogue = readCatalogue(tree.read('gradle/libs.versions.toml') ?? '');
  const accessors = new Map([...names.values()].map((name) => [accessorOf(name), name]));
  return [...scripts].map(([root, { path, script }]) => ({
    name: names.get(root) ?? fallbackName(root),
    root,
    manifest: path,
    language: 'java',
    dependsOn: unique(script.projects.map((name) => accessors.get(accessorOf(name)) ?? name)),
    declares: unique([
      ...script.dependencies,
      ...script.catalogue.flatMap((accessor) => catalogue.get(accessor) ?? []),
    ]),
  }));
}

/** Project paths (`a:b`) by folder, as one settings script lays them out. */
function nameIncluded(names: Map<string, string>, root: string, settings: GradleScript): void {
  if (settings.rootName !== undefined) names.set(root, settings.rootName);
  for (const path of settings.includes) {
    const folder = settings.folders.get(path) ?? path.replaceAll(':', '/');
    names.set(posix.join(root, folder), path);
  }
}

/** Gradle's type-safe accessors write `:foo-bar:baz` as `projects.fooBar.baz`. */
function accessorOf(path: string): string {
  return path.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll(':', '.');
}

function fallbackName(root: string): string {
  return posix.basename(root) || 'root';
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
