import { posix } from 'node:path';
import type { Project } from '../../engine/language.ts';
import type { Tree } from '../../engine/ports.ts';
import { isTable, parseToml, stringOf, stringsOf, type Table, tableAt } from './manifest.ts';
import { join, parentOf } from './modules.ts';
import { normalizeName, readRequirements, requirementNames } from './requirements.ts';
import { MANIFESTS } from './roots.ts';
import { readSetupCfg, readSetupPy } from './setup-files.ts';

export function findProjects(tree: Tree): readonly Project[] {
  const manifests = tree.paths.filter((path) => MANIFESTS.has(posix.basename(path)));
  const members = workspaceMembers(tree, manifests);
  const requirements = indexRequirements(tree);
  const folders = [...new Set(manifests.map(parentOf))].sort();
  return folders.flatMap((folder) => {
    const project = readProject(tree, folder, members.has(folder));
    if (project === undefined) return [];
    const beside = readAll(tree, requirements.get(folder) ?? []);
    const declares = [...new Set([...project.declares, ...beside])].sort();
    return [{ ...project, declares, dependsOn: declares.filter((name) => name !== project.name) }];
  });
}

/** pyproject.toml leads; setup.cfg and setup.py add what it does not say. Names are in the form of PEP 503. */
function readProject(tree: Tree, folder: string, member: boolean): Project | undefined {
  const [pyproject, cfg, setup] = ['pyproject.toml', 'setup.cfg', 'setup.py'].map((name) => {
    const path = join(folder, name);
    return tree.has(path) ? { path, text: tree.read(path) ?? '' } : undefined;
  });
  const fromToml = pyproject === undefined ? undefined : readPyproject(pyproject.text, folder === '' || member);
  const fromCfg = cfg === undefined ? undefined : readSetupCfg(cfg.text);
  const fromSetup = setup === undefined ? undefined : readSetupPy(setup.text);
  // A setup.cfg alone is often only a linter's configuration.
  const ini = fromCfg?.name === undefined && setup === undefined ? undefined : cfg;
  const manifest = (fromToml === undefined ? undefined : pyproject) ?? setup ?? ini;
  if (manifest === undefined) return undefined;
  const name = fromToml?.name ?? fromCfg?.name ?? fromSetup?.name ?? (posix.basename(folder) || 'root');
  const old = requirementNames([...(fromCfg?.requirements ?? []), ...(fromSetup?.requirements ?? [])]);
  return {
    name: normalizeName(name),
    root: folder,
    manifest: manifest.path,
    language: 'python',
    dependsOn: [],
    declares: [...(fromToml?.declares ?? []), ...old],
  };
}

interface Pyproject {
  readonly name: string | undefined;
  readonly declares: readonly string[];
}

function readPyproject(text: string, always: boolean): Pyproject | undefined {
  const table = parseToml(text);
  // Broken TOML still tells that there is a project, and mostly its name.
  if (table === undefined) return { name: /^\s*name\s*=\s*["']([\w.-]+)["']/m.exec(text)?.[1], declares: [] };
  const poetry = tableAt(table, 'tool', 'poetry');
  const isProject = [table['project'], table['build-system'], tableAt(table, 'tool')['poetry']].some(isTable);
  if (!isProject && !always) return undefined;
  const project = tableAt(table, 'project');
  return {
    name: stringOf(project['name']) ?? stringOf(poetry['name']),
    declares: [...requirementNames(standardRequirements(table, project)), ...poetryNames(poetry)],
  };
}

function standardRequirements(table: Table, project: Table): readonly string[] {
  const lists = [
    project['dependencies'],
    ...Object.values(tableAt(project, 'optional-dependencies')),
    ...Object.values(tableAt(table, 'dependency-groups')),
    tableAt(table, 'tool', 'uv')['dev-dependencies'],
    ...Object.values(tableAt(table, 'tool', 'pdm', 'dev-dependencies')),
    ...Object.values(tableAt(table, 'tool', 'hatch', 'envs')).flatMap((env) =>
      isTable(env) ? [env['dependencies'], env['extra-dependencies']] : [],
    ),
  ];
  const workspace = Object.entries(tableAt(table, 'tool', 'uv', 'sources')).flatMap(([name, source]) =>
    isTable(source) && source['workspace'] === true ? [name] : [],
  );
  return [...lists.flatMap(stringsOf), ...workspace];
}

function poetryNames(poetry: Table): readonly string[] {
  const groups = Object.keys(tableAt(poetry, 'group')).map((group) => tableAt(poetry, 'group', group, 'dependencies'));
  const tables = [tableAt(poetry, 'dependencies'), tableAt(poetry, 'dev-dependencies'), ...groups];
  return tables
    .flatMap(Object.keys)
    .filter((name) => name !== 'python')
    .map(normalizeName);
}

/** Folders that a uv workspace names as members; their pyproject.toml counts whatever it has. */
function workspaceMembers(tree: Tree, manifests: readonly string[]): ReadonlySet<string> {
  const members = new Set<string>();
  const pyprojects = manifests.filter((path) => path.endsWith('pyproject.toml'));
  for (const path of pyprojects) {
    const text = tree.read(path) ?? '';
    if (!text.includes('tool.uv')) continue;
    const workspace = tableAt(parseToml(text), 'tool', 'uv', 'workspace');
    const [include, exclude] = ['members', 'exclude'].map((key) =>
      stringsOf(workspace[key]).map((glob) => toPattern(parentOf(path), glob)),
    );
    for (const folder of pyprojects.map(parentOf)) {
      if (include?.some((glob) => glob.test(folder)) && !exclude?.some((glob) => glob.test(folder)))
        members.add(folder);
    }
  }
  return members;
}

function toPattern(folder: string, glob: string): RegExp {
  const parts = posix.normalize(join(folder, glob)).replace(/\/$/, '').split('/');
  const pattern = parts.map((part) =>
    part === '**'
      ? '(?:.+)'
      : part
          .replace(/[^\w*?]/g, '\\$&')
          .replaceAll('*', '[^/]*')
          .replaceAll('?', '[^/]'),
  );
  return new RegExp(`^${pattern.join('/')}$`);
}

/** requirements*.txt of each folder, those in its folder `requirements` included. */
function indexRequirements(tree: Tree): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of tree.paths) {
    if (!path.endsWith('.txt')) continue;
    const match = /^(?:(.*)\/)?requirements(?:[^/]*|\/[^/]*)\.txt$/.exec(path);
    if (match === null) continue;
    const list = found.get(match[1] ?? '') ?? [];
    found.set(match[1] ?? '', [...list, path]);
  }
  return found;
}

/** Follows `-r other.txt`; each file is read once. */
function readAll(tree: Tree, paths: readonly string[]): readonly string[] {
  const queue = new Set(paths);
  const names: string[] = [];
  for (const path of queue) {
    const file = readRequirements(tree.read(path) ?? '');
    names.push(...file.names);
    for (const other of file.includes) queue.add(posix.join(parentOf(path), other));
  }
  return names;
}
