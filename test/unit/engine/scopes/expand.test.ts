import { describe, expect, it } from 'vitest';
import { blast, deleted, type Files, fatesOf, modified, reachedOf, renamed } from './radius.ts';

describe('along imports', () => {
  const files: Files = {
    'a.l': 'needs b.l',
    'b.l': 'needs c.l',
    'c.l': '',
    'd.l': 'needs a.l\nneeds c.l',
    'e.l': '',
    'c.test.l': 'needs c.l',
  };
  it('a change reaches who needs it, with the least distance', async () => {
    expect(reachedOf(await blast({ files, changed: ['c.l'] }))).toEqual([
      'a.l 2 imports b.l',
      'b.l 1 imports c.l',
      'c.l 0',
      'c.test.l 1 imports c.l',
      'd.l 1 imports c.l',
    ]);
  });

  it('two changes reach what either does, each file by the nearer one', async () => {
    expect(reachedOf(await blast({ files, changed: ['c.l', 'a.l'] }))).toEqual([
      'a.l 0',
      'b.l 1 imports c.l',
      'c.l 0',
      'c.test.l 1 imports c.l',
      'd.l 1 imports c.l',
    ]);
  });

  it('a circle ends', async () => {
    const circle = { 'a.l': 'needs b.l', 'b.l': 'needs a.l' };
    expect(reachedOf(await blast({ files: circle, changed: ['a.l'] }))).toEqual(['a.l 0', 'b.l 1 imports a.l']);
  });

  it('a changed test reaches itself alone', async () => {
    expect(reachedOf(await blast({ files, changed: ['c.test.l'] }))).toEqual(['c.test.l 0']);
  });

  it('no change reaches nothing', async () => {
    expect(await blast({ files, changed: [] })).toMatchObject({ reached: new Map(), scopes: new Map(), reasons: [] });
  });

  it.each([
    ['modified', modified('c.l')],
    ['added', modified('c.l', { status: 'added', untracked: true })],
    ['mode', modified('c.l', { status: 'mode' })],
    ['conflicted', modified('c.l', { status: 'conflicted' })],
    ['symbolic link', modified('c.l', { entry: 'symlink' })],
  ])('counts whatever kind of change it is: %s', async (_, file) => {
    expect((await blast({ files, changed: [file] })).reached.has('d.l')).toBe(true);
  });
});

describe('what is gone', () => {
  const before: Files = { 'a.l': 'needs gone.l', 'b.l': 'needs a.l', 'gone.l': '', 'c.l': '' };
  const files: Files = { 'a.l': 'needs gone.l', 'b.l': 'needs a.l', 'c.l': '' };

  it('reaches who needed it before', async () => {
    expect(reachedOf(await blast({ files, before, changed: [deleted('gone.l')] }))).toEqual([
      'a.l 1 imported-deleted gone.l',
      'b.l 2 imports a.l',
      'gone.l 0',
    ]);
  });

  it('by a new name reaches who needed the old one and who needs the new one', async () => {
    const after = { ...files, 'new.l': '', 'd.l': 'needs new.l' };
    expect(reachedOf(await blast({ files: after, before, changed: [renamed('gone.l', 'new.l')] }))).toEqual([
      'a.l 1 imported-deleted gone.l',
      'b.l 2 imports a.l',
      'd.l 1 imports new.l',
      'new.l 0',
    ]);
  });

  it('belongs to the scope it was in', async () => {
    const packages = { old: [], next: [] };
    const situation = {
      before: { 'old/a.l': '', 'old/b.l': 'needs old/a.l', 'next/c.l': '' },
      files: { 'next/a.l': '', 'next/c.l': 'needs next/a.l', 'old/b.l': '' },
      packages,
      changed: [renamed('old/a.l', 'next/a.l'), 'next/c.l', 'old/b.l'],
    };
    const radius = await blast(situation);
    expect([...radius.scopes.keys()].toSorted()).toEqual(['next', 'old']);
  });

  it('and was imported by nobody calls for its whole scope', async () => {
    const radius = await blast({ files, before: { ...files, 'lone.l': '' }, changed: [deleted('lone.l')] });
    expect(reachedOf(radius)).toContain('c.l 1 same-scope lone.l');
  });

  it('moved out of a scope calls for what that scope read without naming it', async () => {
    const radius = await blast({
      before: { 'old/data.json': '', 'old/b.l': '', 'next/c.l': '' },
      files: { 'next/data.json': '', 'old/b.l': '', 'next/c.l': '' },
      packages: { old: [], next: [] },
      changed: [renamed('old/data.json', 'next/data.json')],
    });
    expect(radius.reached.has('next/c.l')).toBe(true);
    expect(radius.reached.has('old/b.l')).toBe(true);
  });
});

describe('what imports cannot explain', () => {
  it('brings along who loads something computed in the same scope', async () => {
    const files = {
      'a/x.l': '',
      'a/y.l': 'needs ?',
      'a/z.l': 'needs a/y.l',
      'b/x.l': 'needs ?',
      'a/w.l': 'needs a/x.l',
    };
    expect(reachedOf(await blast({ files, packages: { a: [], b: [] }, changed: ['a/x.l'] }))).toEqual([
      'a/w.l 1 imports a/x.l',
      'a/x.l 0',
      'a/y.l 1 computed a/x.l',
      'a/z.l 2 imports a/y.l',
    ]);
  });

  it('brings along what could not be read for imports', async () => {
    const files = { 'x.l': '', 'w.l': 'needs x.l', 'y.l': '!broken' };
    expect(reachedOf(await blast({ files, changed: ['x.l'] }))).toContain('y.l 1 computed x.l');
  });

  it('brings along who loads something computed in a scope that was reached from another', async () => {
    const files = { 'a/x.l': '', 'b/x.l': 'needs a/x.l', 'b/y.l': 'needs ?' };
    const radius = await blast({ files, packages: { a: [], b: [] }, changed: ['a/x.l'] });
    expect(reachedOf(radius)).toContain('b/y.l 1 computed a/x.l');
  });

  it.each([
    ['data', 'a/data.json'],
    ['a source that nobody imports', 'a/main.l'],
    ['the manifest of the scope', 'a/package.json'],
  ])('spreads through the scope: %s', async (_, path) => {
    const files = {
      'a/data.json': '',
      'a/main.l': '',
      'a/package.json': '',
      'a/x.l': '',
      'b/y.l': 'needs a/x.l',
      'b/z.l': '',
    };
    const radius = await blast({ files, packages: { a: [], b: [] }, changed: [path] });
    expect(reachedOf(radius)).toEqual(
      expect.arrayContaining([`${path} 0`, `a/x.l 1 same-scope ${path}`, 'b/y.l 2 imports a/x.l']),
    );
    expect(radius.reached.has('b/z.l')).toBe(false);
  });

  it('spreads data of tests to the tests of the scope', async () => {
    const files = { 'test/data.json': '', 'test/a.l': '', 'src/b.l': '', 'src/b.test.l': '' };
    expect(reachedOf(await blast({ files, changed: ['test/data.json'] }))).toEqual([
      'src/b.test.l 1 test-data test/data.json',
      'test/a.l 1 test-data test/data.json',
      'test/data.json 0',
    ]);
  });

  it('spreads both data of tests and other data', async () => {
    const files = { 'test/data.json': '', 'a.json': '', 'test/a.l': '', 'src/b.l': '' };
    const radius = await blast({ files, changed: ['test/data.json', 'a.json'] });
    expect([...radius.reached.keys()].toSorted()).toEqual(Object.keys(files).toSorted());
  });

  it('reaches a scope whose manifest alone needs the changed one', async () => {
    const files = { 'a/x.l': '', 'a/w.l': 'needs a/x.l', 'b/y.l': '', 'c/z.l': 'needs a/x.l', 'c/v.l': '' };
    const radius = await blast({ files, packages: { a: [], b: ['a'], c: ['a'] }, changed: ['a/x.l'] });
    expect(reachedOf(radius)).toContain('b/y.l 1 manifest a/x.l');
    expect(radius.reached.has('c/v.l')).toBe(false);
    expect(radius.scopes).toEqual(
      new Map([
        ['a', 0],
        ['b', 1],
        ['c', 1],
      ]),
    );
  });

  it('follows manifests from scope to scope', async () => {
    const files = { 'a/x.l': '', 'b/y.l': '', 'c/z.l': '' };
    const radius = await blast({ files, packages: { a: [], b: ['a'], c: ['b'] }, changed: ['a/x.l'] });
    expect(reachedOf(radius)).toContain('c/z.l 2 manifest b/y.l');
  });
});

describe('scopes', () => {
  it('come nearest first, with the distance of their nearest file', async () => {
    const files = { 'a/x.l': '', 'b/y.l': 'needs a/x.l', 'c/z.l': 'needs b/y.l' };
    const radius = await blast({ files, packages: { c: [], b: [], a: [] }, changed: ['a/x.l'] });
    expect([...radius.scopes]).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]);
  });
});

describe('the fate of a changed path', () => {
  const files: Files = {
    'a/x.l': 'needs a/text.md',
    'a/text.md': '',
    'a/other.md': '',
    'a/package.json': '',
    'package.json': '',
    'package-lock.json': '',
    'docs/a.png': '',
    'scripts/x.l': '',
    'test/x.l': '',
    'lint.rules': '',
    'a/tsconfig.json': '',
    '.github/workflows/ci.yml': '',
  };
  const packages = { '.': [], a: [] };
  it.each([
    ['source of a package', 'a/x.l', 'a/x.l in a'],
    ['source outside every package', 'scripts/x.l', 'scripts/x.l in root'],
    ['test outside every package', 'test/x.l', 'test/x.l in root'],
    ['text that nobody imports', 'a/other.md', 'a/other.md inert **/*.md'],
    ['text that somebody imports', 'a/text.md', 'a/text.md in a'],
    ['manifest of a package', 'a/package.json', 'a/package.json in a'],
    ['manifest of the root', 'package.json', 'package.json widened tool-config'],
    ['lock file', 'package-lock.json', 'package-lock.json widened lock-file'],
    ['configuration in a package', 'a/tsconfig.json', 'a/tsconfig.json widened tool-config'],
    ['configuration of a check', 'lint.rules', 'lint.rules widened tool-config'],
    ['CI', '.github/workflows/ci.yml', '.github/workflows/ci.yml widened ci-config'],
    ['anything outside every package', 'docs/a.png', 'docs/a.png widened unmapped'],
  ])('%s', async (_, path, expected) => {
    const radius = await blast({ files, packages, changed: [path], toolConfig: ['lint.rules'] });
    expect(fatesOf(radius)).toEqual([expected]);
    expect(radius.reasons.map((reason) => reason.path)).toEqual(expected.includes('widened') ? [path] : []);
  });

  it.each(Object.keys(files))('is inert before all else where the user says so: %s', async (path) => {
    const radius = await blast({ files, packages, changed: [path], inert: ['**'], toolConfig: ['lint.rules'] });
    expect(fatesOf(radius)).toEqual([`${path} inert **`]);
    expect(radius.reached.size).toBe(0);
    expect(radius.reasons).toEqual([]);
  });

  it('is the full gate for a path in no scope, unless it is a source', async () => {
    const radius = await blast({ files, packages: { a: [] }, changed: ['docs/a.png', 'scripts/x.l', 'a/other.md'] });
    expect(fatesOf(radius)).toEqual([
      'docs/a.png widened unmapped',
      'scripts/x.l in no scope',
      'a/other.md inert **/*.md',
    ]);
  });

  it('is the full gate for a submodule', async () => {
    const radius = await blast({ files, packages, changed: [modified('vendor/x', { entry: 'submodule' })] });
    expect(fatesOf(radius)).toEqual(['vendor/x widened submodule']);
  });

  it('in a repository of one scope needs no gate for any data', async () => {
    const radius = await blast({ files: { 'docs/a.png': '', 'x.l': '' }, changed: ['docs/a.png'] });
    expect(fatesOf(radius)).toEqual(['docs/a.png in root']);
    expect(radius.reached.has('x.l')).toBe(true);
  });

  it('keeps the reasons that the change came with, and reaches what it widened by', async () => {
    const reason = { code: 'no-base', text: 'x' } as const;
    const radius = await blast({ files, packages, changed: ['package-lock.json', 'a/x.l'], reasons: [reason] });
    expect(radius.reasons.map(({ code }) => code)).toEqual(['no-base', 'lock-file']);
    expect(reachedOf(radius)).toEqual(expect.arrayContaining(['package-lock.json 0', 'a/x.l 0']));
  });

  it('is known for every changed path', async () => {
    const changed = Object.keys(files);
    expect((await blast({ files, packages, changed })).fates.size).toBe(changed.length);
  });
});
