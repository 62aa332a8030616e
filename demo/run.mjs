// The harness at work on a sample repository: `npm start`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const cli = resolve(import.meta.dirname, '../dist/cli.cjs');
const root = mkdtempSync(join(tmpdir(), 'downforce-sample-'));

const write = (path, text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const git = (...args) =>
  execFileSync('git', ['-c', 'user.name=Sample', '-c', 'user.email=sample@localhost', ...args], {
    cwd: root,
    stdio: 'pipe',
  });
const say = (text) => console.log(`\n\u001b[1m${text}\u001b[0m`);
const downforce = (...args) => {
  console.log(`\u001b[36m$ downforce ${args.join(' ')}\u001b[0m`);
  return spawnSync(process.execPath, [cli, ...args, '--format', 'text'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FORCE_COLOR: '1' },
  }).status;
};
const expectStatus = (status, wanted) => {
  if (status === wanted) return;
  console.error(`expected exit status ${wanted}, got ${status}`);
  process.exit(1);
};

say(`1. A small monorepo: a price rule, a shop that uses it, a mailer that does not (${root})`);
write(
  'package.json',
  JSON.stringify({ name: 'sample', private: true, type: 'module', workspaces: ['packages/*'] }, null, 2),
);
for (const [name, dependencies] of [
  ['pricing', {}],
  ['shop', { pricing: '*' }],
  ['mailer', {}],
]) {
  write(
    `packages/${name}/package.json`,
    JSON.stringify(
      {
        name,
        version: '1.0.0',
        type: 'module',
        exports: './src/index.js',
        scripts: { test: 'node --test' },
        dependencies,
      },
      null,
      2,
    ),
  );
}
write(
  'packages/pricing/src/index.js',
  `/** Orders of 100 and more get a tenth off. */
export function discount(total) {
  return total >= 100 ? total * 0.1 : 0;
}
`,
);
write(
  'packages/pricing/test/discount.test.js',
  `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discount } from '../src/index.js';

test('large orders get a tenth off', () => assert.equal(discount(200), 20));
test('small orders get nothing off', () => assert.equal(discount(50), 0));
`,
);
write(
  'packages/shop/src/index.js',
  `import { discount } from '../../pricing/src/index.js';

export const toPay = (total) => total - discount(total);
`,
);
write(
  'packages/shop/test/shop.test.js',
  `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toPay } from '../src/index.js';

test('an order of exactly 100 costs 90', () => assert.equal(toPay(100), 90));
`,
);
write('packages/mailer/src/index.js', `export const greet = (name) => \`Hello \${name}\`;\n`);
write(
  'packages/mailer/test/mailer.test.js',
  `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { greet } from '../src/index.js';

test('greets by name', () => assert.equal(greet('Ada'), 'Hello Ada'));
`,
);
write('README.md', '# Sample\n');
git('init', '-q', '-b', 'main');
git('add', '-A');
git('commit', '-qm', 'sample');
git('switch', '-qc', 'agent');

say('2. An agent edits the README: inert by a rule, nothing to run');
write('README.md', '# Sample\n\nNow with discounts.\n');
expectStatus(downforce('loop'), 0);

say(
  '3. An agent "simplifies" the price rule, silences a linter on the way, and says that all is done. The tests of that package still pass; the shop, one import away, does not',
);
write(
  'packages/pricing/src/index.js',
  `/** Orders of 100 and more get a tenth off. */
// eslint-disable-next-line no-magic-numbers
export const discount = (total) => (total > 100 ? total / 10 : 0);
`,
);
expectStatus(downforce('loop'), 1);

say('4. Why was the shop looked at, and the mailer not?');
expectStatus(downforce('explain', 'packages/shop/test/shop.test.js'), 0);

say('5. The agent mends it, and says in a test what the rule is');
write(
  'packages/pricing/src/index.js',
  `/** Orders of 100 and more get a tenth off. */
export const discount = (total) => (total >= 100 ? total / 10 : 0);
`,
);
write(
  'packages/pricing/test/discount.test.js',
  `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discount } from '../src/index.js';

test('large orders get a tenth off', () => assert.equal(discount(200), 20));
test('an order of exactly 100 is large', () => assert.equal(discount(100), 10));
test('small orders get nothing off', () => assert.equal(discount(50), 0));
`,
);
expectStatus(downforce('loop'), 0);

say('6. Asked again for the same tree, it answers from what it knows');
expectStatus(downforce('loop'), 0);
console.log(`\nThe sample stays in ${root}. Try: cd ${root} && node ${cli} loop`);
