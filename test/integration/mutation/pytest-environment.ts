import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const HOME = join(tmpdir(), 'downforce-fixtures');

/** An interpreter of this minor version from pyenv or the PATH; undefined where there is none. */
export function findPython(minor: string): string | undefined {
  const versions = join(homedir(), '.pyenv', 'versions');
  const installed = existsSync(versions) ? readdirSync(versions) : [];
  const known = installed
    .filter((version) => version.startsWith(`${minor}.`))
    .map((name) => join(versions, name, 'bin', 'python'));
  return [...known, `python${minor}`].find((python) => spawnSync(python, ['--version']).status === 0);
}

/** A virtual environment with these packages, made when first asked for and kept; nothing may write into it. */
export function pythonEnvironment(minor: string, ...packages: readonly string[]): string {
  const dir = join(HOME, `python${minor}-${packages.join('+').replaceAll(/[^\w.+-]/g, '_')}`);
  if (!existsSync(dir)) make(dir, minor, packages);
  return dir;
}

function make(dir: string, minor: string, packages: readonly string[]): void {
  const python = findPython(minor);
  if (python === undefined) throw new Error(`there is no Python ${minor}`);
  mkdirSync(HOME, { recursive: true });
  const draft = mkdtempSync(`${dir}.`);
  run(python, '-m', 'venv', draft);
  // By way of `-m`, as the scripts of an environment name the place that it was made in.
  run(join(draft, 'bin', 'python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages);
  try {
    renameSync(draft, dir);
  } catch (failure) {
    // Another process was faster.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(dir)) throw failure;
  }
}

function run(program: string, ...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
}
