import { accessSync, constants, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join, parse } from 'node:path';
import type { Toolbox } from '../engine/ports.ts';

const WINDOWS = process.platform === 'win32';

/** Looks for programs in `node_modules`, virtual environments and the PATH, without running any. Absolute folders. */
export function createToolbox(path = process.env['PATH'] ?? ''): Toolbox {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const onPath = memoize((name: string) => firstExecutable(folders.map((folder) => join(folder, name))));
  return {
    nodeBin: (name, dir) => upwards(dir, (folder) => executable(join(folder, 'node_modules', '.bin', name))),
    pythonBin: (name, dir) => pythonBin(name, dir) ?? onPath(name),
    onPath,
    identity,
    nodePackageVersion: (name, dir) =>
      upwards(dir, (folder) => packageVersion(join(folder, 'node_modules', name, 'package.json'))),
  };
}

function memoize<T>(find: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    if (!known.has(name)) known.set(name, find(name));
    return known.get(name) as T;
  };
}

function upwards<T>(dir: string, find: (folder: string) => T | undefined): T | undefined {
  for (let folder = dir; ; folder = dirname(folder)) {
    const found = find(folder);
    if (found !== undefined || folder === parse(folder).root) return found;
  }
}

function pythonBin(name: string, dir: string): string | undefined {
  const inside = WINDOWS ? 'Scripts' : 'bin';
  const near = upwards(dir, (folder) =>
    firstExecutable(['.venv', 'venv', 'env'].map((venv) => join(folder, venv, inside, name))),
  );
  if (near !== undefined) return near;
  const active = process.env['VIRTUAL_ENV'] ?? process.env['CONDA_PREFIX'];
  return active === undefined ? undefined : executable(join(active, inside, name));
}

function firstExecutable(candidates: readonly string[]): string | undefined {
  for (const candidate of candidates) {
    const found = executable(candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

function executable(file: string): string | undefined {
  for (const candidate of WINDOWS ? [`${file}.exe`, `${file}.cmd`, file] : [file]) {
    try {
      accessSync(candidate, constants.X_OK);
      if (statSync(candidate).isFile()) return candidate;
    } catch {
      // Not there: the next candidate.
    }
  }
  return undefined;
}

/** A node package's version and the file itself; a script in a virtual environment also stands for what is installed there. */
function identity(file: string): string | undefined {
  try {
    const real = realpathSync(file);
    const stat = statSync(real);
    const parts = [real, stat.size, stat.mtimeMs];
    const version = upwards(dirname(real), (folder) =>
      /node_modules$/.test(dirname(folder)) || /node_modules[\\/]@[^\\/]+$/.test(dirname(folder))
        ? packageVersion(join(folder, 'package.json'))
        : undefined,
    );
    return [...parts, version ?? '', installedAlongside(file)].join('|');
  } catch {
    // Unknown identity: the verdict is then not cached.
    return undefined;
  }
}

/** State of the environment the executable lives in: lock marker of node_modules, or the list of Python distributions. */
function installedAlongside(file: string): string {
  const folder = dirname(dirname(file));
  for (const marker of ['.package-lock.json', '.modules.yaml', '.yarn-state.yml', '.yarn-integrity']) {
    try {
      const stat = statSync(join(folder, marker));
      return `${marker}:${stat.size}:${stat.mtimeMs}`;
    } catch {
      // Another package manager's marker, or none.
    }
  }
  try {
    const lib = readdirSync(join(folder, 'lib')).filter((name) => name.startsWith('python'));
    return lib
      .flatMap((name) =>
        readdirSync(join(folder, 'lib', name, 'site-packages')).filter((entry) => entry.endsWith('.dist-info')),
      )
      .join(',');
  } catch {
    // No environment that we know of; the file's own identity has to do.
    return '';
  }
}

function packageVersion(file: string): string | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined;
    return typeof version === 'string' ? version : undefined;
  } catch {
    // No such package here.
    return undefined;
  }
}
