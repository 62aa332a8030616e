import { describe, expect, it } from 'vitest';
import { all, type Files, judged, type Rule } from './judged.ts';

const TREE: Files = {
  'package.json': JSON.stringify({
    name: 'shop',
    dependencies: { pg: '8', '@aws/s3': '3', '@aws/sqs': '3', lodash: '4' },
  }),
  'src/ui/page.ts': `import '../core/cart';`,
  'src/core/cart.ts': `import '../data/store';`,
  'src/data/store.ts': '',
  'src/data/legacy.ts': '',
};
const because = 'it was agreed';

/** Files besides those of the tree, the rule, and what is said. */
type Row = readonly [name: string, files: Files, rule: Rule, expected: readonly string[]];

const DENY: readonly Row[] = [
  [
    'deny',
    { 'src/ui/a.ts': `import '../data/store';` },
    { from: 'src/ui/**', deny: 'src/data/**' },
    ['boundary/denied src/ui/a.ts "../data/store"'],
  ],
  [
    'a folder without stars',
    { 'src/ui/a.ts': `import '../data/store';` },
    { from: './src/ui', deny: 'src/data/' },
    ['boundary/denied src/ui/a.ts "../data/store"'],
  ],
  [
    'except a target',
    { 'src/ui/a.ts': `import '../data/store'; import '../data/legacy';` },
    { from: 'src/ui/**', deny: 'src/data/**', except: 'src/data/store.ts' },
    ['boundary/denied src/ui/a.ts "../data/legacy"'],
  ],
  [
    'except an importer',
    { 'src/ui/a.ts': `import '../data/store';` },
    { from: 'src/ui/**', deny: 'src/data/**', except: 'src/ui/a.ts' },
    [],
  ],
  [
    'a glob with an excepted file',
    { 'src/ui/a.ts': `import.meta.glob('../data/*.ts');` },
    { from: 'src/ui/**', deny: 'src/data/**', except: 'src/data/store.ts' },
    ['boundary/denied src/ui/a.ts "../data/*.ts"'],
  ],
  [
    'types allowed',
    { 'src/ui/a.ts': `import type { A } from '../data/store'; type B = import('../data/store').B;` },
    { from: 'src/ui/**', deny: 'src/data/**', types: 'allow' },
    [],
  ],
  [
    'types allowed, values not',
    { 'src/ui/a.ts': `import { type A, b } from '../data/store';` },
    { from: 'src/ui/**', deny: 'src/data/**', types: 'allow' },
    ['boundary/denied src/ui/a.ts "../data/store"'],
  ],
  [
    'a package',
    { 'src/ui/a.ts': `import 'pg'; import 'lodash';` },
    { from: 'src/ui/**', deny: 'npm:pg' },
    ['boundary/denied src/ui/a.ts "pg"'],
  ],
  [
    'a part of a package',
    { 'src/ui/a.ts': `import 'lodash/fp/map'; import 'lodash/map';` },
    { from: 'src/ui/**', deny: 'npm:lodash/fp' },
    ['boundary/denied src/ui/a.ts "lodash/fp/map"'],
  ],
  [
    'packages by glob',
    { 'src/ui/a.ts': `import '@aws/s3/client'; import 'pg';` },
    { from: 'src/ui/**', deny: 'npm:@aws/*' },
    ['boundary/denied src/ui/a.ts "@aws/s3/client"'],
  ],
  [
    'a package of Deno',
    { 'src/ui/a.ts': `import 'npm:pg@8/pool';` },
    { from: 'src/ui/**', deny: 'npm:pg' },
    ['boundary/denied src/ui/a.ts "npm:pg@8/pool"'],
  ],
  [
    'a builtin with and without prefix',
    { 'src/ui/a.ts': `import 'fs'; import 'node:fs/promises'; import 'node:path';` },
    { from: 'src/ui/**', deny: 'node:fs' },
    ['boundary/denied src/ui/a.ts "fs"', 'boundary/denied src/ui/a.ts "node:fs/promises"'],
  ],
  [
    'a builtin asked of the process',
    { 'src/ui/a.ts': `process.getBuiltinModule('fs'); other.getBuiltinModule('fs');` },
    { from: 'src/ui/**', deny: 'node:fs' },
    ['boundary/denied src/ui/a.ts "fs"'],
  ],
  [
    'all builtins but one',
    { 'src/ui/a.ts': `import 'node:path'; import 'node:os';` },
    { from: 'src/ui/**', deny: 'node:**', except: 'node:path' },
    ['boundary/denied src/ui/a.ts "node:os"'],
  ],
  [
    'a builtin of another language',
    { 'src/ui/a.py': 'import os\n', 'src/ui/a.ts': `import 'os';` },
    { from: 'src/ui/**', deny: 'node:os' },
    ['boundary/denied src/ui/a.ts "os"'],
  ],
  [
    'an unresolvable import is not denied',
    { 'src/ui/a.ts': `import '../data/none';` },
    { from: 'src/ui/**', deny: 'src/data/**' },
    [],
  ],
];

const OTHERS: readonly Row[] = [
  [
    'allow',
    { 'src/core/a.ts': `import './cart'; import '../data/store'; import '../ui/page'; import 'pg'; import 'fs';` },
    { from: 'src/core/**', allow: 'src/data/**' },
    ['boundary/not-allowed src/core/a.ts "../ui/page"'],
  ],
  [
    'allow packages by name',
    { 'src/core/a.ts': `import 'pg'; import 'lodash';` },
    { from: 'src/core/a.ts', allow: 'npm:pg' },
    ['boundary/not-allowed src/core/a.ts "lodash"'],
  ],
  [
    'allow builtins by name',
    { 'src/core/a.ts': `import 'fs'; import 'node:path';` },
    { from: 'src/core/a.ts', allow: 'node:path' },
    ['boundary/not-allowed src/core/a.ts "fs"'],
  ],
  [
    'allow a glob that leads further',
    { 'src/core/a.ts': `import.meta.glob('../*/*.ts');` },
    { from: 'src/core/**', allow: ['src/data/**'] },
    ['boundary/not-allowed src/core/a.ts "../*/*.ts"'],
  ],
  [
    'layers',
    { 'src/data/a.ts': `import '../core/cart';` },
    { layers: ['src/ui', 'src/core', 'src/data'] },
    ['boundary/layer src/data/a.ts "../core/cart"'],
  ],
  [
    'siblings',
    { 'src/core/a.ts': `import '../data/store';`, 'src/core/cart.ts': '' },
    { layers: ['src/ui', ['src/core', 'src/data']] },
    ['boundary/layer src/core/a.ts "../data/store"'],
  ],
  [
    'downwards over a layer',
    { 'src/ui/a.ts': `import '../data/store';` },
    { layers: ['src/ui', 'src/core', 'src/data'] },
    [],
  ],
  [
    'independent',
    { 'src/data/a.ts': `import '../ui/page';`, 'src/ui/page.ts': '' },
    { independent: ['src/ui', 'src/data'] },
    ['boundary/dependent src/data/a.ts "../ui/page"'],
  ],
  [
    'unresolvable',
    { 'src/ui/a.ts': `import './none'; import './none.css'; import 'pg';` },
    { from: 'src/ui/**', unresolvable: 'deny' },
    ['boundary/unresolvable src/ui/a.ts "./none"', 'boundary/unresolvable src/ui/a.ts "./none.css"'],
  ],
  [
    'computed',
    { 'src/ui/a.ts': 'await import(x); await import("./page");' },
    { from: 'src/ui/**', computed: 'deny' },
    ['boundary/computed src/ui/a.ts "import(x)"'],
  ],
];

describe.each([...DENY, ...OTHERS])('%s', (_name, files, rule, expected) => {
  it('is judged', async () => {
    expect(await judged({ ...TREE, ...files }, [rule])).toEqual(expected);
  });

  it('gives the reason with each finding', async () => {
    const found = await all({ ...TREE, ...files }, [{ ...rule, because }]);
    expect(found.map((finding) => finding.because)).toEqual(expected.map(() => because));
  });
});

describe('a rule that matches nothing', () => {
  it.each<[string, Rule, string]>([
    ['from', { from: 'src/gone/**', deny: 'src/data/**' }, 'src/gone/**'],
    ['to', { from: 'src/ui/**', deny: 'src/gone/**' }, 'src/gone/**'],
    ['a layer', { layers: ['src/ui', 'src/gone'] }, 'src/gone'],
    ['a sibling', { layers: ['src/ui', ['src/core', 'src/gone']] }, 'src/gone'],
    ['a member', { independent: ['src/ui', 'src/gone'] }, 'src/gone'],
    ['a circle', { circular: 'src/gone/**' }, 'src/gone/**'],
    ['a scope that was renamed', { from: 'shop-ui', deny: 'src/data/**' }, 'shop-ui'],
  ])('by its %s is a finding, changed or not', async (_name, rule, end) => {
    const [finding, ...more] = await all(TREE, [rule]);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'boundary/empty-rule', data: { rule: 0, end } });
  });

  it('is not one that speaks of a package nobody imports, or makes an exception that nobody needs', async () => {
    expect(await judged(TREE, [{ from: 'src/ui/**', deny: 'npm:nothing', except: 'src/gone/**' }])).toEqual([]);
  });
});

describe('ends', () => {
  const workspace: Files = {
    'package.json': JSON.stringify({ workspaces: ['packages/*'] }),
    'packages/a/package.json': JSON.stringify({ name: '@shop/a', dependencies: { '@shop/b': '*' } }),
    'packages/a/src/index.ts': `import '@shop/b';`,
    'packages/b/package.json': JSON.stringify({ name: '@shop/b' }),
    'packages/b/src/index.ts': '',
  };

  it('may be scopes', async () => {
    expect(await judged(workspace, [{ from: 'a', deny: 'b' }])).toEqual([
      'boundary/denied packages/a/src/index.ts "@shop/b"',
    ]);
    expect(await judged(workspace, [{ from: 'b', deny: 'a' }])).toEqual([]);
  });

  it('may be packages that the workspace holds itself', async () => {
    expect(await judged(workspace, [{ from: 'packages/a/**', deny: 'npm:@shop/b' }])).toEqual([
      'boundary/denied packages/a/src/index.ts "@shop/b"',
    ]);
  });

  it('know distributions of Python by the names that they are imported by', async () => {
    const files = {
      'pyproject.toml': '[project]\nname="x"\ndependencies=["PyYAML"]\n',
      'a.py': 'import yaml\nimport json\n',
    };
    expect(await judged(files, [{ from: 'a.py', deny: 'pypi:PyYAML' }])).toEqual(['boundary/denied a.py "yaml"']);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['a conflict', '<<<<<<< HEAD\nimport "./b";\n=======\n>>>>>>> b\n'],
    ['a syntax error', 'import { from "./b";'],
  ])('by %s is a finding', async (_name, text) => {
    const rule = { from: 'src/ui/**', deny: 'src/data/**' };
    const found = await all({ ...TREE, 'src/ui/a.ts': text }, [rule]);
    expect(found.map((finding) => `${finding.code} ${finding.path}`)).toContain('boundary/unparseable src/ui/a.ts');
  });
});
