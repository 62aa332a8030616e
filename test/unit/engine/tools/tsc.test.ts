import { describe, expect, it } from 'vitest';
import { svelteCheck } from '../../../../src/engine/tools/svelte-check.ts';
import { tsc } from '../../../../src/engine/tools/tsc.ts';
import { checkOf, checksOf, commandOf, coveredOf, json } from '../../memory-workspace.ts';

const OPTIONS =
  '--noEmit --emitDeclarationOnly false --composite false --incremental false --tsBuildInfoFile null --pretty false --listFiles';
const typescript = { devDependencies: { typescript: '5' } };
const source = { 'src/a.ts': '' };
const withScripts = (scripts: Record<string, string>) => json({ scripts, ...typescript });

describe('tsc', () => {
  it.each<[string, string, string]>([
    ['tsc', '', 'tsconfig.json'],
    ['tsc --noEmit --skipLibCheck', '--skipLibCheck ', 'tsconfig.json'],
    [
      'tsc -p tsconfig.build.json --outDir dist --module commonjs --incremental false',
      '--module commonjs ',
      'tsconfig.build.json',
    ],
    ['tsc --project . --verbatimModuleSyntax false --pretty', '--verbatimModuleSyntax false ', 'tsconfig.json'],
    ['tsc --project=tsconfig.build.json -w', '', 'tsconfig.build.json'],
  ])('checks what `%s` does and emits nothing', (script, flags, project) => {
    const files = {
      'package.json': withScripts({ build: script }),
      'tsconfig.json': '{}',
      'tsconfig.build.json': '{}',
      ...source,
    };
    const check = checkOf(tsc, files);
    expect(commandOf(check)).toBe(`/bin/tsc ${OPTIONS} ${flags}-p ${project}`);
    expect(check).toMatchObject({ id: 'types:tsc', narrowing: 'whole', evidence: 'package.json script "build"' });
  });

  it('prefers what scripts check to what they build', () => {
    const check = checkOf(tsc, {
      'package.json': withScripts({ build: 'tsc -p tsconfig.build.json', types: 'tsc --noEmit', dev: 'tsc -w' }),
      'tsconfig.json': '{}',
      'tsconfig.build.json': '{}',
      ...source,
    });
    expect(commandOf(check)).toMatch(/-p tsconfig\.json$/);
  });

  it('names several projects of one place after their files', () => {
    const checks = checksOf(tsc, {
      'package.json': withScripts({ check: 'tsc -p . && tsc -p tsconfig.test.json && tsc -p site' }),
      'tsconfig.json': '{}',
      'tsconfig.test.json': '{ "extends": "./tsconfig", "include": ["test"], }',
      'site/tsconfig.json': '{"compilerOptions":{"allowJs":true}}',
      'test/a.ts': '',
      'site/a.js': '',
      ...source,
    });
    expect(checks.map(({ id }) => id)).toEqual(['types:tsc', 'types:tsc/tsconfig.test', 'types:tsc/site']);
    expect(checks[1]?.config).toEqual(['tsconfig.test.json', 'tsconfig.json']);
    const paths = ['src/a.ts', 'src/b.js', 'test/a.ts', 'site/a.js'];
    expect(checks.map((check) => coveredOf(check, paths))).toEqual([
      ['src/a.ts', 'test/a.ts'],
      ['test/a.ts'],
      ['site/a.js'],
    ]);
  });

  it('checks the projects of a solution one by one', () => {
    const checks = checksOf(tsc, {
      'package.json': withScripts({ build: 'tsc -b && vite build' }),
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./node" }] }',
      'tsconfig.app.json': '{ "include": ["src"] }',
      'node/tsconfig.json': '{}',
      'node/b.ts': '',
      ...source,
    });
    expect(checks.map((check) => commandOf(check))).toEqual([
      `/bin/tsc ${OPTIONS} -p tsconfig.app.json`,
      `/bin/tsc ${OPTIONS} -p node/tsconfig.json`,
    ]);
    expect(checks.map(({ id }) => id)).toEqual(['types:tsc/tsconfig.app', 'types:tsc/node']);
  });

  it('builds where one project needs what another emits', () => {
    const check = checkOf(tsc, {
      'package.json': withScripts({ types: 'tsc -b' }),
      'tsconfig.json': '{ "files": [], "references": [{ "path": "a" }, { "path": "b" }] }',
      'a/tsconfig.json': '{}',
      'b/tsconfig.json': '{ "references": [{ "path": "../a" }] }',
      'a/a.ts': '',
    });
    expect(commandOf(check)).toBe('/bin/tsc -b --pretty false tsconfig.json');
    expect(check).toMatchObject({
      mustExamine: false,
      config: ['tsconfig.json', 'a/tsconfig.json', 'b/tsconfig.json'],
    });
    expect(coveredOf(check, ['a/a.ts', 'b/b.ts'])).toEqual(['a/a.ts', 'b/b.ts']);
  });

  it('survives configurations that extend and reference each other', () => {
    const check = checkOf(tsc, {
      'package.json': withScripts({ types: 'tsc -b' }),
      'tsconfig.json':
        '{ "extends": "./tsconfig.json", "files": [], "references": [{ "path": "." }, { "path": "a" }] }',
      'a/tsconfig.json': '{ "extends": ["./b.json", "nowhere"] }',
      'a/b.json': '{ "extends": "./tsconfig.json" ',
      'a/a.ts': '',
    });
    expect(commandOf(check)).toMatch(/-p a\/tsconfig\.json$/);
  });

  it('has a check a package', () => {
    const checks = checksOf(tsc, {
      'package.json': json(typescript),
      'packages/a/package.json': withScripts({ types: 'tsc --noEmit' }),
      'packages/a/tsconfig.json': '{}',
      'packages/a/a.ts': '',
      'packages/b/package.json': withScripts({ types: 'vue-tsc --noEmit' }),
      'packages/b/tsconfig.json': '{}',
      'packages/b/b.ts': '',
    });
    expect(checks.map(({ id, cwd }) => [id, cwd])).toEqual([
      ['types:tsc/a', 'packages/a'],
      ['types:vue-tsc/b', 'packages/b'],
    ]);
    expect(commandOf(checks[1] ?? checkOf(tsc, {}))).toBe(`/bin/vue-tsc ${OPTIONS} -p tsconfig.json`);
  });

  it('shares the configuration that packages find above them', () => {
    const pkg = withScripts({ types: 'tsc --noEmit' });
    const files = { 'tsconfig.json': '{}', 'a/package.json': pkg, 'b/package.json': pkg, 'a/a.ts': '' };
    expect(checkOf(tsc, files)).toMatchObject({ id: 'types:tsc', cwd: '' });
  });

  it.each<[string, Record<string, string>, number]>([
    ['a configuration and the package', { 'package.json': json(typescript), 'tsconfig.json': '{}', ...source }, 1],
    ['a configuration alone, which editors read too', { 'package.json': '{}', 'tsconfig.json': '{}', ...source }, 0],
    [
      'a configuration beside scripts that check another',
      {
        'package.json': json(typescript),
        'tsconfig.json': '{}',
        'a/package.json': withScripts({ types: 'tsc' }),
        'a/tsconfig.json': '{}',
        'a/a.ts': '',
        ...source,
      },
      1,
    ],
    [
      'a project among fixtures',
      {
        'package.json': withScripts({ test: 'tsc -p test/fixtures/a' }),
        'test/fixtures/a/tsconfig.json': '{}',
        'test/fixtures/a/a.ts': '',
      },
      0,
    ],
    ['a project without a file', { 'package.json': withScripts({ types: 'tsc' }), 'tsconfig.json': '{}' }, 0],
    ['`tsc --init`', { 'package.json': json({ scripts: { x: 'tsc --init' } }), 'tsconfig.json': '{}', ...source }, 0],
    [
      'a status that grep decides',
      { 'package.json': json({ scripts: { test: 'tsc -p . | (! grep -q deep)' } }), 'tsconfig.json': '{}', ...source },
      0,
    ],
  ])('with %s', (_, files, count) => {
    expect(checksOf(tsc, files)).toHaveLength(count);
  });

  it('says how to get it', () => {
    const files = { 'package.json': withScripts({ types: 'tsgo' }), 'tsconfig.json': '{}', ...source };
    expect(commandOf(checkOf(tsc, files, { node: [], path: [] }))).toBe(
      'missing tsgo: npm install --save-dev @typescript/native-preview',
    );
  });
});

describe('svelte-check', () => {
  it('is judged by its exit status', () => {
    const check = checkOf(svelteCheck, {
      'package.json': json({
        scripts: {
          check: 'svelte-kit sync && svelte-check --tsconfig ./tsconfig.json --output machine',
          watch: 'svelte-check --watch',
        },
      }),
    });
    expect(check.id).toBe('types:svelte-check');
    expect(commandOf(check)).toBe('/bin/svelte-check --output human --tsconfig ./tsconfig.json');
  });
});
