import { describe, expect, it } from 'vitest';
import type { LanguageId, Project } from '../../../../src/engine/language.ts';
import { detectScopes } from '../../../../src/engine/scopes/detect-scopes.ts';
import type { ScopeMap } from '../../../../src/engine/scopes/scope.ts';
import type { Config } from '../../../../src/protocol/config.ts';
import { memoryTree } from '../../memory-tree.ts';
import { lineLanguage } from '../line-language.ts';

function project(
  root: string,
  name: string,
  dependsOn: readonly string[] = [],
  language: LanguageId = 'typescript',
): Project {
  const manifest = root === '' ? 'package.json' : `${root}/package.json`;
  return { name, root, manifest, language, dependsOn, declares: [] };
}

function detect(projects: readonly Project[], scopes: Config['scopes'] = {}): ScopeMap {
  return detectScopes(memoryTree({}), [lineLanguage([], projects)], { scopes });
}

/** `id: root → ids it needs`. */
function told({ scopes }: ScopeMap): readonly string[] {
  return scopes.map(({ id, root, dependsOn }) => [`${id}: ${root || '.'}`, ...dependsOn].join(' → '));
}

describe('scopes that were found', () => {
  it.each<[string, readonly Project[], readonly string[]]>([
    ['none', [], ['root: .']],
    ['the root alone', [project('', 'app')], ['app: .']],
    ['last part of the name', [project('packages/a', '@x/core')], ['core: packages/a']],
    ['go module with a version', [project('m', 'example.org/m/v2')], ['m: m']],
    ['same last part', [project('a', '@x/core'), project('b', '@y/core')], ['@x/core: a', '@y/core: b']],
    ['same name', [project('a', 'core'), project('b', 'core')], ['a: a', 'b: b']],
    ['same name, one in the root', [project('', 'core'), project('b', 'core')], ['root: .', 'b: b']],
    ['no name', [project('a', '')], ['a: a']],
    ['two projects of one folder', [project('a', 'one'), project('a', 'two')], ['one: a']],
  ])('named: %s', (_, projects, expected) => expect(told(detect(projects))).toEqual(expected));

  it('have ids of their own whatever the names', () => {
    const projects = [project('a', 'x/b'), project('b', 'y/b'), project('c', 'a'), project('x/b', 'a')];
    const ids = detect(projects).scopes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each<[string, readonly Project[], readonly string[]]>([
    ['by name', [project('a', '@x/a', ['@x/b', 'react']), project('b', '@x/b')], ['a: a → b', 'b: b']],
    ['once', [project('a', 'a', ['b', 'b']), project('b', 'b')], ['a: a → b', 'b: b']],
    ['not itself', [project('a', 'a', ['a'])], ['a: a']],
    [
      'python spelling',
      [project('a', 'a', ['My_Lib'], 'python'), project('b', 'my-lib', [], 'python')],
      ['a: a → my-lib', 'my-lib: b'],
    ],
    [
      'rust spelling',
      [project('a', 'a', ['my_lib'], 'rust'), project('b', 'my-lib', [], 'rust')],
      ['a: a → my-lib', 'my-lib: b'],
    ],
    ['npm spelling is exact', [project('a', 'a', ['my_lib']), project('b', 'my-lib')], ['a: a', 'my-lib: b']],
    ['not across languages', [project('a', 'a', ['b'], 'python'), project('b', 'b')], ['a: a', 'b: b']],
    [
      'of both projects of a folder',
      [project('a', 'a', ['c']), project('a', 'p', ['d'], 'rust'), project('c', 'c'), project('d', 'd', [], 'rust')],
      ['a: a → c → d', 'c: c', 'd: d'],
    ],
  ])('need others: %s', (_, projects, expected) => expect(told(detect(projects))).toEqual(expected));

  it.each([
    ['a/b/src/x.ts', 'b'],
    ['a/b/x.ts', 'b'],
    ['a/x.ts', 'a'],
    ['ab/x.ts', 'root'],
    ['x.ts', 'root'],
    ['a/bc/x.ts', 'a'],
  ])('hold a path in the nearest: %s in %s', (path, id) => {
    const map = detect([project('', 'root'), project('a', 'a'), project('a/b', 'b')]);
    expect(map.of(path)?.id).toBe(id);
    expect(map.of(path)).toBe(map.get(id));
  });

  it('hold no path outside all of them', () => {
    expect(detect([project('a', 'a')]).of('x.ts')).toBeUndefined();
  });
});

describe('scopes of the configuration', () => {
  it.each<[string, readonly string[], string]>([
    ['folder', ['src/core/**'], 'src/core'],
    ['shared folder', ['src/core/a/**', 'src/core/b/*.ts'], 'src/core'],
    ['nothing shared', ['a/**', 'b/**'], ''],
    ['one file', ['src/a.ts'], 'src'],
    ['a folder of the other', ['src/**', 'src/core/**'], 'src'],
    ['braces', ['src/{a,b}/**'], 'src'],
    ['everything', ['**'], ''],
    ['names that begin alike', ['src/a/**', 'src/ab/**'], 'src'],
  ])('have the root that their patterns share: %s', (_, paths, root) => {
    expect(detect([], { core: { paths: [...paths], dependsOn: [] } }).get('core')?.root).toBe(root);
  });

  it('replace those found, the first match winning', () => {
    const map = detect([project('a', 'a')], {
      first: { paths: ['a/**'], dependsOn: [] },
      second: { paths: ['a/**', 'b/**'], dependsOn: ['first'] },
    });
    expect(told(map)).toEqual(['first: a', 'second: . → first']);
    expect(map.of('a/x.ts')?.id).toBe('first');
    expect(map.of('b/.hidden/x.ts')?.id).toBe('second');
    expect(map.of('c/x.ts')).toBeUndefined();
    expect(map.get('a')).toBeUndefined();
  });

  it('keep the projects whose manifest they hold', () => {
    const map = detect([project('a', 'x'), project('b', 'y')], { all: { paths: ['b/**'], dependsOn: [] } });
    expect(map.get('all')?.projects.map(({ name }) => name)).toEqual(['y']);
  });
});
