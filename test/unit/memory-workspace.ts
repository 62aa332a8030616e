import { expect } from 'vitest';
import type { Check, Invocation, Target } from '../../src/engine/checks/check.ts';
import type { MatchLines, Toolbox } from '../../src/engine/ports.ts';
import type { Scope, ScopeMap } from '../../src/engine/scopes/scope.ts';
import { detectChecks } from '../../src/engine/tools/detect.ts';
import { readNodePackages } from '../../src/engine/tools/read-node-packages.ts';
import type { Tool, Workspace } from '../../src/engine/tools/tool.ts';
import { memoryTree } from './memory-tree.ts';

type Files = Readonly<Record<string, string>>;

export interface Installed {
  /** Bins of node packages; all where left out. */
  readonly node?: readonly string[];
  readonly python?: readonly string[];
  readonly path?: readonly string[];
  readonly versions?: Readonly<Record<string, string>>;
}

/** A toolbox of names: bins are at `/bin/NAME`, scripts of the virtual environment at `/venv/NAME`, programs at `/usr/NAME`. */
export function memoryToolbox({ node, python, path, versions }: Installed = {}): Toolbox {
  const find = (list: readonly string[] | undefined, folder: string) => (name: string, dir?: string) => {
    if (dir?.startsWith('/repo') === false) throw new Error(`${dir} is not absolute`);
    return list === undefined || list.includes(name) ? `${folder}/${name}` : undefined;
  };
  return {
    nodeBin: find(node, '/bin'),
    pythonBin: find(python, '/venv'),
    onPath: find(path, '/usr'),
    identity: (executable) => executable,
    nodePackageVersion: (name) => versions?.[name],
  };
}

/** A workspace at `/repo` whose scopes are the folders that have a manifest, named after their last part. */
export function memoryWorkspace(files: Files, installed?: Installed): Workspace {
  const tree = memoryTree(files);
  const manifests = tree.paths.filter((path) =>
    /(?:^|\/)(?:package\.json|pyproject\.toml|go\.mod|Cargo\.toml)$/.test(path),
  );
  const roots = manifests.map((path) => path.replace(/\/?[^/]+$/, ''));
  const nodePackages = readNodePackages(tree);
  const toolbox = memoryToolbox(installed);
  return { root: '/repo', tree, scopes: memoryScopes(roots), toolbox, matchLines: matchPlainly, nodePackages };
}

/** For patterns that end. */
export const matchPlainly: MatchLines = (regexp, lines) =>
  lines.map((line) => new RegExp(regexp).exec(line) ?? undefined);

function memoryScopes(roots: readonly string[]): ScopeMap {
  const scopes = [...new Set(roots)].map(
    (root): Scope => ({ id: root === '' ? 'root' : (root.split('/').at(-1) ?? ''), root, dependsOn: [], projects: [] }),
  );
  const holds = ({ root }: Scope, path: string) => root === '' || path.startsWith(`${root}/`);
  return {
    scopes,
    get: (id) => scopes.find((scope) => scope.id === id),
    of: (path) =>
      scopes.filter((scope) => holds(scope, path)).sort((left, right) => right.root.length - left.root.length)[0],
  };
}

export function checksOf(tool: Tool, files: Files, installed?: Installed): readonly Check[] {
  return detectChecks([tool], memoryWorkspace(files, installed));
}

/** The only check a tool gives. */
export function checkOf(tool: Tool, files: Files, installed?: Installed): Check {
  const checks = checksOf(tool, files, installed);
  expect(checks.map(({ id }) => id)).toHaveLength(1);
  const [check] = checks;
  if (check === undefined) throw new Error('the tool gives no check');
  return check;
}

export function onFiles(...paths: readonly string[]): Target {
  return { kind: 'files', paths };
}

/** The command line, with `/scratch` as the folder for reports; of anything but a run its kind and reason. */
export function commandOf(check: Check, target: Target = { kind: 'all' }): string {
  return asText(check.invoke(target, '/scratch'));
}

function asText(invocation: Invocation): string {
  switch (invocation.kind) {
    case 'run':
      return invocation.argv.join(' ');
    case 'missing':
      return `missing ${invocation.program}: ${invocation.hint}`;
    case 'nothing':
      return `nothing: ${invocation.reason}`;
    default:
      return invocation satisfies never;
  }
}

export function coveredOf(check: Check, paths: readonly string[]): readonly string[] {
  return paths.filter((path) => check.covers(path));
}

export const json = (value: unknown): string => JSON.stringify(value);
