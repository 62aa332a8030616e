// Downforce's gate on Downforce: what differs from the landed main, or where that is checked out, from the commit before.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const landed = process.env['DOWNFORCE_BASE'] ?? commit('refs/remotes/origin/main') ?? commit('HEAD^');
const base = landed === commit('HEAD') ? commit('HEAD^') : landed;
const words = [join(root, 'dist/cli.cjs'), 'gate', '--format', 'text', ...(base === undefined ? [] : ['--base', base])];
const { status } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 3;

function commit(name) {
  const { stdout, status } = spawnSync('git', ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}
