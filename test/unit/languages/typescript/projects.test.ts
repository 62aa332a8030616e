import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findProjects } from '../../../../src/languages/typescript/projects.ts';
import { memoryTree } from '../../memory-tree.ts';
import { json } from './resolution.ts';

type Files = Readonly<Record<string, string>>;

function roots(files: Files): readonly string[] {
  return findProjects(memoryTree(files)).map((project) => project.root);
}

function packages(...dirs: readonly string[]): Files {
  return Object.fromEntries(dirs.map((dir) => [`${dir}/package.json`, json({ name: dir.split('/').at(-1) })]));
}

describe('packages', () => {
  it.each<[string, Files, readonly string[]]>([
    ['one', { 'package.json': json({ name: 'a' }) }, ['']],
    ['several without a workspace', packages('a', 'b/c'), ['a', 'b/c']],
    ['none', { 'a.ts': '' }, []],
    ['a mere module type', { 'package.json': json({ name: 'a' }), 'esm/package.json': json({ type: 'module' }) }, ['']],
    [
      'not installed, not of tests',
      packages('node_modules/a', 'test/fixtures/b', 'src/__fixtures__/c', 'd/templates/e', 'f'),
      ['f'],
    ],
    ['not a name that ends alike', { 'my-package.json': json({ name: 'a' }) }, []],
    ['broken manifest', { 'package.json': '{ "name": "a",,, ', 'b/package.json': '[]' }, ['']],
  ])('%s', (_, files, expected) => expect(roots(files)).toEqual(expected));

  it('say what they are', () => {
    const files = {
      'lib/package.json': json({
        name: '@x/lib',
        dependencies: { a: '1' },
        devDependencies: { b: '1' },
        peerDependencies: { c: '1' },
        optionalDependencies: { d: '1' },
      }),
    };
    expect(findProjects(memoryTree(files))).toEqual([
      {
        name: '@x/lib',
        root: 'lib',
        manifest: 'lib/package.json',
        language: 'typescript',
        dependsOn: ['a', 'b', 'c', 'd'],
        declares: ['a', 'b', 'c', 'd'],
      },
    ]);
  });

  it.each([
    ['lib/package.json', 'lib'],
    ['package.json', 'root'],
  ])('without a name are called after their folder: %s', (path, name) => {
    expect(findProjects(memoryTree({ [path]: json({ scripts: {} }) })).map((project) => project.name)).toEqual([name]);
  });
});

describe('workspaces', () => {
  const MEMBERS = packages('packages/a', 'packages/b', 'packages/b/nested', 'apps/c', 'tools/d');
  it.each<[string, readonly string[] | { readonly packages: readonly string[] }, readonly string[]]>([
    ['glob', ['packages/*'], ['', 'packages/a', 'packages/b']],
    ['several', ['packages/*', 'apps/c'], ['', 'apps/c', 'packages/a', 'packages/b']],
    ['deep', ['packages/**'], ['', 'packages/a', 'packages/b', 'packages/b/nested']],
    ['negated', ['packages/*', '!packages/b'], ['', 'packages/a']],
    ['negated glob', ['packages/**', '!**/nested'], ['', 'packages/a', 'packages/b']],
    ['with a dot', ['./packages/*'], ['', 'packages/a', 'packages/b']],
    ['with a slash', ['packages/*/'], ['', 'packages/a', 'packages/b']],
    ['with both, negated', ['./packages/*', '!./packages/b/'], ['', 'packages/a']],
    ['braces', ['{apps,tools}/*'], ['', 'apps/c', 'tools/d']],
    ['yarn’s object', { packages: ['apps/*'] }, ['', 'apps/c']],
    ['no match', ['none/*'], ['']],
  ])('of npm and yarn: %s', (_, workspaces, expected) => {
    expect(roots({ 'package.json': json({ name: 'root', workspaces }), ...MEMBERS }).toSorted()).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    ['list', "packages:\n  - 'packages/*'\n  - '!packages/b'\n", ['', 'packages/a']],
    ['comments and anchors', '# members\npackages: &p\n  - apps/*\n', ['', 'apps/c']],
    [
      'no members named',
      'catalog:\n  react: 19\n',
      ['', 'apps/c', 'packages/a', 'packages/b', 'packages/b/nested', 'tools/d'],
    ],
    ['broken', 'packages: [\n', ['', 'apps/c', 'packages/a', 'packages/b', 'packages/b/nested', 'tools/d']],
  ])('of pnpm: %s', (_, text, expected) => {
    const files = { 'package.json': json({ name: 'root' }), 'pnpm-workspace.yaml': text, ...MEMBERS };
    expect(roots(files).toSorted()).toEqual(expected);
  });
});

describe('tsconfig references', () => {
  const config = (...paths: readonly string[]) => json({ references: paths.map((path) => ({ path })) });
  it.each<[string, Files, readonly string[]]>([
    [
      'folders',
      { 'tsconfig.json': config('./core', 'app/'), 'core/tsconfig.json': '{}', 'app/tsconfig.json': '{}' },
      ['app', 'core'],
    ],
    ['files', { 'tsconfig.json': config('./core/tsconfig.json'), 'core/tsconfig.json': '{}' }, ['core']],
    [
      'only what is referenced',
      { 'tsconfig.json': config('./core'), 'core/tsconfig.json': '{}', 'x/tsconfig.json': '{}' },
      ['core'],
    ],
    [
      'a second configuration of the own folder',
      { 'tsconfig.json': config('./tsconfig.node.json'), 'tsconfig.node.json': '{}' },
      [],
    ],
    ['beyond the root', { 'tsconfig.json': config('../core'), 'core/tsconfig.json': '{}' }, []],
    ['missing', { 'tsconfig.json': config('./none') }, []],
    [
      'nonsense',
      { 'tsconfig.json': json({ references: ['core', { path: 7 }, null] }), 'core/tsconfig.json': '{}' },
      [],
    ],
    [
      'named config in the folder',
      {
        'tsconfig.json': config('./core/tsconfig.build.json'),
        'core/tsconfig.build.json': '{}',
        'core/tsconfig.json': '{}',
      },
      ['core'],
    ],
  ])('%s', (_, files, expected) => expect(roots(files)).toEqual(expected));

  it('know what they need, and give way to the package of the same folder', () => {
    const files = {
      'tsconfig.json': config('./core', './app'),
      'core/tsconfig.json': '{}',
      'app/tsconfig.json': config('../core'),
      ...packages('core'),
    };
    expect(findProjects(memoryTree(files)).map(({ name, manifest, dependsOn }) => [name, manifest, dependsOn])).toEqual(
      [
        ['core', 'core/package.json', []],
        ['app', 'app/tsconfig.json', ['core']],
      ],
    );
  });
});

it('any manifest gives a list and no exception', () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom('packages: 7', '{"workspaces":{"packages":7}}', '{"workspaces":["["]}', '{"dependencies":[]}'),
  );
  fc.assert(
    fc.property(text, fc.constantFrom('package.json', 'pnpm-workspace.yaml', 'tsconfig.json'), (manifest, path) => {
      expect(Array.isArray(findProjects(memoryTree({ [path]: manifest, 'a/package.json': '{"name":"a"}' })))).toBe(
        true,
      );
    }),
  );
});
