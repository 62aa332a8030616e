import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { MutantRun, Try } from '../../../src/engine/mutation/mutant-runner.ts';
import { installed } from './installed.ts';
import { bruteForce, type Fate, type PlannedMutant, repositoryOf, trial } from './trial.ts';

const dirs: string[] = [];

afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function project(
  files: Readonly<Record<string, string>>,
  { version = '11', script = 'mocha', type = 'commonjs' } = {},
): string {
  const home = installed({ mocha: version });
  const dir = repositoryOf({
    'package.json': JSON.stringify({ type, scripts: { test: script }, devDependencies: { mocha: '*' } }),
    '.gitignore': 'node_modules\n',
    ...files,
  });
  symlinkSync(join(home, 'node_modules'), join(dir, 'node_modules'));
  dirs.push(dir);
  return dir;
}

const CART = `
let calls = 0;
const memo = new Map();
function total(prices) {
  let sum = 0;
  for (const price of prices) sum += price;
  return sum;
}
function discount(sum) {
  return sum > 100 ? sum - 10 : sum;
}
function slow(n) {
  if (!memo.has(n)) memo.set(n, n * 2);
  return memo.get(n);
}
function next() {
  calls = calls + 1;
  return calls;
}
function count(n) {
  let i = 0;
  while (i < n) i++;
  return i;
}
function unused() { return 1; }
const RATE = 3 + 4;
async function later(ok) {
  if (!ok) throw new Error('no');
  return 'yes';
}
`;

const NAMES = 'total, discount, slow, next, count, unused, RATE, later';

const TESTS = `
describe('cart', () => {
  beforeEach(() => {});
  it('adds up', () => assert.equal(total([1, 2, 3]), 6));
  it('gives a discount', () => {
    assert.equal(discount(200), 190);
    assert.equal(discount(10), 10);
  });
  it('remembers', () => assert.equal(slow(21), 42));
  it('counts calls', () => assert.equal(next(), 1));
  it('counts', () => assert.equal(count(5), 5));
  it('has a rate', () => assert.equal(RATE, 7));
  it('waits', async () => assert.equal(await later(true), 'yes'));
  it('does not look', () => { discount(100); });
});
`;

const MUTANTS: readonly PlannedMutant[] = (
  [
    ['sum += price', 'sum -= price'],
    ['sum > 100', 'sum >= 100'],
    ['sum > 100', 'sum < 100'],
    ['sum - 10', 'sum + 10'],
    ['n * 2', 'n / 2'],
    ['!memo.has(n)', 'true'],
    ['calls + 1', 'calls + 2'],
    ['i < n', 'true'],
    ['i < n', 'i <= n'],
    ['3 + 4', '3 - 4'],
    ['!ok', 'ok'],
    ['return 1;', 'return 2;', 'statement'],
    ["'yes'", 'new Promise(() => {})'],
    ['memo.get(n)', 'process.exit(3)'],
  ] as const
).map(([find, replace, form = 'expression']) => ({ path: 'src/cart.js', find, replace, form }));

/** Every mutant that is not sure is tried again, alone, as the engine does. */
async function fates(dir: string, planned: readonly PlannedMutant[]): Promise<readonly Fate[]> {
  const run = await trial(dir, planned, { tool: 'mocha' });
  if (run.kind !== 'ran') throw new Error(JSON.stringify(run));
  const result: Fate[] = [];
  for (const number of planned.keys()) result.push(await fateOf(dir, planned, number + 1, run));
  return result;
}

async function fateOf(
  dir: string,
  planned: readonly PlannedMutant[],
  number: number,
  run: MutantRun & { kind: 'ran' },
): Promise<Fate> {
  const own = run.tries.filter((one) => one.number === number);
  const sure = own.find((one) => one.unsure === undefined && one.status !== 'survived');
  if (sure !== undefined) return asFate(sure);
  const reached =
    [...run.loads.values()].some((reaches) => reaches.includes(number)) ||
    run.tests.some((test) => test.reaches.includes(number));
  const doubtful = own.some((one) => one.unsure !== undefined) || (own.length === 0 && reached);
  if (!doubtful) return 'survived';
  const alone = await trial(dir, planned, { tool: 'mocha', mode: 'alone', tries: [number] });
  if (alone.kind !== 'ran' || alone.tries[0] === undefined) throw new Error(JSON.stringify(alone));
  return asFate(alone.tries[0]);
}

/** A test that is cut off is a test that fails: brute force tells no difference where Mocha's own limit ends it. */
function asFate({ status }: Try): Fate {
  return status === 'survived' || status === 'error' ? status : 'killed';
}

async function expectBruteForce(dir: string, planned: readonly PlannedMutant[]): Promise<void> {
  const truth = await bruteForce(dir, planned, { tool: 'mocha', timeoutMs: 8000 });
  const wanted = truth.map((fate) => (fate === 'survived' ? fate : 'killed'));
  expect(await fates(dir, planned)).toEqual(wanted);
}

describe('mutants tried in one run of Mocha', () => {
  it.each(['10', '11', '12'])(
    'have the fate of fresh processes, CommonJS, Mocha %s',
    async (version) => {
      const dir = project(
        {
          'src/cart.js': `${CART}module.exports = { ${NAMES} };\n`,
          'test/cart.test.js': `const assert = require('node:assert');\nconst { ${NAMES} } = require('../src/cart.js');\n${TESTS}`,
        },
        { version, script: 'mocha test/*.test.js' },
      );
      await expectBruteForce(dir, MUTANTS);
    },
    180_000,
  );
});
