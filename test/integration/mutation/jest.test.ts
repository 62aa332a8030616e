import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { MutantRun } from '../../../src/engine/mutation/mutant-runner.ts';
import { installed } from './installed.ts';
import { bruteForce, type Fate, type PlannedMutant, repositoryOf, trial } from './trial.ts';

const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

const MANIFEST =
  '{"name":"j","private":true,"scripts":{"test":"jest"},"devDependencies":{"jest":"*"},"jest":{"testEnvironment":"node"}}\n';

function fixture(
  version: string,
  files: Readonly<Record<string, string>>,
  packages: Readonly<Record<string, string>> = {},
): string {
  const dir = repositoryOf({ 'package.json': MANIFEST, '.gitignore': 'node_modules\n', ...files });
  made.push(dir);
  symlinkSync(join(installed({ jest: version, ...packages }), 'node_modules'), join(dir, 'node_modules'), 'dir');
  return dir;
}

/** As the engine puts it together: sure words as they are, all others asked alone. */
async function verdicts(dir: string, planned: readonly PlannedMutant[]): Promise<readonly string[]> {
  const together = await trial(dir, planned, { tool: 'jest' });
  if (together.kind !== 'ran') throw new Error(JSON.stringify(together));
  return Promise.all(
    planned.map(async (_, index) => {
      const told = of(together, index + 1);
      if (told !== undefined) return told;
      const alone = await trial(dir, planned, { tool: 'jest', mode: 'alone', tries: [index + 1] });
      if (alone.kind !== 'ran') throw new Error(JSON.stringify(alone));
      return (
        of({ ...alone, tries: alone.tries.map(({ unsure: _unsure, ...result }) => result) }, index + 1) ?? 'nothing'
      );
    }),
  );
}

function of({ tries }: MutantRun & { kind: 'ran' }, number: number): string | undefined {
  const own = tries.filter((result) => result.number === number);
  const sure = own.filter((result) => result.unsure === undefined);
  const decisive = sure.find(({ status }) => status !== 'survived');
  if (decisive !== undefined) return decisive.status;
  return own.length > 0 && own.length === sure.length ? 'survived' : undefined;
}

/** A time-out is noticed either way; by brute force Jest itself may say so. */
function same(told: string, brute: Fate): boolean {
  const noticed = ['killed', 'timeout', 'error'];
  return told === brute || (noticed.includes(told) && noticed.includes(brute));
}

async function expectEqual(dir: string, planned: readonly PlannedMutant[]): Promise<readonly string[]> {
  const told = await verdicts(dir, planned);
  const brute = await bruteForce(dir, planned, { tool: 'jest', timeoutMs: 20_000 });
  const pairs = planned.map(({ find, replace }, index) => ({
    find,
    replace,
    told: told[index] ?? '',
    brute: brute[index] ?? 'error',
  }));
  expect(pairs.filter(({ told: fast, brute: slow }) => !same(fast, slow))).toEqual([]);
  return told;
}

/** The head of a snapshot file differs by version. */
const GUIDE: Readonly<Record<string, string>> = {
  '29': 'https://goo.gl/fbAQLP',
  '30': 'https://jestjs.io/docs/snapshot-testing',
};

describe.each(['29', '30'])('jest %s', (version) => {
  it('tells what a test notices from what none does', async () => {
    const dir = fixture(version, {
      'src/sum.js': 'exports.sum = (a, b) => a + b;\nexports.big = (n) => n > 10;\nexports.unused = (n) => n - 1;\n',
      'test/sum.test.js':
        "const { sum, big } = require('../src/sum');\nbeforeEach(() => {});\ntest('sums', () => { expect(sum(1, 2)).toBe(3); });\ntest('is big', () => { expect(big(50)).toBe(true); expect(big(1)).toBe(false); });\n",
    });
    const planned = [
      { path: 'src/sum.js', find: 'a + b', replace: 'a - b' },
      { path: 'src/sum.js', find: 'n > 10', replace: 'n >= 10' },
      { path: 'src/sum.js', find: 'n > 10', replace: 'n < 10' },
    ];
    const run = await trial(dir, [...planned, { path: 'src/sum.js', find: 'n - 1', replace: 'n + 1' }], {
      tool: 'jest',
    });
    if (run.kind !== 'ran') throw new Error(JSON.stringify(run));
    expect(run.tests.map(({ name, status, reaches }) => [name, status, reaches])).toEqual([
      ['sums', 'pass', [1]],
      ['is big', 'pass', [2, 3]],
    ]);
    expect(run.tries.map(({ number, status, unsure }) => [number, status, unsure])).toEqual([
      [1, 'killed', undefined],
      [3, 'killed', undefined],
      [2, 'survived', undefined],
    ]);
    expect(await expectEqual(dir, planned)).toEqual(['killed', 'survived', 'killed']);
  });

  it('is not held up by types that fit only without mutants', async () => {
    const jest = { transform: { '\\.ts$': 'ts-jest' }, testEnvironment: 'node' };
    const dir = fixture(
      version,
      {
        'package.json': JSON.stringify({ scripts: { test: 'jest' }, devDependencies: { jest: '*' }, jest }),
        'tsconfig.json':
          '{"compilerOptions":{"strict":true,"module":"commonjs","types":["jest"],"isolatedModules":false}}',
        'src/first.ts':
          'export const first = (items: readonly string[]) => items.find((item) => item.length > 1)!;\nexport const size = (n: number) => n + 1;\n',
        'src/first.test.ts':
          "import { first, size } from './first';\ntest('finds', () => { expect(first(['a', 'bc']).length).toBe(2); });\ntest('sizes', () => { expect(size(1) > 0).toBe(true); });\n",
      },
      { 'ts-jest': '29', typescript: '5.9', '@types/jest': '30' },
    );
    const told = await expectEqual(dir, [
      { path: 'src/first.ts', find: 'item.length > 1', replace: 'item.length < 1' },
      { path: 'src/first.ts', find: 'n + 1', replace: 'n - 1' },
      { path: 'src/first.ts', find: 'n + 1', replace: 'undefined as number | undefined' },
    ]);
    expect(told).toEqual(['killed', 'killed', 'killed']);
  });

  it('is not misled by state that tests leave behind', async () => {
    const dir = fixture(version, {
      'src/state.js':
        'const cache = new Map();\nlet count = 0;\nexports.next = () => { count = count + 1; return count; };\nexports.square = (n) => { if (!cache.has(n)) cache.set(n, n * n); return cache.get(n); };\nexports.LIMIT = 5 + 5;\nexports.within = (n) => n <= exports.LIMIT;\n',
      'test/state.test.js':
        "const { next, square, within } = require('../src/state');\ntest('counts', () => { expect(next()).toBe(1); });\ntest('counts on', () => { expect(next()).toBe(2); });\ntest('squares', () => { expect(square(3)).toBe(9); });\ntest('is within', () => { expect(within(10)).toBe(true); });\n",
    });
    const told = await expectEqual(dir, [
      { path: 'src/state.js', find: 'count + 1', replace: 'count + 2' },
      { path: 'src/state.js', find: 'n * n', replace: 'n + n' },
      { path: 'src/state.js', find: '!cache.has(n)', replace: 'true' },
      { path: 'src/state.js', find: '5 + 5', replace: '5 - 5', atLoad: true },
    ]);
    expect(told).toEqual(['killed', 'killed', 'survived', 'killed']);
  });

  it('is not misled by state in closures and in modules that did not change', async () => {
    const dir = fixture(version, {
      'src/hidden.js':
        "const { add, total } = require('./store');\nexports.next = (() => { let n = 0; return () => { n = n + 1; return n; }; })();\nexports.buy = (price) => { add(price + 5); return total(); };\n",
      'src/store.js': 'let sum = 0;\nexports.add = (n) => { sum += n; };\nexports.total = () => sum;\n',
      'test/hidden.test.js':
        "const { next, buy } = require('../src/hidden');\ntest('counts', () => { expect(next()).toBeGreaterThan(0); });\ntest('buys', () => { expect(buy(1)).toBeGreaterThan(0); });\n",
    });
    const planned = [
      { path: 'src/hidden.js', find: 'n + 1', replace: 'n' },
      { path: 'src/hidden.js', find: 'price + 5', replace: '0' },
    ];
    expect(await expectEqual(dir, planned)).toEqual(['killed', 'killed']);
  });

  it('is not misled by state of which no changed line says anything', async () => {
    const dir = fixture(version, {
      'src/memo.js':
        'const cache = new Map();\nexports.square = (n) => { if (!cache.has(n)) cache.set(n, n * n); return cache.get(n); };\n',
      'test/memo.test.js':
        "const { square } = require('../src/memo');\ntest('squares', () => { expect(square(3)).toBe(9); });\n",
    });
    const planned = [{ path: 'src/memo.js', find: '!cache.has(n)', replace: 'cache.has(n)' }];
    expect(await expectEqual(dir, planned)).toEqual(['killed']);
  });

  it('is not misled by what hooks and tests leave to others', async () => {
    const dir = fixture(version, {
      'src/left.js':
        'exports.add = (a, b) => a + b;\nexports.open = (box) => { box.open = 1 + 1; };\nexports.close = (box) => { box.open = box.open - 2; };\n',
      'test/left.test.js':
        "const { add, open, close } = require('../src/left');\nconst box = {};\nlet result;\nbeforeAll(() => { open(box); });\nafterAll(() => { close(box); if (box.open !== 0) throw new Error('open'); });\ntest('computes', () => { result = add(1, 2); });\ntest('looks', () => { expect(result).toBe(3); });\ntest('is open', () => { expect(box.open).toBe(2); });\n",
    });
    const planned: readonly PlannedMutant[] = [
      { path: 'src/left.js', find: 'a + b', replace: 'a - b' },
      { path: 'src/left.js', find: '1 + 1', replace: '1 - 1' },
      { path: 'src/left.js', find: 'box.open - 2', replace: 'box.open - 1' },
    ];
    const run = await trial(dir, planned, { tool: 'jest' });
    expect(run.kind === 'ran' && [...run.loads.values()]).toEqual([[2, 3]]);
    expect(await expectEqual(dir, planned)).toEqual(['killed', 'killed', 'killed']);
  });

  it('comes to an end where the code does not', async () => {
    const dir = fixture(version, {
      'src/loop.js':
        "exports.count = (n) => { let i = 0; while (i < n) { i++; } return i; };\nexports.later = (go) => new Promise((resolve) => { if (go) resolve(1); });\nexports.quit = (n) => { if (n > 5) process.exit(3); return n; };\nexports.reject = (bad) => { if (bad) Promise.reject(new Error('lost')); return 1; };\n",
      'test/loop.test.js':
        "const { count, later, quit, reject } = require('../src/loop');\ntest('counts', () => { expect(count(3)).toBe(3); });\ntest('resolves', async () => { expect(await later(true)).toBe(1); }, 3000);\ntest('stays', () => { expect(quit(1)).toBe(1); });\ntest('keeps its promises', async () => { expect(reject(false)).toBe(1); await new Promise((r) => setTimeout(r, 20)); });\n",
    });
    const planned: readonly PlannedMutant[] = [
      { path: 'src/loop.js', find: 'i++;', replace: ';', form: 'statement' },
      { path: 'src/loop.js', find: 'go', nth: 2, replace: '!go' },
      { path: 'src/loop.js', find: 'n > 5', replace: 'n < 5' },
      { path: 'src/loop.js', find: 'bad', nth: 2, replace: '!bad' },
    ];
    const told = await expectEqual(dir, planned);
    expect(told[0]).toBe('timeout');
  });

  it('leaves nothing behind in the working tree', async () => {
    const dir = fixture(version, {
      'src/a.js': "exports.text = (n) => 'n is '.concat(n + 1);\n",
      'test/a.test.js':
        "const { text } = require('../src/a');\ntest('matches', () => { expect(text(1)).toMatchSnapshot(); expect(text(2)).toMatchInlineSnapshot('\"n is 3\"'); });\n",
      'test/__snapshots__/a.test.js.snap': `// Jest Snapshot v1, ${GUIDE[version] ?? ''}\n\nexports[\`matches 1\`] = \`"n is 2"\`;\n`,
    });
    const { execFileSync } = await import('node:child_process');
    expect(await verdicts(dir, [{ path: 'src/a.js', find: 'n + 1', replace: 'n - 1' }])).toEqual(['killed']);
    expect(execFileSync('git', ['status', '--short'], { cwd: dir, encoding: 'utf8' })).toBe('');
  });

  it('says that tests are red without a mutant', async () => {
    const dir = fixture(version, {
      'src/a.js': 'exports.a = () => 1;\n',
      'test/a.test.js': "test('is red', () => { expect(require('../src/a').a()).toBe(2); });\n",
    });
    const run = await trial(dir, [{ path: 'src/a.js', find: '1', replace: '0' }], { tool: 'jest' });
    expect(run.kind).toBe('red');
  });
});
