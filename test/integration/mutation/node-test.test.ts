import { rmSync } from 'node:fs';
import { afterEach, describe, it } from 'vitest';
import { CART, cartMutants, NAMES, SHOP, SHOP_NAMES, SHOP_PROGRAM, SHOP_TESTS, shopMutants, TESTS } from './cart.ts';
import { expectBruteForce } from './fates.ts';
import { repositoryOf } from './trial.ts';

const dirs: string[] = [];

afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function project(files: Readonly<Record<string, string>>, { script = 'node --test', type = 'commonjs' } = {}): string {
  const dir = repositoryOf({ 'package.json': JSON.stringify({ type, scripts: { test: script } }), ...files });
  dirs.push(dir);
  return dir;
}

describe('mutants tried with node:test', () => {
  it('have the fate of fresh processes, CommonJS', async () => {
    const dir = project({
      'src/cart.js': `${CART}module.exports = { ${NAMES} };\n`,
      'test/cart.test.js': `const assert = require('node:assert');
const { beforeEach, describe, it } = require('node:test');
const { ${NAMES} } = require('../src/cart.js');
${TESTS}`,
    });
    await expectBruteForce(dir, cartMutants('src/cart.js'), 'node-test');
  }, 180_000);

  it('have the fate of fresh processes, TypeScript that Node strips', async () => {
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

  it('have the fate of fresh processes with state, hooks and other processes, ES modules', async () => {
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
});
