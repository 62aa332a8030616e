import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileOf, Places } from '../../../src/server/places.ts';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'downforce-places-')));
const root = join(home, 'real');
mkdirSync(join(root, 'packages/a'), { recursive: true });
symlinkSync(root, join(home, 'link'), 'dir');
symlinkSync(join(root, 'packages/a'), join(home, 'a'), 'dir');
afterAll(() => rmSync(home, { recursive: true }));

describe('a file of a URI', () => {
  it.each([
    ['file:///a/b%20c/%C3%BC%23%25.ts', '/a/b c/ü#%.ts'],
    ['file:///a/%5Bid%5D/%2Bpage.ts', '/a/[id]/+page.ts'],
    ['file:///a/[id]/+page.ts', '/a/[id]/+page.ts'],
    ['untitled:Untitled-1', undefined],
    ['file://elsewhere/share/a', undefined],
    ['file:///a/%E0%A4%A', undefined],
  ])('%s', (uri, file) => {
    expect(fileOf(uri)).toBe(file);
  });
});

describe('places', () => {
  it.each([
    ['the repository', root, join(root, 'src/a.ts'), 'src/a.ts'],
    ['a link to the repository', join(home, 'link'), join(home, 'link/src/a.ts'), 'src/a.ts'],
    ['a folder of it', join(root, 'packages/a'), join(root, 'packages/a/x.ts'), 'packages/a/x.ts'],
    ['what is beyond the folder', join(root, 'packages/a'), join(root, 'src/a.ts'), 'src/a.ts'],
    ['a folder of a link', join(home, 'link/packages/a'), join(home, 'link/src/a.ts'), 'src/a.ts'],
    ['a link to a folder of it', join(home, 'a'), join(home, 'a/x.ts'), 'packages/a/x.ts'],
  ])('%s: there and back', (_, dir, file, path) => {
    const places = new Places(dir, root);
    expect(places.pathOf(file)).toBe(path);
    expect(places.fileOf(path)).toBe(file);
  });

  it('knows no path of what only begins like the folder', () => {
    expect(new Places(root, root).pathOf(`${root}2/a.ts`)).toBeUndefined();
    expect(new Places(root, root).pathOf(join(root, '..hidden'))).toBe('..hidden');
  });
});
