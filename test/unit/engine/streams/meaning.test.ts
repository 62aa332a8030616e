import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../../../src/engine/graph/build-graph.ts';
import { createAnalyses } from '../../../../src/engine/guards/analyses.ts';
import { changedExports, usedExports } from '../../../../src/engine/streams/meaning.ts';
import { LANGUAGES } from '../../../../src/languages/index.ts';
import { createGrammars } from '../../../../src/platform/grammars.ts';
import { memoryStore } from '../../memory-store.ts';
import { memoryTree } from '../../memory-tree.ts';
import { sha256 } from '../line-language.ts';

const analyse = createAnalyses(LANGUAGES, createGrammars());

async function changed(path: string, before: string, after: string | undefined): Promise<readonly string[]> {
  const found = await changedExports([{ path, from: undefined, before, after }], analyse);
  return found.flatMap(({ names }) => names);
}

describe('an export has changed', () => {
  it.each([
    ['a.ts', 'export function f(a: number) {}\n', 'export function f(a: string) {}\n', ['f']],
    ['a.ts', 'export const a = 1;\nexport const b = 1;\n', 'export const a = 1;\nexport const b = 2;\n', ['b']],
    ['a.ts', 'export interface I { a: 1 }\n', 'export interface I { a: 2 }\n', ['I']],
    ['a.ts', 'export type T = 1;\n', 'export type T = 2;\n', ['T']],
    ['a.ts', 'export default () => 1;\n', 'export default () => 2;\n', ['default']],
    ['a.ts', 'export default class A { a = 1 }\n', 'export default class A { a = 2 }\n', ['A', 'default']],
    ['a.ts', 'export function f() {}\nexport function g() {}\n', 'export function g() {}\n', ['f']],
    ['a.ts', 'function f() { return 1; }\nexport { f };\n', 'function f() { return 2; }\nexport { f };\n', ['f']],
    [
      'a.js',
      'function f() { return 1; }\nmodule.exports = { f };\n',
      'function f() { return 2; }\nmodule.exports = { f };\n',
      ['f'],
    ],
    ['a.cjs', 'exports.f = 1;\n', 'exports.f = 2;\n', ['f']],
    ['a.py', 'def f(a):\n    return a\n', 'def f(a, b):\n    return a\n', ['f']],
    ['a.py', 'LIMIT = 1\n', 'LIMIT = 2\n', ['LIMIT']],
    ['a.py', '@one\ndef f():\n    pass\n', '@two\ndef f():\n    pass\n', ['f']],
    ['a.go', 'package a\n\nfunc F() int {\n\treturn 1\n}\n', 'package a\n\nfunc F() int {\n\treturn 2\n}\n', ['F']],
    ['a.go', 'package a\n\nfunc (s *S) Close() {}\n', 'package a\n\nfunc (s *S) Close() error {}\n', ['Close']],
    ['src/lib.rs', 'pub fn f() -> u8 {\n    1\n}\n', 'pub fn f() -> u8 {\n    2\n}\n', ['f']],
    ['src/lib.rs', '#[cfg(a)]\nfn f() {}\nfn g() {}\n', '#[cfg(b)]\nfn f() {}\nfn g() {}\n', ['f']],
    [
      'a.ts',
      'export const a = 1;\n@one()\nexport class B {}\n',
      'export const a = 1;\n@two()\nexport class B {}\n',
      ['B'],
    ],
    ['A.java', 'package a;\npublic class A {\n  int a;\n}\n', 'package a;\npublic class A {\n  int b;\n}\n', ['A']],
  ])('in %s: %j → %j', async (path, before, after, expected) => {
    expect(await changed(path, before, after)).toEqual(expected);
  });

  it.each([
    ['a.ts', 'export const a = 1;\n', '// why\nexport const a =\n  1; /* so */\n'],
    ['a.ts', 'export const a = 1;\nconst own = 1;\n', 'export const a = 1;\nconst own = 2;\n'],
    ['a.ts', 'export const a = 1;\n', 'export const a = 1;\nexport const b = 1;\n'],
    ['a.ts', "export * from './b.ts';\n", "export * from './c.ts';\n"],
    [
      'a.py',
      'def f():\n    """Old."""\n    return 1\n',
      'def f():\n    """New.\n\n    words\n    """\n    # why\n    return 1\n',
    ],
    ['a.go', 'package a\n\nfunc F() {}\n', 'package a\n\n// F does.\nfunc F() {}\n'],
    ['a.txt', 'a', 'b'],
  ])('not in %s: %j → %j', async (path, before, after) => {
    expect(await changed(path, before, after)).toEqual([]);
  });

  it('where its file is gone or has another name', async () => {
    const before = 'export const a = 1;\n';
    expect(await changedExports([{ path: 'a.ts', from: undefined, before, after: undefined }], analyse)).toEqual([
      { path: 'a.ts', names: ['a'], gone: true },
    ]);
    expect(await changedExports([{ path: 'b.ts', from: 'a.ts', before, after: before }], analyse)).toEqual([
      { path: 'a.ts', names: ['a'], gone: true },
    ]);
  });

  it('not where its file is new', async () => {
    const change = { path: 'a.ts', from: undefined, before: undefined, after: 'export const a = 1;\n' };
    expect(await changedExports([change], analyse)).toEqual([]);
  });
});

async function users(
  files: Readonly<Record<string, string>>,
  path: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const tree = memoryTree(files);
  const graph = await buildGraph(tree, { languages: LANGUAGES, store: memoryStore(), digest: sha256 });
  const others = new Set(tree.paths.filter((one) => one !== path));
  const found = await usedExports([{ path, names, gone: false }], graph, others, (one) => tree.read(one), analyse);
  return found.flatMap((one) => one.users.map((user) => `${user} ${one.names.join()}`));
}

describe('an export is used', () => {
  it('by who imports the file and says its name', async () => {
    const files = {
      'a.ts': 'export const a = 1;\nexport const b = 1;\n',
      'uses.ts': "import { a } from './a.ts';\nexport default a;\n",
      'names.ts': "import * as all from './a.ts';\nexport default all.a;\n",
      'other.ts': "import { b } from './a.ts';\n// a is not used\nexport default b;\n",
      'stranger.ts': 'const a = 1;\n',
    };
    expect(await users(files, 'a.ts', ['a'])).toEqual(['names.ts a', 'uses.ts a']);
  });

  it('by who has it from a file that passes it on', async () => {
    const files = {
      'a.ts': 'export const a = 1;\n',
      'index.ts': "export { a } from './a.ts';\n",
      'uses.ts': "import { a } from './index.ts';\nexport default a;\n",
      'between.ts': "import { a } from './a.ts';\nexport const own = a;\n",
      'far.ts': "import { own } from './between.ts';\nconst a = own;\n",
    };
    expect(await users(files, 'a.ts', ['a'])).toEqual(['between.ts a', 'index.ts a', 'uses.ts a']);
  });

  it.each([
    ["import any from './a.ts';\nany();\n", ['u.ts default']],
    ["import type Any from './a.ts';\nlet x: Any;\n", ['u.ts default']],
    ["import { default as any } from './a.ts';\nany();\n", ['u.ts default']],
    ["import { named } from './a.ts';\nimport other from './b.ts';\nother(named);\n", []],
  ])('without a name: %j', async (text, expected) => {
    const files = {
      'a.ts': 'export default () => 1;\nexport const named = 1;\n',
      'b.ts': 'export default 1;\n',
      'u.ts': text,
    };
    expect((await users(files, 'a.ts', ['default'])).filter((one) => one.startsWith('u.ts'))).toEqual(expected);
  });

  it('in Python by way of a package', async () => {
    const files = {
      'p/__init__.py': 'from .a import A as A\n',
      'p/a.py': 'class A: ...\n',
      'use.py': 'from p import A\n\nA()\n',
      'not.py': 'from p import B\n\nA = 1\n',
    };
    expect(await users(files, 'p/a.py', ['A'])).toEqual(['p/__init__.py A', 'use.py A']);
  });
});
