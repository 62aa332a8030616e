import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, it } from 'vitest';
import { CART, cartMutants, NAMES, TESTS } from './cart.ts';
import { expectBruteForce } from './fates.ts';
import { installed } from './installed.ts';
import { repositoryOf } from './trial.ts';

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
      await expectBruteForce(dir, cartMutants('src/cart.js'), 'mocha');
    },
    180_000,
  );
});
