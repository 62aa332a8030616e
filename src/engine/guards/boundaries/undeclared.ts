import type { RawFinding } from '../../../protocol/finding.ts';
import type { Ecosystem, LanguageId, Project } from '../../language.ts';
import type { Tree } from '../../ports.ts';
import { isTestPath } from '../../scopes/path-rules.ts';
import type { ScopeMap } from '../../scopes/scope.ts';
import { findingAt, type Import } from './imports.ts';
import { PYPI_NAMES, plainPypi } from './pypi-names.ts';

/** Places that are programs of their own, or none, whatever manifest stands above them. */
export const APART =
  /(^|\/)(fixtures?|__fixtures__|testdata|templates?|examples?|playgrounds?|benchmarks?|benches|docs?|site|website|scripts|tools|e2e|demo|demos|vendor|node_modules)\//;

/** A file with the manifests that may declare what it imports, the nearest first. */
interface Place {
  readonly found: Import;
  readonly name: string;
  readonly projects: readonly Project[];
  readonly tree: Tree;
}

const JUDGES: Readonly<
  Record<Ecosystem, { language: LanguageId; isUndeclared(place: Place, text: string): boolean } | undefined>
> = {
  npm: { language: 'typescript', isUndeclared: isNpmUndeclared },
  go: { language: 'go', isUndeclared: isGoUndeclared },
  pypi: { language: 'python', isUndeclared: isPythonUndeclared },
  // Cargo and Maven build nothing that is not declared.
  crate: undefined,
  maven: undefined,
};

/** An import of a package that no manifest above the file declares. */
export function undeclared(found: Import, text: string, scopes: ScopeMap, tree: Tree): RawFinding | undefined {
  const { path, reference, resolution } = found;
  if (resolution.kind !== 'package' || APART.test(`/${path}`) || reference.glob === true) return undefined;
  const judge = JUDGES[resolution.ecosystem];
  if (judge === undefined) return undefined;
  const projects = projectsAbove(path, judge.language, scopes);
  const { name } = resolution;
  if (projects.length === 0 || !judge.isUndeclared({ found, name, projects, tree }, text)) return undefined;
  return findingAt(found, text, {
    code: 'boundary/undeclared',
    message: `${name} is not declared in ${projects[0]?.manifest ?? 'the manifest'}: it is there by accident, if at all`,
    data: { package: name },
  });
}

/** Manifests from the file's own upwards: what the root declares is there for all. */
function projectsAbove(path: string, language: LanguageId, scopes: ScopeMap): readonly Project[] {
  return scopes.scopes
    .flatMap((scope) => scope.projects)
    .filter((project) => project.language === language && !project.manifest.endsWith('tsconfig.json'))
    .filter((project) => project.root === '' || path.startsWith(`${project.root}/`))
    .sort((a, b) => b.root.length - a.root.length);
}

function isNpmUndeclared({ found, name, projects, tree }: Place): boolean {
  const types = `@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`;
  const declared = projects.some(
    (project) => project.name === name || project.declares.includes(name) || project.declares.includes(types),
  );
  return !declared && !isVirtual(name, tree) && !isDeno(found, tree);
}

/** Deno reads its import map, not package.json, and takes `npm:x` without any. */
function isDeno({ path, reference }: Import, tree: Tree): boolean {
  if (reference.specifier?.startsWith('npm:') === true) return true;
  const parts = path.split('/').slice(0, -1);
  const configured = ['', ...parts].some((_, at) =>
    ['deno.json', 'deno.jsonc'].some((name) => tree.has([...parts.slice(0, at), name].join('/'))),
  );
  return configured || /(^|\/)deno[^/]*\//.test(path);
}

/** Names that a bundler or framework makes up, or that an alias we cannot read stands behind. */
function isVirtual(name: string, tree: Tree): boolean {
  if (/^(~|@$|@\/|virtual|bun$|vscode$|electron$)/.test(name)) return true;
  const files = [`${name}/package.json`, `src/${name}/index.ts`, `src/${name}.ts`, `types/${name}.d.ts`];
  return files.some((file) => tree.has(file));
}

function isGoUndeclared({ name, projects, tree }: Place): boolean {
  const declared = projects.some((project) =>
    project.declares.some((module) => name === module || name.startsWith(`${module}/`)),
  );
  // Without a declaration the resolver guesses; a folder of vendored code declares for itself.
  const vendored = projects.some(({ root }) =>
    tree.has(root === '' ? 'vendor/modules.txt' : `${root}/vendor/modules.txt`),
  );
  return !declared && !vendored;
}

/** Python's manifests name distributions, its code names modules; only what is surely neither is a finding. */
function isPythonUndeclared({ found, name, projects }: Place, text: string): boolean {
  const { path, reference } = found;
  const declared = new Set(projects.flatMap((project) => project.declares).map(plainPypi));
  if (declared.size === 0 || reference.typeOnly || PYPI_NAMES[name]?.length === 0) return false;
  if (isTestPath(path) || /(^|\/)(setup|conftest|noxfile|tasks)\.py$/.test(path)) return false;
  const candidates = [name, ...(PYPI_NAMES[name] ?? [])].map(plainPypi);
  const known = [...declared];
  const resembles = candidates.some((one) => known.some((other) => other.includes(one) || one.includes(other)));
  return !resembles && !isGuarded(text, reference.start);
}

/** An indented import is optional or lazy: the program has a way to go on without it. */
function isGuarded(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s/.test(line);
}
