import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CART, cartMutants, NAMES, SHOP, SHOP_NAMES, SHOP_PROGRAM, SHOP_TESTS, shopMutants, TESTS } from './cart.ts';
import { expectBruteForce } from './fates.ts';
import { traps } from './hidden.ts';
import { installed } from './installed.ts';
import { repositoryOf, trial } from './trial.ts';

const dirs: string[] = [];

afterAll(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function project(
  files: Readonly<Record<string, string>>,
  { version = '11', script = 'mocha', type = 'commonjs', packages = {} } = {},
): string {
  const home = installed({ mocha: version, ...packages });
  const dir = repositoryOf({
    'package.json': JSON.stringify({ type, scripts: { test: script }, devDependencies: { mocha: '*' } }),
    '.gitignore': 'node_modules\n',
    ...files,
  });
  symlinkSync(join(home, 'node_modules'), join(dir, 'node_modules'));
  dirs.push(dir);
  return dir;
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
      // Brute force takes long; the versions differ in how they start, not in how they run.
      const planned = version === '11' ? cartMutants('src/cart.js') : cartMutants('src/cart.js').slice(2, 6);
      await expectBruteForce(dir, planned, 'mocha');
    },
    180_000,
  );

  it.concurrent('have the fate of fresh processes with state, hooks and other processes, ES modules', async () => {
    const dir = project(
      {
        'src/shop.js': SHOP,
        'src/program.js': SHOP_PROGRAM,
        'test/hooks.js': 'export const mochaHooks = { beforeEach() {} };\nexport const mochaGlobalSetup = () => {};\n',
        'test/shop.test.js': `import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ${SHOP_NAMES} } from '../src/shop.js';
const program = fileURLToPath(new URL('../src/program.js', import.meta.url));
${SHOP_TESTS}`,
      },
      { type: 'module', script: 'mocha --check-leaks --require ./test/hooks.js test/*.test.js' },
    );
    await expectBruteForce(dir, shopMutants('src/shop.js'), 'mocha');
  }, 240_000);

  it.concurrent.each(traps())(
    'have the fate of fresh processes where $name',
    async ({ files, planned }) => {
      const dir = project(files, { type: 'module', script: 'mocha test/*.test.js' });
      await expectBruteForce(dir, planned, 'mocha');
    },
    60_000,
  );

  it('are left to a copy of the tree where a test reads the source', async () => {
    const dir = project(
      {
        'src/one.js': 'exports.one = () => 1;\n',
        'test/one.test.js': `const assert = require('node:assert');
const { readFileSync } = require('node:fs');
require('../src/one.js');
it('has a file', () => assert.ok(readFileSync(require.resolve('../src/one.js'), 'utf8').includes('=> 1')));
`,
      },
      { script: 'mocha test/*.test.js' },
    );
    const planned = [{ path: 'src/one.js', find: '1', replace: '2' }];
    const together = await trial(dir, planned, { tool: 'mocha' });
    expect(together).toMatchObject({ kind: 'ran', tries: [{ status: 'survived', unsure: expect.any(String) }] });
    expect(await trial(dir, planned, { tool: 'mocha', mode: 'alone' })).toMatchObject({ kind: 'unfit' });
  }, 60_000);

  it.each([
    ['type stripping of Node', {}, 'mocha test/*.test.ts', 'module'],
    ['tsx', { tsx: '4' }, 'mocha --import=tsx test/*.test.ts', 'module'],
    ['tsx by require', { tsx: '4' }, 'mocha --require tsx/cjs --extension ts test/*.test.ts', 'commonjs'],
    ['ts-node', { 'ts-node': '10', typescript: '5' }, 'mocha --require ts-node/register test/*.test.ts', 'commonjs'],
  ])(
    'reach TypeScript through %s',
    async (_, packages, script, type) => {
      const dir = project(
        {
          'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "moduleResolution": "node" } }',
          'src/one.ts': 'export function one(n: number): number {\n  return n + 1;\n}\n',
          'test/one.test.ts': `import { strict as assert } from 'node:assert';
import { one } from '../src/one${type === 'module' ? '.ts' : ''}';
declare const it: (name: string, fn: () => void) => void;
it('adds', () => assert.equal(one(1), 2));
it('runs', () => { one(1); });
`,
        },
        { script, type, packages },
      );
      const planned = [{ path: 'src/one.ts', find: 'n + 1', replace: 'n - 1' }];
      const id = 'test/one.test.ts > adds';
      const tries = [{ number: 1, status: 'killed', killedBy: [id] }];
      const together = await trial(dir, planned, { tool: 'mocha', testFiles: ['test/one.test.ts'] });
      expect(together).toMatchObject({ kind: 'ran', tests: [{ reaches: [1] }, { reaches: [1] }], tries });
      expect(together).not.toMatchObject({ tries: [{ unsure: expect.any(String) }] });
      expect(await trial(dir, planned, { tool: 'mocha', mode: 'alone' })).toMatchObject({ kind: 'ran', tries });
    },
    120_000,
  );

  it('does not wait for what never ends outside of the code that counts', async () => {
    const dir = project(
      {
        'src/one.js': 'exports.limit = () => 3;\nexports.two = () => 2;\n',
        'test/one.test.js': `const assert = require('node:assert');
const { limit, two } = require('../src/one.js');
it('ends', () => { const most = limit(); for (let i = 0; i !== most; i++) if (i > 9) i = 4; });
it('is two', () => assert.equal(two(), 2));
`,
      },
      { script: 'mocha test/*.test.js' },
    );
    const planned = [
      { path: 'src/one.js', find: '3', replace: '-1' },
      { path: 'src/one.js', find: '2', replace: '4' },
    ];
    const run = await trial(dir, planned, { tool: 'mocha' });
    expect(run).toMatchObject({
      kind: 'ran',
      tries: [
        { number: 1, unsure: expect.any(String) },
        { number: 2, status: 'killed' },
      ],
    });
  }, 60_000);
});
