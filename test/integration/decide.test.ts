import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configText, script } from './checked.ts';
import { failure, loop, readVerdict, runCli } from './command-line.ts';
import { createWork, type Repository, temporaryFolder } from './repository.ts';

const SCOPES = { core: { paths: ['src/core/**'] }, ui: { paths: ['src/ui/**'] } };

function shop(
  config: Readonly<Record<string, unknown>> = {},
  files: Readonly<Record<string, string>> = {},
): Repository {
  const repository = createWork({
    'src/core/a.txt': '1',
    'src/ui/b.txt': '1',
    'downforce.jsonc': configText({ scopes: SCOPES, checks: { 'lint:a': script('') }, ...config }),
    ...files,
  });
  repository.write({ 'src/core/a.txt': '2' });
  return repository;
}

async function decide({ dir }: Repository, ...argv: string[]): Promise<{ file: string; scopes: readonly string[] }> {
  const { status, stdout } = await runCli(dir, ['decide', '--json', ...argv]);
  expect(status).toBe(0);
  const { result } = JSON.parse(stdout);
  return { file: result.written, scopes: result.scopes };
}

describe('a decision', () => {
  test('is written with the scopes that the change touches, or those named', async () => {
    const repository = shop();
    expect(await decide(repository, 'Preise sind Cent: über alles')).toEqual({
      file: 'docs/decisions.md',
      scopes: ['core'],
    });
    expect(await decide(repository, 'The ui is grey', '--scope', 'ui', '--scope', 'core')).toEqual({
      file: 'docs/decisions.md',
      scopes: ['ui', 'core'],
    });
    const text = readFileSync(repository.path('docs/decisions.md'), 'utf8');
    expect(text).toMatch(
      /^# Decisions\n[\s\S]*\n## \d{4}-\d\d-\d\d: Preise sind Cent: über alles\n\nGoverns: `core`\n\n## .*: The ui is grey\n\nGoverns: `ui`, `core`\n$/,
    );
    expect(readdirSync(repository.path('docs'))).toEqual(['decisions.md']);
  });

  test('keeps the line ends of its file, and goes where the repository keeps decisions', async () => {
    const crlf = shop({}, { 'docs/decisions.md': '# Ours\r\n\r\nfirst\r\n' });
    await decide(crlf, 'Two\nlines');
    expect(readFileSync(crlf.path('docs/decisions.md'), 'utf8')).toMatch(
      /^# Ours\r\n\r\nfirst\r\n\r\n## .*: Two\r\n\r\nGoverns: `core`\r\n\r\nlines\r\n$/,
    );
    const adr = shop({}, { 'docs/adr/0007-x.md': '# 7. X\n' });
    expect((await decide(adr, 'Use zod')).file).toBe('docs/adr/0008-use-zod.md');
    const configured = shop({ decisions: 'notes/why.md' });
    expect((await decide(configured, 'Use zod')).file).toBe('notes/why.md');
  });

  test('never takes the place of a file that git does not show', async () => {
    const repository = shop({}, { 'docs/adr/0007-x.md': '# 7. X\n', '.gitignore': 'docs/adr/0008*' });
    repository.write({ 'docs/adr/0008-use-zod.md': 'mine' });
    expect((await decide(repository, 'Use zod')).file).toBe('docs/adr/0009-use-zod.md');
    expect(readFileSync(repository.path('docs/adr/0008-use-zod.md'), 'utf8')).toBe('mine');
    expect(readdirSync(repository.path('docs/adr'))).toEqual(['0007-x.md', '0008-use-zod.md', '0009-use-zod.md']);
  });

  test('of several at once none is lost, and none takes the number of another', async () => {
    const many = Array.from({ length: 6 }, (_, index) => `Decision ${index}`);
    const file = shop();
    await Promise.all(many.map((text) => decide(file, text)));
    const text = readFileSync(file.path('docs/decisions.md'), 'utf8');
    expect(many.filter((one) => !text.includes(`: ${one}\n`))).toEqual([]);
    const folder = shop({}, { 'docs/adr/0007-x.md': '# 7. X\n' });
    await Promise.all(many.map((one) => decide(folder, one)));
    const numbers = readdirSync(folder.path('docs/adr')).map((name) => name.slice(0, 4));
    expect(numbers.sort()).toEqual(['0007', '0008', '0009', '0010', '0011', '0012', '0013']);
  });

  test('waits for another that writes, and passes over what one that was ended has left', async () => {
    const repository = shop();
    const lock = repository.path('docs/.downforce-decide.lock');
    repository.write({ 'docs/.downforce-decide.lock': '1' });
    const written = decide(repository, 'Use zod');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(existsSync(repository.path('docs/decisions.md'))).toBe(false);
    const long = new Date(Date.now() - 60_000);
    utimesSync(lock, long, long);
    await written;
    expect(readdirSync(repository.path('docs'))).toEqual(['decisions.md']);
  });

  test('names the file as seen from the current folder, so that no shell takes it for more', async () => {
    const repository = shop({ decisions: 'notes/$(touch x).md' });
    const { stdout } = await runCli(repository.path('src'), ['decide', 'Use zod', '--json']);
    expect(JSON.parse(stdout).next_actions[0].command).toBe("git add '../notes/$(touch x).md'");
  });

  test.each([{ decisions: 'src/core/a.txt/x.md' }, { decisions: 'src/core/a.txt' }])(
    'says that nothing can be written below a file: %j',
    async (config) => {
      expect(await failure(shop(config).dir, 'decide', 'Use zod')).toMatchObject({ code: 'write/failed', status: 3 });
    },
  );

  test('stays inside the repository', async () => {
    const outside = temporaryFolder();
    const linked = shop();
    linked.link('docs', outside);
    expect((await failure(linked.dir, 'decide', 'Use zod')).code).toBe('write/outside');
    const file = shop();
    file.link('docs/decisions.md', `${outside}/x.md`);
    expect((await failure(file.dir, 'decide', 'Use zod')).code).toBe('write/outside');
    expect(existsSync(`${outside}/x.md`)).toBe(false);
    expect(readdirSync(outside)).toEqual([]);
    expect((await failure(shop({ decisions: '../x.md' }).dir, 'decide', 'Use zod')).code).toBe('config/invalid');
    expect((await failure(shop({ decisions: '.git/x.md' }).dir, 'decide', 'Use zod')).code).toBe('write/outside');
  });

  test.each<[readonly string[], string]>([
    [['decide'], 'usage'],
    [['decide', 'two', 'texts'], 'usage'],
    [['decide', ''], 'decide/empty'],
    [['decide', `CI logs in with ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`], 'decide/secret'],
    [['decide', ' \n '], 'decide/empty'],
    [['decide', 'x', '--scope', 'coer'], 'usage/scope'],
    [['loop', '--scope', 'core'], 'usage'],
  ])('refuses %j', async (argv, code) => {
    expect(await failure(shop().dir, ...argv)).toMatchObject({ code, status: 2 });
  });
});

describe('in the answers', () => {
  test('those whose scopes are touched are in every answer, with the tree it is of', async () => {
    const repository = shop();
    await decide(repository, 'Core is not drawn');
    await decide(repository, 'The ui is grey', '--scope', 'ui');
    repository.write({
      'docs/decisions.md': `${readFileSync(repository.path('docs/decisions.md'), 'utf8')}\n## 2026-01-02: Be kind\n`,
    });
    const said = [
      expect.stringMatching(/^\d{4}-\d\d-\d\d: Core is not drawn \(core\) \[docs\/decisions\.md\]$/),
      '2026-01-02: Be kind [docs/decisions.md]',
    ];
    const { result } = await loop(repository.dir);
    expect(result.decisions).toEqual(said);
    expect([result.tree, result.at]).toEqual([
      expect.stringMatching(/^[0-9a-f]{12}$/),
      expect.stringMatching(/^\d{4}-.*Z$/),
    ]);
    const mutated = readVerdict(await runCli(repository.dir, ['mutate', '--json']));
    expect([mutated.result.decisions, mutated.result.tree]).toEqual([said, result.tree]);
    const gated = readVerdict(await runCli(repository.dir, ['gate', '--json']));
    expect([gated.result.decisions, gated.result.tree]).toEqual([said, result.tree]);
    const recorded = readVerdict(await runCli(repository.dir, ['gate', '--recorded', '--json']));
    expect([recorded.result.decisions, recorded.result.tree]).toEqual([said, result.tree]);
  });

  test('none where none is touched, and no more than five', async () => {
    const repository = shop();
    expect((await loop(repository.dir)).result).not.toHaveProperty('decisions');
    for (let count = 0; count < 7; count++) await decide(repository, `Decision ${count} ${'long '.repeat(100)}`);
    const { result } = await loop(repository.dir);
    expect([result.decisions?.length, result.omitted_decisions]).toEqual([5, 2]);
    expect(result.decisions?.[0]).toContain('Decision 6');
    for (const line of result.decisions ?? []) expect(line.length).toBeLessThanOrEqual(240);
  });

  test('the tree of an answer is that of its contents, whether staged, committed or not', async () => {
    const repository = shop();
    const { tree } = (await loop(repository.dir)).result;
    repository.git('add', '--all');
    expect((await loop(repository.dir)).result.tree).toBe(tree);
    repository.commit();
    expect((await loop(repository.dir)).result.tree).toBe(tree);
    repository.write({ 'src/core/a.txt': '3' });
    expect((await loop(repository.dir)).result.tree).not.toBe(tree);
  });
});
