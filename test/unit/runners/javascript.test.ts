import { describe, expect, it } from 'vitest';
import { detectChecks } from '../../../src/engine/tools/detect.ts';
import { RUNNERS } from '../../../src/runners/index.ts';
import { jest } from '../../../src/runners/jest/tool.ts';
import { mocha } from '../../../src/runners/mocha/tool.ts';
import { nodeTest } from '../../../src/runners/node-test/tool.ts';
import { npmScript } from '../../../src/runners/npm-script/tool.ts';
import { vitest } from '../../../src/runners/vitest/tool.ts';
import { checkOf, checksOf, commandOf, coveredOf, json, memoryWorkspace, onFiles } from '../memory-workspace.ts';

const withTest = (test: string, rest = {}) => json({ scripts: { test }, ...rest });
const files = { 'src/a.ts': '', 'src/a.test.ts': '', 'src/__tests__/b.js': '', 'test/c.js': '' };
const VITEST = '--reporter=json --outputFile.json=/scratch/vitest.json --coverage.enabled=false';
const JEST = '--ci --json --testLocationInResults --coverage=false --outputFile=/scratch/jest.json';
const MOCHA = '--reporter json --reporter-option output=/scratch/mocha.json';
const NODE = '--test --test-reporter=tap --test-reporter-destination=/scratch/node-test.tap';

describe('vitest', () => {
  it.each([
    ['vitest', `/bin/vitest run ${VITEST}`],
    ['vitest run --coverage --reporter dot -u -t x', `/bin/vitest run ${VITEST}`],
    [
      'vitest -c test/v.config.ts --project=unit --typecheck',
      `/bin/vitest run -c test/v.config.ts --project=unit --typecheck ${VITEST}`,
    ],
    ['vitest watch src', `/bin/vitest run ${VITEST} src`],
  ])('runs `%s` once and without effects', (script, command) => {
    const check = checkOf(vitest, { 'package.json': withTest(script), ...files });
    expect(commandOf(check)).toBe(command);
    expect(check).toMatchObject({
      id: 'test:root',
      tool: 'vitest',
      narrowing: 'affected',
      timeoutMs: 600_000,
      retries: 0,
    });
  });

  it('narrows to files and believes to be on CI', () => {
    const check = checkOf(vitest, { 'package.json': withTest('A=1 vitest --project x'), ...files });
    expect(check.invoke(onFiles('src/a.test.ts', 'gone.test.ts'), '/scratch')).toEqual({
      kind: 'run',
      argv: ['/bin/vitest', 'run', '--project', 'x', ...VITEST.split(' '), 'src/a.test.ts'],
      env: { A: '1', CI: 'true' },
      reports: ['/scratch/vitest.json'],
    });
    expect(coveredOf(check, [...Object.keys(files), 'dist/a.test.js'])).toEqual(['src/a.test.ts']);
  });

  it.each<[string, string, readonly string[]]>([
    [
      'include',
      "export default { test: { include: ['test/**/*.js'], exclude: ['test/c.js'], coverage: { include: ['src/**'] } } }",
      [],
    ],
    ['include and default', "export default { test: { include: [...defaults, 'test/**/*.js'] } }", ['test/c.js']],
    [
      'a regular expression and comments',
      "const x = /[/'\"]/; // include: ['a']\n/* [ */ export default defineConfig({ test: { include: ['src/**/a.*'] } })",
      ['src/a.ts', 'src/a.test.ts'],
    ],
    [
      'projects',
      "export default { test: { projects: [{ test: { name: 'a', include: ['test/*.js'] } }] } }",
      ['test/c.js'],
    ],
    [
      'a project without a list',
      "export default { test: { projects: [{ test: { name: 'a', include: ['test/*.js'] } }, { test: { name: 'b' } }] } }",
      ['src/a.test.ts', 'test/c.js'],
    ],
    ['nothing that can be read', 'export default { test: { include: globs() } }', ['src/a.test.ts']],
  ])('covers tests by %s', (_, config, tests) => {
    const check = checkOf(vitest, { 'package.json': withTest('vitest'), 'vitest.config.ts': config, ...files });
    expect(coveredOf(check, Object.keys(files))).toEqual(tests);
    expect(check.config).toEqual(['vitest.config.ts']);
  });

  it('runs packages that are projects of the root with the root', () => {
    const packages = {
      'packages/a/package.json': withTest('vitest run'),
      'packages/a/vitest.config.ts': "export default { test: { include: ['src/*.unit.ts'] } }",
      'packages/a/src/x.unit.ts': '',
      'packages/b/package.json': withTest('vitest run'),
      'packages/b/y.test.ts': '',
    };
    const projects = "export default { test: { projects: ['packages/*'] } }";
    const together = checkOf(vitest, { 'package.json': withTest('vitest'), 'vitest.config.ts': projects, ...packages });
    expect(together.config).toEqual(['vitest.config.ts', 'packages/a/vitest.config.ts']);
    expect(coveredOf(together, Object.keys(packages))).toEqual(['packages/a/src/x.unit.ts', 'packages/b/y.test.ts']);
    const apart = checksOf(vitest, { 'package.json': withTest('turbo test'), ...packages });
    expect(apart.map(({ id, cwd }) => [id, cwd])).toEqual([
      ['test:a', 'packages/a'],
      ['test:b', 'packages/b'],
    ]);
  });

  it.each<[string, Record<string, string>, number]>([
    ['a dependency and tests', { 'package.json': json({ devDependencies: { vitest: '3' } }), ...files }, 1],
    ['a dependency without tests', { 'package.json': json({ devDependencies: { vitest: '3' } }), 'src/a.ts': '' }, 0],
    [
      'a dependency beside another test script',
      { 'package.json': withTest('ava', { devDependencies: { vitest: '3' } }), ...files },
      0,
    ],
    ['benchmarks', { 'package.json': json({ scripts: { bench: 'vitest bench' } }), ...files }, 0],
  ])('with %s', (_, tree, count) => {
    expect(checksOf(vitest, tree)).toHaveLength(count);
  });

  it('leaves the files of a package that runs by itself to that package', () => {
    const [root, a] = checksOf(vitest, {
      'package.json': withTest('vitest'),
      'x.test.ts': '',
      'packages/a/package.json': withTest('vitest'),
      'packages/a/y.test.ts': '',
    });
    const paths = ['x.test.ts', 'packages/a/y.test.ts'];
    expect([root, a].map((check) => check && coveredOf(check, paths))).toEqual([
      ['x.test.ts'],
      ['packages/a/y.test.ts'],
    ]);
  });

  it('takes scripts named after tests where there is no `test`', () => {
    const scripts = {
      'test:unit': 'vitest --project unit',
      'test:e2e': 'vitest --project e2e',
      'test:watch': 'vitest --project w',
    };
    const checks = checksOf(vitest, { 'package.json': json({ scripts }), ...files });
    expect(checks.map(({ id, evidence }) => [id, evidence])).toEqual([
      ['test:root', 'package.json script "test:unit"'],
      ['test:root/vitest', 'package.json script "test:e2e"'],
    ]);
  });
});

describe('jest', () => {
  it('narrows by path', () => {
    const script =
      'node --experimental-vm-modules node_modules/jest/bin/jest.js --config jest.json --coverage --watchAll -u';
    const check = checkOf(jest, {
      'package.json': withTest(script),
      'jest.json': '{"testRegex":"test/.*\\\\.js$"}',
      ...files,
    });
    expect(commandOf(check)).toBe(`/bin/jest --config jest.json ${JEST}`);
    expect(commandOf(check, onFiles('test/c.js'))).toBe(
      `/bin/jest --config jest.json ${JEST} --runTestsByPath test/c.js`,
    );
    expect(check.invoke({ kind: 'all' }, '/scratch')).toMatchObject({
      env: { NODE_OPTIONS: '--experimental-vm-modules' },
    });
    expect(coveredOf(check, Object.keys(files))).toEqual(['test/c.js']);
    expect(check.config).toEqual(['jest.json']);
  });

  it.each<[string, Record<string, string>, readonly string[]]>([
    ['the default', {}, ['src/a.test.ts', 'src/__tests__/b.js']],
    ['testMatch', { 'jest.config.js': "module.exports = { testMatch: ['<rootDir>/test/**/*.js'] }" }, ['test/c.js']],
    [
      'testRegex',
      { 'jest.config.mjs': "export default { testRegex: '/src/.*\\\\.ts$', testPathIgnorePatterns: ['a\\\\.ts'] }" },
      ['src/a.test.ts'],
    ],
    ['roots', { 'jest.config.json': '{"roots":["<rootDir>/test"],"testRegex":"js$"}' }, ['test/c.js']],
    [
      'the section of package.json',
      { 'package.json': withTest('jest', { jest: { testMatch: ['**/c.js'] } }) },
      ['test/c.js'],
    ],
    ['a broken expression', { 'jest.config.json': '{"testRegex":"("}' }, ['src/a.test.ts', 'src/__tests__/b.js']],
  ])('covers tests by %s', (_, config, tests) => {
    const check = checkOf(jest, { 'package.json': withTest('jest'), ...files, ...config });
    expect(coveredOf(check, Object.keys(files))).toEqual(tests);
  });

  it('reads the configurations of `--projects`', () => {
    const tree = {
      'package.json': withTest('jest --projects a.json --projects b.json'),
      'a.json': '{"testMatch":["**/c.js"]}',
      'b.json': '{"roots":["src"]}',
      ...files,
    };
    expect(coveredOf(checkOf(jest, tree), Object.keys(files))).toEqual([
      'src/a.test.ts',
      'src/__tests__/b.js',
      'test/c.js',
    ]);
  });

  it('leaves projects to the root', () => {
    const tree = {
      'package.json': withTest('jest', { jest: { projects: ['<rootDir>/packages/*'] } }),
      'packages/a/package.json': withTest('jest'),
      'packages/a/x.test.js': '',
    };
    expect(checkOf(jest, tree)).toMatchObject({ id: 'test:root', cwd: '', config: ['package.json'] });
  });
});

describe('mocha', () => {
  it('narrows what the script names', () => {
    const script = 'nyc mocha --require test/env -R spec --check-leaks --bail test/ "src/**/*.spec.ts"';
    const check = checkOf(mocha, {
      'package.json': withTest(script),
      'test/deep/d.js': '',
      'src/e.spec.ts': '',
      ...files,
    });
    expect(commandOf(check)).toBe(`/bin/mocha --require test/env --check-leaks ${MOCHA} test/ src/**/*.spec.ts`);
    expect(commandOf(check, onFiles('test/c.js'))).toBe(
      `/bin/mocha --require test/env --check-leaks ${MOCHA} test/c.js`,
    );
    expect(coveredOf(check, ['test/c.js', 'test/c.ts', 'test/deep/d.js', 'src/e.spec.ts'])).toEqual([
      'test/c.js',
      'src/e.spec.ts',
    ]);
  });

  it.each<[string, Record<string, string>]>([
    ['.mocharc.yml', { '.mocharc.yml': 'spec: [test/*.js]' }],
    ['.mocharc.json', { '.mocharc.json': '{ "spec": "test/*.js", /* comment */ }' }],
    ['.mocharc.cjs', { '.mocharc.cjs': "module.exports = { spec: ['test/*.js'] }" }],
    ['package.json', { 'package.json': withTest('mocha', { mocha: { spec: 'test/*.js' } }) }],
  ])('is run as a whole where %s names the tests', (name, config) => {
    const check = checkOf(mocha, { 'package.json': withTest('mocha'), ...files, ...config });
    expect(check).toMatchObject({ narrowing: 'whole', config: [name] });
    expect(commandOf(check, onFiles('test/c.js'))).toBe(`/bin/mocha ${MOCHA}`);
    expect(coveredOf(check, ['src/a.ts', 'test/c.js', 'README.md'])).toEqual(['src/a.ts', 'test/c.js']);
  });

  it.each<[string, readonly string[]]>([
    ['mocha', ['test/c.js']],
    ['mocha --recursive', ['test/c.js', 'test/deep/d.js']],
    ['mocha --extension ts,js --recursive', ['test/c.js', 'test/deep/d.js', 'test/e.ts']],
    ['mocha --spec test/deep', ['test/deep/d.js']],
  ])('covers the tests of `%s`', (script, tests) => {
    const check = checkOf(mocha, { 'package.json': withTest(script), ...files });
    expect(coveredOf(check, ['test/c.js', 'test/deep/d.js', 'test/e.ts', 'test/x.json'])).toEqual(tests);
  });
});

describe('node:test', () => {
  it.each<[string, string, readonly string[]]>([
    ['node --test', `/usr/node ${NODE}`, ['src/a.test.ts', 'test/c.js']],
    [
      'node --import tsx --test-reporter spec --test "src/**/*.test.ts"',
      `/usr/node --import tsx ${NODE} src/a.test.ts`,
      ['src/a.test.ts'],
    ],
    ['c8 node --experimental-test-coverage --test --watch test/', `/usr/node ${NODE} test/c.js`, ['test/c.js']],
    ['tsx --tsconfig t.json --test', `/bin/tsx --tsconfig t.json ${NODE}`, ['src/a.test.ts', 'test/c.js']],
  ])('runs `%s`', (script, command, tests) => {
    const check = checkOf(nodeTest, { 'package.json': withTest(script), ...files });
    expect(commandOf(check)).toBe(command);
    expect(coveredOf(check, Object.keys(files))).toEqual(tests);
    expect(commandOf(check, onFiles('src/a.test.ts'))).toMatch(/node-test\.tap src\/a\.test\.ts$/);
  });

  it('is not any call of Node', () => {
    expect(checksOf(nodeTest, { 'package.json': withTest('node test/run.js'), ...files })).toEqual([]);
  });
});

describe('npm-script', () => {
  it.each([
    ['package-lock.json', '/usr/npm test'],
    ['pnpm-lock.yaml', '/usr/pnpm test'],
    ['yarn.lock', '/usr/yarn test'],
    ['bun.lock', '/usr/bun run test'],
  ])('runs any other test script by %s', (lock, command) => {
    const check = checkOf(npmScript, { 'package.json': withTest('xo && ava'), [lock]: '', ...files });
    expect(commandOf(check)).toBe(command);
    expect(check).toMatchObject({ narrowing: 'whole', executables: [], mustExamine: false });
    expect(coveredOf(check, ['src/a.ts', 'README.md'])).toEqual(['src/a.ts', 'README.md']);
  });

  it.each([
    ['a runner', 'tsc && vitest run'],
    ['a runner in another script', 'npm run unit'],
    ['nothing but other checks', 'eslint . && tsc --noEmit'],
    ['what `npm init` writes', 'echo "Error: no test specified" && exit 1'],
    ['a run of the packages', 'turbo run test'],
    ['a run of the workspaces', 'npm test --workspaces'],
    ['a run by a filter', 'pnpm --filter "./packages/*" test'],
  ])('leaves %s alone', (_, test) => {
    const tree = {
      'package.json': json({ scripts: { test, unit: 'mocha' } }),
      'packages/a/package.json': withTest('vitest'),
    };
    expect(checksOf(npmScript, tree).filter(({ cwd }) => cwd === '')).toEqual([]);
  });
});

describe('all runners', () => {
  it('tells two runners of one scope apart', () => {
    const tree = {
      'package.json': withTest('vitest run && mocha'),
      'go.mod': 'module m',
      'a.go': '',
      'a_test.go': '',
      ...files,
    };
    const checks = detectChecks(RUNNERS, memoryWorkspace(tree));
    expect(checks.map(({ id }) => id)).toEqual(['test:root/vitest', 'test:root/mocha', 'test:root/go-test']);
  });

  it('finds nothing in nothing', () => {
    expect(detectChecks(RUNNERS, memoryWorkspace({ 'README.md': '' }))).toEqual([]);
  });
});
