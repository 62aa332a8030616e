import { expect, test } from 'vitest';
import { GUARDS_OFF } from './checked.ts';
import { failure, loop, runCli } from './command-line.ts';
import { createRepository, createWork } from './repository.ts';
import { surveyOf } from './surveyed.ts';

const json = (value: unknown): string => JSON.stringify(value);

const PACKAGES = {
  'downforce.jsonc': json({ guards: GUARDS_OFF }),
  'package.json': json({ name: 'root', private: true, workspaces: ['packages/*'] }),
  'packages/a/package.json': json({ name: 'a', type: 'module', scripts: { test: 'node --test' } }),
  'packages/a/index.js': 'export const a = 1;',
  'packages/a/index.test.js': "import test from 'node:test'; import './index.js'; test('a', () => {});",
  'packages/b/package.json': json({ name: 'b', type: 'module', scripts: { test: 'node --test' } }),
  'packages/b/index.js': 'export const b = 1;',
  'packages/b/index.test.js': "import test from 'node:test'; import './index.js'; test('b', () => {});",
};

test('a change in one package runs its check alone; what was not called for is told by --all', async () => {
  const repository = createWork(PACKAGES);
  repository.write({ 'packages/a/index.js': 'export const a = 2;' });
  const narrowed = await loop(repository.dir);
  expect([narrowed.status, narrowed.statuses]).toEqual([0, { 'test:a': 'pass' }]);
  expect(narrowed.result.scope).toMatchObject({ expanded_scopes: ['a'], fallback: null, widening_reasons: [] });
  const all = await loop(repository.dir, '--all');
  expect(all.statuses).toEqual({ 'test:a': 'pass', 'test:b': 'pass' });
});

test.each([
  ['lock-file', 'package-lock.json'],
  ['lock-file', 'packages/a/yarn.lock'],
  ['lock-file', 'deep/requirements-dev.txt'],
  ['lock-file', 'Cargo.lock'],
  ['lock-file', 'go.sum'],
  ['ci-config', '.github/workflows/ci.yml'],
  ['ci-config', '.gitlab-ci.yml'],
  ['tool-config', 'tsconfig.json'],
  ['tool-config', 'packages/a/vite.config.ts'],
  ['tool-config', '.npmrc'],
  ['tool-config', 'Makefile'],
  ['tool-config', 'Dockerfile'],
  ['tool-config', 'package.json'],
  ['tool-config', '.gitignore'],
  ['harness-config', 'downforce.jsonc'],
  ['unmapped', 'scripts/release.sh'],
  ['unmapped', 'data.csv'],
])('%s: %s calls for everything, with its reason', async (code, path) => {
  const repository = createWork(PACKAGES);
  const text = path === 'downforce.jsonc' || path === 'package.json' ? ` ${PACKAGES[path]}` : '{}';
  repository.write({ [path]: text });
  const { result, statuses, status } = await loop(repository.dir);
  expect([status, statuses]).toEqual([0, { 'test:a': 'pass', 'test:b': 'pass' }]);
  expect(result.scope.fallback).toBe('gate');
  expect(result.scope.widening_reasons).toEqual([expect.objectContaining({ code, path })]);
});

test.each([
  ['deleted', 'package-lock.json', 'lock-file'],
  ['deleted', 'tsconfig.json', 'tool-config'],
])('a %s %s calls for everything too', async (_, path, code) => {
  const repository = createWork({ ...PACKAGES, [path]: '{}' });
  repository.git('rm', '--quiet', path);
  expect((await loop(repository.dir)).result.scope.widening_reasons).toEqual([expect.objectContaining({ code, path })]);
});

test('what a rename takes a tool configuration or lock file away from calls for everything', async () => {
  const repository = createWork({
    ...PACKAGES,
    'packages/a/tsconfig.json': '{ "compilerOptions": { "strict": true } }',
  });
  repository.git('mv', 'packages/a/tsconfig.json', 'packages/a/notes.json');
  expect((await loop(repository.dir)).result.scope.fallback).toBe('gate');
});

test('a source file moved out of a package affects the package that lost it', async () => {
  const repository = createWork({
    ...PACKAGES,
    'packages/a/moved.js': 'export const one = 1;\nexport const two = 2;\n',
  });
  repository.git('mv', 'packages/a/moved.js', 'packages/b/moved.js');
  expect(Object.keys((await loop(repository.dir)).statuses).sort()).toEqual(['test:a', 'test:b']);
});

test.each(['README.md', 'packages/a/CHANGELOG.md', 'LICENSE', '.editorconfig', 'docs/guide.rst', '.vscode/x.json'])(
  '%s is inert by default: nothing runs, and that is all right',
  async (path) => {
    const repository = createWork(PACKAGES);
    repository.write({ [path]: 'changed' });
    const { status, result } = await loop(repository.dir);
    expect([status, result.checks, result.scope.inert_files]).toEqual([0, [], 1]);
  },
);

test('a file that is inert by default is not where a source reads it by import', async () => {
  const repository = createWork({
    ...PACKAGES,
    'packages/a/index.js': "import './page.md';",
    'packages/a/page.md': '1',
  });
  repository.write({ 'packages/a/page.md': '2' });
  expect(Object.keys((await loop(repository.dir)).statuses)).toEqual(['test:a']);
});

test('the configuration makes files inert, before any other rule', async () => {
  const repository = createWork({
    ...PACKAGES,
    'downforce.jsonc': json({ guards: GUARDS_OFF, inert: ['**/*.csv', 'package-lock.json'] }),
  });
  repository.write({ 'data.csv': '1', 'package-lock.json': '{}' });
  const { status, result } = await loop(repository.dir);
  expect([status, result.checks, result.scope.inert_files]).toEqual([0, [], 2]);
});

test('a source file moved to where files are inert still affects who imports it', async () => {
  const repository = createWork({
    ...PACKAGES,
    'downforce.jsonc': json({ guards: GUARDS_OFF, inert: ['archive/**'] }),
  });
  repository.write({ 'archive/.keep': '' });
  repository.git('mv', 'packages/a/index.js', 'archive/index.js');
  expect((await loop(repository.dir)).statuses).toMatchObject({ 'test:a': 'fail' });
});

test('a change that makes itself inert in the configuration is not let off by it', async () => {
  const repository = createWork(PACKAGES);
  repository.write({
    'downforce.jsonc': json({ guards: GUARDS_OFF, inert: ['**'] }),
    'packages/a/index.js': 'broken(',
  });
  expect((await loop(repository.dir)).status).not.toBe(0);
});

test.each([
  ['with', { 'a.txt': '1' }],
  ['without', { 'a.txt': '1', 'downforce.jsonc': json({ guards: GUARDS_OFF }) }],
])('a change that no check looks at is no pass, %s guards', async (_, files) => {
  const repository = createWork(files);
  repository.write({ 'a.txt': '2' });
  const { status, envelope } = await loop(repository.dir);
  expect([status, envelope.ok, envelope.error?.code]).toEqual([3, false, 'loop/nothing-to-run']);
});

async function explain(dir: string, subject: string): Promise<string> {
  const { status, stdout } = await runCli(dir, ['explain', subject, '--format', 'text']);
  expect(status).toBe(0);
  return stdout;
}

test('explain prints the chain from a path back to the change', async () => {
  const repository = createWork({
    ...PACKAGES,
    'packages/b/index.js': "import '../a/index.js';",
    'packages/b/page.md': '1',
  });
  repository.write({ 'packages/a/index.js': 'export const a = 2;', 'packages/b/page.md': '2', 'data.csv': '1' });
  const chain = await explain(repository.dir, 'packages/b/index.test.js');
  expect(chain).toContain('2 steps');
  expect(chain.split('\n').map((line) => line.trim())).toEqual(
    expect.arrayContaining([
      'packages/b/index.test.js imports packages/b/index.js',
      'packages/b/index.js imports packages/a/index.js',
      'packages/a/index.js changed',
    ]),
  );
  expect(await explain(repository.path('packages/b'), 'page.md')).toContain('inert by the built-in rule **/*.md');
  expect(await explain(repository.dir, 'data.csv')).toContain('the path lies outside every package');
  expect(await explain(repository.dir, './packages/../packages/a/index.js')).toContain('changed itself');
  expect(await explain(repository.dir, 'test:a')).toContain('node');
});

test('explain of a deleted file and of its importer says what became of it', async () => {
  const repository = createWork({
    ...PACKAGES,
    'packages/a/gone.js': '1',
    'packages/a/x.test.js': "import './gone.js'",
  });
  repository.git('rm', '--quiet', 'packages/a/gone.js');
  expect(await explain(repository.dir, 'packages/a/gone.js')).toContain('changed itself');
  expect(await explain(repository.dir, 'packages/a/x.test.js')).toContain('before it went');
});

test('explain of what is nothing here is wrong usage, with the nearest word', async () => {
  const repository = createRepository(PACKAGES);
  expect(await failure(repository.dir, 'explain', 'packages/a/indx.js')).toMatchObject({
    status: 2,
    text: expect.stringContaining('packages/a/index.js'),
  });
  expect(await failure(repository.dir, 'explain', '../../etc/passwd')).toMatchObject({ status: 2 });
});

test('a failed diff calls for everything', async () => {
  const repository = createWork(PACKAGES);
  const head = repository.git('rev-parse', 'HEAD^{tree}').trim();
  repository.commit({ 'packages/a/index.js': 'export const a = 2;' });
  repository.remove(`.git/objects/${head.slice(0, 2)}/${head.slice(2)}`);
  const { radius } = await surveyOf(repository.dir);
  expect(radius.reasons).toEqual([expect.objectContaining({ code: 'diff-failed' })]);
});
