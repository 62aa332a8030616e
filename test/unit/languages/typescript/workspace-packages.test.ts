import { describe, expect, it } from 'vitest';
import { matchMap } from '../../../../src/languages/typescript/packages.ts';
import { empty, json, resolve } from './resolution.ts';

describe('exports and imports maps', () => {
  it.each<[string, unknown, string, readonly string[] | undefined]>([
    ['string', './a.js', '.', ['./a.js']],
    ['string, another key', './a.js', './b', undefined],
    ['conditions alone', { import: './a.mjs', require: './a.cjs' }, '.', ['./a.mjs', './a.cjs']],
    ['nested conditions', { '.': { node: { import: './a.mjs' }, default: './a.js' } }, '.', ['./a.mjs', './a.js']],
    ['fallback list', { '.': ['./a.js', { default: './b.js' }] }, '.', ['./a.js', './b.js']],
    ['subpath', { './x': './lib/x.js' }, './x', ['./lib/x.js']],
    ['null', { './x': null }, './x', undefined],
    ['pattern', { './*': './lib/*.js' }, './x', ['./lib/x.js']],
    ['pattern, deep', { './*': './lib/*.js' }, './x/y', ['./lib/x/y.js']],
    ['pattern, twice in the target', { './*': './lib/*/*.js' }, './x', ['./lib/x/x.js']],
    ['pattern with a tail', { './*.js': './lib/*.mjs' }, './x.js', ['./lib/x.mjs']],
    ['exact before pattern', { './*': './lib/*.js', './x': './own.js' }, './x', ['./own.js']],
    ['longest pattern', { './*': './lib/*.js', './deep/*': './d/*.js' }, './deep/x', ['./d/x.js']],
    ['longest tail', { './*': './lib/*', './*.js': './js/*.js' }, './x.js', ['./js/x.js']],
    ['closed by null', { './*': './lib/*.js', './internal/*': null }, './internal/x', undefined],
    ['nothing between head and tail', { './a*a': './x/*.js' }, './a', undefined],
    ['folder', { './lib/': './src/' }, './lib/x.js', ['./src/x.js']],
    ['target without a star', { './*': './all.js' }, './x', ['./all.js']],
    ['imports', { '#a': './a.js' }, '#a', ['./a.js']],
    ['imports pattern', { '#lib/*': './lib/*.js' }, '#lib/x', ['./lib/x.js']],
    ['not offered', { './x': './x.js' }, './y', undefined],
    ['nonsense', 7, '.', []],
  ])('%s', (_, map, key, expected) => expect(matchMap(map, key)).toEqual(expected));
});

describe('packages of the repository', () => {
  const lib = (manifest: object, ...paths: readonly string[]) => ({
    'lib/package.json': json({ name: '@x/lib', ...manifest }),
    ...empty(...paths, 'app/from.ts'),
  });
  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    ['main', lib({ main: './start.js' }, 'lib/start.js'), '@x/lib', 'lib/start.js'],
    ['no main', lib({}, 'lib/index.ts'), '@x/lib', 'lib/index.ts'],
    ['built main', lib({ main: './dist/index.js' }, 'lib/src/index.ts'), '@x/lib', 'lib/src/index.ts'],
    [
      'built main two folders deep',
      lib({ main: 'dist/esm/index.js' }, 'lib/src/index.ts'),
      '@x/lib',
      'lib/src/index.ts',
    ],
    ['built types', lib({ types: './dist/main.d.ts' }, 'lib/src/main.ts'), '@x/lib', 'lib/src/main.ts'],
    ['built to lib', lib({ main: 'build/a.cjs' }, 'lib/lib/a.js'), '@x/lib', 'lib/lib/a.js'],
    ['exports', lib({ exports: { '.': './dist/main.js' } }, 'lib/src/main.tsx'), '@x/lib', 'lib/src/main.tsx'],
    [
      'exports by condition',
      lib({ exports: { import: './dist/main.mjs' } }, 'lib/src/main.mts'),
      '@x/lib',
      'lib/src/main.mts',
    ],
    [
      'exports pattern',
      lib({ exports: { './*': './dist/*.js' } }, 'lib/src/deep/a.ts'),
      '@x/lib/deep/a',
      'lib/src/deep/a.ts',
    ],
    [
      'every condition counts',
      lib({ exports: { node: './a.js', browser: './b.js' } }, 'lib/a.js', 'lib/b.js'),
      '@x/lib',
      'lib/a.js lib/b.js',
    ],
    ['subpath without exports', lib({}, 'lib/a.ts'), '@x/lib/a', 'lib/a.ts'],
    ['subpath of a built file', lib({}, 'lib/src/a.ts'), '@x/lib/dist/a.js', 'lib/src/a.ts'],
    ['subpath in src', lib({ exports: './x.js' }, 'lib/src/a.ts'), '@x/lib/a', 'lib/src/a.ts'],
    [
      'entry of an unknown build',
      lib({ main: './out.bundle' }, 'lib/a.ts', 'lib/b/c.ts', 'lib/a.test.ts'),
      '@x/lib',
      'lib/a.ts lib/b/c.ts',
    ],
    [
      'package.json itself',
      lib({ exports: { './package.json': './package.json' } }),
      '@x/lib/package.json',
      'lib/package.json',
    ],
    ['another package of the scope', lib({}, 'lib/index.ts'), '@x/other', 'package @x/other'],
  ])('%s', (_, files, specifier, expected) => expect(resolve(files, 'app/from.ts', specifier)).toBe(expected));

  it('name themselves', () => {
    const files = { 'package.json': json({ name: 'me', exports: { './a': './src/a.ts' } }), ...empty('src/a.ts') };
    expect(resolve(files, 'src/from.ts', 'me/a')).toBe('src/a.ts');
  });

  it('come before a builtin only where they are asked for without node:', () => {
    const files = { 'lib/package.json': json({ name: 'punycode' }), ...empty('lib/index.js') };
    expect(resolve(files, 'app/from.ts', 'node:punycode')).toBe('builtin node:punycode');
    expect(resolve(files, 'app/from.ts', 'punycode/index.js')).toBe('lib/index.js');
  });

  it('are left alone where the manifest is broken', () => {
    expect(resolve({ 'lib/package.json': '{ "name": ', 'lib/index.ts': '' }, 'a.ts', 'lib')).toBe('package lib');
    expect(resolve({ 'lib/package.json': '[]', 'lib/index.ts': '' }, 'a.ts', './lib')).toBe('lib/index.ts');
  });
});

describe('package imports', () => {
  const at = (imports: unknown, ...paths: readonly string[]) => ({
    'package.json': json({ name: 'me', imports }),
    ...empty(...paths),
  });
  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    ['file', at({ '#a': './src/a.ts' }, 'src/a.ts'), '#a', 'src/a.ts'],
    ['pattern', at({ '#lib/*': './src/lib/*.ts' }, 'src/lib/a.ts'), '#lib/a', 'src/lib/a.ts'],
    ['js written for ts', at({ '#lib/*.js': './src/lib/*.js' }, 'src/lib/a.ts'), '#lib/a.js', 'src/lib/a.ts'],
    ['built', at({ '#a': './dist/a.js' }, 'src/a.ts'), '#a', 'src/a.ts'],
    ['conditions', at({ '#a': { node: './a.js', default: './b.js' } }, 'a.js', 'b.js'), '#a', 'a.js b.js'],
    ['a package', at({ '#dep': 'react/jsx' }), '#dep', 'package react jsx'],
    ['a builtin', at({ '#dep': 'node:fs' }), '#dep', 'builtin node:fs'],
    ['not offered', at({ '#a': './a.js' }, 'a.js'), '#b', 'unresolved'],
    ['gone', at({ '#a': './none.js' }), '#a', 'unresolved'],
  ])('%s', (_, files, specifier, expected) => expect(resolve(files, 'src/deep/from.ts', specifier)).toBe(expected));

  it('are those of the own package, past a package.json that only sets the module type', () => {
    const files = {
      ...at({ '#a': './root.ts' }, 'root.ts', 'lib/own.ts'),
      'lib/package.json': json({ name: 'lib', imports: { '#a': './own.ts' } }),
      'lib/esm/package.json': json({ type: 'module' }),
    };
    expect(resolve(files, 'lib/esm/from.ts', '#a')).toBe('lib/own.ts');
    expect(resolve(files, 'src/from.ts', '#a')).toBe('root.ts');
  });
});

describe('what is only there once it is built', () => {
  const pkg = (manifest: object, ...paths: readonly string[]) => ({
    'pkg/package.json': json({ name: 'pkg', ...manifest }),
    ...empty(...paths, 'pkg/test/from.js'),
  });
  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    ['the package by its folder', pkg({ main: './build/index.js' }, 'pkg/lib/index.ts'), '..', 'pkg/lib/index.ts'],
    ['with a slash', pkg({ main: './build/index.js' }, 'pkg/lib/index.ts'), '../', 'pkg/lib/index.ts'],
    ['a file in it', pkg({}, 'pkg/lib/url.ts', 'pkg/lib/b.ts'), '../build/cjs/url.js', 'pkg/lib/url.ts'],
    [
      'a bundle: all of it',
      pkg({}, 'pkg/src/a.ts', 'pkg/src/b.ts'),
      '../dist/pkg.min.js',
      'pkg/test/from.js pkg/src/a.ts pkg/src/b.ts',
    ],
    ['a bundle that is there', pkg({}, 'pkg/src/a.ts', 'pkg/dist/pkg.js'), '../dist/pkg.js', 'pkg/dist/pkg.js'],
    ['nothing that a build makes', pkg({}, 'pkg/src/a.ts'), '../other/a.js', 'unresolved'],
    ['a folder that is no package', pkg({}, 'pkg/src/a.ts'), '../src', 'unresolved'],
  ])('%s', (_, files, specifier, expected) => {
    const found = resolve(files, 'pkg/test/from.js', specifier);
    expect(found.split(' ').sort()).toEqual(expected.split(' ').sort());
  });
});
