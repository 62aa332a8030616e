import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../src/harness/open-engine.ts';
import { refusalOf, startBranch } from '../../src/harness/streams-start.ts';
import { temporaryFolder } from './repository.ts';
import { createProject, statesIn } from './streams-repository.ts';

const { signal } = new AbortController();
const FILES = { 'a.js': '1;\n' };

async function branchIn(dir: string, name: string): ReturnType<typeof startBranch> {
  const engine = await openEngine({ dir, base: undefined, configFile: undefined, warn: () => {} });
  return startBranch(engine, name, () => {}, signal);
}

describe('the name of a branch', () => {
  it.each(['relay/2026-11-21', 'ümläut', 'a.b'])('%s is one', async (name) => {
    expect(await refusalOf(createProject(FILES).dir, name)).toBeUndefined();
  });

  it.each(['', '-d', '--help', '@{-1}', '@', 'a b', 'a..b', 'a~1', 'x.lock', '/a', 'a\u0007b'])(
    '%j is none',
    async (name) => {
      expect(await refusalOf(createProject(FILES).dir, name)).toBe('wrong');
    },
  );

  it('is taken where there is such a branch', async () => {
    expect(await refusalOf(createProject(FILES).dir, 'main')).toBe('taken');
  });
});

describe('a working tree for a hand-off', () => {
  it('is a stream without a plan, on a branch of its own, from what is committed', async () => {
    const project = createProject(FILES);
    project.write({ 'a.js': '2;\n', 'new.js': '' });
    const { stream, notes } = await branchIn(project.dir, 'relay/x;id');
    expect(stream).toMatchObject({ id: 'relay-x-id', branch: 'relay/x;id' });
    expect(dirname(stream.worktree)).toBe(join(dirname(project.dir), `${basename(project.dir)}-streams`));
    expect(existsSync(join(stream.worktree, 'a.js'))).toBe(true);
    expect(existsSync(join(stream.worktree, 'new.js'))).toBe(false);
    expect(notes).toEqual([
      'It begins at the last commit: 2 files with changes that are not committed did not come along.',
    ]);
    expect(await statesIn(project.dir)).toEqual(['relay-x-id idle']);
  });

  it('is set up as configured, and no hook of the repository is run', async () => {
    const project = createProject({
      ...FILES,
      'downforce.jsonc': JSON.stringify({ streams: { setup: ['node', '-e', 'console.log("set up")'] } }),
    });
    const sign = join(temporaryFolder(), 'hooked');
    project.executable('.git/hooks/post-checkout', `#!/bin/sh\ntouch '${sign}'\n`);
    const { setup } = await branchIn(project.dir, 'next');
    expect(setup).toMatchObject({ ok: true, text: expect.stringContaining('exit status 0') });
    expect(existsSync(sign)).toBe(false);
    // The hook is one: git by itself runs it.
    project.git('worktree', 'add', '-q', join(temporaryFolder(), 'by-hand'));
    expect(existsSync(sign)).toBe(true);
  });

  it('takes the place of no other', async () => {
    const { dir } = createProject(FILES);
    await branchIn(dir, 'a.b');
    await branchIn(dir, 'a-b');
    expect(await statesIn(dir)).toEqual(['a-b idle', 'a-b-2 idle']);
  });

  it.each([
    ['a branch that is there', 'main', FILES, /main/],
    ['a repository without a commit', 'next', undefined, /no commit yet/],
  ])('is not made of %s', async (_, name, files, why) => {
    const project = createProject(FILES);
    if (files === undefined) project.git('update-ref', '-d', 'refs/heads/main');
    await expect(branchIn(project.dir, name)).rejects.toThrow(why);
    expect(existsSync(`${project.dir}-streams`)).toBe(false);
  });
});
