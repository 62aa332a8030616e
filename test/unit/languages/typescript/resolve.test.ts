import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { empty, json, resolve } from './resolution.ts';

describe('relative specifiers', () => {
  it.each<[string, readonly string[], string, string]>([
    ['the file itself', ['src/a.ts'], './a.ts', 'src/a.ts'],
    ['TypeScript', ['src/a.ts'], './a', 'src/a.ts'],
    ['TSX', ['src/a.tsx'], './a', 'src/a.tsx'],
    ['mts', ['src/a.mts'], './a', 'src/a.mts'],
    ['JavaScript', ['src/a.js'], './a', 'src/a.js'],
    ['cjs', ['src/a.cjs'], './a', 'src/a.cjs'],
    ['declarations', ['src/a.d.ts'], './a', 'src/a.d.ts'],
    ['JSON', ['src/a.json'], './a', 'src/a.json'],
    ['component', ['src/a.vue'], './a', 'src/a.vue'],
    ['TypeScript before JavaScript', ['src/a.ts', 'src/a.js'], './a', 'src/a.ts'],
    ['file before folder', ['src/a.ts', 'src/a/index.ts'], './a', 'src/a.ts'],
    ['index', ['src/a/index.ts'], './a', 'src/a/index.ts'],
    ['index, trailing slash', ['src/a/index.tsx'], './a/', 'src/a/index.tsx'],
    ['index of the own folder', ['src/index.ts'], '.', 'src/index.ts'],
    ['index of the parent', ['index.ts'], '..', 'index.ts'],
    ['index of the parent, trailing slash', ['index.js', 'src/from.ts'], '../', 'index.js'],
    ['folder beside a file of its name', ['src/a.ts', 'src/a/index.ts'], './a/', 'src/a/index.ts'],
    ['js with its declarations', ['src/a.js', 'src/a.d.ts'], './a.js', 'src/a.js src/a.d.ts'],
    ['js with its declarations, no extension', ['src/a.js', 'src/a.d.ts'], './a', 'src/a.js src/a.d.ts'],
    ['mjs with its declarations', ['src/a.mjs', 'src/a.d.mts'], './a.mjs', 'src/a.mjs src/a.d.mts'],
    ['js written for declarations', ['src/a.d.ts'], './a.js', 'src/a.d.ts'],
    ['main before index', ['src/a/package.json', 'src/a/main.js', 'src/a/index.js'], './a', 'src/a/main.js'],
    [
      'main, not the declarations alone',
      ['src/a/package.json', 'src/a/main.js', 'src/a/index.d.ts'],
      './a',
      'src/a/main.js',
    ],
    ['js written for ts', ['src/a.ts'], './a.js', 'src/a.ts'],
    ['js written for tsx', ['src/a.tsx'], './a.js', 'src/a.tsx'],
    ['js written for jsx', ['src/a.jsx'], './a.js', 'src/a.jsx'],
    ['js that is there', ['src/a.js'], './a.js', 'src/a.js'],
    ['js beside its source', ['src/a.js', 'src/a.ts'], './a.js', 'src/a.ts'],
    ['jsx written for tsx', ['src/a.tsx'], './a.jsx', 'src/a.tsx'],
    ['mjs written for mts', ['src/a.mts'], './a.mjs', 'src/a.mts'],
    ['cjs written for cts', ['src/a.cts'], './a.cjs', 'src/a.cts'],
    ['a dot in the name', ['src/a.service.ts'], './a.service', 'src/a.service.ts'],
    ['up and down', ['lib/a.ts'], '../lib/a', 'lib/a.ts'],
    ['any other file', ['src/a.wasm'], './a.wasm', 'src/a.wasm'],
    ['raw query', ['src/a.txt'], './a.txt?raw', 'src/a.txt'],
    ['worker query', ['src/a.ts'], './a?worker&inline', 'src/a.ts'],
    ['folder with main', ['src/a/package.json', 'src/a/main.js'], './a', 'src/a/main.js'],
    ['not there', ['src/a.ts'], './b', 'unresolved'],
    ['a folder without index', ['src/a/b.ts'], './a', 'unresolved'],
    ['beyond the root', ['a.ts'], '../../../a', 'unresolved'],
    ['a name that begins with dots', ['..a/b.ts'], '../..a/b', '..a/b.ts'],
    ['empty', ['src/.ts'], '', 'unresolved'],
  ])('%s', (_, paths, specifier, expected) => {
    const files = {
      ...empty(...paths),
      ...(paths.includes('src/a/package.json') ? { 'src/a/package.json': '{"main":"./main.js"}' } : {}),
    };
    expect(resolve(files, 'src/from.ts', specifier)).toBe(expected);
  });

  it('mean the root where the importing file stands in it', () => {
    expect(resolve(empty('a.ts', 'index.ts'), 'from.ts', './a')).toBe('a.ts');
    expect(resolve(empty('index.ts'), 'from.ts', '.')).toBe('index.ts');
  });

  it('are unresolved where computed', () => {
    expect(resolve(empty('a.ts'), 'from.ts', undefined)).toBe('unresolved');
  });

  it('never lead outside the tree or throw, whatever they say', () => {
    const part = fc.constantFrom('.', '..', '/', 'a', 'b', '@', '#', '*', '?', '[', '\\', '\0', ':', 'node', '%', ' ');
    const files = {
      ...empty('a.ts', 'a/b.ts', 'b/index.ts'),
      'package.json': json({ name: 'a', imports: { '#*': './*' } }),
    };
    fc.assert(
      fc.property(fc.array(part), fc.boolean(), (parts, glob) => {
        const found = resolve(files, 'b/from.ts', parts.join(''), glob);
        if (/^(package |builtin |unresolved)/.test(found)) return;
        for (const path of found.split(' ')) expect(['', ...Object.keys(files)]).toContain(path);
      }),
      { numRuns: 500 },
    );
  });

  // A matcher of globs once never came back from these.
  it.each(['#[#\\\\', './*\\\\\\\\', '#\\\\', '/[a]\\\\\\'])('are looked for to their end: %s', (specifier) => {
    const files = { ...empty('b.ts'), 'package.json': json({ name: 'a', imports: { '#*': './*' } }) };
    expect(['', 'unresolved']).toContain(resolve(files, 'b/from.ts', specifier, true));
  });
});

describe('specifiers from the root', () => {
  it.each([
    ['/src/a', ['src/a.ts'], 'src/a.ts'],
    ['/logo.svg', ['public/logo.svg'], 'public/logo.svg'],
    ['/src/b', ['src/a.ts'], 'unresolved'],
  ])('%s', (specifier, paths, expected) => expect(resolve(empty(...paths), 'src/from.ts', specifier)).toBe(expected));

  it('start at the own package', () => {
    const files = { 'app/package.json': '{"name":"app"}', ...empty('app/src/a.ts', 'src/a.ts') };
    expect(resolve(files, 'app/src/from.ts', '/src/a')).toBe('app/src/a.ts');
  });
});

describe('bare specifiers', () => {
  it.each([
    ['react', 'package react'],
    ['react/jsx-runtime', 'package react jsx-runtime'],
    ['@scope/pkg', 'package @scope/pkg'],
    ['@scope/pkg/deep/file.js', 'package @scope/pkg deep/file.js'],
    ['lodash.merge', 'package lodash.merge'],
    ['pkg?raw', 'package pkg'],
    ['fs', 'builtin fs'],
    ['node:fs', 'builtin node:fs'],
    ['node:test/reporters', 'builtin node:test/reporters'],
    ['fs/promises', 'builtin fs/promises'],
    ['fs-extra', 'package fs-extra'],
    ['test', 'package test'],
    ['virtual:icons', 'builtin virtual:icons'],
    ['https://esm.sh/react', 'builtin https://esm.sh/react'],
    ['@', 'unresolved'],
    ['@scope', 'unresolved'],
    ['not a name', 'unresolved'],
    ['#none', 'unresolved'],
  ])('%s: %s', (specifier, expected) => expect(resolve(empty('a.ts'), 'a.ts', specifier)).toBe(expected));

  it('are no files of the own folder', () => {
    expect(resolve(empty('src/react.ts', 'src/from.ts'), 'src/from.ts', 'react')).toBe('package react');
  });
});

describe('globs', () => {
  const files = empty('src/pages/a.ts', 'src/pages/b.ts', 'src/pages/deep/c.ts', 'src/pages/d.css', 'other/e.ts');
  it.each([
    ['./pages/*.ts', 'src/pages/a.ts src/pages/b.ts'],
    ['./pages/*', 'src/pages/a.ts src/pages/b.ts src/pages/d.css'],
    ['./pages/**/*.ts', 'src/pages/a.ts src/pages/b.ts src/pages/deep/c.ts'],
    ['./pages/{a,b}', 'src/pages/a.ts src/pages/b.ts'],
    ['../other/*.ts', 'other/e.ts'],
    ['/other/*.ts', 'other/e.ts'],
    ['./pages/*.js', 'src/pages/a.ts src/pages/b.ts'],
    ['./none/*.ts', ''],
    ['pkg/*', 'unresolved'],
    ['/', ''],
  ])('%s', (glob, expected) => expect(resolve(files, 'src/from.ts', glob, true)).toBe(expected));

  it('too long for a matcher names nothing, and throws nothing', () => {
    expect(resolve(files, 'src/from.ts', `./${'x'.repeat(70_000)}*`, true)).toMatch(/^(unresolved)?$/);
  });

  it('in a folder whose name is a pattern to a matcher take that folder', () => {
    expect(resolve(empty('app/[id]/parts/a.ts'), 'app/[id]/page.ts', './parts/*.ts', true)).toBe('app/[id]/parts/a.ts');
  });
});

describe('path aliases', () => {
  const ALIASES = json({ compilerOptions: { paths: { '@/*': ['./src/*'] } } });
  const at = (compilerOptions: unknown) => ({
    'tsconfig.json': json({ compilerOptions }),
    ...empty('src/a.ts', 'src/lib/b.ts', 'generated/b.ts', 'src/exact.ts'),
  });
  it.each<[string, unknown, string, string]>([
    ['star', { paths: { '@/*': ['./src/*'] } }, '@/a', 'src/a.ts'],
    ['exact', { paths: { here: ['./src/exact.ts'] } }, 'here', 'src/exact.ts'],
    ['exact before star', { paths: { '*': ['./src/*'], a: ['./src/exact'] } }, 'a', 'src/exact.ts'],
    ['second target', { paths: { '@/*': ['./none/*', './src/*'] } }, '@/a', 'src/a.ts'],
    ['first target wins', { paths: { '@/*': ['./generated/*', './src/lib/*'] } }, '@/b', 'generated/b.ts'],
    [
      'longest prefix wins',
      { paths: { '@/*': ['./generated/*'], '@/lib/*': ['./src/lib/*'] } },
      '@/lib/b',
      'src/lib/b.ts',
    ],
    ['star in the middle', { paths: { 'x-*-y': ['./src/*'] } }, 'x-a-y', 'src/a.ts'],
    ['js written for ts', { paths: { '@/*': ['./src/*'] } }, '@/a.js', 'src/a.ts'],
    ['baseUrl', { baseUrl: 'src' }, 'lib/b', 'src/lib/b.ts'],
    ['paths from baseUrl', { baseUrl: './src', paths: { '~/*': ['lib/*'] } }, '~/b', 'src/lib/b.ts'],
    ['no such file', { paths: { '@/*': ['./src/*'] } }, '@/none', 'unresolved'],
    ['baseUrl does not hide packages', { baseUrl: 'src' }, 'react', 'package react'],
  ])('%s', (_, options, specifier, expected) => expect(resolve(at(options), 'src/from.ts', specifier)).toBe(expected));

  it('take the longest prefix even where a shorter one has the file too', () => {
    const files = { ...at({ paths: { '@/*': ['./*'], '@/lib/*': ['./src/lib/*'] } }), 'lib/b.ts': '' };
    expect(resolve(files, 'src/from.ts', '@/lib/b')).toBe('src/lib/b.ts');
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['beside', { 'tsconfig.json': json({ extends: './base.json' }), 'base.json': ALIASES }],
    ['without ending', { 'tsconfig.json': json({ extends: './base' }), 'base.json': ALIASES }],
    [
      'elsewhere',
      {
        'tsconfig.json': json({ extends: './config/base.json' }),
        'config/base.json': json({ compilerOptions: { paths: { '@/*': ['../src/*'] } } }),
      },
    ],
    [
      'several',
      { 'tsconfig.json': json({ extends: ['./x.json', './base.json'] }), 'x.json': '{}', 'base.json': ALIASES },
    ],
    [
      'in a circle',
      {
        'tsconfig.json': json({ extends: './base.json' }),
        'base.json': json({ extends: './tsconfig.json', compilerOptions: { paths: { '@/*': ['./src/*'] } } }),
      },
    ],
    ['with comments', { 'tsconfig.json': '// base\n{ "compilerOptions": { "paths": { "@/*": ["./src/*"], }, }, }' }],
    [
      'behind a byte order mark',
      { 'tsconfig.json': '\uFEFF{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }' },
    ],
    ['jsconfig', { 'jsconfig.json': ALIASES }],
    ['another name', { 'tsconfig.app.json': ALIASES }],
  ])('come through extends: %s', (_, files) => {
    expect(resolve({ ...files, 'src/a.ts': '' }, 'src/deep/from.ts', '@/a')).toBe('src/a.ts');
  });

  it('of the nearest configuration win', () => {
    const files = {
      'tsconfig.json': ALIASES,
      'app/tsconfig.json': ALIASES,
      ...empty('src/a.ts', 'app/src/a.ts'),
    };
    expect(resolve(files, 'app/src/from.ts', '@/a')).toBe('app/src/a.ts');
    expect(resolve(files, 'src/from.ts', '@/a')).toBe('src/a.ts');
  });

  it.each([
    '{',
    '[]',
    'null',
    '{"compilerOptions":{"paths":{"@/*":"src/*"}}}',
    '{"compilerOptions":{"paths":[],"baseUrl":7}}',
    '',
  ])('of a broken configuration are none: %s', (text) =>
    expect(resolve({ 'tsconfig.json': text, 'src/a.ts': '' }, 'src/from.ts', './a')).toBe('src/a.ts'),
  );
});
