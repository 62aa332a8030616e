import { describe, expect, it } from 'vitest';
import { commandOf } from '../../../../src/engine/relay/gather-checks.ts';
import { gatherExcerpts } from '../../../../src/engine/relay/instructions.ts';
import { openPlanItems } from '../../../../src/engine/relay/plan-file.ts';
import { fenced } from '../../../../src/engine/relay/quote.ts';
import { countEffort } from '../../../effort.ts';
import { memoryTree } from '../../memory-tree.ts';
import { sampleFile } from './sample-facts.ts';

describe('open items of a plan', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'bullets of all kinds',
      '- [ ] one\n* [ ] two\n  + [ ] three\n1. [ ] four\n2) [ ] five',
      ['1 one', '2 two', '3 three', '4 four', '5 five'],
    ],
    ['done ones and mere bullets are none', '- [x] one\n- [X] two\n- three\n- [] four\n[ ] five', []],
    ['not in code', '```\n- [ ] a\n```\n~~~~\n- [ ] b\n~~~\n- [ ] c\n~~~~\n- [ ] d', ['9 d']],
    ['CRLF', '- [ ] über\r\n- [ ] b\r\n', ['1 über', '2 b']],
    ['a fence left open', '- [ ] a\n```\n- [ ] b', ['1 a']],
  ])('%s', (_, text, items) => {
    expect(
      openPlanItems(memoryTree({ 'PLAN.md': text }), undefined).map(({ line, text: said }) => `${line} ${said}`),
    ).toEqual(items);
  });

  it('of the configured file alone, where there is one', () => {
    const tree = memoryTree({ 'PLAN.md': '- [ ] a', 'docs/work.md': '- [ ] b', 'TODO.md': '- [ ] c' });
    expect(openPlanItems(tree, './docs/work.md').map(({ text }) => text)).toEqual(['b']);
    expect(openPlanItems(tree, undefined).map(({ text }) => text)).toEqual(['a', 'c']);
    expect(openPlanItems(tree, 'nowhere.md')).toEqual([]);
  });
});

/** Takes a moment where it is looked through once, and half a minute where from each blank anew. */
const BLANKS = ' '.repeat(100_000);

it('nothing but blanks for long is looked through at once', () => {
  const effort = countEffort();
  expect(openPlanItems(memoryTree({ 'PLAN.md': `- [ ]${BLANKS}\n- [ ]${BLANKS}a${BLANKS}\n` }), undefined)).toEqual([
    { file: 'PLAN.md', line: 2, text: 'a' },
  ]);
  const tree = memoryTree({ 'AGENTS.md': `#${BLANKS}\n# Rules ${BLANKS.slice(0, 50_000)}\nNever.\n` });
  expect(gatherExcerpts(tree, [sampleFile()], []).map(({ heading }) => heading)).toEqual(['Rules']);
  expect(fenced(`a${BLANKS}b${BLANKS}\nc`, 10)).toBe('```text\na        …\n```');
  expect(effort()).toBeLessThan(300);
});

describe('what the repository tells those who work in it', () => {
  const files = [sampleFile({ path: 'packages/core/src/cart.ts', scope: 'core' })];
  const excerpts = (texts: Readonly<Record<string, string>>, more: readonly string[] = []) =>
    gatherExcerpts(memoryTree(texts), files, more).map(({ file, heading, why }) => `${file} ${heading}: ${why}`);

  it('the parts that name what is touched, then those that hold for any change; the nearest file first', () => {
    const root =
      '# Shop\nHello.\n## Core\nSee packages/core/src for carts.\n## Testing rules\nAlways.\n## Release\nBy hand.';
    expect(
      excerpts({
        'AGENTS.md': root,
        'packages/core/AGENTS.md': '## Carts\nBe careful.',
        'packages/ui/AGENTS.md': '## UI rules\nx',
      }),
    ).toEqual([
      'AGENTS.md Core: names packages/core/src',
      'AGENTS.md Testing rules: holds for any change',
      'packages/core/AGENTS.md Carts: stands beside what changed',
    ]);
  });

  it('once, where one file is another or only points at it', () => {
    const text = '## Rules\nNever.';
    expect(excerpts({ 'AGENTS.md': text, 'CLAUDE.md': text })).toHaveLength(1);
    expect(excerpts({ 'AGENTS.md': text, 'CLAUDE.md': '@AGENTS.md\n' })).toHaveLength(1);
  });

  it('a heading in a code block is none', () => {
    expect(excerpts({ 'AGENTS.md': '## Build\n```\n# rules\nmake\n```\n' })).toEqual([]);
  });

  it('configured files beside them', () => {
    expect(excerpts({ 'docs/style.md': '## Naming conventions\nx' }, ['docs/style.md'])).toEqual([
      'docs/style.md Naming conventions: holds for any change',
    ]);
  });
});

it.each<[readonly [string, ...string[]], string]>([
  [
    [
      '/repo/node_modules/.bin/vitest',
      'run',
      '--reporter=json',
      '--outputFile=/downforce-scratch/a.json',
      'a b.test.ts',
    ],
    "npx vitest run 'a b.test.ts'",
  ],
  [
    [
      '/repo/.venv/bin/python',
      '-m',
      'pytest',
      '-q',
      '-o',
      'cache_dir=/downforce-scratch/c',
      '--junitxml=/downforce-scratch/x',
    ],
    './.venv/bin/python -m pytest -q',
  ],
  [['/usr/local/go/bin/go', 'test', '-json', './...'], 'go test ./...'],
  [
    [
      '/repo/node_modules/.bin/mocha',
      '--reporter',
      'json',
      '--reporter-option',
      'output=/downforce-scratch/m',
      'test/',
    ],
    'npx mocha test/',
  ],
  [['/repo/node_modules/.bin/eslint', '--format', 'json', '.'], 'npx eslint .'],
  [
    ['/elsewhere/node_modules/.bin/tsc', '--noEmit', '--pretty', 'false', '-p', '/repo/tsconfig.json'],
    'tsc --noEmit -p tsconfig.json',
  ],
])('a command as a person would type it: %j', (argv, command) => {
  expect(commandOf(argv, '/repo/', '/repo')).toBe(command);
});
