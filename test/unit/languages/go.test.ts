import { describe, expect, it } from 'vitest';
import type { Reference, Resolution } from '../../../src/engine/language.ts';
import { go } from '../../../src/languages/go/index.ts';
import { countEffort } from '../../effort.ts';
import { memoryTree } from '../memory-tree.ts';

function specifiers(text: string): readonly string[] {
  return go.extract('a.go', text).references.map(({ kind, specifier }) => `${kind} ${specifier ?? '?'}`);
}

function imports(body: string): readonly string[] {
  return specifiers(`package a\n${body}`).slice(1);
}

function reference(specifier: string, kind: Reference['kind'] = 'static'): Reference {
  return { specifier, kind, typeOnly: false, start: 0, end: 0 };
}

function answer(resolution: Resolution): string {
  switch (resolution.kind) {
    case 'files':
      return resolution.paths.join(' ');
    case 'package':
      return `package ${resolution.name} ${resolution.subpath}`.trimEnd();
    case 'builtin':
      return `builtin ${resolution.name}`;
    case 'unresolved':
      return 'unresolved';
  }
}

describe('go extract', () => {
  it.each<[string, string, readonly string[]]>([
    ['single', 'import "fmt"', ['static fmt']],
    ['raw string', 'import `fmt`', ['static fmt']],
    [
      'alias, blank, dot',
      'import (\n f "fmt"\n _ "embed"\n . "math"\n)',
      ['static fmt', 'static embed', 'static math'],
    ],
    ['one line, semicolons', 'import ("a"; "b"); import "c"', ['static a', 'static b', 'static c']],
    ['cgo', '// #include <a.h>\nimport "C"', ['static C']],
    ['comment inside a group', 'import ( // "no"\n "a" /* "no" */\n)', ['static a']],
    ['commented out', '// import "a"\n/* import "b" */', []],
    ['in a raw string', 'var s = `\nimport "a"\n`', []],
    ['in a string', 'var s = "import \\"a\\""', []],
    ['after the first declaration', 'func f() {}\nimport "a"', []],
    ['a longer word', 'importer "a"', []],
    ['group never closed', 'import ("a"', ['static a']],
  ])('%s', (_, body, expected) => {
    expect(imports(body)).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    ['bare', '//go:embed a.txt b/*\nvar s string', ['static embed:a.txt', 'static embed:b/*']],
    ['quoted', '\t//go:embed "a b" `c`\nvar s string', ['static embed:a b', 'static embed:c']],
    ['right after the imports', 'import _ "embed"\n//go:embed a\nvar s string', ['static embed', 'static embed:a']],
    ['with a blank before the word', '// go:embed a\nvar s string', []],
    ['a longer word', '//go:embedded a\nvar s string', []],
    ['behind code', 'var s string //go:embed a', []],
    ['in a block comment', '/*\n//go:embed a\n*/\nvar s string', []],
    ['in a raw string', 'var s = `\n//go:embed a\n`', []],
    ['behind a rune of a quote', "var r = '\"'\n//go:embed a\nvar s string", ['static embed:a']],
  ])('embed: %s', (_, body, expected) => {
    expect(imports(body)).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    ['computed', 'import "plugin"\nvar p, _ = plugin.Open(name)', ['static plugin', 'dynamic ?']],
    ['concatenated', 'import "plugin"\nvar p, _ = plugin.Open("a" + n)', ['static plugin', 'dynamic ?']],
    ['literal', 'import "plugin"\nvar p, _ = plugin.Open("a.so")', ['static plugin', 'dynamic a.so']],
    ['alias', 'import p "plugin"\nvar x, _ = p.Open(name)', ['static plugin', 'dynamic ?']],
    ['another plugin', 'import "x/plugin"\nvar p, _ = plugin.Open(name)', ['static x/plugin']],
    ['a field', 'import "plugin"\nvar p, _ = x.plugin.Open(name)', ['static plugin']],
    ['in a comment', 'import "plugin"\n// plugin.Open(name)', ['static plugin']],
  ])('plugin: %s', (_, body, expected) => {
    expect(imports(body)).toEqual(expected);
  });

  it('points at the package clause and into the quotes', () => {
    const text = '// about\npackage a\nimport f "fmt"\n';
    const spans = go.extract('a.go', text).references.map(({ start, end }) => text.slice(start, end));
    expect(spans).toEqual(['package a', 'fmt']);
  });

  it.each<[string, string, readonly string[]]>([
    ['build tag', '//go:build linux\n\npackage a', ['implicit .']],
    ['ignored', '//go:build ignore\n\npackage main', []],
    ['ignored, old spelling', '// +build ignore\n\npackage main', []],
    ['not ignored', '//go:build !ignore\n\npackage a', ['implicit .']],
    ['byte order mark', '\ufeffpackage a', ['implicit .']],
  ])('package: %s', (_, text, expected) => {
    expect(specifiers(text)).toEqual(expected);
  });

  it('says so where there is no package clause', () => {
    expect(go.extract('a.go', 'import "a"').unanalysed).toBe('no package clause');
  });

  it('never throws on garbage', () => {
    const pieces = [
      'package a',
      'import',
      '(',
      ')',
      '"',
      '`',
      "'",
      '//',
      '/*',
      '*/',
      '\\',
      '\n',
      '//go:embed ',
      'x',
      'plugin',
      '.Open(',
    ];
    let seed = 7;
    for (let round = 0; round < 400; round++) {
      let text = round % 2 ? 'package a\nimport "plugin"\n' : '';
      for (let piece = 0; piece < 60; piece++) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        text += pieces[seed % pieces.length];
      }
      for (const { start, end } of go.extract('a.go', text).references) {
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }
  });
});

describe('go resolve', () => {
  const tree = memoryTree({
    'go.mod': `module example.com/app

go 1.22
require (
  github.com/x/y/v2 v2.0.0 // indirect
  example.com/app/api v1.0.0
  nodots v1.0.0
)
require "k8s.io/api" v0.1.0
// require commented.org/out v1
replace (
  old.org/lib => ./third/lib
  far.org/lib => far.org/fork v1.2.3
)
`,
    'main.go': 'package main',
    'main_test.go': 'package main_test',
    'other_test.go': 'package main',
    'win_windows.go': 'package main',
    'gen.go': '// about\n\n//go:build ignore\n\npackage main',
    'general.go': 'package main',
    'pkg/a.go': 'package pkg',
    'pkg/a_test.go': 'package pkg',
    'pkg/_b.go': 'package pkg',
    'onlytest/a_test.go': 'package onlytest',
    'sub/go.mod': 'module example.com/app/sub',
    'sub/s.go': 'package sub',
    'third/lib/go.mod': 'module new.org/lib',
    'third/lib/deep/d.go': 'package deep',
    'vendor/github.com/x/y/v2/v.go': 'package y',
    'data/.hidden': '',
    'data/a.txt': '',
    'data/b.txt': '',
    'data/in/_skip/c.txt': '',
    'data/in/d.txt': '',
    'data/mod/go.mod': 'module m',
    'data/mod/e.txt': '',
    'data/we ird[1].txt': '',
  });
  const resolver = go.createResolver(tree);

  it.each<[string, string, string]>([
    ['main.go', 'example.com/app/pkg', 'pkg/a.go'],
    ['pkg/a.go', 'example.com/app', 'general.go main.go win_windows.go'],
    ['main.go', './pkg', 'pkg/a.go'],
    ['main.go', 'example.com/app/none', 'unresolved'],
    ['main.go', 'example.com/app/onlytest', 'unresolved'],
    ['main.go', 'example.com/app/sub', 'unresolved'],
    ['main.go', 'example.com/app/api/v1', 'package example.com/app/api v1'],
    ['main.go', 'example.com/apple', 'package example.com/apple'],
    ['main.go', 'old.org/lib/deep', 'third/lib/deep/d.go'],
    ['main.go', 'new.org/lib/deep', 'package new.org/lib deep'],
    ['third/lib/deep/d.go', 'new.org/lib/deep', 'third/lib/deep/d.go'],
    ['main.go', 'far.org/lib/x', 'package far.org/lib x'],
    ['main.go', 'C', 'builtin C'],
    ['main.go', 'net/http', 'builtin net/http'],
    ['main.go', 'nodots/x', 'package nodots x'],
    ['main.go', 'k8s.io/api/core/v1', 'package k8s.io/api core/v1'],
    ['main.go', 'github.com/x/y/v2', 'package github.com/x/y/v2'],
    ['main.go', 'github.com/u/r/v3/in', 'package github.com/u/r/v3 in'],
    ['main.go', 'gopkg.in/yaml.v3', 'package gopkg.in/yaml.v3'],
    ['main.go', 'commented.org/out/of/it', 'package commented.org/out of/it'],
    ['vendor/github.com/x/y/v2/v.go', 'github.com/x/y/v2/in', 'package github.com/x/y/v2 in'],
  ])('%s imports %s', (from, specifier, expected) => {
    expect(answer(resolver.resolve(from, reference(specifier)))).toBe(expected);
  });

  it.each<[string, string]>([
    ['main.go', 'general.go win_windows.go'],
    ['main_test.go', 'general.go main.go win_windows.go other_test.go'],
    ['pkg/a.go', ''],
    ['pkg/a_test.go', 'pkg/a.go'],
  ])('files that compile with %s', (from, expected) => {
    expect(answer(resolver.resolve(from, reference('.', 'implicit')))).toBe(expected);
  });

  it.each<[string, string]>([
    ['data/a.txt', 'data/a.txt'],
    ['data/*.txt', 'data/a.txt data/b.txt data/we ird[1].txt'],
    ['data/[ab].txt', 'data/a.txt data/b.txt'],
    ['data/[^a].txt', 'data/b.txt'],
    ['data/?.txt', 'data/a.txt data/b.txt'],
    ['data/we ird\\[1].txt', 'data/we ird[1].txt'],
    ['data', 'data/a.txt data/b.txt data/in/d.txt data/we ird[1].txt'],
    ['all:data/in', 'data/in/_skip/c.txt data/in/d.txt'],
    ['data/.hidden', 'data/.hidden'],
    ['data/in/*.txt', 'data/in/d.txt'],
    ['dat', 'unresolved'],
    ['data/[', 'unresolved'],
    ['../x', 'unresolved'],
  ])('embeds %s', (pattern, expected) => {
    expect(answer(resolver.resolve('main.go', reference(`embed:${pattern}`)))).toBe(expected);
  });

  it('calls nothing sure that is computed or a built plugin', () => {
    expect(answer(resolver.resolve('main.go', reference('pkg', 'dynamic')))).toBe('unresolved');
  });

  it('lets the modules of a workspace see one another, and no others', () => {
    const files = {
      'go.work': 'go 1.22\nuse (\n  ./a\n  ./b\n)\n',
      'a/go.mod': 'module a.org/a',
      'a/a.go': 'package a',
      'b/go.mod': 'module b.org/b',
      'b/b.go': 'package b',
      'c/go.mod': 'module c.org/c',
      'c/c.go': 'package c',
    };
    const resolve = (from: string, to: string) =>
      answer(go.createResolver(memoryTree(files)).resolve(from, reference(to)));
    expect(resolve('a/a.go', 'b.org/b')).toBe('b/b.go');
    expect(resolve('a/a.go', 'c.org/c')).toBe('package c.org/c');
    expect(resolve('c/c.go', 'b.org/b')).toBe('package b.org/b');
  });

  it('indexes 10,000 paths in no time', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`p${n % 500}/f${n}.go`, '']));
    const large = memoryTree({ ...many, 'go.mod': 'module m.org/m' });
    go.createResolver(large);
    const effort = countEffort();
    go.createResolver(large);
    expect(effort()).toBeLessThan(10);
  });
});

describe('go projects', () => {
  it('lists modules with what they require', () => {
    const projects = go.findProjects(
      memoryTree({
        'go.mod': 'module a.org/a\nrequire old.org/b v1.0.0\nrequire c.org/c v1\nreplace old.org/b => ./b',
        'b/go.mod': 'module b.org/b',
        'b/testdata/go.mod': 'module fixture',
        'broken/go.mod': '(((',
      }),
    );
    expect(projects.map(({ name, root, dependsOn, declares }) => ({ name, root, dependsOn, declares }))).toEqual([
      { name: 'b.org/b', root: 'b', dependsOn: [], declares: [] },
      { name: 'broken', root: 'broken', dependsOn: [], declares: [] },
      { name: 'a.org/a', root: '', dependsOn: ['b.org/b', 'c.org/c'], declares: ['old.org/b', 'c.org/c'] },
    ]);
  });

  it('knows its files', () => {
    expect(
      ['a.go', 'a.gox', 'go.mod', 'x/go.work', 'cargo.mod'].map((path) => [go.matches(path), go.isLayout(path)]),
    ).toEqual([
      [true, false],
      [false, false],
      [false, true],
      [false, true],
      [false, false],
    ]);
  });
});
