import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { CART, cartMutants, NAMES, SHOP, SHOP_NAMES, SHOP_PROGRAM, SHOP_TESTS, shopMutants, TESTS } from './cart.ts';
import { expectBruteForce } from './fates.ts';
import { HIDDEN, HIDDEN_NAMES, HIDDEN_TESTS, hiddenMutants, traps } from './hidden.ts';
import { repositoryOf, trial } from './trial.ts';

const dirs: string[] = [];

afterAll(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function project(files: Readonly<Record<string, string>>, { script = 'node --test', type = 'commonjs' } = {}): string {
  const dir = repositoryOf({ 'package.json': JSON.stringify({ type, scripts: { test: script } }), ...files });
  dirs.push(dir);
  return dir;
}

describe('mutants tried with node:test', () => {
  it.concurrent('have the fate of fresh processes, CommonJS', async () => {
    const dir = project({
      'src/cart.js': `${CART}module.exports = { ${NAMES} };\n`,
      'test/cart.test.js': `const assert = require('node:assert');
const { beforeEach, describe, it } = require('node:test');
const { ${NAMES} } = require('../src/cart.js');
${TESTS}`,
    });
    await expectBruteForce(dir, cartMutants('src/cart.js'), 'node-test');
  }, 180_000);

  it.concurrent('have the fate of fresh processes, TypeScript that Node strips', async () => {
    const dir = project(
      {
        'src/cart.ts': `${CART}export { ${NAMES} };\nexport type Price = number;\n`,
        'test/cart.test.ts': `import assert from 'node:assert';
import { beforeEach, describe, it } from 'node:test';
import { ${NAMES}, type Price } from '../src/cart.ts';
const price: Price = 1;
${TESTS}`,
      },
      { type: 'module' },
    );
    await expectBruteForce(dir, cartMutants('src/cart.ts'), 'node-test');
  }, 180_000);

  it.concurrent('have the fate of fresh processes with state, hooks and other processes, ES modules', async () => {
    const dir = project(
      {
        'src/shop.js': SHOP,
        'src/program.js': SHOP_PROGRAM,
        'test/shop.test.js': `import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ${SHOP_NAMES} } from '../src/shop.js';
const program = fileURLToPath(new URL('../src/program.js', import.meta.url));
${SHOP_TESTS}`,
      },
      { type: 'module' },
    );
    await expectBruteForce(dir, shopMutants('src/shop.js'), 'node-test');
  }, 240_000);

  it.concurrent('have the fate of fresh processes with hooks of the file, subtests, mocks and callbacks', async () => {
    const dir = project({
      'src/box.js': `
exports.clock = { now: () => 1 };
exports.age = () => exports.clock.now() + 1;
exports.open = (box) => { box.isOpen = true; return box; };
exports.close = (box) => { box.isOpen = false; };
exports.later = (n, done) => setImmediate(() => done(n > 3 ? new Error('much') : undefined, n));
exports.sum = (a, b) => a + b;
exports.late = (n) => { if (n > 5) Promise.reject(new Error('late')); return n; };
exports.leave = (n) => { if (n > 9) process.exit(0); return n; };
`,
      'test/box.test.js': `const assert = require('node:assert');
const test = require('node:test');
const { clock, age, open, close, later, sum, late, leave } = require('../src/box.js');
const box = {};
test.before(() => { box.before = sum(1, 1); });
test.beforeEach(() => open(box));
test.afterEach(() => close(box));
test('is open', () => assert.equal(box.isOpen, true));
test('was prepared', () => assert.equal(box.before, 2));
test('has an age', (t) => {
  t.mock.method(clock, 'now', () => 41);
  assert.equal(age(), 42);
});
test('has its own clock', () => assert.equal(age(), 2));
test('calls back', (t, done) => later(2, done));
test('has parts', async (t) => {
  await t.test('one', () => assert.equal(sum(1, 2), 3));
  await t.test('two', () => { sum(2, 2); });
});
test('is late', async () => { late(1); await new Promise((resolve) => setTimeout(resolve, 5)); });
test('stays', () => { leave(1); });
`,
    });
    const plans = [
      ['box.isOpen = true', 'box.isOpen = 1'],
      ['box.isOpen = false', 'box.isOpen = 0'],
      ['exports.clock.now() + 1', 'exports.clock.now() - 1'],
      ['n > 3', 'n < 3'],
      ['a + b', 'a - b'],
      ['n > 5', 'n < 5'],
      ['n > 9', 'n < 9'],
      ['() => 1', '() => 2'],
    ] as const;
    const planned = plans.map(([find, replace]) => ({ path: 'src/box.js', find, replace }));
    await expectBruteForce(dir, planned, 'node-test');
  }, 240_000);

  it.concurrent.each(traps(`import { after, it } from 'node:test';\n`))(
    'have the fate of fresh processes where $name',
    async ({ files, planned }) => {
      await expectBruteForce(project(files, { type: 'module' }), planned, 'node-test');
    },
    60_000,
  );

  it.concurrent('have the fate of fresh processes where CommonJS requires what is hidden in ES modules', async () => {
    const head = `const assert = require('node:assert');\nconst { it } = require('node:test');\n`;
    const text = `${head}const { ${HIDDEN_NAMES} } = require('../src/hidden.js');\n${HIDDEN_TESTS}`;
    const inner = { 'src/package.json': '{"type":"module"}' };
    const dir = project({ ...HIDDEN, ...inner, 'test/hidden.test.js': text });
    await expectBruteForce(dir, hiddenMutants, 'node-test');
  }, 60_000);

  it.concurrent('have the fate of fresh processes where something comes late', async () => {
    const dir = project(
      {
        'src/late.js': `export const table = [1, 2].map((n) => check(n));
function check(n) {
  if (n > 2) Promise.reject(new Error('much'));
  return n;
}
`,
        'src/one.js': 'export const one = (n) => n + 1;\n',
        'test/late.test.js': `import assert from 'node:assert';
import { it } from 'node:test';
import { table } from '../src/late.js';
it('has', () => assert.equal(table.length, 2));
`,
        'test/one.test.js': `import assert from 'node:assert';
import { it } from 'node:test';
import { one } from '../src/one.js';
it('runs', () => { one(1); });
setImmediate(() => it('is known late', () => assert.equal(one(1), 2)));
`,
      },
      { type: 'module' },
    );
    const planned = [
      { path: 'src/late.js', find: 'n > 2', replace: 'n < 2' },
      { path: 'src/late.js', find: 'n > 2', replace: 'n >= 3' },
      { path: 'src/one.js', find: 'n + 1', replace: 'n - 1' },
    ];
    await expectBruteForce(dir, planned, 'node-test');
  }, 60_000);

  it('take one process for a file whose tests can be told apart', async () => {
    const dir = project({
      'src/one.js': 'exports.one = (n) => n + 1;\nexports.two = (n) => n * 2;\n',
      'test/one.test.js': `const assert = require('node:assert');
const { test } = require('node:test');
const { one, two } = require('../src/one.js');
test('adds', () => assert.equal(one(1), 2));
test('doubles', () => assert.equal(two(0), 0));
`,
    });
    const planned = [
      { path: 'src/one.js', find: 'n + 1', replace: 'n - 1' },
      { path: 'src/one.js', find: 'n * 2', replace: 'n / 2' },
    ];
    const run = await trial(dir, planned, { tool: 'node-test' });
    expect(run).toMatchObject({
      kind: 'ran',
      tests: [
        { id: 'test/one.test.js > adds', reaches: [1] },
        { id: 'test/one.test.js > doubles', reaches: [2] },
      ],
      tries: [
        { number: 1, status: 'killed', killedBy: ['test/one.test.js > adds'], ran: ['test/one.test.js > adds'] },
        { number: 2, status: 'survived', ran: ['test/one.test.js > doubles'] },
      ],
    });
  }, 60_000);
});
