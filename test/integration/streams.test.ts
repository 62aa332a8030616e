import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loop, runCli, startCli, until } from './command-line.ts';
import { repositoryIn } from './repository.ts';
import { createProject, start, statesIn, streams } from './streams-repository.ts';

const PLAN = '## One\nPaths: a.js\n\n## Two\nPaths: b.js\n\n## Größe\nPaths: c.js\n';
const FILES = {
  'a.js': 'export const a = 1;\n',
  'b.js': "import { a } from './a.js';\nexport const b = a;\n",
  'c.js': '1;\n',
  'PLAN.md': PLAN,
};

describe('a plan', () => {
  it('is told as an envelope, and as text on a terminal', async () => {
    const { dir } = createProject(FILES);
    const told = await streams(dir, 'plan', 'PLAN.md');
    expect(told).toMatchObject({ status: 0, ok: true });
    expect(told.streams.batches).toEqual([['one', 'grosse'], ['two']]);
    const { stdout, status } = await runCli(dir, ['streams', 'plan', 'PLAN.md'], { tty: true });
    expect(status).toBe(0);
    expect(stdout).toContain('PLAN.md: 3 streams in 2 batches\nbatch 1, side by side\n  one ');
    expect(stdout).toContain('"One" changes a.js, on whose exports 1 file of "Two" depends (b.js).');
  });

  it.each([
    ['$(touch x) "y".md', `'$(touch x) "y".md'`],
    ['-p.md', './-p.md'],
  ])('is named so that a shell takes %j for nothing else', async (name, shown) => {
    const { dir } = createProject({ ...FILES, [name]: PLAN });
    const { stdout } = await runCli(dir, ['streams', '--json', '--', 'plan', name]);
    expect(JSON.parse(stdout).next_actions[0].command).toBe(`downforce streams start ${shown} one`);
  });

  it('is named as seen from the current folder, and may lie elsewhere', async () => {
    const project = createProject({ ...FILES, 'docs/plan.md': PLAN });
    expect((await streams(project.path('docs'), 'plan', 'plan.md')).streams.file).toBe('docs/plan.md');
    const elsewhere = repositoryIn(dirname(project.dir));
    elsewhere.write({ 'my plan.md': PLAN });
    const { streams: told, ok } = await streams(project.dir, 'plan', '../my plan.md');
    expect(ok).toBe(true);
    expect(told.file).toBe(join(dirname(project.dir), 'my plan.md'));
  });

  it.each([
    ['problems of its text', { 'PLAN.md': '## One\nScope: nope\n\n## Two\n' }, /^There is no scope "nope"/],
    ['no file', {}, /^There is no file /],
    ['no UTF-8', { 'PLAN.md': Buffer.from([0x23, 0x20, 0xff, 0xfe]) }, /^The plan cannot be read: it is not UTF-8\.$/],
    ['a file that is empty', { 'PLAN.md': '' }, /^The plan is empty\.$/],
    ['a file that is large', { 'PLAN.md': 'x'.repeat(3_000_000) }, /^The plan is larger than 2 MB\.$/],
    ['a folder', { 'PLAN.md/x': '' }, /PLAN\.md is no file\.$/],
  ])('with %s ends with 1', async (_, files, expected) => {
    const project = createProject({ 'a.js': '' });
    project.write(files);
    const told = await streams(project.dir, 'plan', 'PLAN.md');
    expect(told).toMatchObject({ status: 1, ok: false });
    expect(told.streams.problems[0]?.message).toMatch(expected);
  });

  it.each([
    [[], '`downforce streams` takes what to do.'],
    [['plna', 'PLAN.md'], '`downforce streams` knows no "plna".'],
    [['plan'], '`downforce streams plan` takes PLAN.md.'],
    [['start', 'PLAN.md'], '`downforce streams start` takes PLAN.md and ID.'],
    [['list', 'x'], '`downforce streams list` takes nothing more.'],
    [['list', '--force'], '`downforce streams list` takes no --force.'],
    [['start', 'PLAN.md', 'oen'], 'There is no stream "oen" in PLAN.md.'],
    [['prompt', 'PLAN.md', 'oen'], 'There is no stream "oen" in PLAN.md.'],
    [['remove', 'one'], 'No stream "one" was started here.'],
  ])('asked for wrongly ends with 2: %j', async (argv, message) => {
    const { dir } = createProject(FILES);
    expect(await streams(dir, ...argv)).toMatchObject({ status: 2, ok: false, error: { message } });
  });
});

describe('the prompt of a stream', () => {
  it('is told alone on a terminal, without secrets', async () => {
    const token = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
    const { dir } = createProject({ ...FILES, 'PLAN.md': `## One\n\nPaths: a.js\n\nUse ${token}.\n\n## Two\n` });
    const { stdout, status } = await runCli(dir, ['streams', 'prompt', 'PLAN.md', 'one'], { tty: true });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^# Stream: `One`\n/);
    expect(stdout).toContain('Use ');
    expect(stdout).not.toContain(token);
  });
});

describe('a stream that is started', () => {
  it('has a branch and a working tree of its own beside the repository, and is listed', async () => {
    const project = createProject(FILES);
    const head = project.git('rev-parse', 'HEAD').trim();
    const told = await streams(project.dir, 'start', 'PLAN.md', 'grosse');
    const { stream, prompt, setup } = told.streams;
    expect(told.status).toBe(0);
    expect(stream).toMatchObject({
      id: 'grosse',
      title: 'Größe',
      branch: 'stream/grosse',
      plan: 'PLAN.md',
      base: head,
    });
    expect(stream.worktree).toBe(join(`${project.dir}-streams`, 'grosse'));
    expect(setup).toBeNull();
    expect(prompt).toContain('# Stream: `Größe`');
    expect(repositoryIn(stream.worktree).git('branch', '--show-current')).toBe('stream/grosse\n');
    expect(project.git('status', '--porcelain')).toBe('');
    const { streams: listed } = await streams(project.dir, 'list');
    expect(listed.streams).toMatchObject([
      { ...stream, status: 'idle', ahead: 0, behind: 0, dirtyFiles: 0, needsYou: false },
    ]);
    // From any of the working trees the same.
    expect((await streams(stream.worktree, 'list')).streams.streams).toEqual(listed.streams);
  });

  it('is set up by the configured command, in its working tree and without a shell', async () => {
    const setup = [
      'node',
      '-e',
      "require('fs').writeFileSync('made', process.argv[1]); console.log('done')",
      '$(touch x); a b',
    ];
    const project = createProject({
      ...FILES,
      'downforce.jsonc': JSON.stringify({ streams: { setup, folder: '../elsewhere' } }),
    });
    const { streams: told, status } = await streams(project.dir, 'start', 'PLAN.md', 'one');
    expect(status).toBe(0);
    expect(told.stream.worktree).toBe(join(dirname(project.dir), 'elsewhere', 'one'));
    expect(told.setup?.text).toMatch(/: exit status 0 after \d+ s$/);
    expect(readFileSync(join(told.stream.worktree, 'made'), 'utf8')).toBe('$(touch x); a b');
    expect(existsSync(join(told.stream.worktree, 'x'))).toBe(false);
  });

  it('is there though its set-up failed, and that is said', async () => {
    const config = JSON.stringify({ streams: { setup: 'node -e "console.error(1+1);process.exit(7)"' } });
    const project = createProject({ ...FILES, 'downforce.jsonc': config });
    const told = await streams(project.dir, 'start', 'PLAN.md', 'one');
    expect(told.status).toBe(1);
    expect(told.streams.setup).toMatchObject({
      ok: false,
      text: expect.stringMatching(/exit status 7 after \d+ s\n2$/),
    });
    const { streams: listed } = await streams(project.dir, 'list');
    expect(listed.streams[0]).toMatchObject({
      status: 'red',
      needsYou: true,
      says: expect.stringContaining('Its set-up failed'),
    });
  });

  it.each([
    ['nothing', 'no-such-program-here', 'not found'],
    ['a shell', 'npm ci && echo', undefined],
  ])('is refused a set-up that needs %s', async (_, setup, expected) => {
    const project = createProject({ ...FILES, 'downforce.jsonc': JSON.stringify({ streams: { setup } }) });
    const told = await streams(project.dir, 'start', 'PLAN.md', 'one');
    if (expected === undefined) {
      expect(told.error?.message).toContain('which needs a shell');
      expect(project.git('branch', '--list', 'stream/*')).toBe('');
      expect(existsSync(`${project.dir}-streams`)).toBe(false);
    } else expect(told.streams.setup).toMatchObject({ ok: false, text: expect.stringContaining(expected) });
  });

  it('leaves nothing behind where its set-up is stopped, but for what somebody has made meanwhile', async () => {
    const setup = ['node', '-e', "require('fs').writeFileSync('node_modules','');setTimeout(() => {}, 60_000)"];
    const config = JSON.stringify({ streams: { setup } });
    const project = createProject({ ...FILES, 'downforce.jsonc': config, '.gitignore': 'node_modules\n' });
    const stopped = async (id: string, meanwhile: () => void): Promise<void> => {
      const { child, ended } = startCli(project.dir, ['streams', 'start', 'PLAN.md', id]);
      await until(() => existsSync(join(`${project.dir}-streams`, id, 'node_modules')), 'the set-up runs');
      meanwhile();
      child.kill('SIGINT');
      expect(await ended).toMatchObject({ status: 130, stdout: '' });
    };
    await stopped('one', () => {});
    expect(existsSync(join(`${project.dir}-streams`, 'one'))).toBe(false);
    expect(project.git('branch', '--list', 'stream/*')).toBe('');
    expect(await statesIn(project.dir)).toEqual([]);
    await stopped('two', () => repositoryIn(join(`${project.dir}-streams`, 'two')).write({ mine: '' }));
    expect(existsSync(join(`${project.dir}-streams`, 'two', 'mine'))).toBe(true);
    const { streams: told } = await streams(project.dir, 'list');
    expect(told.streams).toMatchObject([{ id: 'two', status: 'working' }]);
  });

  it('says what does not come along, and where it could not be written down', async () => {
    const project = createProject({ ...FILES, '.downforce': 'a file' });
    project.write({ 'a.js': 'export const a = 2;\n', 'new.js': '' });
    const { streams: told, status } = await streams(project.dir, 'start', 'PLAN.md', 'two');
    expect(status).toBe(0);
    expect(told.notes).toEqual([
      'It begins at the last commit: 2 files with changes that are not committed did not come along.',
      expect.stringMatching(
        /^It could not be written down, .*`git worktree remove '.*-streams\/two'` takes it away\.$/,
      ),
    ]);
  });

  it('is not started twice, nor where its branch is checked out, nor before the first commit', async () => {
    const project = createProject(FILES);
    await start(project.dir, 'one');
    expect((await streams(project.dir, 'start', 'PLAN.md', 'one')).error?.code).toBe('streams/started');
    project.git('branch', 'stream/two');
    project.git('worktree', 'add', '--quiet', '../mine', 'stream/two');
    expect((await streams(project.dir, 'start', 'PLAN.md', 'two')).error?.code).toBe('streams/branch');
    const empty = repositoryIn(join(dirname(project.dir), 'mine', '..'));
    empty.git('init', '--quiet', 'unborn');
    empty.write({ 'unborn/PLAN.md': PLAN });
    expect((await streams(empty.path('unborn'), 'start', 'PLAN.md', 'one')).error?.code).toBe('streams/unborn');
  });

  it('goes on from a branch that is there', async () => {
    const project = createProject(FILES);
    project.git('switch', '--quiet', '--create', 'stream/one');
    project.commit({ 'd.js': '1;\n' });
    project.git('switch', '--quiet', 'main');
    const { streams: told } = await streams(project.dir, 'start', 'PLAN.md', 'one');
    expect(told.notes).toContain('The branch stream/one was there: the stream goes on from it.');
    expect(existsSync(join(told.stream.worktree, 'd.js'))).toBe(true);
    expect(await statesIn(project.dir)).toEqual(['one working']);
  });

  it('finds a name where there is a branch "stream", and a folder where its own is taken', async () => {
    const project = createProject(FILES);
    project.git('branch', 'stream');
    repositoryIn(dirname(project.dir)).write({ [`${basename(project.dir)}-streams/one/x`]: 'mine' });
    const { streams: told } = await streams(project.dir, 'start', 'PLAN.md', 'one');
    expect(told.stream).toMatchObject({ branch: 'stream-one', worktree: join(`${project.dir}-streams`, 'one-2') });
  });

  it('may be started on a detached head, from another working tree, and again after its folder was deleted', async () => {
    const project = createProject(FILES);
    project.git('checkout', '--quiet', '--detach');
    const one = await start(project.dir, 'one');
    await start(one.dir, 'two');
    rmSync(one.dir, { recursive: true });
    expect(await statesIn(project.dir)).toEqual(['one gone', 'two idle']);
    expect((await start(project.dir, 'one')).dir).toBe(one.dir);
    expect(await statesIn(project.dir)).toEqual(['two idle', 'one idle']);
  });

  it('is not lost from the list while another process writes it', async () => {
    const project = createProject(FILES);
    project.write({ '.git/downforce-streams.lock': '1' });
    const started = start(project.dir, 'one');
    await until(() => existsSync(join(`${project.dir}-streams`, 'one', 'a.js')), 'the working tree is made');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await statesIn(project.dir)).toEqual([]);
    project.remove('.git/downforce-streams.lock');
    await started;
    expect(await statesIn(project.dir)).toEqual(['one idle']);
    expect(existsSync(project.path('.git/downforce-streams.lock'))).toBe(false);
  });

  it('may be started while another is', async () => {
    const project = createProject(FILES);
    await Promise.all(['one', 'two', 'grosse'].map((id) => start(project.dir, id)));
    expect([...(await statesIn(project.dir))].sort()).toEqual(['grosse idle', 'one idle', 'two idle']);
  });

  it('runs no hook of the repository', async () => {
    const project = createProject(FILES);
    project.executable('.git/hooks/post-checkout', '#!/bin/sh\ntouch "$(git rev-parse --show-toplevel)/hooked"\n');
    expect(existsSync((await start(project.dir, 'one')).path('hooked'))).toBe(false);
  });
});

describe('how a stream stands', () => {
  it('is told by its commits, its files and its own loop', async () => {
    const project = createProject({ ...FILES, 'package.json': '{"type":"module"}' });
    const one = await start(project.dir, 'one');
    one.write({ 'a.js': 'export const a = 2;\n', 'new.js': '' });
    expect(await statesIn(project.dir)).toEqual(['one working']);
    one.remove('new.js');
    one.commit();
    project.commit({ 'd.js': '2;\n' });
    const green = JSON.stringify({ detect: false, guards: { 'changed-tests': 'off' } });
    one.commit({ 'downforce.jsonc': green });
    await loop(one.dir);
    const { streams: told } = await streams(project.dir, 'list');
    expect(told.streams).toMatchObject([
      { ahead: 2, behind: 1, dirtyFiles: 0, changedFiles: 2, loop: { stale: false } },
    ]);
    // Deleted, so that no file has a newer time.
    one.remove('c.js');
    expect((await streams(project.dir, 'list')).streams.streams).toMatchObject([
      { status: 'working', loop: { stale: true }, dirtyFiles: 1 },
    ]);
  });

  it('is a conflict in the middle of a merge', async () => {
    const project = createProject(FILES);
    const one = await start(project.dir, 'one');
    one.commit({ 'a.js': 'export const a = 2;\n' });
    project.commit({ 'a.js': 'export const a = 3;\n' });
    expect(one.tryGit('merge', 'main')).toBe(false);
    const { streams: told } = await streams(project.dir, 'list');
    expect(told.streams).toMatchObject([
      { status: 'conflict', needsYou: true, says: 'In the middle of a merge: 1 file in conflict.' },
    ]);
  });

  it('survives a registry that is broken, and one that lies', async () => {
    const project = createProject(FILES);
    await start(project.dir, 'one');
    const list = JSON.parse(readFileSync(project.path('.downforce/streams.json'), 'utf8'));
    list.streams.push({ id: 'evil', worktree: 7 }, { ...list.streams[0], id: 'far', worktree: '/etc' });
    project.write({ '.downforce/streams.json': JSON.stringify(list) });
    expect(await statesIn(project.dir)).toEqual(['one idle', 'far gone']);
    project.git('branch', 'precious');
    list.streams.push(
      { ...list.streams[0], id: '../../evil' },
      { ...list.streams[0], id: 'main', branch: 'precious', worktree: '/etc' },
    );
    project.write({ '.downforce/streams.json': JSON.stringify(list), 'evil.json': 'mine' });
    expect(await statesIn(project.dir)).toEqual(['one idle', 'far gone', 'main gone']);
    await streams(project.dir, 'remove', 'main', '--force');
    expect(project.git('branch', '--list', 'precious').trim()).toBe('precious');
    // git would take it for an option, and write to that file.
    const target = join(dirname(project.dir), 'written');
    const base = `--output=${target}`;
    project.write({ '.downforce/streams.json': JSON.stringify({ streams: [{ ...list.streams[0], base }] }) });
    expect(await statesIn(project.dir)).toEqual([]);
    expect([existsSync(target), existsSync(`${target}...HEAD`)]).toEqual([false, false]);
    project.write({ '.downforce/streams.json': '{' });
    expect(await statesIn(project.dir)).toEqual([]);
  });
});

describe('removing a stream', () => {
  it('takes its working tree and its branch where nothing is lost', async () => {
    const project = createProject(FILES);
    const one = await start(project.dir, 'one');
    one.commit({ 'a.js': 'export const a = 2;\n' });
    project.git('merge', '--quiet', '--ff-only', 'stream/one');
    expect(await streams(project.dir, 'remove', 'one')).toMatchObject({ status: 0, streams: { removed: 'one' } });
    expect(existsSync(one.dir)).toBe(false);
    expect(project.git('branch', '--list', 'stream/*')).toBe('');
    expect(project.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect(await statesIn(project.dir)).toEqual([]);
  });

  it('is refused with what would be lost, and then loses nothing', async () => {
    const project = createProject({ ...FILES, '.gitignore': '.env\nnode_modules/\nlocal/\n' });
    const one = await start(project.dir, 'one');
    one.commit({ 'a.js': 'export const a = 2;\n' });
    one.write({ 'b.js': '', 'neu ä.js': '', '.env': 'SECRET', 'node_modules/x/y': '', 'local/db': '' });
    const told = await streams(project.dir, 'remove', 'one');
    expect(told).toMatchObject({ status: 1, ok: false });
    const commit = one.git('log', '-1', '--format=%h %s').trim();
    expect(told.streams.would_lose).toEqual([
      'b.js (not committed)',
      'neu ä.js (not committed)',
      '.env (ignored by git)',
      'local/ (ignored by git)',
      `${commit} (commit on no other branch)`,
    ]);
    expect(readFileSync(one.path('.env'), 'utf8')).toBe('SECRET');
    expect(await statesIn(project.dir)).toEqual(['one working']);
    expect(await streams(project.dir, 'remove', 'one', '--force')).toMatchObject({ status: 0 });
    expect(existsSync(one.dir)).toBe(false);
    expect(project.git('branch', '--list', 'stream/*')).toBe('');
  });

  it('asks about commits of a branch whose folder was deleted, and of a detached head', async () => {
    const project = createProject(FILES);
    const one = await start(project.dir, 'one');
    one.commit({ 'a.js': 'export const a = 2;\n' });
    one.git('checkout', '--quiet', '--detach');
    one.commit({ 'a.js': 'export const a = 3;\n' });
    expect((await streams(project.dir, 'remove', 'one')).streams.would_lose).toHaveLength(2);
    rmSync(one.dir, { recursive: true });
    expect((await streams(project.dir, 'remove', 'one')).streams.would_lose).not.toHaveLength(0);
    expect(await streams(project.dir, 'remove', 'one', '--force')).toMatchObject({ status: 0 });
    expect(await statesIn(project.dir)).toEqual([]);
  });

  it('asks where git was told to keep it, and where something is under way', async () => {
    const project = createProject(FILES);
    const one = await start(project.dir, 'one');
    project.git('worktree', 'lock', '--reason', 'on a stick', one.dir);
    expect((await streams(project.dir, 'remove', 'one')).streams.would_lose).toEqual(['it is locked: on a stick']);
    expect(await streams(project.dir, 'remove', 'one', '--force')).toMatchObject({ status: 0 });
    expect(existsSync(one.dir)).toBe(false);
  });

  it('asks about what is in a submodule, of which git keeps nothing either', async () => {
    const project = createProject(FILES);
    const library = repositoryIn(join(dirname(project.dir), 'library'));
    mkdirSync(library.dir);
    library.git('init', '--quiet', '--initial-branch=main');
    library.commit({ s: '1' });
    project.git('submodule', '--quiet', 'add', library.dir, 'lib ä');
    project.commit();
    const one = await start(project.dir, 'one');
    one.git('submodule', '--quiet', 'update', '--init');
    const within = repositoryIn(one.path('lib ä'));
    within.commit({ s: '2' });
    one.commit();
    project.git('merge', '--quiet', '--ff-only', 'stream/one');
    within.write({ 'new file': '3' });
    const commit = within.git('log', '-1', '--format=%h %s').trim();
    expect((await streams(project.dir, 'remove', 'one')).streams.would_lose).toEqual([
      'lib ä/new file (not committed, in a submodule)',
      `lib ä ${commit} (commit of a submodule that no remote has)`,
    ]);
    within.git('checkout', '--quiet', 'HEAD^');
    within.git('clean', '--quiet', '--force');
    one.git('submodule', '--quiet', 'update');
    within.git('push', '--quiet', 'origin', 'HEAD:refs/heads/kept');
    expect(await streams(project.dir, 'remove', 'one')).toMatchObject({ status: 0 });
  });

  it('is not done from within it', async () => {
    const project = createProject(FILES);
    const one = await start(project.dir, 'one');
    expect((await streams(one.dir, 'remove', 'one', '--force')).error?.code).toBe('streams/here');
    expect(realpathSync(one.dir)).toBe(one.dir);
  });
});
