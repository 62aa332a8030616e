import { describe, expect, it } from 'vitest';
import { decisionLines, governing } from '../../../../src/engine/decisions/governing.ts';
import type { DecisionFile } from '../../../../src/engine/decisions/new-decision.ts';
import { decisionPlace } from '../../../../src/engine/decisions/places.ts';
import { readDecisions } from '../../../../src/engine/decisions/read-decisions.ts';
import { decisionFile } from '../../../../src/engine/decisions/write-decision.ts';
import type { ScopeMap } from '../../../../src/engine/scopes/scope.ts';
import { countEffort } from '../../../effort.ts';
import { memoryTree } from '../../memory-tree.ts';

type Files = Readonly<Record<string, string>>;

const scopes: ScopeMap = {
  scopes: [
    { id: 'core', root: 'src/core', dependsOn: [], projects: [] },
    { id: 'ui', root: 'src/ui', dependsOn: [], projects: [] },
  ],
  get: (id) => scopes.scopes.find((scope) => scope.id === id),
  of: (path) => scopes.scopes.find(({ root }) => path.startsWith(`${root}/`)),
};
const CODE = { 'src/core/a.ts': '', 'src/ui/b.ts': '' };

function decide(files: Files, text: string, own: readonly string[] = ['core'], configured?: string): DecisionFile {
  const tree = memoryTree(files);
  return decisionFile({ text, scopes: own, date: '2026-11-21' }, decisionPlace(tree, configured), (file) =>
    tree.read(file),
  );
}

function read(files: Files, configured?: string) {
  return readDecisions(memoryTree({ ...CODE, ...files }), configured, scopes);
}

it('a heading of nothing but blanks is looked through at once', () => {
  const blanks = ' '.repeat(100_000);
  const effort = countEffort();
  const text = `# D\n\n## 2026-01-02${blanks}\n\n## 2026-01-03: Real ${blanks}\n`;
  expect(read({ 'docs/decisions.md': text }).map(({ title }) => title)).toEqual(['Real']);
  expect(effort()).toBeLessThan(300);
});

describe('writing into one file', () => {
  it('begins it with what it is', () => {
    const { file, content, fresh } = decide({}, 'Core knows no screen\n\nIt is drawn elsewhere.');
    expect([file, fresh]).toEqual(['docs/decisions.md', true]);
    expect(content).toMatch(/^# Decisions\n\n/);
    expect(
      content.endsWith('\n## 2026-11-21: Core knows no screen\n\nGoverns: `core`\n\nIt is drawn elsewhere.\n'),
    ).toBe(true);
  });

  it.each([
    ['# Decisions\n\nBefore.\n', '# Decisions\n\nBefore.\n\n## 2026'],
    ['no line end', 'no line end\n\n## 2026'],
    ['gap\n\n', 'gap\n\n## 2026'],
    ['CR LF\r\nüber\r\n', 'CR LF\r\nüber\r\n\r\n## 2026-11-21: New\r\n\r\nGoverns: `core`\r\n'],
    ['\uFEFF# Title\r\n\r\n', '\uFEFF# Title\r\n\r\n## 2026'],
  ])('appends to %j and changes nothing of it', (before, start) => {
    const { content, fresh } = decide({ 'docs/decisions.md': before }, 'New');
    expect(content.startsWith(start)).toBe(true);
    expect(fresh).toBe(false);
    if (before.includes('\r\n')) expect(content.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it.each([
    ['', 'decide/empty'],
    ['  \n\t ', 'decide/empty'],
    ['\u200b\u202e', 'decide/empty'],
    ['x'.repeat(30_000), 'decide/long'],
  ])('refuses %.10j', (text, code) => {
    expect(() => decide({}, text)).toThrow(expect.objectContaining({ code, exitStatus: 2 }));
  });

  it('a text cannot make itself two decisions', () => {
    const { content } = decide({}, '# First\n## 2020-01-01: Everyone may push\nGoverns: `ui`', ['core']);
    expect(read({ 'docs/decisions.md': content })).toEqual([
      { file: 'docs/decisions.md', line: expect.any(Number), date: '2026-11-21', title: 'First', scopes: ['core'] },
    ]);
  });

  it('is read back as it was written', () => {
    const first = decide({}, 'Prices are integers: cents', ['core', 'ui']).content;
    const both = decide({ 'docs/decisions.md': first }, 'Über all', []).content;
    expect(read({ 'docs/decisions.md': both }).map(({ title, scopes: own, date }) => [date, title, own])).toEqual([
      ['2026-11-21', 'Über all', []],
      ['2026-11-21', 'Prices are integers: cents', ['core', 'ui']],
    ]);
  });
});

describe('writing into a folder of records', () => {
  it.each<[string, Files, string, RegExp]>([
    [
      'adr-tools',
      {
        'docs/adr/0001-record-decisions.md': '# 1. Record decisions\n\n## Status\n\nAccepted\n',
        'docs/adr/0009-use-zod.md': '# 9. Use zod\n',
      },
      'docs/adr/0010-prices-in-cents.md',
      /^# 10\. Prices in cents\n\nDate: 2026-11-21\n\n## Status\n\nAccepted\n/,
    ],
    [
      'front matter',
      { 'docs/decisions/0002-a.md': '---\nstatus: accepted\n---\n\n# A\n' },
      'docs/decisions/0003-prices-in-cents.md',
      /^---\nstatus: accepted\ndate: 2026-11-21\n---\n\n# Prices in cents\n/,
    ],
    [
      'a word before the number',
      { 'doc/adr/ADR-007_use_zod.md': '# ADR-007: Use zod\n' },
      'doc/adr/ADR-008_prices_in_cents.md',
      /^# ADR-008: Prices in cents\n/,
    ],
    [
      'numbers of no fixed width',
      { 'adr/9-a.md': '# A\n', 'adr/10-b.md': '# B\n' },
      'adr/11-prices-in-cents.md',
      /^# Prices in cents\n/,
    ],
    [
      'a gap and a template',
      { 'docs/adr/0003-x.md': '# 3. X\n', 'docs/adr/template.md': '', 'docs/adr/README.md': '' },
      'docs/adr/0004-prices-in-cents.md',
      /^# 4\. /,
    ],
    [
      'CR LF',
      { 'docs/adr/0003-x.md': '# 3. X\r\n' },
      'docs/adr/0004-prices-in-cents.md',
      /^# 4\. Prices in cents\r\n\r\nDate/,
    ],
  ])('%s', (_, files, file, content) => {
    const written = decide(files, 'Prices in cents');
    expect([written.file, written.fresh]).toEqual([file, true]);
    expect(written.content).toMatch(content);
    expect(read({ ...files, [file]: written.content })[0]).toMatchObject({
      file,
      title: 'Prices in cents',
      date: '2026-11-21',
      scopes: ['core'],
    });
  });

  it.each([
    ['Größe & Maß — immer ganz!', '0001-grosse-mass-immer-ganz.md'],
    ['../../etc/passwd', '0001-etc-passwd.md'],
    ['決定', '0001-decision.md'],
    ['word '.repeat(40), `0001-${Array(12).fill('word').join('-')}.md`],
  ])('names a file after %.20j', (text, name) => {
    expect(decide({}, text, [], 'docs/records').file).toBe(`docs/records/${name}`);
  });
});

describe('what stands', () => {
  const record = (text: string) => read({ 'docs/adr/0001-x.md': text }).map(({ title, scopes: own }) => [title, own]);

  it.each<[string, string, unknown]>([
    ['accepted', '# 1. Use zod\n\n## Status\n\nAccepted\n\nin `src/core`', [['Use zod', ['core']]]],
    ['superseded', '# 1. Use zod\n\n## Status\n\nSuperseded by 2\n\nin `src/core`', []],
    ['accepted, then superseded', '# 1. Use zod\n\n## Status\n\nAccepted, superseded by [2]\n\nin `src/core`', []],
    ['proposed', '---\nstatus: proposed\n---\n# Use zod\nin src/core/a.ts', []],
    [
      'of a list',
      '# ADR 1: Use zod\n\n* Status: accepted\n* Date: 2024-01-02\n\nfor src/ui/b.ts',
      [['Use zod', ['ui']]],
    ],
    ['of no word', '# Use zod\n\nin `core`', [['Use zod', ['core']]]],
    ['of no scope', '# Use zod\n\nStatus: accepted\n', []],
    ['of everything', '# Use zod\n\nStatus: accepted\n\nGoverns: everything', [['Use zod', []]]],
    [
      'of the front matter',
      '---\nstatus: "accepted"\nscopes: core, ui\n---\n\n# Use zod',
      [['Use zod', ['core', 'ui']]],
    ],
    ['empty', '', []],
  ])('%s', (_, text, decisions) => {
    expect(record(text)).toEqual(decisions);
  });

  it('a configured place is the only one', () => {
    const files = { 'docs/adr/0001-x.md': '# X\n`core`', 'NOTES.md': '## 2026-01-02 — In words\n\nScopes: [ui]\n' };
    expect(read(files, 'NOTES.md').map(({ title, scopes: own }) => [title, own])).toEqual([['In words', ['ui']]]);
    expect(read(files, './docs/adr/').map(({ title }) => title)).toEqual(['X']);
  });
});

describe('what an answer says of it', () => {
  const decision = (title: string, ...own: string[]) => ({
    file: 'docs/decisions.md',
    line: 3,
    date: '2026-11-21',
    title,
    scopes: own,
  });

  it('those whose scopes are touched, then those of all', () => {
    const all = [decision('all'), decision('ui', 'ui'), decision('core', 'core', 'ui'), decision('gone', 'old')];
    expect(governing(all, new Set(['core'])).map(({ title }) => title)).toEqual(['core', 'all']);
    expect(governing(all, new Set())).toEqual([all[0]]);
  });

  it('five of 240 characters, the rest counted', () => {
    const { lines, omitted } = decisionLines(
      Array.from({ length: 8 }, () => decision('ü\u202e\n'.repeat(300), 'core')),
    );
    expect([lines.length, omitted]).toEqual([5, 3]);
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(240);
      expect(line).not.toMatch(/[\n\u202e]/);
      expect(line).toContain('(core) [docs/decisions.md]');
    }
  });
});
