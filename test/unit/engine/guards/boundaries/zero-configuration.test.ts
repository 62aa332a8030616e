import { describe, expect, it } from 'vitest';
import { all, changed, type Files, judged, told } from './judged.ts';

const MANIFEST = JSON.stringify({ name: 'web', dependencies: { pg: '8', '@types/estree': '1' } });
const PYPROJECT = '[project]\nname = "arr"\ndependencies = ["PyYAML", "requests"]\n';
const MODULE = 'module a.io/x\n\ngo 1.22\n\nrequire github.com/lib/pq v1.0.0\n';
const go = (path: string): string => `package x\n\nimport _ "${path}"\n`;

describe('a package that no manifest declares', () => {
  it.each<[string, string, string, string, string, string]>([
    [
      'npm',
      'package.json',
      MANIFEST,
      'src/a.ts',
      `import 'ky';`,
      `import 'pg/pool'; import 'node:fs'; import './b'; import 'web';`,
    ],
    [
      'types of npm',
      'package.json',
      MANIFEST,
      'src/a.ts',
      `import type { A } from 'ky';`,
      `import type { Node } from 'estree'; declare module 'ky' {}`,
    ],
    [
      'required npm',
      'package.json',
      MANIFEST,
      'src/a.cjs',
      `require('ky');`,
      `// require('ky')\nconst s = "require('ky')";`,
    ],
    ['pypi', 'pyproject.toml', PYPROJECT, 'arr/a.py', 'import ky\n', 'import yaml\nimport os\nimport requests.auth\n'],
    [
      'guarded pypi',
      'pyproject.toml',
      PYPROJECT,
      'arr/a.py',
      'import ky\n',
      'try:\n    import ky\nexcept ImportError:\n    ky = None\n',
    ],
    ['go', 'go.mod', MODULE, 'a.go', go('github.com/a/ky'), go('github.com/lib/pq/oid')],
  ])('of %s is a finding, its twin is none', async (_name, manifest, text, path, source, twin) => {
    const found = await judged({ [manifest]: text, [path]: source });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^boundary/undeclared ${path} "(github.com/a/)?ky"$`));
    expect(await judged({ [manifest]: text, [path]: twin })).toEqual([]);
  });

  it('may be declared by any manifest above', async () => {
    const files = {
      'package.json': MANIFEST,
      'packages/a/package.json': '{"name":"a"}',
      'packages/a/i.ts': `import 'pg';`,
    };
    expect(await judged(files)).toEqual([]);
  });

  it.each<[string, Files]>([
    ['no manifest', { 'src/a.ts': `import 'ky';` }],
    ['an example', { 'package.json': MANIFEST, 'examples/a.ts': `import 'ky';` }],
    ['an import map of Deno', { 'package.json': MANIFEST, 'deno.json': '{}', 'src/a.ts': `import 'ky';` }],
    ['a package of Deno', { 'package.json': MANIFEST, 'src/a.ts': `import 'npm:ky@1';` }],
    ['vendored code of Go', { 'go.mod': MODULE, 'vendor/modules.txt': '', 'a.go': go('github.com/a/ky') }],
  ])('is none with %s', async (_name, files) => {
    expect(await judged(files)).toEqual([]);
  });
});

const WORKSPACE: Files = {
  'package.json': JSON.stringify({ workspaces: ['packages/*'] }),
  'packages/a/package.json': JSON.stringify({ name: '@s/a', dependencies: { '@s/b': '*' } }),
  'packages/b/package.json': JSON.stringify({
    name: '@s/b',
    dependencies: { '@s/a': '*' },
    exports: { '.': './dist/index.js', './parts/*': './dist/parts/*.js', './parts/secret/*': null, './inner': null },
  }),
  'packages/b/src/index.ts': '',
  'packages/b/src/parts/x.ts': '',
  'packages/b/src/parts/secret/y.ts': '',
  'packages/b/src/inner.ts': '',
};

describe('a file that cannot be read', () => {
  it('is a finding without any rule, but not where it is a program of its own', async () => {
    const broken = { 'src/a.ts': 'import {', 'test/fixtures/b.ts': 'import {' };
    expect(told(await changed({}, broken, []), broken)).toEqual(['boundary/unparseable src/a.ts']);
    expect(told(await changed({ 'src/a.ts': 'import' }, broken, []), broken)).toEqual([]);
    const rule = { from: 'test/**', deny: 'src/**' };
    expect(told(await changed({}, broken, [rule]), broken)).toContain('boundary/unparseable test/fixtures/b.ts');
  });
});

describe('a way past the exports of a package', () => {
  it.each<[string, string, string]>([
    ['by name', '@s/b/src/inner', '@s/b'],
    ['by path', '../../b/src/inner', '../../b/src/index'],
    ['by a key that withholds', '@s/b/inner', '@s/b'],
    ['by a pattern that withholds', '@s/b/parts/secret/y', '@s/b/parts/x'],
    ['by path past a pattern', '../../b/src/inner.js', '../../b/src/parts/x.js'],
  ])('%s is a finding, its twin is none', async (_name, deep, offered) => {
    const path = 'packages/a/src/index.ts';
    const found = await judged({ ...WORKSPACE, [path]: `import '${deep}';` });
    expect(found).toEqual([`boundary/deep-import ${path} "${deep}"`]);
    expect(await judged({ ...WORKSPACE, [path]: `import '${offered}';` })).toEqual([]);
  });

  it('is none for types, for tests and inside the package', async () => {
    const files = {
      ...WORKSPACE,
      'packages/a/src/index.ts': `import type { A } from '@s/b/src/inner';`,
      'packages/a/src/index.test.ts': `import '@s/b/src/inner';`,
      'packages/b/src/other.ts': `import './inner'; import '@s/b/src/inner';`,
    };
    expect(await judged(files)).toEqual([]);
  });
});

describe('packages that need each other', () => {
  const circle: Files = {
    ...WORKSPACE,
    'packages/a/src/index.ts': `import '@s/b';`,
    'packages/b/src/index.ts': `import '@s/a';`,
  };

  it('are a finding, with the way round', async () => {
    const [finding, ...more] = await all(circle);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'boundary/circular', data: { circle: ['a', 'b', 'a'] } });
  });

  it.each<[string, Files]>([
    ['types', { 'packages/b/src/index.ts': `import type { A } from '@s/a';` }],
    ['a test', { 'packages/b/src/index.ts': '', 'packages/b/src/index.test.ts': `import '@s/a';` }],
    ['a comment', { 'packages/b/src/index.ts': `// require('@s/a')` }],
  ])('are none by %s', async (_name, files) => {
    expect(await judged({ ...circle, ...files })).toEqual([]);
  });

  it('are news only where an import that closes the circle is new', async () => {
    const edited = { ...circle, 'packages/a/src/index.ts': `import '@s/b'; // new` };
    expect(await changed(circle, edited, [])).toEqual([]);
    const before = { ...circle, 'packages/b/src/index.ts': `import type { A } from '@s/a';` };
    expect(told(await changed(before, circle, []), circle)).toEqual([
      'boundary/circular packages/b/src/index.ts "@s/a"',
    ]);
  });
});
