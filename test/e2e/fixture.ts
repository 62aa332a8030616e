import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** A small shop with real tests, a boundary, and a base commit from which `main` parts. */
const FILES: Readonly<Record<string, string>> = {
  'package.json':
    '{"name":"shop","private":true,"type":"module","scripts":{"test":"vitest run"},"devDependencies":{"vitest":"^5.0.0"}}\n',
  'package-lock.json': '{"name":"shop","lockfileVersion":3,"packages":{}}\n',
  '.gitignore': 'node_modules\n',
  'downforce.jsonc':
    '{\n  "boundaries": [\n    { "from": "src/core/**", "deny": ["src/web/**"], "because": "the core knows no web" }\n  ]\n}\n',
  'src/core/price.ts':
    'export function discount(total: number): number {\n  return total;\n}\n\nexport function label(total: number): string {\n  return String(total);\n}\n',
  'src/web/page.ts': "export const title = 'Shop';\n",
  'test/price.test.ts':
    "import { expect, it } from 'vitest';\nimport { discount, label } from '../src/core/price.ts';\n\nit('takes nothing off a small sum', () => {\n  expect(discount(10)).toBe(10);\n});\n\nit('labels', () => {\n  expect(label(3)).toContain('3');\n});\n",
};

/** With a survivor: no test asks what happens at exactly 100. */
export const WITH_SURVIVOR =
  'export function discount(total: number): number {\n  if (total > 100) return total * 0.9;\n  return total;\n}\n\nexport function label(total: number): string {\n  return String(total);\n}\n';

export const WEAK_TEST =
  "import { expect, it } from 'vitest';\nimport { discount, label } from '../src/core/price.ts';\n\nit('takes nothing off a small sum', () => {\n  expect(discount(10)).toBe(10);\n});\n\nit('takes something off a large sum', () => {\n  expect(discount(200)).toBe(180);\n});\n\nit('labels', () => {\n  expect(label(3)).toContain('3');\n});\n";

export const STRONG_TEST = `${WEAK_TEST}\nit('takes nothing off exactly 100', () => {\n  expect(discount(100)).toBe(100);\n  expect(discount(101)).toBe(90.9);\n});\n`;

/** A fresh git repository of the shop; absolute path. */
export function makeShop(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'downforce-shop-')));
  for (const [path, text] of Object.entries(FILES)) put(dir, path, text);
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'), 'dir');
  git(dir, 'init', '-q', '-b', 'main');
  git(dir, 'add', '-A');
  git(dir, 'commit', '-qm', 'first');
  git(dir, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  return dir;
}

export function put(dir: string, path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

export function git(dir: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
    cwd: dir,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}
