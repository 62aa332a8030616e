import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configText } from './checked.ts';
import { failure, loop, readVerdict, startCli } from './command-line.ts';
import { createRepository, createWork, repositoryIn, temporaryFolder } from './repository.ts';
import { changeOf, surveyOf } from './surveyed.ts';

/** A check that passes, so that a loop has something to run. */
const PASSING = configText({ checks: { 'lint:ok': { run: ['node', '--version'] } } });

async function reasonsOf(dir: string, base?: string): Promise<readonly string[]> {
  return (await surveyOf(dir, base)).radius.reasons.map(({ code }) => code);
}

test('from a sub-folder the whole repository is judged', async () => {
  const repository = createWork({ 'a.js': '1', 'deep/er/b.js': '1' });
  repository.write({ 'a.js': '2' });
  expect(await changeOf(repository.path('deep/er'))).toEqual(['modified a.js']);
});

test('a linked worktree is judged by what stands in it', async () => {
  const repository = createWork({ 'a.js': '1', 'b.js': '1' });
  const other = join(temporaryFolder(), 'other');
  repository.git('worktree', 'add', '--quiet', '-b', 'second', other);
  repository.write({ 'a.js': '2' });
  repositoryIn(other).write({ 'b.js': '2' });
  expect(await changeOf(other)).toEqual(['modified b.js']);
  expect(await changeOf(repository.dir)).toEqual(['modified a.js']);
});

test('a shallow clone with a merge base is narrowed', async () => {
  const origin = createRepository({ 'old.js': '1' });
  origin.commit({ 'a.js': '1' });
  origin.git('switch', '--quiet', '--create', 'work');
  origin.commit({ 'b.js': '1' });
  const clone = repositoryIn(join(temporaryFolder(), 'clone'));
  origin.git('clone', '--quiet', '--no-single-branch', '--depth', '2', `file://${origin.dir}`, clone.dir);
  expect(clone.git('rev-parse', '--is-shallow-repository').trim()).toBe('true');
  expect(await changeOf(clone.dir)).toEqual(['added b.js']);
  expect(await reasonsOf(clone.dir)).toEqual([]);
});

test('a shallow clone without a merge base calls for everything and says how to mend it', async () => {
  const origin = createWork({ 'a.js': '1' });
  for (const text of ['1', '2', '3']) origin.commit({ 'b.js': text });
  origin.git('switch', '--quiet', 'main');
  for (const text of ['2', '3', '4']) origin.commit({ 'a.js': text });
  origin.git('switch', '--quiet', 'work');
  const clone = repositoryIn(join(temporaryFolder(), 'clone'));
  origin.git('clone', '--quiet', '--no-single-branch', '--depth', '1', `file://${origin.dir}`, clone.dir);
  const { radius } = await surveyOf(clone.dir);
  expect(radius.reasons).toEqual([
    expect.objectContaining({ code: 'no-merge-base', text: expect.stringContaining('unshallow') }),
  ]);
  expect(await changeOf(clone.dir)).toEqual(['modified a.js', 'added b.js']);
});

test('branches without a common commit call for everything', async () => {
  const repository = createRepository({ 'a.js': '1' });
  repository.git('switch', '--quiet', '--orphan', 'apart');
  repository.commit({ 'b.js': '1' });
  expect(await reasonsOf(repository.dir)).toEqual(['no-merge-base']);
});

test('a detached head is judged against main', async () => {
  const repository = createWork({ 'a.js': '1' });
  repository.commit({ 'b.js': '1' });
  repository.git('switch', '--quiet', '--detach');
  repository.write({ 'c.js': '1' });
  expect(await changeOf(repository.dir)).toEqual(['added b.js', 'added c.js']);
});

test('in the middle of a rebase with conflicts the change is told, the conflict in it', async () => {
  const repository = createWork({ 'a.js': 'base', 'b.js': '1' });
  repository.commit({ 'b.js': '2' });
  repository.commit({ 'a.js': 'mine' });
  repository.git('switch', '--quiet', 'main');
  repository.commit({ 'a.js': 'theirs' });
  repository.git('switch', '--quiet', 'work');
  expect(repository.tryGit('rebase', 'main')).toBe(false);
  const { change } = await surveyOf(repository.dir);
  expect(change.operation).toBe('rebase');
  expect(await changeOf(repository.dir)).toEqual(['conflicted a.js', 'modified b.js']);
});

test('in the middle of a merge with conflicts, one of them a deletion, each path comes once', async () => {
  const repository = createWork({ 'a.js': 'base', 'b.js': 'base', 'c.js': '1' });
  repository.commit({ 'a.js': 'mine', 'b.js': 'mine' });
  repository.git('switch', '--quiet', 'main');
  repository.git('rm', '--quiet', 'b.js');
  repository.commit({ 'a.js': 'theirs', 'c.js': '2' });
  repository.git('switch', '--quiet', 'work');
  expect(repository.tryGit('merge', 'main')).toBe(false);
  const { change, graph } = await surveyOf(repository.dir);
  expect(change.operation).toBe('merge');
  const paths = change.files.map(({ path }) => path);
  expect(paths).toEqual([...new Set(paths)]);
  expect(paths).toEqual(expect.arrayContaining(['a.js', 'b.js']));
  expect(graph.paths.filter((path) => path === 'a.js')).toEqual(['a.js']);
});

test('in a repository with no commit everything is new and everything is checked', async () => {
  const repository = createRepository();
  repository.write({ 'a.js': '1', 'b.js': '1', 'downforce.jsonc': PASSING });
  repository.git('add', 'a.js');
  expect(await changeOf(repository.dir)).toEqual(['added a.js', 'added b.js', 'added downforce.jsonc']);
  const { status, statuses, result } = await loop(repository.dir);
  expect([status, statuses, result.scope.base]).toEqual([0, { 'lint:ok': 'pass' }, null]);
  expect(result.scope.widening_reasons[0]).toMatchObject({ code: 'no-commit' });
});

test('with one commit there is no base: everything is checked', async () => {
  const repository = createRepository({ 'a.js': '1', 'downforce.jsonc': PASSING });
  expect(await reasonsOf(repository.dir)).toContain('no-base');
  const { result, statuses } = await loop(repository.dir);
  expect([result.scope.fallback, statuses]).toEqual(['gate', { 'lint:ok': 'pass' }]);
});

test('the base is origin/main, else origin/HEAD, main, master, and at last the parent', async () => {
  const repository = createRepository({ 'a.js': '1' });
  repository.commit({ 'b.js': '1' });
  const baseName = async (): Promise<string | undefined> => (await surveyOf(repository.dir)).change.baseName;
  expect(await baseName()).toBe('HEAD^');
  repository.git('branch', 'master');
  expect(await baseName()).toBe('master');
  repository.git('switch', '--quiet', '--create', 'work');
  expect(await baseName()).toBe('main');
  repository.git('update-ref', 'refs/remotes/origin/trunk', 'HEAD');
  repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
  expect(await baseName()).toBe('origin/HEAD');
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  expect(await baseName()).toBe('origin/main');
});

test('a tag of the name of the base does not stand in for the branch', async () => {
  const repository = createWork({ 'a.js': '1' });
  repository.commit({ 'b.js': '1' });
  repository.git('tag', 'main');
  expect(await changeOf(repository.dir)).toEqual(['added b.js']);
});

test('--base names a branch, a tag or a commit', async () => {
  const repository = createWork({ 'a.js': '1' });
  const first = repository.commit({ 'b.js': '1' });
  repository.git('tag', 'v1');
  repository.commit({ 'c.js': '1' });
  expect(await changeOf(repository.dir, first)).toEqual(['added c.js']);
  expect(await changeOf(repository.dir, 'v1')).toEqual(['added c.js']);
  expect(await changeOf(repository.dir, 'main')).toEqual(['added b.js', 'added c.js']);
});

test.each(['nowhere', '--all', '-x', 'HEAD~99', '', 'a b', 'HEAD:a.js'])('--base=%s is wrong usage', async (base) => {
  const repository = createWork({ 'a.js': '1' });
  const { status, code } = await failure(repository.dir, 'loop', `--base=${base}`);
  expect([status, code]).toEqual([2, 'git/base']);
});

test('a base in the configuration that is not there is told', async () => {
  const repository = createWork({ 'a.js': '1', 'downforce.jsonc': '{ "base": "origin/gone" }' });
  expect(await failure(repository.dir, 'loop')).toMatchObject({
    status: 2,
    text: expect.stringContaining('origin/gone'),
  });
});

test('in the environment of a hook of another repository this one is judged, its children included', async () => {
  const other = createRepository({ 'other.js': '1' });
  const repository = createWork({
    'a.js': '1',
    'top.cjs':
      "console.log(require('node:child_process').execSync('git rev-parse --show-toplevel') + ''); process.exit(1)",
    'downforce.jsonc': configText({ checks: { 'lint:top': { run: ['node', 'top.cjs'] } } }),
  });
  repository.write({ 'a.js': '2' });
  const running = startCli(repository.dir, ['loop', '--json'], {
    GIT_DIR: other.path('.git'),
    GIT_INDEX_FILE: other.path('.git/index'),
    GIT_WORK_TREE: other.dir,
    GIT_PREFIX: 'deep/',
    GIT_OBJECT_DIRECTORY: other.path('.git/objects'),
    GIT_EDITOR: ':',
    GIT_AUTHOR_NAME: 'Hook',
    GIT_EXEC_PATH: repository.git('--exec-path').trim(),
    GIT_REFLOG_ACTION: 'commit',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.worktree',
    GIT_CONFIG_VALUE_0: other.dir,
    GIT_CONFIG_PARAMETERS: `'core.worktree'='${other.dir}'`,
    EDITOR: 'vi',
    PAGER: 'less',
  });
  const verdict = readVerdict(await running.ended);
  expect(verdict.result.scope).toMatchObject({ changed_files: 1, base_name: 'main', fallback: null });
  expect(verdict.check('lint:top').details.join()).toContain(repository.dir);
});

test('settings of the user that change what diff prints change nothing here', async () => {
  const repository = createWork({ 'a.js': '1', 'deep/b.js': '1' });
  for (const [name, value] of [
    ['diff.noprefix', 'true'],
    ['diff.renames', 'false'],
    ['diff.external', '/bin/false'],
    ['diff.relative', 'true'],
    ['diff.orderFile', '/dev/null'],
    ['color.ui', 'always'],
    ['core.pager', 'false'],
    ['status.showUntrackedFiles', 'no'],
    ['diff.ignoreSubmodules', 'all'],
    ['core.fsmonitor', '/bin/false'],
    ['log.showSignature', 'true'],
  ] as const)
    repository.git('config', name, value);
  repository.write({ 'a.js': '2', 'new.js': '1' });
  repository.git('mv', 'deep/b.js', 'deep/c.js');
  expect(await changeOf(repository.path('deep'))).toEqual([
    'modified a.js',
    'renamed deep/c.js < deep/b.js',
    'added new.js',
  ]);
});

test('commands that the configuration of the repository names are not run', async () => {
  const repository = createWork({ 'a.js': '1', '.gitattributes': '*.js diff=evil' });
  const marker = repository.path('.git/ran');
  repository.git('config', 'core.fsmonitor', `touch ${marker}; false`);
  repository.git('config', 'diff.external', `touch ${marker}; false`);
  repository.git('config', 'diff.evil.command', `touch ${marker}; false`);
  repository.git('config', 'diff.evil.textconv', `touch ${marker}; cat`);
  repository.write({ 'a.js': '2' });
  expect(await changeOf(repository.dir)).toEqual(['modified a.js']);
  expect(existsSync(marker)).toBe(false);
  repository.tryGit('status');
  expect(existsSync(marker)).toBe(true);
});
