import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Repository } from './repository.ts';
import { collisionsIn, createProject, start, statesIn, streams } from './streams-repository.ts';

const PLAN = '## One\nPaths: core.js\n\n## Two\nPaths: use.js\n\n## Three\nPaths: other.js\n';
const CORE = 'export function f(a) {\n  return a;\n}\n\nexport function g() {\n  return 1;\n}\n';
const FILES = {
  'PLAN.md': PLAN,
  'package.json': '{"type":"module"}',
  'core.js': CORE,
  'index.js': "export { f } from './core.js';\n",
  'use.js': "import { f } from './index.js';\n\nexport const used = f(1);\n",
  'other.js': "import { g } from './core.js';\n\nexport const other = g();\n",
  'words.txt': 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n',
};

async function two(files: Readonly<Record<string, string>> = FILES): Promise<[Repository, Repository, Repository]> {
  const project = createProject(files);
  return [project, await start(project.dir, 'one'), await start(project.dir, 'two')];
}

/** What git has in its folder, times aside. */
function insides(repository: Repository): string {
  const index = repository.git('rev-parse', '--git-path', 'index').trim();
  const file = index.startsWith('/') ? index : repository.path(index);
  return [
    repository.git('count-objects', '-v'),
    repository.git('status', '--porcelain'),
    readFileSync(file).toString('hex'),
  ].join('\n');
}

describe('two working trees', () => {
  it('that change other things collide in nothing', async () => {
    const [project, one, other] = await two();
    one.write({ 'words.txt': FILES['words.txt'].replace('one', 'ONE') });
    other.write({ 'other.js': `${FILES['other.js']}\n` });
    expect(await streams(project.dir, 'check')).toMatchObject({ status: 0, ok: true, streams: { collisions: [] } });
  });

  it('conflict in text, committed or not, and nothing of either is written to', async () => {
    const [project, one, other] = await two();
    one.write({ 'words.txt': FILES['words.txt'].replace('four', 'FOUR') });
    other.commit({ 'words.txt': FILES['words.txt'].replace('four', 'vier') });
    one.git('add', 'words.txt');
    one.write({ 'untracked ä.txt': 'x' });
    const before = [project, one, other].map(insides);
    expect(await collisionsIn(project.dir)).toEqual(['text stream/one stream/two: words.txt']);
    expect([project, one, other].map(insides)).toEqual(before);
    expect((await streams(project.dir, 'check')).status).toBe(1);
    expect(await statesIn(project.dir)).toEqual(['one conflict', 'two conflict']);
  });

  it('change a file that git can join', async () => {
    const [project, one, other] = await two();
    one.write({ 'words.txt': FILES['words.txt'].replace('one', 'ONE') });
    other.write({ 'words.txt': FILES['words.txt'].replace('seven', 'SEVEN') });
    expect(await collisionsIn(project.dir)).toEqual(['file stream/one stream/two: words.txt']);
  });

  it('collide in nothing where both made the very same change', async () => {
    const [project, one, other] = await two();
    one.write({ 'words.txt': 'same\n' });
    other.commit({ 'words.txt': 'same\n' });
    expect(await collisionsIn(project.dir)).toEqual([]);
  });

  it('collide in meaning: one changes an export that a file changed in the other uses', async () => {
    const [project, one, other] = await two();
    one.write({ 'core.js': CORE.replace('f(a)', 'f(a, b)') });
    other.write({ 'use.js': `${FILES['use.js']}export const more = f(2);\n` });
    expect(await collisionsIn(project.dir)).toEqual(['meaning stream/one stream/two: core.js use.js (f)']);
    one.write({ 'core.js': CORE.replace('return 1', 'return 2') });
    expect(await collisionsIn(project.dir)).toEqual([]);
    one.write({ 'core.js': `// only words\n${CORE}` });
    expect(await collisionsIn(project.dir)).toEqual([]);
    one.remove('core.js');
    expect(await collisionsIn(project.dir)).toEqual(['meaning stream/one stream/two: core.js use.js (f)']);
  });

  it('collide in meaning with a file that is new in the other', async () => {
    const [project, one, other] = await two();
    one.write({ 'core.js': CORE.replace('f(a)', 'f(a, b)') });
    other.write({ 'deep/new.js': "import { f } from '../core.js';\nf();\n" });
    expect(await collisionsIn(project.dir)).toEqual(['meaning stream/one stream/two: core.js deep/new.js (f)']);
  });

  it('conflict where one removes or moves what the other changes', async () => {
    const [project, one, other] = await two();
    one.git('mv', 'words.txt', 'moved.txt');
    other.write({ 'words.txt': FILES['words.txt'].replace('four', 'vier') });
    expect(await collisionsIn(project.dir)).toEqual(['file stream/one stream/two: words.txt']);
    one.git('rm', '--quiet', '--force', 'moved.txt');
    expect(await collisionsIn(project.dir)).toEqual(['text stream/one stream/two: words.txt']);
  });

  it('conflict where one makes a file of what the other makes a folder', async () => {
    const [project, one, other] = await two();
    one.write({ thing: 'x' });
    other.write({ 'thing/x': 'x' });
    expect((await collisionsIn(project.dir)).join()).toMatch(/^text stream\/one stream\/two: thing/);
  });

  it('are looked at whoever made them, on a detached head too', async () => {
    const [project, one] = await two();
    project.git('worktree', 'add', '--quiet', '--detach', '../by hand');
    const byHand = join(project.dir, '..', 'by hand');
    writeFileSync(join(byHand, 'core.js'), 'nothing\n');
    one.write({ 'core.js': CORE.replace('f(a)', 'f(b)') });
    expect(await collisionsIn(project.dir)).toEqual(['text by hand stream/one: core.js']);
  });

  it('are measured from where they parted: a stream on top of another does not collide with it', async () => {
    const [project, one] = await two();
    one.commit({ 'core.js': CORE.replace('f(a)', 'f(a, b)') });
    project.git('worktree', 'add', '--quiet', '-b', 'on-top', '../top', 'stream/one');
    const top = join(project.dir, '..', 'top');
    writeFileSync(join(top, 'use.js'), `${FILES['use.js']}f(3);\n`);
    expect(await collisionsIn(project.dir)).toEqual([]);
  });

  it('meet the branch they came from where that went on', async () => {
    const [project, one] = await two();
    one.write({ 'words.txt': FILES['words.txt'].replace('four', 'FOUR') });
    project.commit({ 'words.txt': FILES['words.txt'].replace('four', 'vier') });
    expect(await collisionsIn(project.dir)).toEqual(['text main stream/one: words.txt']);
  });

  it('run none of the programs that attributes and configuration name', async () => {
    const [project, one, other] = await two({ ...FILES, '.gitattributes': '*.txt filter=evil merge=evil\n' });
    // As long as a file is no older than the index, every look at the repository reads it anew.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    for (const { git } of [project, one, other]) git('update-index', '--really-refresh');
    for (const key of ['filter.evil.clean', 'filter.evil.process', 'merge.evil.driver', 'core.fsmonitor'])
      project.git('config', key, `sh -c 'touch ${project.dir.replaceAll(' ', '\\ ')}/RAN-${key}; cat'`);
    one.write({ 'words.txt': 'mine\n' });
    other.write({ 'words.txt': 'yours\n' });
    const { streams: told } = await streams(project.dir, 'check');
    expect(told.collisions).toMatchObject([{ kind: 'text', files: ['words.txt'] }]);
    expect(readdirSync(project.dir).filter((name) => name.startsWith('RAN'))).toEqual([]);
  });

  it('say so where git cannot try a merge', async () => {
    const [project, one, other] = await two();
    one.write({ 'words.txt': 'mine\n' });
    other.write({ 'words.txt': 'yours\n' });
    withOldGit(project);
    const { streams: told, status } = await streams(project.dir, 'check');
    expect(status).toBe(1);
    expect(told.collisions).toMatchObject([{ kind: 'file', text: expect.stringContaining('this git cannot tell') }]);
    expect(told.notes).toEqual([expect.stringContaining('2.38')]);
  });

  it('and files that are large, binary or cannot be read', async () => {
    const [project, one, other] = await two();
    one.write({
      'large.bin': 'x'.repeat(6_000_000),
      'a.bin': Buffer.from([0, 1, 2]),
      'core.js': Buffer.from([0xff, 0, 1]),
    });
    other.write({ 'a.bin': Buffer.from([0, 2, 1]), 'use.js': 'f();\n', locked: 'x' });
    chmodSync(other.path('locked'), 0);
    expect(await collisionsIn(project.dir)).toContain('text stream/one stream/two: a.bin');
  });
});

/** Puts a git before the real one that knows no `merge-tree --write-tree`, as before 2.38. */
function withOldGit(project: Repository): void {
  const real = process.env['PATH'] ?? '';
  const bin = join(project.dir, '..', 'bin');
  mkdirSync(bin);
  const script = `#!/bin/sh\nfor word; do [ "$word" = --write-tree ] && { echo "usage: git merge-tree <base-tree> <branch1> <branch2>" >&2; exit 129; }; done\nPATH='${real}' exec git "$@"\n`;
  writeFileSync(join(bin, 'git'), script, { mode: 0o755 });
  process.env['PATH'] = `${bin}:${real}`;
  onTestFinished(() => {
    process.env['PATH'] = real;
  });
}
