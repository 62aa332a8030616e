import { describe, expect, it } from 'vitest';
import { createInertRules, isManifest, isTestPath, wideningRule } from '../../../../src/engine/scopes/path-rules.ts';

describe('a change that calls for everything', () => {
  it.each([
    ...[
      'package-lock.json',
      'a/yarn.lock',
      'pnpm-lock.yaml',
      'bun.lock',
      'bun.lockb',
      'uv.lock',
      'poetry.lock',
      'Cargo.lock',
      'go.sum',
    ].map((path) => [path, 'lock-file']),
    ...['requirements.txt', 'requirements-dev.txt', 'gradle.lockfile', 'deno.lock'].map((path) => [path, 'lock-file']),
    ...[
      '.github/workflows/ci.yml',
      '.github/actions/x/action.yml',
      '.gitlab-ci.yml',
      '.circleci/config.yml',
      'Jenkinsfile',
      '.ci/run',
    ].map((path) => [path, 'ci-config']),
    ...[
      'tsconfig.json',
      'a/tsconfig.build.json',
      'vite.config.ts',
      'eslint.config.mjs',
      '.eslintrc.cjs',
      'biome.json',
      '.prettierrc',
      '.npmrc',
      '.nvmrc',
    ].map((path) => [path, 'tool-config']),
    ...[
      'pyproject.toml',
      'setup.cfg',
      'tox.ini',
      'ruff.toml',
      '.ruff.toml',
      'mypy.ini',
      'pytest.ini',
      'go.mod',
      'go.work',
      '.golangci.yml',
    ].map((path) => [path, 'tool-config']),
    ...[
      'Cargo.toml',
      'rust-toolchain',
      'clippy.toml',
      '.cargo/config.toml',
      'build.rs',
      'pom.xml',
      'build.gradle.kts',
      'Makefile',
      'Dockerfile',
    ].map((path) => [path, 'tool-config']),
    ...[
      'package.json',
      'pnpm-workspace.yaml',
      '.gitignore',
      'turbo.json',
      'lefthook.yml',
      '.pre-commit-config.yaml',
    ].map((path) => [path, 'tool-config']),
    ['downforce.jsonc', 'harness-config'],
    ['my/own.rules', 'tool-config'],
  ])('%s: %s', (path, code) => expect(wideningRule(path, new Set(['my/own.rules']), false)?.code).toBe(code));

  it.each([
    ['src/a.ts'],
    ['README.md'],
    ['src/config.ts'],
    ['src/my-tsconfig.json.ts'],
    ['docs/Makefile.md'],
    ['src/lock.ts'],
    ['a/package.json'],
    ['src/requirements.ts'],
    ['x/.github/workflows/ci.yml'],
    ['sub/downforce.jsonc'],
  ])('not %s', (path) => expect(wideningRule(path, new Set(), false)).toBeUndefined());

  it.each([
    ['a/package.json', undefined],
    ['a/pyproject.toml', undefined],
    ['a/Cargo.toml', undefined],
    ['a/package-lock.json', 'lock-file'],
  ])('unless it is the manifest of a scope: %s', (path, code) => {
    expect(wideningRule(path, new Set([path]), true)?.code).toBe(code);
  });

  it('says which path', () => {
    expect(wideningRule('go.sum', new Set(), false)).toMatchObject({
      path: 'go.sum',
      text: expect.stringMatching(/lock file/),
    });
  });
});

describe('inert paths', () => {
  const { builtIn } = createInertRules([]);
  it.each([
    ['README.md', '**/*.md'],
    ['docs/deep/guide.MD', '**/*.md'],
    ['LICENSE', '**/{LICENSE,LICENCE,COPYING,NOTICE,AUTHORS,CONTRIBUTORS,MAINTAINERS,CODEOWNERS,CITATION.cff}{,.txt}'],
    [
      'a/LICENSE.txt',
      '**/{LICENSE,LICENCE,COPYING,NOTICE,AUTHORS,CONTRIBUTORS,MAINTAINERS,CODEOWNERS,CITATION.cff}{,.txt}',
    ],
    ['.editorconfig', '**/{.editorconfig,.gitattributes,.mailmap,.git-blame-ignore-revs}'],
    ['.vscode/settings.json', '**/{.vscode,.idea,.devcontainer}/**'],
    ['.github/ISSUE_TEMPLATE/bug.yml', '.github/{ISSUE_TEMPLATE,DISCUSSION_TEMPLATE}/**'],
    ['.github/dependabot.yml', '.github/{FUNDING.yml,dependabot.yml,pull_request_template.md,stale.yml}'],
  ])('built in: %s', (path, rule) => expect(builtIn(path)).toBe(rule));

  it.each([
    ['src/a.ts'],
    ['LICENSES/check.py'],
    ['a.mdx'],
    ['src/license.ts'],
    ['data/a.json'],
    ['.gitignore'],
    ['.env'],
  ])('not built in: %s', (path) => expect(builtIn(path)).toBeUndefined());

  it('of the configuration are the first pattern that fits', () => {
    const { configured } = createInertRules(['docs/**', '**/*.snap', '**/*']);
    expect([configured('docs/.x/a.snap'), configured('a/b.snap'), configured('a')]).toEqual([
      'docs/**',
      '**/*.snap',
      '**/*',
    ]);
    expect(createInertRules([]).configured('a')).toBeUndefined();
  });
});

describe('test paths', () => {
  it.each([
    ['test/a.ts'],
    ['src/__tests__/a.ts'],
    ['src/a.test.ts'],
    ['src/a.spec.tsx'],
    ['src/a-test.js'],
    ['a_test.go'],
    ['pkg/test_a.py'],
    ['conftest.py'],
    ['src/test/java/A.java'],
    ['src/main/java/FooTest.java'],
    ['FooTests.kt'],
    ['benches/a.rs'],
    ['pkg/testdata/in.json'],
    ['e2e/login.ts'],
    ['spec/a_spec.rb'],
    ['src/__snapshots__/a.snap'],
  ])('%s', (path) => expect(isTestPath(path)).toBe(true));

  it.each([
    ['src/a.ts'],
    ['src/contest.ts'],
    ['src/latest.ts'],
    ['src/testing.ts'],
    ['src/attest/a.go'],
    ['src/Latest.java'],
    ['src/protest.py'],
    ['a/inspector/b.ts'],
  ])('not %s', (path) => expect(isTestPath(path)).toBe(false));
});

it.each([
  ['package.json', true],
  ['a/pyproject.toml', true],
  ['a/build.gradle.kts', true],
  ['tsconfig.json', false],
  ['package.json.bak', false],
])('manifest %s: %s', (path, expected) => expect(isManifest(path)).toBe(expected));
