import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryOf } from './trial.ts';

export const DOWNFORCE = join(import.meta.dirname, '../../..');

/** What a run is killed on: a repository and the change in it. */
export interface Project {
  readonly rounds: number;
  readonly base: Readonly<Record<string, string>>;
  /** Path and text. */
  readonly change: readonly [string, string];
  readonly ready: boolean;
}

const CODE = `exports.total = (list) => {
  let whole = 0;
  for (let at = 0; at < list.length; at++) whole += list[at];
  return whole > 100 ? 100 : whole;
};
exports.half = (n) => (n > 10 && n < 90 ? n / 2 : n);
`;

const VITEST = `import { expect, test } from 'vitest';
import { half, total } from './cart.js';
const pause = () => new Promise((resolve) => setTimeout(resolve, 40));
test('adds', async () => { await pause(); expect(total([1, 2])).toBe(3); });
test('halves', async () => { await pause(); expect(half(20)).toBe(10); });
test('prints', async () => { await pause(); expect(\`\${half(20)}\`).toMatchInlineSnapshot('"10"'); });
`;

const SCRIPT = `const { total, half } = require('./cart.cjs');
if (total([1, 2]) !== 3 || half(20) !== 10) throw new Error('cart');
setTimeout(() => {}, 100);
`;

const PYTHON = `def total(items):
    whole = 0
    for item in items:
        whole += item
    return 100 if whole > 100 else whole


def half(n):
    return n / 2 if n > 10 and n < 90 else n
`;

const PYTEST = `import time
from cart import half, total


def test_adds(tmp_path):
    time.sleep(0.04)
    assert total([1, 2]) == 3


def test_halves():
    time.sleep(0.04)
    assert half(20) == 10
`;

/** No caches are ignored by git in these: each would be seen as well. */
export const PROJECTS: Readonly<Record<'vitest' | 'pytest' | 'npm-script', Project>> = {
  vitest: {
    rounds: 24,
    base: {
      'package.json': JSON.stringify({ name: 'cart', type: 'module', scripts: { test: 'vitest run' } }),
      'cart.js': '',
      'cart.test.js': VITEST,
    },
    change: ['cart.js', CODE.replaceAll('exports.', 'export const ')],
    ready: true,
  },
  pytest: {
    rounds: 16,
    base: {
      'pyproject.toml': '[project]\nname = "cart"\nversion = "0.1.0"\n[tool.pytest.ini_options]\npythonpath = ["."]\n',
      'cart.py': '',
      'test_cart.py': PYTEST,
    },
    change: ['cart.py', PYTHON],
    ready: hasPytest(),
  },
  'npm-script': {
    rounds: 10,
    base: {
      'package.json': JSON.stringify({ name: 'cart', scripts: { test: 'node check.cjs' } }),
      'cart.cjs': '',
      'check.cjs': SCRIPT,
    },
    change: ['cart.cjs', CODE],
    ready: true,
  },
};

/** The caller removes it. */
export function createProject({ base, change: [path, text] }: Project): string {
  const dir = repositoryOf({ ...base, '.gitignore': 'node_modules\n' });
  writeFileSync(join(dir, path), text);
  // A folder of the repository's own, so that what is written beside the packages is seen.
  mkdirSync(join(dir, 'node_modules/.bin'), { recursive: true });
  for (const name of ['vitest', '.bin/vitest'])
    symlinkSync(join(DOWNFORCE, 'node_modules', name), join(dir, 'node_modules', name));
  return dir;
}

function hasPytest(): boolean {
  try {
    execFileSync('python3', ['-m', 'pytest', '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not on this machine.
    return false;
  }
}
