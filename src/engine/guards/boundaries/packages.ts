import type { RawFinding } from '../../../protocol/finding.ts';
import type { Project } from '../../language.ts';
import type { Tree } from '../../ports.ts';
import { isTestPath } from '../../scopes/path-rules.ts';
import type { ScopeMap } from '../../scopes/scope.ts';
import { findingAt, type Import } from './imports.ts';

/** Places that are programs of their own, or none, whatever manifest stands above them. */
const APART =
  /(^|\/)(fixtures?|__fixtures__|testdata|templates?|examples?|playgrounds?|benchmarks?|benches|docs?|site|website|scripts|tools|e2e|demo|demos|vendor|node_modules)\//;

/** What needs no rule of the user's: a package that no manifest declares, and a way into a package past its `exports`. */
export function inspectPackages(found: Import, text: string, scopes: ScopeMap, tree: Tree): RawFinding[] {
  const finding = undeclared(found, text, scopes, tree) ?? deepImport(found, text, scopes, tree);
  return finding === undefined ? [] : [finding];
}

function undeclared(found: Import, text: string, scopes: ScopeMap, tree: Tree): RawFinding | undefined {
  const { path, reference, resolution } = found;
  if (resolution.kind !== 'package' || APART.test(`/${path}`) || reference.glob === true) return undefined;
  const { ecosystem, name } = resolution;
  const projects = projectsAbove(
    path,
    ecosystem === 'npm' ? 'typescript' : ecosystem === 'pypi' ? 'python' : 'go',
    scopes,
  );
  if (ecosystem === 'npm') {
    if (projects.length === 0 || declaresNpm(projects, name) || isVirtual(name, tree) || isDeno(path, tree))
      return undefined;
  } else if (ecosystem === 'go') {
    if (
      projects.length === 0 ||
      projects.some((project) => project.declares.some((module) => name === module || name.startsWith(`${module}/`)))
    )
      return undefined;
    // Without a declaration the resolver guesses; a folder of vendored code declares for itself.
    if (
      projects.some((project) =>
        tree.has(project.root === '' ? 'vendor/modules.txt' : `${project.root}/vendor/modules.txt`),
      )
    )
      return undefined;
  } else if (ecosystem === 'pypi') {
    if (!isPythonUndeclared(name, projects, path, text, reference.start, reference.typeOnly)) return undefined;
  } else return undefined;
  const where = projects[0]?.manifest ?? 'the manifest';
  return findingAt(found, text, {
    code: 'boundary/undeclared',
    message: `${name} is not declared in ${where}: it is there by accident, if at all`,
    data: { package: name },
  });
}

/** Manifests from the file's own upwards: what the root declares is there for all. */
function projectsAbove(path: string, language: Project['language'], scopes: ScopeMap): readonly Project[] {
  const all = scopes.scopes
    .flatMap((scope) => scope.projects)
    .filter((project) => project.language === language && !project.manifest.endsWith('tsconfig.json'));
  return all
    .filter((project) => project.root === '' || path.startsWith(`${project.root}/`))
    .sort((a, b) => b.root.length - a.root.length);
}

function declaresNpm(projects: readonly Project[], name: string): boolean {
  const types = `@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`;
  return projects.some(
    (project) => project.name === name || project.declares.includes(name) || project.declares.includes(types),
  );
}

/** Deno reads its import map, not package.json. */
function isDeno(path: string, tree: Tree): boolean {
  const parts = path.split('/').slice(0, -1);
  return (
    parts.some((_, at) =>
      ['deno.json', 'deno.jsonc'].some((name) => tree.has([...parts.slice(0, at + 1), name].join('/'))),
    ) || /(^|\/)deno[^/]*\//.test(path)
  );
}

/** Names that a bundler or framework makes up, or that an alias we cannot read stands behind. */
function isVirtual(name: string, tree: Tree): boolean {
  if (/^(~|@$|@\/|virtual|bun$|vscode$|electron$)/.test(name)) return true;
  return (
    tree.has(`${name}/package.json`) ||
    tree.has(`src/${name}/index.ts`) ||
    tree.has(`src/${name}.ts`) ||
    tree.has(`types/${name}.d.ts`)
  );
}

/** Import names that differ from the name of what is installed; the most downloaded ones. */
const PYPI_NAMES: Readonly<Record<string, readonly string[]>> = {
  yaml: ['pyyaml'],
  PIL: ['pillow'],
  cv2: ['opencv-python', 'opencv-python-headless', 'opencv-contrib-python'],
  sklearn: ['scikit-learn'],
  skimage: ['scikit-image'],
  bs4: ['beautifulsoup4'],
  dateutil: ['python-dateutil'],
  dotenv: ['python-dotenv'],
  jwt: ['pyjwt'],
  git: ['gitpython'],
  attr: ['attrs'],
  pkg_resources: ['setuptools'],
  _pytest: ['pytest'],
  OpenSSL: ['pyopenssl'],
  Crypto: ['pycryptodome', 'pycrypto'],
  serial: ['pyserial'],
  MySQLdb: ['mysqlclient'],
  psycopg2: ['psycopg2-binary'],
  google: [],
  win32api: ['pywin32'],
  docx: ['python-docx'],
  magic: ['python-magic'],
  zmq: ['pyzmq'],
  tomli: [],
  typing_extensions: [],
  importlib_metadata: [],
};

/** Python's manifests name distributions, its code names modules; only what is surely neither is a finding. */
function isPythonUndeclared(
  name: string,
  projects: readonly Project[],
  path: string,
  text: string,
  offset: number,
  typeOnly: boolean,
): boolean {
  const declared = new Set(projects.flatMap((project) => project.declares).map(plain));
  if (declared.size === 0 || typeOnly || isTestPath(path) || /(^|\/)(setup|conftest|noxfile|tasks)\.py$/.test(path))
    return false;
  const candidates = [name, ...(PYPI_NAMES[name] ?? [name])].map(plain);
  if (PYPI_NAMES[name]?.length === 0) return false;
  if (
    candidates.some(
      (candidate) =>
        declared.has(candidate) ||
        [...declared].some((known) => known.includes(candidate) || candidate.includes(known)),
    )
  )
    return false;
  return !isGuarded(text, offset);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** An indented import is optional or lazy: the program has a way to go on without it. */
function isGuarded(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s/.test(line);
}

/** A way into another package of the workspace that its `exports` do not offer. */
function deepImport(found: Import, text: string, scopes: ScopeMap, tree: Tree): RawFinding | undefined {
  const { path, reference, resolution } = found;
  if (resolution.kind !== 'files' || reference.typeOnly || isTestPath(path) || APART.test(`/${path}`)) return undefined;
  const specifier = reference.specifier ?? '';
  const target = resolution.paths[0];
  const own = scopes.of(path);
  const other = target === undefined ? undefined : scopes.of(target);
  if (target === undefined || other === undefined || own === other || other.root === '') return undefined;
  const manifest = other.projects.find((project) => project.manifest.endsWith('package.json'));
  const offered = manifest === undefined ? undefined : exportsOf(tree, manifest.manifest);
  if (
    manifest === undefined ||
    offered === undefined ||
    offers(offered, specifier, manifest.name, target.slice(other.root.length + 1))
  )
    return undefined;
  return findingAt(found, text, {
    code: 'boundary/deep-import',
    message: `${specifier} goes past the exports of ${manifest.name} (${manifest.manifest})`,
    data: { package: manifest.name },
  });
}

type Offered = { readonly keys: readonly string[]; readonly targets: readonly string[] };

function exportsOf(tree: Tree, manifest: string): Offered | undefined {
  try {
    const json: unknown = JSON.parse(tree.read(manifest) ?? '{}');
    const map = typeof json === 'object' && json !== null && 'exports' in json ? json.exports : undefined;
    if (map === undefined || map === null) return undefined;
    const keyed = typeof map === 'object' && Object.keys(map).some((key) => key.startsWith('.'));
    return { keys: keyed ? Object.keys(map) : ['.'], targets: leaves(map) };
  } catch {
    // A broken manifest offers nothing that could be compared; its own checks say that it is broken.
    return undefined;
  }
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value.replace(/^\.\//, '')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

function offers({ keys, targets }: Offered, specifier: string, name: string, inside: string): boolean {
  if (specifier.startsWith('.'))
    return targets.some((target) => stem(target) === stem(inside) || matchesPattern(stem(target), stem(inside)));
  const key =
    specifier === name ? '.' : specifier.startsWith(`${name}/`) ? `.${specifier.slice(name.length)}` : undefined;
  // A path alias into the package is not the package's name; what it means is the alias's affair.
  return key === undefined || keys.some((offered) => offered === key || matchesPattern(offered, key));
}

/** What is built as `dist/x.js` is written as `src/x.ts`. */
function stem(path: string): string {
  return path
    .replace(/^(dist|lib|build|out|src|esm|cjs)\//, '')
    .replace(/(\.d)?\.[cm]?[jt]sx?$/, '')
    .replace(/\/index$/, '');
}

function matchesPattern(pattern: string, key: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern.endsWith('/') && key.startsWith(pattern);
  return key.startsWith(pattern.slice(0, star)) && key.endsWith(pattern.slice(star + 1));
}
