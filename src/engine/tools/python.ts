import { posix } from 'node:path';
import type { Tree } from '../ports.ts';
import { parseIni, readConfig } from './config-text.ts';
import { absolutePath, folderOf, isForeign, joinPath, nameOf, upwards } from './folders.ts';
import type { Program } from './node-program.ts';
import { asRecord, asStrings, type JsonRecord } from './records.ts';
import type { Workspace } from './tool.ts';

/** Where a Python tool finds its settings: the file, what names them in it, and the settings. */
export interface PythonConfig {
  readonly path: string;
  readonly dir: string;
  readonly evidence: string;
  readonly values: JsonRecord;
}

export interface PythonConfigFiles {
  /** Files that are the tool's alone (`ruff.toml`). */
  readonly own: readonly string[];
  /** Table below `[tool]` in pyproject.toml. */
  readonly table: string;
  /** Sections of INI files, file name → section. */
  readonly sections?: Readonly<Record<string, string>>;
}

/** Configurations of a tool, at most one a folder: the first of own files, pyproject.toml, INI sections. */
export function findPythonConfigs(tree: Tree, files: PythonConfigFiles): readonly PythonConfig[] {
  const names = [...files.own, 'pyproject.toml', ...Object.keys(files.sections ?? {})];
  const found = new Map<string, PythonConfig>();
  const candidates = tree.paths.filter((path) => names.includes(nameOf(path)) && !isMaterial(path));
  candidates.sort((left, right) => names.indexOf(nameOf(left)) - names.indexOf(nameOf(right)));
  for (const path of candidates) {
    const config = readPythonConfig(tree, path, files);
    if (config !== undefined && !found.has(config.dir)) found.set(config.dir, config);
  }
  return [...found.values()].sort((left, right) => left.dir.localeCompare(right.dir));
}

/** Example projects bring a configuration of their own that the repository's runs do not use. */
function isMaterial(path: string): boolean {
  return isForeign(path) || /(?:^|\/)(?:examples?|docs?)\//.test(path);
}

function readPythonConfig(tree: Tree, path: string, files: PythonConfigFiles): PythonConfig | undefined {
  const dir = folderOf(path);
  const name = nameOf(path);
  const section = files.sections?.[name];
  if (name === 'pyproject.toml') {
    const table = asRecord(readConfig(tree, path)['tool'])[files.table];
    return table === undefined
      ? undefined
      : { path, dir, evidence: `${path} [tool.${files.table}]`, values: asRecord(table) };
  }
  if (section !== undefined) {
    const values = parseIni(tree.read(path) ?? '')[section];
    const evidence = files.own.includes(name) ? path : `${path} [${section}]`;
    return values === undefined && !files.own.includes(name)
      ? undefined
      : { path, dir, evidence, values: values ?? {} };
  }
  return { path, dir, evidence: path, values: readConfig(tree, path) };
}

/** A console script of the project's environment; through uv or Poetry where the environment is theirs to make. */
export function findPythonProgram(workspace: Workspace, name: string, dir: string): Program {
  const { toolbox } = workspace;
  const path = toolbox.pythonBin(name, absolutePath(workspace.root, dir));
  if (path !== undefined) return { kind: 'found', argv: [path], executables: [path] };
  const runner = findEnvironmentRunner(workspace, dir);
  if (runner !== undefined) return { kind: 'found', argv: [...runner, name], executables: [] };
  return { kind: 'missing', program: name, hint: pythonInstallHint(workspace.tree, name, dir) };
}

/** `python -m MODULE` in the project's environment. */
export function findPythonModule(workspace: Workspace, module: string, dir: string): Program {
  const { toolbox } = workspace;
  const folder = absolutePath(workspace.root, dir);
  const python = toolbox.pythonBin('python', folder) ?? toolbox.onPath('python3');
  const script = toolbox.pythonBin(module, folder);
  // An interpreter and a script of two environments do not see the same packages.
  const together = python !== undefined && script !== undefined && posix.dirname(python) === posix.dirname(script);
  if (together) return { kind: 'found', argv: [python, '-m', module], executables: [python, script] };
  const runner = findEnvironmentRunner(workspace, dir);
  if (runner !== undefined) return { kind: 'found', argv: [...runner, 'python', '-m', module], executables: [] };
  return { kind: 'missing', program: module, hint: pythonInstallHint(workspace.tree, module, dir) };
}

function findEnvironmentRunner(workspace: Workspace, dir: string): readonly [string, ...string[]] | undefined {
  const uv = workspace.toolbox.onPath('uv');
  const poetry = workspace.toolbox.onPath('poetry');
  if (uv !== undefined && findUpwards(workspace.tree, dir, 'uv.lock') !== undefined) return [uv, 'run', '--frozen'];
  if (poetry !== undefined && findUpwards(workspace.tree, dir, 'poetry.lock') !== undefined) return [poetry, 'run'];
  return undefined;
}

function findUpwards(tree: Tree, dir: string, name: string): string | undefined {
  return upwards(dir)
    .map((folder) => joinPath(folder, name))
    .find((path) => tree.has(path));
}

function pythonInstallHint(tree: Tree, name: string, dir: string): string {
  const manifest = findUpwards(tree, dir, 'pyproject.toml');
  const group = manifest === undefined ? undefined : findGroup(readConfig(tree, manifest), name);
  const option = group === undefined ? '' : ` --${group.kind} ${group.name}`;
  if (findUpwards(tree, dir, 'uv.lock') !== undefined) return `uv sync${option}`;
  if (findUpwards(tree, dir, 'poetry.lock') !== undefined) return 'poetry install --all-groups';
  if (findUpwards(tree, dir, 'pdm.lock') !== undefined) return 'pdm install';
  if (findUpwards(tree, dir, 'Pipfile.lock') !== undefined) return 'pipenv sync --dev';
  if (group?.kind === 'extra') return `pip install -e ".[${group.name}]"`;
  if (group !== undefined) return `pip install --group ${group.name}`;
  const requirements = tree.paths.find((path) => isRequirements(path) && namesRequirement(tree.read(path) ?? '', name));
  return `pip install ${requirements === undefined ? name : `-r ${requirements}`}`;
}

function findGroup(manifest: JsonRecord, name: string): { kind: 'group' | 'extra'; name: string } | undefined {
  const extras = asRecord(asRecord(manifest['project'])['optional-dependencies']);
  for (const [kind, groups] of [
    ['group', asRecord(manifest['dependency-groups'])],
    ['extra', extras],
  ] as const) {
    const group = Object.keys(groups).find((key) => namesRequirement(asStrings(groups[key]).join('\n'), name));
    if (group !== undefined) return { kind, name: group };
  }
  return undefined;
}

export function isRequirements(path: string): boolean {
  return /(?:^|\/)(?:[\w.-]*requirements[\w.-]*|requirements\/[\w.-]+)\.(?:txt|in)$/.test(path) && !isForeign(path);
}

/** Whether a list of requirements, one a line, asks for a package. */
export function namesRequirement(text: string, name: string): boolean {
  return text.split('\n').some((line) => /^[\w.-]+/.exec(line.trim())?.[0].toLowerCase() === name);
}

/** Whether pyproject.toml or a requirements file of the folder asks for a package. */
export function isPythonDependency(tree: Tree, dir: string, name: string): string | undefined {
  const manifest = joinPath(dir, 'pyproject.toml');
  const { project, 'dependency-groups': groups, tool } = readConfig(tree, manifest);
  const lists = [
    ...Object.values(asRecord(groups)),
    ...Object.values(asRecord(asRecord(project)['optional-dependencies'])),
  ];
  const all = [asRecord(project)['dependencies'], ...lists].flatMap(asStrings).join('\n');
  if (namesRequirement(all, name) || JSON.stringify(asRecord(tool)['poetry'] ?? '').includes(`"${name}"`))
    return manifest;
  return tree.paths.find(
    (path) => isRequirements(path) && folderOf(path).startsWith(dir) && namesRequirement(tree.read(path) ?? '', name),
  );
}
