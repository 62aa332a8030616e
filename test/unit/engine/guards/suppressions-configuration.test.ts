import { describe, expect, it } from 'vitest';
import { suppressions } from '../../../../src/engine/guards/suppressions/index.ts';
import { type ContextOptions, inspect } from './context.ts';

async function found(path: string, base: string | undefined, head: string, options: ContextOptions = {}) {
  const { findings } = await inspect(
    suppressions,
    base === undefined ? {} : { [path]: base },
    { [path]: head },
    options,
  );
  return findings.filter(({ code }) => code === 'suppression/configuration');
}

const json = (value: unknown) => JSON.stringify(value, null, 2);
const ts = (compilerOptions: unknown, more = {}) => json({ compilerOptions, ...more });
const workflow = (step: string) => `jobs:\n  test:\n    steps:\n      - name: Test\n        run: npm test\n${step}`;

describe('what checks less', () => {
  it.each([
    ['extends the one that leaves it out', ts({}, { extends: '../../tsconfig.json' }), 'src/web', 0],
    ['extends it, told with a glob', ts({}, { extends: '../../tsconfig.json' }), './src/web/**', 0],
    ['extends another', ts({}, { extends: '../tsconfig.json' }), 'src/web', 1],
    ['is strict by nobody else', ts({ strict: false }), 'src/web', 1],
  ])('is not a folder whose own project %s', async (_, own, entry, count) => {
    const { findings } = await inspect(
      suppressions,
      { 'tsconfig.json': ts({ strict: true }, { exclude: [] }) },
      { 'tsconfig.json': ts({ strict: true }, { exclude: [entry] }), 'src/web/tsconfig.json': own },
    );
    expect(findings.filter(({ path }) => path === 'tsconfig.json')).toHaveLength(count);
  });

  it.each<[string, string, string, RegExp]>([
    ['tsconfig.json', ts({ strict: true }), ts({ strict: false }), /strict: false/],
    ['tsconfig.json', ts({ strict: true }), ts({}), /strict was taken out/],
    ['tsconfig.base.json', ts({}), ts({ skipLibCheck: true }), /skipLibCheck: true/],
    ['tsconfig.json', ts({ checkJs: true }), ts({ checkJs: false }), /checkJs: false/],
    ['tsconfig.json', ts({ noImplicitAny: true }), ts({ noImplicitAny: false }), /noImplicitAny/],
    ['tsconfig.json', ts({}, { exclude: [] }), ts({}, { exclude: ['src/old'] }), /exclude: src\/old/],
    ['.eslintrc.json', json({ rules: { curly: 2 } }), json({ rules: { curly: 0 } }), /rules.curly: 0/],
    ['.eslintrc.yml', 'rules:\n  curly: error\n', 'rules:\n  curly: [off]\n', /rules.curly/],
    [
      'eslint.config.js',
      "export default [{ rules: { curly: 'error' } }]",
      "export default [{ rules: { curly: 'off' } }]",
      /curly: off/,
    ],
    [
      'eslint.config.mjs',
      'export default [{ ignores: [] }]',
      "export default [{ ignores: ['src/old'] }]",
      /ignores: src\/old/,
    ],
    ['.eslintignore', 'dist\n', 'dist\nsrc/old\n', /src\/old/],
    ['biome.json', json({}), json({ linter: { rules: { style: { useConst: 'off' } } } }), /useConst: off/],
    [
      'biome.json',
      json({ files: { includes: ['**'] } }),
      json({ files: { includes: ['**', '!src/old'] } }),
      /!src\/old/,
    ],
    ['biome.json', json({}), json({ linter: { enabled: false } }), /linter.enabled: false/],
    ['pyproject.toml', '[tool.ruff.lint]\nignore = []\n', '[tool.ruff.lint]\nignore = ["E501"]\n', /ignore: E501/],
    [
      'pyproject.toml',
      '[tool.ruff]\n',
      '[tool.ruff.lint.per-file-ignores]\n"a.py" = ["F401"]\n',
      /per-file-ignores.a.py: F401/,
    ],
    ['ruff.toml', 'line-length = 88\n', 'exclude = ["old"]\n', /exclude: old/],
    ['pyproject.toml', '[tool.mypy]\nstrict = true\n', '[tool.mypy]\nstrict = false\n', /strict/],
    [
      'pyproject.toml',
      '[tool.mypy]\n',
      '[[tool.mypy.overrides]]\nmodule = "a"\nignore_errors = true\n',
      /ignore_errors/,
    ],
    ['mypy.ini', '[mypy]\n', '[mypy]\nignore_missing_imports = True\n', /ignore_missing_imports/],
    [
      'pyrightconfig.json',
      json({ typeCheckingMode: 'strict' }),
      json({ typeCheckingMode: 'basic' }),
      /typeCheckingMode went/,
    ],
    ['pyrightconfig.json', json({}), json({ reportAny: false }), /reportAny/],
    ['setup.cfg', '[flake8]\nignore = E1\n', '[flake8]\nignore = E1,\n  E2\n', /ignore: E2/],
    [
      'pyproject.toml',
      '[tool.coverage.report]\nfail_under = 90\n',
      '[tool.coverage.report]\nfail_under = 80\n',
      /fail_under went from 90 to 80/,
    ],
    [
      'vitest.config.ts',
      'x({ thresholds: { lines: 90, branches: 80 } })',
      'x({ thresholds: { lines: 70, branches: 80 } })',
      /lines went from 90 to 70/,
    ],
    ['vitest.config.ts', 'x({})', 'x({ passWithNoTests: true })', /passWithNoTests/],
    [
      'package.json',
      json({ jest: { coverageThreshold: { global: { lines: 90 } } } }),
      json({ jest: {} }),
      /lines was taken out/,
    ],
    [
      'codecov.yml',
      'coverage:\n  status:\n    project:\n      default:\n        target: 90%\n',
      'coverage:\n  status:\n    project:\n      default:\n        target: 50%\n',
      /target went/,
    ],
    [
      'package.json',
      json({ scripts: { test: 'vitest run' } }),
      json({ scripts: { test: 'vitest run --passWithNoTests' } }),
      /passWithNoTests/,
    ],
    [
      'package.json',
      json({ scripts: { lint: 'eslint .' } }),
      json({ scripts: { lint: 'eslint . || true' } }),
      /\|\| true/,
    ],
    ['.husky/pre-push', 'npm test\n', 'npm test || exit 0\n', /passes whatever/],
    ['Makefile', 'push:\n\tgit push\n', 'push:\n\tgit push --no-verify\n', /--no-verify/],
    [
      '.github/workflows/ci.yml',
      workflow(''),
      workflow('        continue-on-error: true\n'),
      /continue-on-error: true/,
    ],
    ['.github/workflows/ci.yml', workflow(''), workflow('        if: false\n'), /if: false/],
    ['.github/workflows/ci.yml', workflow(''), workflow('').replace('npm test', 'npm test || true'), /\|\| true/],
    [
      '.gitlab-ci.yml',
      'test:\n  script: [npm test]\n',
      'test:\n  script: [npm test]\n  allow_failure: true\n',
      /allow_failure/,
    ],
    ['.golangci.yml', 'linters:\n  disable: []\n', 'linters:\n  disable: [errcheck]\n', /errcheck/],
    ['Cargo.toml', '[lints.clippy]\n', '[lints.clippy]\nunwrap_used = "allow"\n', /unwrap_used: allow/],
    [
      'eslint-suppressions.json',
      json({ 'a.ts': { curly: { count: 1 } } }),
      json({ 'a.ts': { curly: { count: 2 } } }),
      /baseline/,
    ],
  ])('%s %j', async (path, base, head, message) => {
    const findings = await found(path, base, head);
    expect(findings.map((finding) => finding.message)).toEqual([expect.stringMatching(message)]);
    expect(findings[0]?.severity).toBe('error');
    expect(await found(path, head, base)).toEqual([]);
  });
});

describe('what checks as much', () => {
  it.each<[string, string | undefined, string]>([
    ['tsconfig.json', undefined, ts({ strict: true, skipLibCheck: true }, { exclude: ['old'] })],
    ['tsconfig.json', ts({ strict: true }), ts({}, { extends: './base.json' })],
    ['tsconfig.json', ts({}, { exclude: [] }), ts({}, { exclude: ['dist'] })],
    ['tsconfig.json', ts({ skipLibCheck: true, strict: true }), ts({ strict: true, skipLibCheck: true })],
    [
      '.eslintrc.json',
      json({ rules: { curly: 0, eqeqeq: 2 } }),
      json({ rules: { eqeqeq: 2, curly: 'off' } }).replace('"off"', '0'),
    ],
    ['eslint.config.js', 'export default []', "export default [{ rules: {} }] // { curly: 'off' }"],
    ['pyproject.toml', '[tool.ruff]\nignore = ["E501"]\n', '[tool.ruff.lint]\nignore = ["E501"]\n'],
    ['vitest.config.ts', 'x({ thresholds: { lines: 70 } })', 'x({ thresholds: { lines: 90 } })'],
    ['package.json', json({ scripts: { a: 'eslint . || true' } }), json({ scripts: { b: 'eslint . || true' } })],
    [
      'package.json',
      json({ scripts: { a: 'eslint src || true' } }),
      json({ scripts: { a: 'eslint src test || true' } }),
    ],
    ['deploy.sh', 'rm a\n', 'rm a || true\n'],
    ['deploy.sh', 'npm test\n', '# npm test || true\nnpm test\n'],
    ['.github/workflows/ci.yml', workflow(''), workflow("        if: github.ref == 'refs/heads/main'\n")],
    [
      '.github/workflows/ci.yml',
      workflow('        continue-on-error: true\n'),
      workflow('        continue-on-error: true\n').replace('jobs:', 'on: push\njobs:'),
    ],
    ['tsconfig.json', ts({ strict: true }), '{ broken'],
    ['data.json', json({}), json({ rules: { curly: 'off' } })],
  ])('%s %j', async (path, base, head) => expect(await found(path, base, head)).toEqual([]));

  it('follows a folder that was moved', async () => {
    const config = (folder: string) => `[tool.ruff.lint.per-file-ignores]\n"${folder}/*" = ["E501"]\n`;
    const base = { 'pyproject.toml': config('examples'), 'examples/a.py': 'f()\n' };
    const head = { 'pyproject.toml': config('demos'), 'demos/a.py': 'f()\n' };
    const moved = await inspect(suppressions, base, head, { renamed: { 'demos/a.py': 'examples/a.py' } });
    expect(moved.findings).toEqual([]);
    expect(await found('pyproject.toml', config('examples'), config('demos'))).toHaveLength(1);
  });
});

it('points at the setting', async () => {
  const [finding] = await found('tsconfig.json', ts({ strict: true }), ts({ strict: false }));
  expect(finding?.range).toEqual({ start: { line: 3, column: 6 }, end: { line: 3, column: 12 } });
});

describe('YAML that refers to itself', () => {
  it.each([
    ['once', '&a [*a]'],
    ['twice in each round', '&a [*a, *a, { b: *a }]'],
    ['from further in', '&a [&b [&c [*a, *b, *c], *a, *b, *c], *a, *b, *c]'],
  ])('is read to its end: %s', async (_, knot) => {
    const base = workflow(`env: ${knot}\n`);
    expect(await found('.github/workflows/ci.yml', base, base.replace('npm test', 'npm test || true'))).toHaveLength(1);
  });

  it('is read through its aliases', async () => {
    const base = 'a: &a { continue-on-error: false }\nb: *a\nc: *a\n';
    expect(await found('.github/workflows/ci.yml', base, base.replace('false', 'true'))).toHaveLength(3);
  });

  it('is not read where that has as good as no end', async () => {
    const names = Array.from({ length: 9 }, (_, at) => `a${at}`);
    const aliases = names.map((name) => `*${name}`).join(', ');
    const knot = names.reduceRight((inside, name) => `&${name} [${inside}${aliases}]${name === 'a0' ? '' : ', '}`, '');
    const base = workflow(`env: ${knot}\n`);
    expect(await found('.github/workflows/ci.yml', base, base.replace('npm test', 'npm test || true'))).toEqual([]);
  });
});
