import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A workspace of TypeScript packages, 100 files each: every file imports two earlier ones, every package an earlier one. */
export function makeRepository(files, config) {
  const root = mkdtempSync(join(tmpdir(), `downforce-bench-${files}-`));
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const packages = Math.max(1, Math.round(files / 100));
  write('package.json', JSON.stringify({ name: 'bench', private: true, workspaces: ['packages/*'] }));
  if (config !== undefined) write('downforce.jsonc', JSON.stringify(config));
  for (let p = 0; p < packages; p++) {
    const needs = p === 0 ? {} : { [`p${p >> 1}`]: '*' };
    write(
      `packages/p${p}/package.json`,
      JSON.stringify({ name: `p${p}`, exports: './src/f0.ts', dependencies: needs }),
    );
    for (let f = 0; f < 98; f++) {
      const imports = [f >> 1, f >> 2].filter((n, i, all) => n !== f && all.indexOf(n) === i);
      const lines = imports.map((n) => `import { value as v${n} } from './f${n}.ts';`);
      if (f === 1 && p > 0) lines.push(`import { value as other } from 'p${p >> 1}';`);
      lines.push(`/** Adds up. */`, `export const value: number = ${[...imports.map((n) => `v${n}`), f].join(' + ')};`);
      for (let i = 0; i < 30; i++)
        lines.push(`export function compute${i}(input: number): number {\n  return input * ${i} + value;\n}`);
      write(`packages/p${p}/src/f${f}.ts`, `${lines.join('\n')}\n`);
    }
    write(
      `packages/p${p}/test/f.test.ts`,
      `import { value } from '../src/f97.ts';\n\nif (value < 0) throw new Error('negative');\n`,
    );
  }
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=b', '-c', 'user.email=b@localhost', ...args], { cwd: root, stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'base');
  git('switch', '-qc', 'work');
  return root;
}
