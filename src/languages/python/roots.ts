/** Source roots: the folders that stand on sys.path when the project runs or is tested. */
import { posix } from 'node:path';
import type { Tree } from '../../engine/ports.ts';
import { parseToml, stringOf, stringsOf, type Table, tableAt, tablesOf } from './manifest.ts';
import { join, parentOf } from './modules.ts';
import { readIni } from './setup-files.ts';

export interface Roots {
  /** Folders that hold a manifest; the root is always one of them. */
  readonly projects: ReadonlySet<string>;
  /** Source roots of each project, by its folder. */
  readonly byProject: ReadonlyMap<string, readonly string[]>;
}

export const MANIFESTS: ReadonlySet<string> = new Set(['pyproject.toml', 'setup.cfg', 'setup.py']);

export function findRoots(tree: Tree): Roots {
  const byProject = new Map<string, Set<string>>([['', new Set(['', 'src'])]]);
  for (const path of tree.paths) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (!MANIFESTS.has(name)) continue;
    const folder = parentOf(path);
    const roots = byProject.get(folder) ?? new Set([folder, join(folder, 'src')]);
    byProject.set(folder, roots);
    for (const root of declaredRoots(name, tree.read(path) ?? '')) {
      const normal = posix.normalize(join(folder, root)).replace(/\/$/, '');
      if (!normal.startsWith('..')) roots.add(normal === '.' ? '' : normal);
    }
  }
  return {
    projects: new Set(byProject.keys()),
    byProject: new Map([...byProject].map(([folder, roots]) => [folder, [...roots]])),
  };
}

/** Folders, relative to the manifest's, that it names as places to import from. */
function declaredRoots(name: string, text: string): readonly string[] {
  if (name === 'setup.cfg') return setupCfgRoots(text);
  if (name === 'setup.py')
    return [...text.matchAll(/package_dir\s*=\s*\{\s*(?:""|'')\s*:\s*["']([\w./-]+)["']/g)].map(
      ([, root = '']) => root,
    );
  const table = parseToml(text);
  return table === undefined ? [] : [...setuptoolsRoots(table), ...backendRoots(table), ...toolRoots(table)];
}

function setuptoolsRoots(pyproject: Table): readonly string[] {
  const setuptools = tableAt(pyproject, 'tool', 'setuptools');
  const mapped = Object.entries(tableAt(setuptools, 'package-dir')).flatMap(([name, folder]) =>
    packageRoot(name, folder),
  );
  return [...mapped, ...stringsOf(tableAt(setuptools, 'packages', 'find')['where'])];
}

/** `{"" = "src"}` names the root itself, `{"a.b" = "lib/a/b"}` tells that it is lib. */
function packageRoot(name: string, folder: unknown): readonly string[] {
  if (typeof folder !== 'string') return [];
  const suffix = name.replaceAll('.', '/');
  if (suffix === '') return [folder];
  return folder === suffix || folder.endsWith(`/${suffix}`) ? [folder.slice(0, -suffix.length) || '.'] : [];
}

function backendRoots(pyproject: Table): readonly string[] {
  const tool = tableAt(pyproject, 'tool');
  const poetry = tablesOf(tableAt(tool, 'poetry')['packages']).flatMap((item) => stringsOf(item['from']));
  const build = tableAt(tool, 'hatch', 'build');
  const targets = [build, ...Object.values(tableAt(build, 'targets')).map((target) => tableAt({ target }, 'target'))];
  const hatch = targets.flatMap((target) => [
    ...stringsOf(target['packages']).map((folder) => posix.dirname(folder)),
    ...stringsOf(target['sources']),
  ]);
  const others = [
    tableAt(tool, 'uv', 'build-backend')['module-root'],
    tableAt(tool, 'maturin')['python-source'],
    tableAt(tool, 'pdm', 'build')['package-dir'],
  ];
  return [...poetry, ...hatch, ...others.map(stringOf).filter((root) => root !== undefined)];
}

function toolRoots(pyproject: Table): readonly string[] {
  const options = tableAt(pyproject, 'tool', 'pytest', 'ini_options')['pythonpath'];
  return typeof options === 'string' ? options.split(/\s+/).filter(Boolean) : stringsOf(options);
}

function setupCfgRoots(text: string): readonly string[] {
  const ini = readIni(text);
  const find = ini.get('options.packages.find')?.get('where') ?? '';
  const pytest = ini.get('tool:pytest')?.get('pythonpath') ?? '';
  const mapped = (ini.get('options')?.get('package_dir') ?? '').split('\n').flatMap((line) => {
    const [name = '', folder] = line.split('=').map((part) => part.trim());
    return packageRoot(name, folder);
  });
  return [...mapped, ...`${find} ${pytest}`.split(/\s+/).filter(Boolean)];
}
