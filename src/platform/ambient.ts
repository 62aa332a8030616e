import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Git } from './git.ts';

/** Folders whose content other inputs speak for (installed packages) or that hold no input at all (caches, reports). */
const APART =
  /(^|\/)(node_modules|\.venv|venv|env|\.git|\.downforce|__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.hypothesis|\.tox|\.nox|\.nyc_output|coverage|htmlcov|\.vitest|\.turbo|\.cache|\.parcel-cache|\.vite|target|\.gradle|\.eggs|[^/]+\.egg-info|\.DS_Store|\.eslintcache|[^/]+\.tsbuildinfo|[^/]+\.log|\.coverage|\.idea|\.vscode)(\/|$)/;
const MAX_FILES = 5000;

/** Folders of installed packages: what package managers leave in them says whether anything was installed since. */
const INSTALLED = /(^|\/)(node_modules|\.venv|venv|env)\/$/;
const MARKERS = ['', '.package-lock.json', '.modules.yaml', '.yarn-state.yml', '.yarn-integrity', 'pyvenv.cfg', 'lib'];

/**
 * Identity of what git ignores and a check may still read: `.env`, generated code, build output of other packages.
 * By size and time; undefined where there is too much of it to look at.
 */
export async function ambientState(root: string): Promise<string | undefined> {
  const listed = await new Git(root).try(
    'ls-files',
    '--others',
    '--ignored',
    '--exclude-standard',
    '--directory',
    '-z',
  );
  if (listed === undefined) return undefined;
  const found: string[] = [];
  for (const path of listed.split('\0')) {
    if (path === '') continue;
    if (INSTALLED.test(path)) found.push(...installed(root, path));
    else if (!APART.test(path) && !stamp(root, path, found)) return undefined;
  }
  return found.join('\n');
}

function installed(root: string, folder: string): string[] {
  const sites = entriesOf(join(root, folder, 'lib')).map((entry) => join('lib', entry.name, 'site-packages'));
  return [...MARKERS, ...sites].map((name) => `${folder}${name}:${stampOf(join(root, folder, name))}`);
}

/** Adds a file, or all files of a folder, with size and time; false where there are too many. */
function stamp(root: string, path: string, found: string[]): boolean {
  if (!path.endsWith('/')) return found.push(`${path}:${stampOf(join(root, path))}`) <= MAX_FILES;
  return entriesOf(join(root, path)).every((entry) => {
    const inner = `${path}${entry.name}${entry.isDirectory() ? '/' : ''}`;
    return APART.test(inner) || stamp(root, inner, found);
  });
}

function entriesOf(dir: string): readonly Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    // Gone since it was listed.
    return [];
  }
}

function stampOf(path: string): string {
  try {
    const stat = statSync(path);
    return `${stat.size}:${stat.mtimeMs}`;
  } catch {
    // A dangling link, or gone since it was listed.
    return 'unreadable';
  }
}
