import { describe, expect, it } from 'vitest';
import { biome } from '../../../../src/engine/tools/biome.ts';
import { eslint } from '../../../../src/engine/tools/eslint.ts';
import { oxlint } from '../../../../src/engine/tools/oxlint.ts';
import { checkOf, checksOf, commandOf, coveredOf, json, onFiles } from '../../memory-workspace.ts';

const sources = { 'src/a.ts': '', 'src/b.js': '', 'docs/c.md': '', '-x.js': '' };
const scripts = (scripts: Record<string, string>, rest = {}) => json({ scripts, ...rest });

describe('eslint', () => {
  const flat = {
    'eslint.config.js': '',
    'package.json': scripts({ lint: 'eslint src --fix', check: 'eslint src --max-warnings 0 --cache' }),
    ...sources,
  };

  it('is run as the script does, without what changes or caches', () => {
    const check = checkOf(eslint, flat);
    expect(check).toMatchObject({
      id: 'lint:eslint',
      cwd: '',
      narrowing: 'changed',
      evidence: 'package.json script "check"',
      config: ['eslint.config.js'],
    });
    expect(check.executables).toEqual(['/bin/eslint', '/usr/node']);
    expect(commandOf(check)).toBe('/bin/eslint --format json --no-warn-ignored --max-warnings 0 src');
    expect(commandOf(check, onFiles('src/a.ts', '-x.js', 'gone.js'))).toBe(
      '/bin/eslint --format json --no-warn-ignored --max-warnings 0 --no-error-on-unmatched-pattern src/a.ts ./-x.js',
    );
    expect(coveredOf(check, ['src/a.ts', 'src/b.vue', 'src/c.css', 'other/a.ts'])).toEqual(['src/a.ts', 'src/b.vue']);
  });

  it('says what became of a target', () => {
    expect(commandOf(checkOf(eslint, flat), onFiles('gone.js'))).toBe('nothing: no file is left to lint');
    const long = Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`src/${'x'.repeat(100)}${at}.ts`, '']));
    expect(commandOf(checkOf(eslint, { ...flat, ...long }), onFiles(...Object.keys(long)))).toMatch(/ 0 src$/);
  });

  it.each([
    ['8.57.1', '/bin/eslint --format json --no-warn-ignored .'],
    ['8.40.0', '/bin/eslint --format json .'],
    ['10.1.0', '/bin/eslint --format json --no-warn-ignored .'],
  ])('knows the options of %s', (version, command) => {
    const check = checkOf(eslint, { 'eslint.config.js': '', 'package.json': '{}' }, { versions: { eslint: version } });
    expect(commandOf(check)).toBe(command);
    expect(check.evidence).toBe('eslint.config.js');
  });

  it('reads the old kind of configuration', () => {
    const check = checkOf(eslint, {
      '.eslintrc.yml': 'overrides: [{ files: ["*.mjs"] }]',
      'test/.eslintrc.json': '{}',
      '.eslintignore': 'dist\n/coverage/\n!dist/keep.js\n# a comment',
      'package.json': scripts({ lint: 'eslint --ext .js,.jsx . "lib/**/*.tsx"' }),
    });
    expect(commandOf(check)).toBe('/bin/eslint --format json --ext .js,.jsx .');
    expect(check.config).toEqual(['.eslintrc.yml', 'test/.eslintrc.json', '.eslintignore']);
    const paths = ['a.js', 'a.jsx', 'a.mjs', 'a.ts', 'dist/a.js', 'dist/keep.js', 'coverage/a.js', 'x/coverage/a.js'];
    expect(coveredOf(check, paths)).toEqual(['a.js', 'a.jsx', 'a.mjs', 'dist/keep.js', 'x/coverage/a.js']);
  });

  it.each([
    [
      'standard reads it',
      'test/.eslintrc.yml',
      { scripts: { lint: 'standard' }, devDependencies: { standard: '*' } },
      0,
    ],
    ['ESLint is there', 'test/.eslintrc.yml', { devDependencies: { eslint: '*' } }, 1],
    ['a script calls it', 'test/.eslintrc.yml', { scripts: { lint: 'eslint test' } }, 1],
    ['it is the package itself that has it', '.eslintrc.yml', { devDependencies: { 'react-scripts': '*' } }, 1],
  ])('takes an old configuration below a package for its own only where it is used: %s', (_, path, manifest, count) => {
    expect(checksOf(eslint, { [path]: '{}', 'package.json': json(manifest), ...sources })).toHaveLength(count);
  });

  it('covers what a glob of the script names', () => {
    const check = checkOf(eslint, { '.eslintrc': '{}', 'package.json': scripts({ lint: 'eslint "src/**/*.ts"' }) });
    expect(coveredOf(check, ['src/a/b.ts', 'src/b.js', 'a.ts'])).toEqual(['src/a/b.ts']);
  });

  it('gives one check for one configuration, whatever packages call it', () => {
    const check = checkOf(eslint, {
      'eslint.config.mjs': '',
      'package.json': scripts({ lint: 'turbo lint' }),
      'packages/a/package.json': scripts({ lint: 'eslint src -c local.js' }),
      'packages/b/package.json': scripts({ lint: 'eslint .' }),
    });
    expect(commandOf(check)).toBe('/bin/eslint --format json --no-warn-ignored packages/a/src packages/b');
    expect(coveredOf(check, ['packages/a/src/x.ts', 'packages/a/y.ts', 'packages/b/y.ts'])).toEqual([
      'packages/a/src/x.ts',
      'packages/b/y.ts',
    ]);
  });

  it('gives a check to each package with a configuration of its own', () => {
    const [root, a] = checksOf(eslint, {
      'eslint.config.js': '',
      'package.json': scripts({ lint: 'eslint .' }),
      'packages/a/eslint.config.js': '',
      'packages/a/package.json': scripts({ lint: 'eslint src' }),
    });
    if (root === undefined || a === undefined) throw new Error('two checks were expected');
    expect([root.id, a.id, a.cwd]).toEqual(['lint:eslint/root', 'lint:eslint/a', 'packages/a']);
    expect(commandOf(root)).toBe('/bin/eslint --format json --no-warn-ignored --ignore-pattern packages/a/** .');
    expect(commandOf(a, onFiles('packages/a/package.json'))).toBe(
      '/bin/eslint --format json --no-warn-ignored --no-error-on-unmatched-pattern package.json',
    );
    expect(coveredOf(root, ['x.js', 'packages/a/src/x.js'])).toEqual(['x.js']);
    expect(coveredOf(a, ['x.js', 'packages/a/src/x.js'])).toEqual(['packages/a/src/x.js']);
  });

  it.each([
    ['package-lock.json', 'npm ci'],
    ['pnpm-lock.yaml', 'pnpm install --frozen-lockfile'],
    ['yarn.lock', 'yarn install --frozen-lockfile'],
    ['bun.lock', 'bun install --frozen-lockfile'],
    ['README.md', 'npm install'],
  ])('says how to install it by %s', (lock, hint) => {
    const files = { 'eslint.config.js': '', [lock]: '', 'package.json': json({ devDependencies: { eslint: '9' } }) };
    expect(commandOf(checkOf(eslint, files, { node: [], path: [] }))).toBe(`missing eslint: ${hint}`);
  });

  it('tells an undeclared tool from one that is not installed', () => {
    const files = { 'eslint.config.js': '', 'package.json': '{}', 'pnpm-lock.yaml': '' };
    expect(commandOf(checkOf(eslint, files, { node: [], path: [] }))).toBe(
      'missing eslint: pnpm add --save-dev eslint',
    );
  });

  it('goes through Yarn where there is no node_modules', () => {
    const check = checkOf(
      eslint,
      { 'eslint.config.js': '', '.pnp.cjs': '', 'package.json': '{}' },
      { node: [], path: ['yarn'] },
    );
    expect(commandOf(check)).toBe('/usr/yarn run eslint --format json --no-warn-ignored .');
  });

  it.each<[string, Record<string, string>]>([
    ['a dependency alone', { 'package.json': json({ devDependencies: { eslint: '9' } }), ...sources }],
    ['a configuration among fixtures', { 'test/fixtures/eslint.config.js': '', 'package.json': '{}' }],
    ['a broken package.json', { 'package.json': '{', ...sources }],
  ])('is not used by %s', (_, files) => {
    expect(checksOf(eslint, files)).toEqual([]);
  });
});

describe('biome', () => {
  it.each([
    [{ lint: 'biome lint --write .', format: 'biome format src' }, 'lint', '.'],
    [{ check: 'biome check --write --unsafe' }, 'check', '.'],
    [{ lint: 'biome lint src', ci: 'biome ci --error-on-warnings src' }, 'ci', '--error-on-warnings src'],
    [{}, 'check', '.'],
  ])('does what %o does', (calls, command, words) => {
    const check = checkOf(biome, { 'biome.json': '', 'package.json': scripts(calls) });
    expect(commandOf(check)).toBe(`/bin/biome ${command} --reporter=json --max-diagnostics=none --colors=off ${words}`);
  });

  it('passes over files that it does not know or that are left out', () => {
    const check = checkOf(biome, {
      'biome.jsonc': '',
      'docs/biome.json': '{"root":false}',
      'package.json': '{}',
      ...sources,
    });
    expect(commandOf(check, onFiles('src/a.ts'))).toMatch(
      / --no-errors-on-unmatched --files-ignore-unknown=true src\/a\.ts$/,
    );
    expect(check).toMatchObject({ id: 'lint:biome', mustExamine: false, config: ['biome.jsonc', 'docs/biome.json'] });
    expect(coveredOf(check, ['a.ts', 'a.json', 'a.md', 'docs/a.css'])).toEqual(['a.ts', 'a.json', 'docs/a.css']);
  });
});

describe('oxlint', () => {
  it('keeps the switches of the script', () => {
    const check = checkOf(oxlint, {
      'package.json': scripts({ lint: 'oxlint -D perf --import-plugin --fix --threads=2 src' }),
      ...sources,
    });
    expect(commandOf(check)).toBe('/bin/oxlint --format json -D perf --import-plugin src');
    expect(commandOf(check, onFiles('src/a.ts'))).toBe(
      '/bin/oxlint --format json -D perf --import-plugin --no-error-on-unmatched-pattern src/a.ts',
    );
  });

  it('is used where it is only configured', () => {
    const check = checkOf(oxlint, { '.oxlintrc.json': '{}', 'package.json': '{}' });
    expect(check.evidence).toBe('.oxlintrc.json');
    expect(commandOf(check)).toBe('/bin/oxlint --format json .');
  });
});
