import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../command-line.ts';
import { treeHash } from './tree-hash.ts';
import { repositoryOf } from './trial.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CLI = join(ROOT, 'dist/cli.cjs');
/** Set for the command line and so for all that it starts. */
const ROUND = 'DOWNFORCE_TEST_ROUND';
const LATEST_KILL_MS = 2500;
/** So long may what it started live on, on a machine that does much else. */
const END_MS = 10_000;

interface Project {
  readonly rounds: number;
  readonly files: Readonly<Record<string, string>>;
  /** Path of the source, and what is appended to it as the change. */
  readonly source: string;
  readonly test: string;
  prepare?(dir: string): void;
}

const CODE = `exports.total = (list) => {
  let whole = 0;
  for (let at = 0; at < list.length; at++) whole += list[at];
  return whole > 100 ? 100 : whole;
};
exports.half = (n) => (n > 10 && n < 90 ? n / 2 : n);
`;
const SCRIPT: Project = {
  rounds: 10,
  source: 'cart.cjs',
  files: {
    'package.json': JSON.stringify({ name: 'cart', scripts: { test: 'node check.cjs' } }),
    'cart.cjs': CODE,
  },
  test: `const { total, half } = require('./cart.cjs');
if (total([1, 2]) !== 3 || half(20) !== 10) throw new Error('cart');
setTimeout(() => {}, 150);
`,
};

const VITEST: Project = {
  rounds: 24,
  source: 'cart.js',
  files: {
    'package.json': JSON.stringify({ name: 'cart', type: 'module', scripts: { test: 'vitest run' } }),
    '.gitignore': 'node_modules\n',
    'cart.js': CODE.replaceAll('exports.', 'export const '),
  },
  test: `import { expect, test } from 'vitest';
import { half, total } from './cart.js';
const pause = () => new Promise((resolve) => setTimeout(resolve, 40));
test('adds', async () => { await pause(); expect(total([1, 2])).toBe(3); });
test('halves', async () => { await pause(); expect(half(20)).toBe(10); });
test('is a text', async () => { await pause(); expect(\`\${half(20)}\`).toMatchInlineSnapshot('"10"'); });
`,
  // A folder of the repository's own, so that whatever is written beside the packages is seen.
  prepare: (dir) => {
    mkdirSync(join(dir, 'node_modules'));
    symlinkSync(join(ROOT, 'node_modules/vitest'), join(dir, 'node_modules/vitest'));
  },
};

const PYTEST: Project = {
  rounds: 16,
  source: 'cart.py',
  files: {
    'pyproject.toml': '[project]\nname = "cart"\nversion = "0.1.0"\n[tool.pytest.ini_options]\npythonpath = ["."]\n',
    'cart.py': `def total(items):
    whole = 0
    for item in items:
        whole += item
    return 100 if whole > 100 else whole


def half(n):
    return n / 2 if n > 10 and n < 90 else n
`,
  },
  test: `import time
from cart import half, total


def test_adds(tmp_path):
    time.sleep(0.04)
    assert total([1, 2]) == 3


def test_halves():
    time.sleep(0.04)
    assert half(20) == 10
`,
};

const TEST_FILES: Readonly<Record<string, string>> = {
  'cart.cjs': 'check.cjs',
  'cart.js': 'cart.test.js',
  'cart.py': 'test_cart.py',
};

/** The source is new: all of it is the change. */
function create({ files, source, test, prepare }: Project): string {
  const dir = repositoryOf({ ...files, [TEST_FILES[source] ?? '']: test, [source]: '' });
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  prepare?.(dir);
  spawnSync('cp', ['-p', join(dir, source), join(dir, '.git/before')]);
  return dir;
}
