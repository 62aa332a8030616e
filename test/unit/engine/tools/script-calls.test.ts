import { describe, expect, it } from 'vitest';
import { readNodePackages } from '../../../../src/engine/tools/read-node-packages.ts';
import { splitCommands } from '../../../../src/engine/tools/shell-words.ts';
import { memoryTree } from '../../memory-tree.ts';
import { json } from '../../memory-workspace.ts';

describe('splitCommands', () => {
  it.each<[string, string, readonly (readonly string[])[]]>([
    ['operators', 'a && b||c;d | e & f', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
    ['quotes', `a "b c" 'd "e"' f\\ g ""`, [['a', 'b c', 'd "e"', 'f g', '']]],
    ['words in parts', `a --x="b c"'d'`, [['a', '--x=b cd']]],
    ['redirections', 'a 2>&1 b >out.txt 2> /dev/null < in &> all c', [['a', 'b', 'c']]],
    ['variables', `a $X "$\{Y:-z} $W" b$\{V}`, [['a', '', 'z ', 'b']]],
    ['groups', '(a; b) && c', [['a'], ['b'], ['c']]],
    ['substitutions', 'a $(find . -name x) && b && c `d`', [['b']]],
    [
      'a status that does not count',
      "a && b 2>&1 | (! grep -q 'x y') && c | tee d",
      [['a'], ['!', 'grep', '-q', 'x y'], ['c'], ['tee', 'd']],
    ],
    ['globs', 'a "src/**/*.{js,ts}" *.md', [['a', 'src/**/*.{js,ts}', '*.md']]],
    ['an open quote', `a 'b c`, [['a', "'b", 'c']]],
    ['nothing', ' && ; ', []],
  ])('reads %s', (_, line, commands) => {
    expect(splitCommands(line)).toEqual(commands);
  });
});

function callsOf(scripts: Readonly<Record<string, string>>, script: string): readonly string[] {
  const [pkg] = readNodePackages(memoryTree({ 'package.json': json({ scripts }) }));
  const calls = (pkg?.calls ?? []).filter((call) => call.script === script);
  return calls.map(({ env, program, args }) =>
    [...Object.entries(env).map(([name, value]) => `${name}=${value}`), program, ...args].join(' '),
  );
}

describe('calls of scripts', () => {
  it.each<[string, string]>([
    ['cross-env A=1 B=2 jest --ci', 'A=1 B=2 jest --ci'],
    [
      'NODE_ENV=test NODE_OPTIONS="$NODE_OPTIONS --no-warnings" vitest',
      'NODE_ENV=test NODE_OPTIONS= --no-warnings vitest',
    ],
    ['dotenv -e .env.test -- mocha x', 'mocha x'],
    ['c8 -r text --all node --test', 'node --test'],
    ['nyc --exclude examples --reporter=lcovonly mocha', 'mocha'],
    ['npx -y vitest run', 'vitest run'],
    ['npx --no-install -- eslint .', 'eslint .'],
    ['npm exec -- eslint .', 'eslint .'],
    ['pnpm exec eslint .', 'eslint .'],
    ['pnpm dlx tsc -p x', 'tsc -p x'],
    ['pnpm vitest run', 'vitest run'],
    ['yarn tsc --noEmit', 'tsc --noEmit'],
    ['yarn run -T eslint .', 'eslint .'],
    ['bun x biome check', 'biome check'],
    [
      'node --experimental-vm-modules node_modules/jest/bin/jest.js -i',
      'NODE_OPTIONS=--experimental-vm-modules jest -i',
    ],
    ['node --a ./node_modules/.bin/mocha x', 'NODE_OPTIONS=--a mocha x'],
    ['./node_modules/.bin/eslint .', 'eslint .'],
    ['bun test --x', 'bun test --x'],
    ['pnpm -r test', 'pnpm -r test'],
    ['pnpm run -r --filter zod build', 'pnpm run -r --filter zod build'],
    ['npm test --workspaces', 'npm test --workspaces'],
    ['yarn workspaces foreach run test', 'yarn workspaces foreach run test'],
  ])('reads %s', (text, call) => {
    expect(callsOf({ test: text }, 'test')).toEqual([call]);
  });

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['npm run', { check: 'npm run -s lint && npm test', lint: 'eslint .', test: 'jest' }, ['eslint .', 'jest']],
    ['arguments passed on', { check: 'npm run lint -- --fix', lint: 'tsc && eslint .' }, ['tsc', 'eslint . --fix']],
    ['arguments without dashes', { check: 'yarn lint --fix', lint: 'eslint .' }, ['eslint . --fix']],
    ['options npm keeps to itself', { check: 'npm run lint --fix', lint: 'eslint .' }, ['eslint .']],
    ['node --run', { check: 'node --run lint', lint: 'eslint .' }, ['eslint .']],
    ['bun run', { check: 'bun run lint', lint: 'eslint .' }, ['eslint .']],
    ['hooks', { precheck: 'tsc', check: 'eslint .', postcheck: 'jest' }, ['tsc', 'eslint .', 'jest']],
    [
      'run-s',
      { check: 'run-s lint:* test', 'lint:js': 'eslint .', 'lint:ts': 'tsc', 'lint:a:b': 'x', test: 'jest' },
      ['eslint .', 'tsc', 'jest'],
    ],
    ['run-p of all below', { check: 'run-p -l lint:**', 'lint:js': 'eslint .', 'lint:a:b': 'x' }, ['eslint .', 'x']],
    [
      'concurrently',
      { check: 'concurrently -n a,b "npm:lint" "npm run test -- --ci"', lint: 'eslint .', test: 'jest' },
      ['eslint .', 'jest --ci'],
    ],
    ['circles', { check: 'npm run again && eslint .', again: 'npm run check && tsc' }, ['tsc', 'eslint .']],
    ['another folder', { check: 'eslint . && cd site && tsc' }, ['eslint .']],
    ['environment handed down', { check: 'A=1 npm test', test: 'B=2 jest' }, ['A=1 B=2 jest']],
  ])('follows %s', (_, scripts, calls) => {
    expect(callsOf(scripts, 'check')).toEqual(calls);
  });

  it('stops where scripts fan out without end', () => {
    const scripts = Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [`s${at}`, `run-s ${'s* '.repeat(9)}&& x${at}`]),
    );
    expect(callsOf(scripts, 's0').length).toBeLessThanOrEqual(500);
  });
});

describe('readNodePackages', () => {
  it('leaves out fixtures and says nothing about a broken package.json', () => {
    const tree = memoryTree({
      'package.json': '{ "name": ',
      'a/package.json': json({
        name: 'a',
        devDependencies: { x: '1' },
        peerDependencies: { y: '2' },
        scripts: { test: 1 },
      }),
      'a/node_modules/b/package.json': '{}',
      'a/test/fixtures/c/package.json': '{}',
      'testdata/d/package.json': '{}',
    });
    expect(readNodePackages(tree)).toMatchObject([
      { dir: 'a', name: 'a', scripts: {}, dependencies: { x: '1', y: '2' } },
      { dir: '', name: undefined, calls: [], dependencies: {} },
    ]);
  });
});
