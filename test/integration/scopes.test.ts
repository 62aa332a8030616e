import { expect, test } from 'vitest';
import { createWork } from './repository.ts';
import { surveyOf } from './surveyed.ts';

type Files = Readonly<Record<string, string>>;

/** Makes a repository of the files, changes some, and says which scopes that affects, nearest first. */
async function affected(files: Files, change: Files): Promise<readonly string[]> {
  const repository = createWork(files);
  repository.write(change);
  const { radius } = await surveyOf(repository.dir);
  expect(radius.reasons).toEqual([]);
  return [...radius.scopes.keys()];
}

async function scopesOf(files: Files): Promise<Readonly<Record<string, readonly string[]>>> {
  const { scopes } = await surveyOf(createWork(files).dir);
  return Object.fromEntries(scopes.scopes.map(({ id, dependsOn }) => [id, dependsOn]));
}

const json = (value: unknown): string => JSON.stringify(value);

/** `app` needs `core` and says so; `tools` imports `core` and hides it; `docs` says so and imports nothing. */
function nodePackages(root: Files): Files {
  return {
    ...root,
    'packages/core/package.json': json({ name: '@acme/core', main: 'index.js' }),
    'packages/core/index.js': 'export const core = 1;',
    'packages/app/package.json': json({ name: '@acme/app', dependencies: { '@acme/core': '*' } }),
    'packages/app/index.js': "import { core } from '@acme/core'; console.log(core);",
    'packages/tools/package.json': json({ name: '@acme/tools' }),
    'packages/tools/index.js': "import { core } from '../core/index.js'; console.log(core);",
    'packages/docs/package.json': json({ name: '@acme/docs', devDependencies: { '@acme/core': 'workspace:*' } }),
    'packages/docs/index.js': 'export const docs = 1;',
    'packages/lone/package.json': json({ name: '@acme/lone' }),
    'packages/lone/index.js': 'export const lone = 1;',
  };
}

test.each([
  ['npm', { 'package.json': json({ name: 'root', private: true, workspaces: ['packages/*'] }) }],
  [
    'yarn',
    {
      'package.json': json({ name: 'root', private: true, workspaces: { packages: ['./packages/*'] } }),
      'yarn.lock': '',
    },
  ],
  [
    'pnpm',
    { 'package.json': json({ name: 'root', private: true }), 'pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n" },
  ],
])('%s workspaces: a change reaches who declares it, who imports it, and nobody else', async (_, root) => {
  const files = nodePackages(root);
  const change = { 'packages/core/index.js': 'export const core = 2;' };
  expect([...(await affected(files, change))].sort()).toEqual(['app', 'core', 'docs', 'tools']);
  expect(await affected(files, { 'packages/lone/index.js': '2' })).toEqual(['lone']);
  expect(await scopesOf(files)).toMatchObject({ app: ['core'], docs: ['core'], tools: [], lone: [] });
});

test('a change of one package.json concerns its package and who needs it', async () => {
  const files = nodePackages({ 'package.json': json({ name: 'root', workspaces: ['packages/*'] }) });
  const change = { 'packages/app/package.json': json({ name: '@acme/app', version: '2.0.0' }) };
  expect(await affected(files, change)).toEqual(['app']);
});

test('packages that a workspace leaves out are none of its scopes', async () => {
  const files = nodePackages({
    'package.json': json({ name: 'root', workspaces: ['packages/*', '!packages/lone'] }),
  });
  expect(Object.keys(await scopesOf(files)).sort()).toEqual(['app', 'core', 'docs', 'root', 'tools']);
});

test('references of tsconfig divide a repository that has one package.json', async () => {
  const files = {
    'package.json': json({ name: 'one' }),
    'tsconfig.json': json({ files: [], references: [{ path: './core' }, { path: './app' }] }),
    'core/tsconfig.json': json({ compilerOptions: { composite: true } }),
    'core/a.ts': 'export const a = 1;',
    'app/tsconfig.json': json({ references: [{ path: '../core' }] }),
    'app/b.ts': "import { a } from '../core/a.js'; console.log(a);",
  };
  expect(await affected(files, { 'core/a.ts': 'export const a = 2;' })).toEqual(['core', 'app']);
  expect(await affected(files, { 'app/b.ts': '2' })).toEqual(['app']);
});

test('a single pyproject is one scope, and a change reaches the tests that import it', async () => {
  const repository = createWork({
    'pyproject.toml': '[project]\nname = "Tool_Kit"\n',
    'src/tool_kit/__init__.py': '',
    'src/tool_kit/a.py': 'A = 1\n',
    'src/tool_kit/b.py': 'B = 1\n',
    'tests/test_a.py': 'from tool_kit.a import A\n',
    'tests/test_b.py': 'from tool_kit.b import B\n',
  });
  repository.write({ 'src/tool_kit/a.py': 'A = 2\n' });
  const { radius } = await surveyOf(repository.dir);
  expect([...radius.scopes.keys()]).toEqual(['tool-kit']);
  expect(Object.fromEntries(radius.reached)).toMatchObject({ 'tests/test_a.py': { distance: 1 } });
  expect(radius.reached.has('tests/test_b.py')).toBe(false);
});

test('a uv workspace has a scope a member, with what the members need', async () => {
  const files = {
    'pyproject.toml': '[project]\nname = "root"\n[tool.uv.workspace]\nmembers = ["libs/*"]\n',
    'libs/core/pyproject.toml': '[project]\nname = "acme-core"\n',
    'libs/core/src/acme_core/__init__.py': 'X = 1\n',
    'libs/app/pyproject.toml':
      '[project]\nname = "acme-app"\ndependencies = ["Acme.Core>=1"]\n[tool.uv.sources]\nacme-core = { workspace = true }\n',
    'libs/app/src/acme_app/__init__.py': 'Y = 1\n',
    'libs/lone/pyproject.toml': '[project]\nname = "acme-lone"\n',
    'libs/lone/src/acme_lone/__init__.py': 'Z = 1\n',
  };
  expect(await affected(files, { 'libs/core/src/acme_core/__init__.py': 'X = 2\n' })).toEqual([
    'acme-core',
    'acme-app',
  ]);
  expect(await affected(files, { 'libs/lone/src/acme_lone/__init__.py': 'Z = 2\n' })).toEqual(['acme-lone']);
});

test('a Cargo workspace: crates by their manifests and by what they use', async () => {
  const files = {
    'Cargo.toml':
      '[workspace]\nmembers = ["crates/*"]\n[workspace.dependencies]\nacme-core = { path = "crates/core" }\n',
    'crates/core/Cargo.toml': '[package]\nname = "acme-core"\nversion = "0.1.0"\n',
    'crates/core/src/lib.rs': 'pub mod a;\n',
    'crates/core/src/a.rs': 'pub const A: u8 = 1;\n',
    'crates/app/Cargo.toml':
      '[package]\nname = "acme-app"\nversion = "0.1.0"\n[dependencies]\nacme-core = { workspace = true }\n',
    'crates/app/src/main.rs': 'use acme_core::a::A;\nfn main() { let _ = A; }\n',
    'crates/lone/Cargo.toml': '[package]\nname = "acme-lone"\nversion = "0.1.0"\n',
    'crates/lone/src/lib.rs': 'pub const L: u8 = 1;\n',
  };
  expect(await affected(files, { 'crates/core/src/a.rs': 'pub const A: u8 = 2;\n' })).toEqual([
    'acme-core',
    'acme-app',
  ]);
  expect(await affected(files, { 'crates/lone/src/lib.rs': 'pub const L: u8 = 2;\n' })).toEqual(['acme-lone']);
});

test('a go.work: modules by what they import', async () => {
  const files = {
    'go.work': 'go 1.22\n\nuse (\n\t./core\n\t./app\n\t./lone\n)\n',
    'core/go.mod': 'module example.org/core\n\ngo 1.22\n',
    'core/core.go': 'package core\n\nconst A = 1\n',
    'app/go.mod': 'module example.org/app\n\ngo 1.22\n\nrequire example.org/core v0.0.0\n',
    'app/app.go': 'package app\n\nimport "example.org/core"\n\nconst B = core.A\n',
    'lone/go.mod': 'module example.org/lone\n\ngo 1.22\n',
    'lone/lone.go': 'package lone\n',
  };
  expect(await affected(files, { 'core/core.go': 'package core\n\nconst A = 2\n' })).toEqual(['core', 'app']);
  expect(await affected(files, { 'lone/lone.go': 'package lone\n\nconst L = 1\n' })).toEqual(['lone']);
});

function pom(name: string, extra: string): string {
  return `<project><modelVersion>4.0.0</modelVersion><groupId>org.acme</groupId><artifactId>${name}</artifactId><version>1</version>${extra}</project>`;
}

test('Maven modules: by their dependencies and by what they import', async () => {
  const files = {
    'pom.xml': pom('parent', '<packaging>pom</packaging><modules><module>core</module><module>app</module></modules>'),
    'core/pom.xml': pom('core', ''),
    'core/src/main/java/org/acme/core/A.java': 'package org.acme.core;\npublic class A {}\n',
    'app/pom.xml': pom(
      'app',
      '<dependencies><dependency><groupId>org.acme</groupId><artifactId>core</artifactId></dependency></dependencies>',
    ),
    'app/src/main/java/org/acme/app/B.java': 'package org.acme.app;\nimport org.acme.core.A;\nclass B { A a; }\n',
    'lone/pom.xml': pom('lone', ''),
    'lone/src/main/java/org/acme/lone/C.java': 'package org.acme.lone;\nclass C {}\n',
  };
  const changed = 'package org.acme.core;\npublic class A { int x; }\n';
  expect(await affected(files, { 'core/src/main/java/org/acme/core/A.java': changed })).toEqual(['core', 'app']);
  const lone = 'package org.acme.lone;\nclass C { int x; }\n';
  expect(await affected(files, { 'lone/src/main/java/org/acme/lone/C.java': lone })).toEqual(['lone']);
});

test('without any manifest there is one scope, the root', async () => {
  expect(await scopesOf({ 'a.js': '1', 'deep/b.py': '' })).toEqual({ root: [] });
});

test('languages side by side have their own scopes, also where projects share a name', async () => {
  const scopes = await scopesOf({
    'web/package.json': json({ name: 'app' }),
    'api/pyproject.toml': '[project]\nname = "app"\n',
    'cli/Cargo.toml': '[package]\nname = "app"\nversion = "1.0.0"\n',
  });
  expect(Object.keys(scopes).sort()).toEqual(['api', 'cli', 'web']);
});

test('scopes of the configuration replace those found, with their dependencies', async () => {
  const files = {
    'downforce.jsonc': json({
      scopes: {
        ui: { paths: ['ui/**'], dependsOn: ['base'] },
        base: { paths: ['base/**'] },
        lone: { paths: ['x/**'] },
      },
    }),
    'ui/a.txt': '1',
    'base/b.txt': '1',
    'x/c.txt': '1',
  };
  expect(await affected(files, { 'base/b.txt': '2' })).toEqual(['base', 'ui']);
  expect(await affected(files, { 'ui/a.txt': '2' })).toEqual(['ui']);
});

test('a dependency on a scope that needs another is followed all the way', async () => {
  const scopes = Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((id, index, ids) => [
      id,
      { paths: [`${id}/**`], ...(index === 0 ? {} : { dependsOn: [ids[index - 1]] }) },
    ]),
  );
  const files = { 'downforce.jsonc': json({ scopes }), 'a/x.txt': '1', 'b/x.txt': '1', 'c/x.txt': '1', 'd/x.txt': '1' };
  expect(await affected(files, { 'a/x.txt': '2' })).toEqual(['a', 'b', 'c', 'd']);
});

test('who loads a dependency by a computed name is reached though others import it by name', async () => {
  const files = nodePackages({ 'package.json': json({ name: 'root', workspaces: ['packages/*'] }) });
  const repository = createWork({
    ...files,
    'packages/core/inner.js': 'export const inner = 1;',
    'packages/core/inner.test.js': "import './inner.js';",
    'packages/app/loader.js': 'export const load = (name) => import("@acme/core/" + name + ".js");',
    'packages/app/loader.test.js': "import { load } from './loader.js'; await load('inner');",
  });
  repository.write({ 'packages/core/inner.js': 'export const inner = 2;' });
  const { radius } = await surveyOf(repository.dir);
  expect([...radius.reached.keys()]).toContain('packages/app/loader.test.js');
});
