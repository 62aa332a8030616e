import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOME = join(tmpdir(), 'downforce-fixtures');

/**
 * A folder with a `node_modules` that holds these packages (name to version range), installed when first asked for and kept for
 * later runs. Fixtures link that `node_modules`; nothing may write into it.
 */
export function installed(packages: Readonly<Record<string, string>>): string {
  const wanted = Object.entries(packages).sort(([left], [right]) => (left < right ? -1 : 1));
  const dir = join(HOME, wanted.map(([name, range]) => `${name.replace('/', '__')}-${range}`).join('+'));
  if (!existsSync(join(dir, 'node_modules'))) install(dir, wanted);
  return dir;
}

function install(dir: string, wanted: readonly (readonly [string, string])[]): void {
  mkdirSync(HOME, { recursive: true });
  const draft = mkdtempSync(`${dir}.`);
  writeFileSync(join(draft, 'package.json'), JSON.stringify({ private: true }));
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--legacy-peer-deps'];
  const names = wanted.map(([name, range]) => `${name}@${range}`);
  const options = { cwd: draft, encoding: 'utf8', timeout: 300_000 } as const;
  const { status, stderr, error } = spawnSync('npm', ['install', ...flags, ...names], options);
  if (status !== 0) throw new Error(`npm install ${names.join(' ')}: ${error?.message ?? stderr}`);
  try {
    renameSync(draft, dir);
  } catch (failure) {
    // Another process was faster.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(join(dir, 'node_modules'))) throw failure;
  }
}
