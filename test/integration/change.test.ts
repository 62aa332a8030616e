import { chmodSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loop } from './command-line.ts';
import { createRepository, createWork, temporaryFolder } from './repository.ts';
import { changeOf, reachOf, surveyOf } from './surveyed.ts';

const LONG = Array.from({ length: 40 }, (_, line) => `export const value${line} = ${line};`).join('\n');

test('committed, staged, unstaged and untracked files are the change; ignored ones are not', async () => {
  const repository = createWork({
    '.gitignore': 'secret.js\n',
    'committed.js': '1',
    'staged.js': '1',
    'unstaged.js': '1',
    'same.js': '1',
  });
  repository.commit({ 'committed.js': '2' });
  repository.write({ 'staged.js': '2' });
  repository.git('add', 'staged.js');
  repository.write({ 'unstaged.js': '2', 'untracked.js': '2', 'new/deep.js': '2', 'secret.js': '2' });
  expect(await changeOf(repository.dir)).toEqual([
    'modified committed.js',
    'added new/deep.js',
    'modified staged.js',
    'modified unstaged.js',
    'added untracked.js',
  ]);
});

test('what the base gained since the branch left it is no part of the change', async () => {
  const repository = createWork({ 'a.js': '1' });
  repository.commit({ 'mine.js': '1' });
  repository.git('switch', '--quiet', 'main');
  repository.commit({ 'theirs.js': '1', 'a.js': '2' });
  repository.git('switch', '--quiet', 'work');
  expect(await changeOf(repository.dir)).toEqual(['added mine.js']);
});

test('a change that was taken back is none', async () => {
  const repository = createWork({ 'a.js': '1' });
  repository.commit({ 'a.js': '2' });
  repository.write({ 'a.js': '1' });
  expect(await changeOf(repository.dir)).toEqual([]);
  const { status, result } = await loop(repository.dir);
  expect([status, result.scope.changed_files]).toEqual([0, 0]);
});

test('a file whose time alone changed is not changed', async () => {
  const repository = createWork({ 'a.js': '1' });
  repository.write({ 'a.js': '1' });
  expect(await changeOf(repository.dir)).toEqual([]);
});

test('staged away but restored in the folder is not changed, staged and deleted is', async () => {
  const repository = createWork({ 'a.js': '1', 'b.js': '1' });
  repository.write({ 'a.js': '2', 'b.js': '2', 'c.js': 'new' });
  repository.git('add', '--all');
  repository.write({ 'a.js': '1' });
  repository.remove('b.js', 'c.js');
  expect(await changeOf(repository.dir)).toEqual(['deleted b.js']);
});

test('renames keep where they come from, with and without edits, committed and staged', async () => {
  const repository = createWork({ 'one.js': LONG, 'two.js': `${LONG}\n// two`, 'three.js': `${LONG}\n// three` });
  repository.git('mv', 'one.js', 'uno.js');
  repository.commit();
  repository.git('mv', 'two.js', 'due.js');
  repository.write({ 'due.js': `${LONG}\n// two\nexport const more = true;` });
  repository.git('mv', 'three.js', 'tre.js');
  expect(await changeOf(repository.dir)).toEqual([
    'renamed due.js < two.js',
    'renamed tre.js < three.js',
    'renamed uno.js < one.js',
  ]);
});

test('the importers of a renamed file are affected by its old name, those of the new one by its new', async () => {
  const repository = createWork({
    'old.js': LONG,
    'stale.test.js': "import { value1 } from './old.js';",
    'fresh.test.js': "import { value1 } from './old.js';",
    'apart.js': '1',
  });
  repository.git('mv', 'old.js', 'new.js');
  repository.commit({ 'fresh.test.js': "import { value1 } from './new.js';" });
  const reach = await reachOf(repository.dir);
  expect(reach).toMatchObject({ 'new.js': 0, 'fresh.test.js': 0, 'stale.test.js': 1 });
  expect(reach).not.toHaveProperty(['apart.js']);
});

test.each([
  ['committed', ['rm', '--quiet', 'gone.js'], true],
  ['staged', ['rm', '--quiet', 'gone.js'], false],
])('the importers of a file whose deletion is %s are affected, by the graph of the base', async (_, args, commits) => {
  const repository = createWork({
    'gone.js': 'export const a = 1;',
    'user.js': "import { a } from './gone.js';",
    'far.js': "import './user.js';",
    'apart.js': '1',
    'other.js': "import './apart.js';",
  });
  repository.git(...args);
  if (commits) repository.commit();
  expect(await changeOf(repository.dir)).toEqual(['deleted gone.js']);
  expect(await reachOf(repository.dir)).toEqual({ 'gone.js': 0, 'user.js': 1, 'far.js': 2 });
});

test('a file deleted from the folder alone is deleted', async () => {
  const repository = createWork({ 'gone.js': '1', 'user.js': "require('./gone.js')" });
  repository.remove('gone.js');
  expect(await changeOf(repository.dir)).toEqual(['deleted gone.js']);
  expect(await reachOf(repository.dir)).toMatchObject({ 'user.js': 1 });
});

test('an importer that a base no longer tells of is found though the file was edited before it was deleted', async () => {
  const repository = createWork({
    'gone.js': '1',
    'user.js': "import './gone.js'; import './apart.js'",
    'apart.js': '',
  });
  repository.commit({ 'gone.js': '2' });
  repository.git('rm', '--quiet', 'gone.js');
  expect(await reachOf(repository.dir)).toMatchObject({ 'gone.js': 0, 'user.js': 1 });
});

test('a file out of the index and still in the folder is not deleted', async () => {
  const repository = createWork({ 'kept.js': '1', 'user.js': "import './kept.js'" });
  repository.git('rm', '--quiet', '--cached', 'kept.js');
  expect(await changeOf(repository.dir)).toEqual(['modified kept.js']);
  expect(await reachOf(repository.dir)).toEqual({ 'kept.js': 0, 'user.js': 1 });
});

test('a mode change is a change', async () => {
  const repository = createWork({ 'run.sh': 'echo', 'a.js': '1' });
  chmodSync(repository.path('run.sh'), 0o755);
  expect(await changeOf(repository.dir)).toEqual(['mode run.sh']);
  repository.commit();
  expect(await changeOf(repository.dir)).toEqual(['mode run.sh']);
});

test('binary files change as any other, and are not read as text', async () => {
  const binary = Buffer.from([0, 1, 2, 0xff, 0xfe, 0]);
  const repository = createWork({ 'image.png': binary, 'code.js': binary, 'user.js': "import './code.js'" });
  repository.write({ 'image.png': Buffer.concat([binary, binary]), 'code.js': Buffer.concat([binary, binary]) });
  expect(await changeOf(repository.dir)).toEqual(['modified code.js', 'modified image.png']);
  expect(await reachOf(repository.dir)).toMatchObject({ 'code.js': 0, 'image.png': 0, 'user.js': 1 });
});

test('links change by where they point; a file that becomes a link changes its type', async () => {
  const repository = createWork({ 'a.js': '1', 'b.js': '1', 'c.js': '1' });
  repository.link('link.js', 'a.js');
  repository.commit();
  repository.git('branch', '--force', 'main');
  repository.remove('link.js', 'c.js');
  repository.link('link.js', 'b.js');
  repository.link('c.js', 'a.js');
  repository.link('untracked.js', 'a.js');
  expect(await changeOf(repository.dir)).toEqual([
    'type c.js (symlink)',
    'modified link.js (symlink)',
    expect.stringMatching(/^added untracked\.js/),
  ]);
});

test('a link out of the repository is never read, tracked or not', async () => {
  const outside = temporaryFolder();
  const repository = createWork({ 'a.js': 'export {};', 'b.js': 'export {};' });
  const elsewhere = createRepository({ 'secret.js': "import './a.js'; import './b.js'; import(something)" });
  repository.link('tracked.js', elsewhere.path('secret.js'));
  repository.git('add', '--all');
  repository.link('untracked.js', elsewhere.path('secret.js'));
  repository.link('folder', outside);
  const { graph } = await surveyOf(repository.dir);
  for (const name of ['tracked.js', 'untracked.js']) {
    const index = graph.indexOf(name);
    expect(index === undefined ? [] : graph.dependencies(index)).toEqual([]);
    expect(index === undefined ? false : graph.isComputed(index)).toBe(false);
  }
});

test('what lies behind a folder that became a link is gone', async () => {
  const outside = createRepository({ 'a.js': "import '../b.js'" });
  const repository = createWork({ 'lib/a.js': '1', 'b.js': '1' });
  repository.remove('lib');
  repository.link('lib', outside.dir);
  const { graph, change } = await surveyOf(repository.dir);
  expect(change.files.map(({ path, status }) => `${status} ${path}`)).toEqual(['added lib', 'deleted lib/a.js']);
  expect(graph.indexOf('lib/a.js')).toBeUndefined();
});

test('a submodule that moved calls for everything, committed or not, and so does an edit inside it', async () => {
  const library = createRepository({ 'lib.js': '1' });
  const repository = createWork({ 'a.js': '1' });
  repository.git('submodule', '--quiet', 'add', library.dir, 'library');
  repository.commit();
  repository.git('branch', '--force', 'main');
  expect(await changeOf(repository.dir)).toEqual([]);
  repository.write({ 'library/lib.js': '2' });
  expect(await changeOf(repository.dir)).toEqual(['modified library (submodule)']);
  repository.git('-C', 'library', '-c', 'user.name=T', '-c', 'user.email=t@e.org', 'commit', '--quiet', '-am', 'two');
  expect(await changeOf(repository.dir)).toEqual(['modified library (submodule)']);
  repository.commit();
  const { radius } = await surveyOf(repository.dir);
  expect(radius.reasons).toEqual([expect.objectContaining({ code: 'submodule', path: 'library' })]);
});

test('a repository inside this one, which git does not look into, calls for everything', async () => {
  const repository = createWork({ 'a.js': '1' });
  repository.write({ 'nested/b.js': '1' });
  repository.git('init', '--quiet', 'nested');
  const { radius } = await surveyOf(repository.dir);
  expect(radius.reasons).toEqual([expect.objectContaining({ code: 'submodule', path: 'nested' })]);
});

test('a file that git was told to assume unchanged is changed all the same, and read as it stands', async () => {
  const repository = createWork({ 'a.test.js': '1', 'b.js': '1', 'b.test.js': "import './b.js'" });
  await surveyOf(repository.dir);
  repository.git('update-index', '--assume-unchanged', 'a.test.js');
  repository.write({ 'a.test.js': "import './b.js'", 'b.js': '2' });
  expect(await reachOf(repository.dir)).toEqual({ 'b.js': 0, 'a.test.js': 0, 'b.test.js': 1 });
});

test('the index is left as it was, and nothing of ours is in the change', async () => {
  const repository = createWork({ 'a.js': '1' });
  repository.write({ 'a.js': '1' });
  const before = readFileSync(repository.path('.git/index'));
  await loop(repository.dir);
  await loop(repository.dir, '--no-cache');
  expect(readFileSync(repository.path('.git/index')).equals(before)).toBe(true);
  expect(await changeOf(repository.dir)).toEqual([]);
});
