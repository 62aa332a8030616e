import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Git } from './git.ts';

/** Folders whose content other inputs speak for (installed packages) or that hold no input at all (caches, reports). */
const APART =
  /(^|\/)(node_modules|\.venv|venv|env|\.git|\.downforce|__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.hypothesis|\.tox|\.nox|\.nyc_output|coverage|htmlcov|\.vitest|\.turbo|\.cache|\.parcel-cache|\.vite|target|\.gradle|\.eggs|[^/]+\.egg-info|\.DS_Store|\.eslintcache|[^/]+\.tsbuildinfo|[^/]+\.log|\.coverage|\.idea|\.vscode)(\/|$)/;
const MAX_FILES = 5000;

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
    '-z',
    '--',
    '.',
    ...excludes(),
  );
  if (listed === undefined) return undefined;
  const paths = listed.split('\0').filter((path) => path !== '' && !APART.test(path));
  if (paths.length > MAX_FILES) return undefined;
  return paths.map((path) => `${path}:${stampOf(join(root, path))}`).join('\n');
}

/** Keeps git from walking the largest of them. */
function excludes(): string[] {
  return ['node_modules', '.venv', 'venv', 'target', '.downforce', '__pycache__'].map(
    (name) => `:(exclude,glob)**/${name}/**`,
  );
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
