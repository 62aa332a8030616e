import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { MutantRun } from '../../../src/engine/mutation/mutant-runner.ts';
import { createSandboxRunner } from '../../../src/engine/mutation/sandbox-runner.ts';
import { openEngine } from '../../../src/harness/open-engine.ts';
import { treeHash } from './tree-hash.ts';
import { bruteForce, type PlannedMutant, repositoryOf, trial } from './trial.ts';

const dirs: string[] = [];

afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function project(files: Readonly<Record<string, string>>): string {
  const dir = repositoryOf(files);
  dirs.push(dir);
  return dir;
}

const SCRIPT = { 'package.json': JSON.stringify({ name: 'p', scripts: { test: 'node test.cjs' } }) };

function inCopies(dir: string, planned: readonly PlannedMutant[], tool = 'npm-script'): Promise<MutantRun> {
  return trial(dir, planned, { tool, way: createSandboxRunner() });
}

function wordsOf(run: MutantRun): readonly string[] {
  if (run.kind !== 'ran') throw new Error(JSON.stringify(run));
  return [...run.tries]
    .sort((a, b) => a.number - b.number)
    .map(
      ({ status, ran, unsure }) =>
        `${status}${ran.length === 0 ? ' unreached' : ''}${unsure === undefined ? '' : ' unsure'}`,
    );
}

const SUM = `exports.sum = (list) => {
  let total = 0;
  for (let i = 0; i < list.length; i++) total += list[i];
  return total;
};
exports.unused = (a) => { return a - 1; };
exports.half = (n) => { if (n > 100) n = 100; return n / 2; };
`;
const SUM_TEST = `const { sum, half } = require('./sum.cjs');
if (sum([1, 2, 3]) !== 6) throw new Error('sum');
if (half(4) !== 2) { console.error('half'); process.exit(1); }
half(100);
`;
const SUM_MUTANTS: readonly PlannedMutant[] = [
  { path: 'sum.cjs', find: 'total += list[i]', replace: 'total -= list[i]' },
  { path: 'sum.cjs', find: 'i++', replace: 'i--' },
  { path: 'sum.cjs', find: 'a - 1', replace: 'a + 1' },
  { path: 'sum.cjs', find: 'n > 100', replace: 'n >= 100' },
  { path: 'sum.cjs', find: 'return n / 2;', replace: 'process.exit(0);', form: 'statement' },
  { path: 'sum.cjs', find: 'n / 2', replace: 'n * 2' },
];

describe('mutants tried in copies of the tree', () => {
  it('have the fate of brute force, say what no test runs, and leave the tree alone', async () => {
    const dir = project({ ...SCRIPT, 'sum.cjs': SUM, 'test.cjs': SUM_TEST });
    const before = treeHash(dir);
    const run = await inCopies(dir, SUM_MUTANTS);
    expect(wordsOf(run)).toEqual(['killed', 'timeout', 'survived unreached', 'survived', 'survived', 'killed']);
    const truth = await bruteForce(dir, SUM_MUTANTS, { tool: 'npm-script', timeoutMs: 5000 });
    expect(truth).toEqual(['killed', 'timeout', 'survived', 'survived', 'survived', 'killed']);
    expect(treeHash(dir)).toBe(before);
  }, 120_000);

  it('do not inherit what the tests of another left behind', async () => {
    const test = `const fs = require('node:fs');
      if (fs.existsSync('seen.txt') || fs.readFileSync('data.txt', 'utf8') !== 'fresh') throw new Error('left over');
      fs.writeFileSync('seen.txt', ''); fs.appendFileSync('data.txt', '!');
      if (require('./a.cjs').a() !== 1) throw new Error('a');`;
    const dir = project({
      ...SCRIPT,
      'data.txt': 'fresh',
      'a.cjs': 'exports.a = () => { let x = 1; x += 5; return 1; };',
      'test.cjs': test,
    });
    const planned = [
      { path: 'a.cjs', find: 'x += 5;', replace: '{}', form: 'statement' },
      { path: 'a.cjs', find: 'x += 5', replace: 'x -= 5' },
      { path: 'a.cjs', find: 'return 1;', replace: 'return 2;', form: 'statement' },
    ] as const;
    expect(wordsOf(await inCopies(dir, planned))).toEqual(['survived', 'survived', 'killed']);
    expect(existsSync(join(dir, 'seen.txt'))).toBe(false);
  }, 60_000);

  it('of a package that the workspace links into node_modules are seen through that link', async () => {
    const dir = project({
      'package.json': JSON.stringify({ private: true, workspaces: ['packages/*'], scripts: { test: 'node test.cjs' } }),
      '.gitignore': 'node_modules\n',
      'packages/lib/package.json': JSON.stringify({ name: '@own/lib', version: '1.0.0', main: 'index.cjs' }),
      'packages/lib/index.cjs': 'exports.one = () => 1;\n',
      'test.cjs': `if (require('@own/lib').one() !== 1) throw new Error('one');\nrequire('installed');\n`,
    });
    mkdirSync(join(dir, 'node_modules', '@own'), { recursive: true });
    symlinkSync('../../packages/lib', join(dir, 'node_modules', '@own', 'lib'));
    mkdirSync(join(dir, 'node_modules', 'installed'));
    writeFileSync(join(dir, 'node_modules', 'installed', 'index.js'), '');
    const planned = [{ path: 'packages/lib/index.cjs', find: '1', replace: '2' }];
    expect(wordsOf(await inCopies(dir, planned))).toEqual(['killed']);
  }, 60_000);

  it('are not judged where the tests run something else than the copy', async () => {
    const dir = project({ ...SCRIPT, 'a.cjs': 'exports.a = () => 1;\n', 'test.cjs': 'PLACE' });
    writeFileSync(
      join(dir, 'test.cjs'),
      `if (require(${JSON.stringify(`${dir}/a.cjs`)}).a() !== 1) throw new Error('a');\n`,
    );
    const run = await inCopies(dir, [{ path: 'a.cjs', find: '1', replace: '2' }]);
    expect(run).toMatchObject({ kind: 'unfit', reason: expect.stringContaining('a.cjs was not even code') });
  }, 60_000);

  it('are not tried where the tests are red here, and another way is to be found where they are red only in a copy', async () => {
    const planned = [{ path: 'a.cjs', find: '1', replace: '2' }];
    const red = project({ ...SCRIPT, 'a.cjs': 'exports.a = () => 1;\n', 'test.cjs': `throw new Error('never');\n` });
    expect((await inCopies(red, planned)).kind).toBe('red');
    const bound = project({ ...SCRIPT, 'a.cjs': 'exports.a = () => 1;\n', 'test.cjs': '' });
    writeFileSync(join(bound, 'test.cjs'), `if (__dirname !== ${JSON.stringify(bound)}) throw new Error('moved');\n`);
    expect(await inCopies(bound, planned)).toMatchObject({
      kind: 'unfit',
      reason: expect.stringContaining('not in a copy'),
    });
  }, 60_000);

  it.each(['pth', 'finder'])(
    'of a Python package installed as editable (%s) are imported from the copy',
    async (kind) => {
      const dir = project({
        '.gitignore': '.venv\n',
        'pyproject.toml':
          '[project]\nname = "own"\nversion = "1"\n[tool.pytest.ini_options]\naddopts = "--import-mode=importlib"\n',
        'src/own/__init__.py':
          'def one(n):\n    if n > 10:\n        n = 10\n    return n\n\n\ndef unused():\n    return 5\n',
        'tests/test_one.py':
          'from own import one\n\n\ndef test_one():\n    assert one(3) == 3\n    assert one(10) == 10\n',
      });
      installEditable(dir, kind);
      const before = treeHash(dir);
      const planned = [
        { path: 'src/own/__init__.py', find: 'return n', replace: 'return n + 1', form: 'statement' },
        { path: 'src/own/__init__.py', find: 'n > 10', replace: 'n >= 10' },
        { path: 'src/own/__init__.py', find: 'return 5', replace: 'return 6', form: 'statement' },
      ] as const;
      expect(wordsOf(await inCopies(dir, planned, 'pytest'))).toEqual(['killed', 'survived', 'survived unreached']);
      expect(treeHash(dir)).toBe(before);
    },
    120_000,
  );

  it('are gone from the disk when the run is killed, at the latest with the next one', async () => {
    const dir = project({ ...SCRIPT, 'sum.cjs': SUM, 'test.cjs': `${SUM_TEST}setTimeout(() => {}, 300);\n` });
    const before = treeHash(dir);
    const code = `
      const { trial } = await import(${JSON.stringify(join(import.meta.dirname, 'trial.ts'))});
      const { createSandboxRunner } = await import(${JSON.stringify(join(import.meta.dirname, '../../../src/engine/mutation/sandbox-runner.ts'))});
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2500);
      await trial(${JSON.stringify(dir)}, ${JSON.stringify(SUM_MUTANTS)}, { tool: 'npm-script', way: createSandboxRunner() });`;
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { timeout: 60_000 });
    expect(signal).toBe('SIGKILL');
    expect(treeHash(dir)).toBe(before);
    const engine = await openEngine({ dir, base: undefined, configFile: undefined, warn: () => {} });
    const copy = await engine.mutation.openSandbox();
    const others = readdirSync(tmpdir()).filter((name) => /^downforce-copy-/.test(name) && !copy.home.endsWith(name));
    const stranded = others.filter((name) => !existsSync(`/proc/${name.split('-')[2] ?? ''}`));
    copy.dispose();
    expect(stranded).toEqual([]);
  }, 60_000);
});

/** What pip leaves of `pip install -e`, without its help. */
function installEditable(dir: string, kind: string): void {
  const made = spawnSync('python3', ['-m', 'venv', '--system-site-packages', join(dir, '.venv')], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  const bin = join(dir, '.venv', 'bin');
  const script = `#!${bin}/python\nfrom pytest import console_main\nraise SystemExit(console_main())\n`;
  writeFileSync(join(bin, 'pytest'), script, { mode: 0o755 });
  const lib = join(dir, '.venv', 'lib');
  const site = join(lib, readdirSync(lib)[0] ?? '', 'site-packages');
  if (kind === 'pth') {
    writeFileSync(join(site, '_own.pth'), `${dir}/src\n`);
    return;
  }
  writeFileSync(
    join(site, '__editable__.own-1.pth'),
    'import __editable___own_1_finder; __editable___own_1_finder.install()\n',
  );
  writeFileSync(
    join(site, '__editable___own_1_finder.py'),
    `import sys
from importlib.util import spec_from_file_location
MAPPING: dict[str, str] = {'own': '${dir}/src/own'}
class Finder:
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        place = MAPPING.get(fullname)
        return None if place is None else spec_from_file_location(fullname, place + '/__init__.py', submodule_search_locations=[place])
def install():
    sys.meta_path.append(Finder)
`,
  );
}

describe('a copy of the tree', () => {
  it('is made of ten thousand files', async () => {
    const files = Array.from({ length: 10_000 }, (_, index) => [`d${index % 100}/f${index}.js`, 'x'.repeat(2000)]);
    const dir = project(Object.fromEntries(files));
    const engine = await openEngine({ dir, base: undefined, configFile: undefined, warn: () => {} });
    const copy = await engine.mutation.openSandbox();
    expect(readFileSync(join(copy.root, 'd99/f9999.js'), 'utf8')).toHaveLength(2000);
    copy.dispose();
  }, 120_000);

  it('has a git repository of its own', async () => {
    const dir = project({ 'a.txt': 'a\n' });
    writeFileSync(join(dir, 'a.txt'), 'b\n');
    const engine = await openEngine({ dir, base: undefined, configFile: undefined, warn: () => {} });
    const copy = await engine.mutation.openSandbox();
    const status = spawnSync('git', ['status', '--porcelain'], { cwd: copy.root, encoding: 'utf8' });
    expect(status.stdout).toBe(' M a.txt\n');
    spawnSync('git', ['commit', '-qam', 'in the copy'], { cwd: copy.root, encoding: 'utf8' });
    copy.dispose();
    expect(
      spawnSync('git', ['log', '--oneline'], { cwd: dir, encoding: 'utf8' }).stdout.trim().split('\n'),
    ).toHaveLength(1);
  });
});
