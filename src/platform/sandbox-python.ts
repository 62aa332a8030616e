import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { isInside } from './sandbox-copies.ts';

/**
 * Source folders of the repository that a Python environment imports from (`pip install -e`): a copy has to put its own before
 * them. Finders that an editable install hooks into Python name each package's folder; path files name the folder around it.
 *
 * @param environments absolute folders of virtual environments
 */
export function editableSources(root: string, environments: readonly string[]): readonly string[] {
  const found = environments.flatMap(sitePackages).flatMap((site) =>
    namesIn(site).flatMap((name) => {
      if (name.endsWith('.pth')) return pathFile(join(site, name));
      return /^__editable__.*_finder\.py$/.test(name) ? finderFile(join(site, name)) : [];
    }),
  );
  return [...new Set(found)].filter((folder) => isInside(root, folder) && !/[\\/]site-packages([\\/]|$)/.test(folder));
}

function sitePackages(environment: string): readonly string[] {
  const versions = namesIn(join(environment, 'lib')).map((name) => join(environment, 'lib', name, 'site-packages'));
  return [...versions, join(environment, 'Lib', 'site-packages')].filter((folder) => existsSync(folder));
}

function pathFile(file: string): readonly string[] {
  const lines = textOf(file)
    .split(/\r?\n/)
    .map((line) => line.trim());
  return lines.filter((line) => line !== '' && !/^(#|import\s)/.test(line)).map((line) => resolve(dirname(file), line));
}

/** `MAPPING = {'pkg': '/repo/src/pkg'}`: whoever has `/repo/src` on the path finds the same. */
function finderFile(file: string): readonly string[] {
  const mapping = /^MAPPING\b[^=]*=\s*(\{.*\})\s*$/m.exec(textOf(file))?.[1] ?? '';
  return [...mapping.matchAll(/'([\w.]+)': '((?:[^'\\]|\\.)+)'/g)].flatMap(([, name = '', folder = '']) => {
    const path = folder.replaceAll('\\\\', '\\').replace(/[\\/]__init__\.py$|\.py$/, '');
    return isAbsolute(path) && path.endsWith(name.split('.').at(-1) ?? name) ? [dirname(path)] : [];
  });
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    // No such folder.
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Unreadable: Python cannot read it either.
    return '';
  }
}
