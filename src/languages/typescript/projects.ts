import { posix } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { globMatcher } from '../../engine/glob.ts';
import type { Project } from '../../engine/language.ts';
import type { Tree } from '../../engine/ports.ts';
import { isRecord, type PackageJson, readJson, readPackage } from './packages.ts';

const APART = /(^|\/)(node_modules|fixtures?|__fixtures__|testdata|templates?|vendor)(\/|$)/;

/**
 * Members of npm, yarn and pnpm workspaces; without a workspace every package.json that stands for a package; and
 * tsconfig project references, which divide a repository that has one package.json.
 */
export function findProjects(tree: Tree): readonly Project[] {
  const packages = tree.paths
    .filter((path) => (path === 'package.json' || path.endsWith('/package.json')) && !APART.test(path))
    .flatMap((path) => readPackage(tree, path) ?? []);
  const root = packages.find((found) => found.dir === '');
  const members = workspaceMembers(tree, root, packages);
  const projects = members.filter((found) => found.real).map(toProject);
  return [...projects, ...referencedProjects(tree, projects)];
}

function workspaceMembers(
  tree: Tree,
  root: PackageJson | undefined,
  packages: readonly PackageJson[],
): readonly PackageJson[] {
  const patterns = [...(root?.workspaces ?? []), ...pnpmPatterns(tree)];
  if (patterns.length === 0) return packages;
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map(cleanPattern);
  const unwanted = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => cleanPattern(pattern.slice(1)));
  const isWanted = globMatcher(wanted);
  const isUnwanted = globMatcher(unwanted);
  return packages.filter((found) => found.dir === '' || (isWanted(found.dir) && !isUnwanted(found.dir)));
}

function cleanPattern(pattern: string): string {
  return pattern.replace(/^\.\//, '').replace(/\/$/, '');
}

function pnpmPatterns(tree: Tree): readonly string[] {
  const text = tree.read('pnpm-workspace.yaml');
  if (text === undefined) return [];
  try {
    const value: unknown = parseYaml(text);
    const packages = isRecord(value) ? value['packages'] : undefined;
    return Array.isArray(packages) ? packages.filter((item) => typeof item === 'string') : [];
  } catch {
    // A broken workspace file names no members; every package.json then counts, which checks more, not less.
    return [];
  }
}

function toProject(found: PackageJson): Project {
  return {
    name: found.name ?? (posix.basename(found.dir) || 'root'),
    root: found.dir,
    manifest: found.dir === '' ? 'package.json' : `${found.dir}/package.json`,
    language: 'typescript',
    dependsOn: found.dependencies,
    declares: found.dependencies,
  };
}

function referencedProjects(tree: Tree, known: readonly Project[]): readonly Project[] {
  const roots = new Set(known.map((project) => project.root));
  const configs = tree.paths.filter((path) => /(^|\/)tsconfig\.json$/.test(path) && !APART.test(path));
  const referenced = new Set(configs.flatMap((path) => referencesOf(tree, path)));
  return configs
    .filter((path) => referenced.has(posix.dirname(path)) && !roots.has(posix.dirname(path)))
    .map((path) => ({
      name: posix.dirname(path),
      root: posix.dirname(path),
      manifest: path,
      language: 'typescript' as const,
      dependsOn: referencesOf(tree, path),
      declares: [],
    }));
}

/** Folders that a tsconfig references; one that points at a file inside a folder counts as that folder. */
function referencesOf(tree: Tree, path: string): string[] {
  const references = readJson(tree, path)?.['references'];
  if (!Array.isArray(references)) return [];
  return references.flatMap((item: unknown) => {
    if (!isRecord(item) || typeof item['path'] !== 'string') return [];
    const target = posix.join(posix.dirname(path), item['path']);
    const dir = target.endsWith('.json') ? posix.dirname(target) : target.replace(/\/$/, '');
    return dir === '.' || dir === posix.dirname(path) || dir === '..' || dir.startsWith('../') ? [] : [dir];
  });
}
