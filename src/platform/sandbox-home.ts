import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where one copy of a tree lives, and what is built from it. */
export interface SandboxHome {
  /** Absolute, without links in it, for nobody else to read. */
  readonly dir: string;
  /** Whether it may hold what an earlier run left. */
  readonly kept: boolean;
  release(): void;
}

const PREFIX = 'downforce-copy-';
/** Kept copies of repositories that nobody has worked on for so long are given up. */
const FORGOTTEN_MS = 14 * 24 * 3600 * 1000;
const living = new Set<SandboxHome>();

process.once('exit', () => {
  for (const home of living) home.release();
});

/** A folder outside the repository: a temporary one, or under a name the same in every run, as long as no other run is in it. */
export function openHome(root: string, keep: string | undefined): SandboxHome {
  const home = (keep === undefined ? undefined : keptHome(root, keep)) ?? temporaryHome();
  living.add(home);
  return home;
}

function temporaryHome(): SandboxHome {
  removeStranded();
  const dir = realpathSync(mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`)));
  const home: SandboxHome = {
    dir,
    kept: false,
    release: () => {
      living.delete(home);
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  return home;
}

/** What runs left that were killed. */
function removeStranded(): void {
  for (const name of namesIn(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : Number.NaN;
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    remove(join(tmpdir(), name));
  }
}

function remove(dir: string): void {
  try {
    rmSync(dir, { recursive: true, force: true });
  } catch {
    // Another user's.
  }
}

function keptHome(root: string, keep: string): SandboxHome | undefined {
  try {
    const base = join(cacheFolder(), 'downforce');
    mkdirSync(base, { recursive: true });
    const dir = join(realpathSync(base), `${createHash('sha256').update(root).digest('hex').slice(0, 16)}-${keep}`);
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    if (!lstatSync(dir).isDirectory() || !claim(join(dir, 'lock'))) return undefined;
    const now = new Date();
    utimesSync(dir, now, now);
    forgetOld(base);
    const home: SandboxHome = {
      dir,
      kept: true,
      release: () => {
        living.delete(home);
        rmSync(join(dir, 'lock'), { force: true });
      },
    };
    return home;
  } catch {
    // No such folder may be made here: a temporary one serves, only slower.
    return undefined;
  }
}

function cacheFolder(): string {
  const set = process.env['XDG_CACHE_HOME'];
  if (set !== undefined && set !== '') return set;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return process.env['LOCALAPPDATA'] ?? join(homedir(), '.cache');
}

/** Whoever holds it is named in it; a dead holder holds nothing. */
function claim(lock: string): boolean {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      const holder = Number(textOf(lock));
      // Empty: its holder is just writing its name.
      if (!(holder > 0) || isAlive(holder)) return false;
      rmSync(lock, { force: true });
    }
  }
  return false;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Released since.
    return '';
  }
}

function forgetOld(base: string): void {
  for (const name of namesIn(base)) {
    const dir = join(base, name);
    const age = Date.now() - (statSync(dir, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (/^[0-9a-f]{16}-/.test(name) && age > FORGOTTEN_MS && claim(join(dir, 'lock'))) remove(dir);
  }
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    // Not ours to read.
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
