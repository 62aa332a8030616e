import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addWorktree, countUncommitted, problemOfBranch, runGit } from '../../../src/client/relay-git.ts';

let home = '';
let root = '';
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: root, encoding: 'utf8' });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'downforce-relay-git-'));
  root = join(home, 'shöp');
  execFileSync('git', ['init', '-q', '-b', 'main', root]);
  writeFileSync(join(root, 'a.txt'), 'a\n');
  git('add', '-A');
  git('commit', '-qm', 'first');
});
afterEach(() => rmSync(home, { recursive: true }));

describe('the name of a branch', () => {
  it.each(['relay/2026-11-21', 'ümläut', 'a.b'])('%s is one', async (name) => {
    expect(await problemOfBranch(root, name)).toBeUndefined();
  });

  it.each(['', '-d', '--help', '@{-1}', '@', 'a b', 'a..b', 'a~1', 'x.lock', '/a', 'a\u0007b'])(
    '%j is none',
    async (name) => {
      expect(await problemOfBranch(root, name)).toBe('wrong');
    },
  );

  it('is taken where there is such a branch', async () => {
    expect(await problemOfBranch(root, 'main')).toBe('taken');
  });
});

describe('a new working tree', () => {
  it('is on a branch of its own, from what is committed, and leaves what is not', async () => {
    writeFileSync(join(root, 'a.txt'), 'changed\n');
    writeFileSync(join(root, 'new.txt'), 'new\n');
    expect(await countUncommitted(root)).toBe(2);
    const dir = join(home, 'beside');
    expect(await addWorktree(root, 'relay/x;id', dir)).toMatchObject({ ok: true });
    expect(await runGit(dir, 'branch', '--show-current')).toEqual({ ok: true, text: 'relay/x;id\n' });
    expect(existsSync(join(dir, 'new.txt'))).toBe(false);
    expect(await countUncommitted(dir)).toBe(0);
    expect(await countUncommitted(root)).toBe(2);
  });

  it('says why it could not be made, and makes nothing then', async () => {
    const dir = join(home, 'beside');
    const said = await addWorktree(root, 'main', dir);
    expect(said).toMatchObject({ ok: false });
    expect(said.ok ? '' : said.why).toContain('main');
    expect(existsSync(dir)).toBe(false);
  });

  it('runs nothing that the configuration names for watching files', async () => {
    git('config', 'core.fsmonitor', `touch ${join(home, 'watched')};`);
    await countUncommitted(root);
    expect(existsSync(join(home, 'watched'))).toBe(false);
    // The trap is one: git by itself falls into it.
    git('status');
    expect(existsSync(join(home, 'watched'))).toBe(true);
  });

  it('can not be made of a repository without a commit', async () => {
    const empty = join(home, 'empty');
    execFileSync('git', ['init', '-q', empty]);
    expect(await addWorktree(empty, 'x', join(home, 'y'))).toMatchObject({ ok: false });
  });
});
