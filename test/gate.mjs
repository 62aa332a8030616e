// Downforce's gate on Downforce: what differs from the landed main.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
// A clone in which main itself is checked out does not know what was landed before: that is written down.
const noted = readFileSync(join(root, '.ci/landed'), 'utf8').trim();
const candidates = [process.env['DOWNFORCE_BASE'], 'refs/remotes/origin/main', noted, 'HEAD^'];
const head = commit('HEAD');
const base = candidates.flatMap((name) => (name === undefined ? [] : (commit(name) ?? []))).find((id) => id !== head);
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
