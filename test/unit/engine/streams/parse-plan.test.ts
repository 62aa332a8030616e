import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../../src/engine/streams/parse-plan.ts';
import { countEffort } from '../../../effort.ts';

/** `line id: title` of each stream. */
async function streamsOf(text: string): Promise<readonly string[]> {
  return (await parsePlan(text)).streams.map(({ line, id, title }) => `${line} ${id}: ${title}`);
}

async function problemsOf(text: string): Promise<readonly string[]> {
  return (await parsePlan(text)).problems.map(({ line, message }) => `${line} ${message}`);
}

describe('the streams of a plan', () => {
  it.each([
    [
      'headings under "Streams"',
      '# P\n## Why\n\nx\n## Streams\n### One\n### Two\n## Risks\n### Three\n',
      ['6 one: One', '7 two: Two'],
    ],
    ['one heading under "Streams"', '## Streams\n### One\n', ['2 one: One']],
    ['headings deeper than the next level', '# Streams\n### One\n### Two\n', ['2 one: One', '3 two: Two']],
    ['a list under "Work streams"', '- not me\n\n## Work streams\n\n- One\n- Two\n', ['5 one: One', '6 two: Two']],
    ['level 2 with several', '# P\n## One\n### Part\n### Part two\n## Two\n', ['2 one: One', '5 two: Two']],
    ['level 3 where level 2 has one', '## Work\n### One\n### Two\n', ['2 one: One', '3 two: Two']],
    ['no prose', '## Background\n## One\n## Two\n## Out of scope\n## How to verify\n', ['2 one: One', '3 two: Two']],
    [
      'those that are labelled',
      '## Before\n## Stream A: One\n## Stream B: Two\n## After all\n',
      ['2 one: Stream A: One', '3 two: Stream B: Two'],
    ],
    ['items of a list', 'Do:\n\n1. One\n2. Two\n   more\n', ['3 one: One', '4 two: Two']],
    ['strong beginnings of items', '- **One**: all of it\n- **Two.** rest\n', ['1 one: One', '2 two: Two']],
    ['task items that are open', '- [ ] One\n- [x] Two\n- [X] Three\n', ['1 one: One']],
    ['headings that are not ticked off', '## Streams\n### [x] One\n### Two\n', ['3 two: Two']],
    ['one heading that declares', '# P\n\n## One\n\nPaths: a\n', ['3 one: One']],
    ['CRLF', '## One\r\n\r\nPaths: a\r\n\r\n## Two\r\n', ['1 one: One', '5 two: Two']],
    ['a byte order mark', '\uFEFF## One\n## Two\n', ['1 one: One', '2 two: Two']],
    ['underlined headings', 'One\n---\n\nTwo\n---\n', ['1 one: One', '4 two: Two']],
    ['no headings in code', '```md\n## Not\n## These\n```\n\n- One\n', ['6 one: One']],
  ])('are %s', async (_, text, expected) => {
    expect(await streamsOf(text)).toEqual(expected);
    expect(await problemsOf(text)).toEqual([]);
  });

  it('have ids that fit a branch and a folder', async () => {
    const text = '## Größe ändern: ß\n## ../../etc/passwd\n## 日本語\n## 🚀\n## a.lock\n## -rf\n';
    const { streams } = await parsePlan(text);
    expect(streams.map(({ id }) => id)).toEqual([
      'grosse-andern-ss',
      'etc-passwd',
      'stream-3',
      'stream-4',
      'a-lock',
      'rf',
    ]);
    const long = await parsePlan(`## ${'word '.repeat(50)}\n## x\n`);
    expect(long.streams[0]?.id).toMatch(/^(word-)+word$/);
    expect(long.streams[0]?.id.length).toBeLessThanOrEqual(40);
  });

  it('keep their text as it stands, up to the next', async () => {
    const { streams } = await parsePlan('## One\n\n*a*\n\n### Part\n\nb\n\n## Two\n\nc\n');
    expect(streams.map(({ text }) => text)).toEqual(['## One\n\n*a*\n\n### Part\n\nb', '## Two\n\nc']);
  });

  it('are two where two titles make one id', async () => {
    expect(await streamsOf('## JSON output\n## Json: output!\n')).toEqual([
      '1 json-output: JSON output',
      '2 json-output-2: Json: output!',
    ]);
  });
});

describe('what a stream declares', () => {
  const declaredOf = async (text: string): Promise<readonly string[]> => {
    const { streams } = await parsePlan(`## Streams\n### One\n${text}\n`);
    const { paths = [], scopes = [] } = streams[0]?.declared ?? {};
    return [
      ...paths.map(({ value, line }) => `${line} path ${value}`),
      ...scopes.map(({ value, line }) => `${line} scope ${value}`),
    ];
  };

  it.each([
    ['Paths: src/core/**, lib/a.ts', ['3 path src/core/**', '3 path lib/a.ts']],
    ['- **Files:** `a b.ts`, `c.ts` and more', ['3 path a b.ts', '3 path c.ts']],
    ['**Path**: a.ts b.ts', ['3 path a.ts', '3 path b.ts']],
    ['Paths: a.ts (and its tests)', ['3 path a.ts']],
    ['Paths:\n\n- a.ts\n- b/\n\nThen:\n- c.ts', ['5 path a.ts', '6 path b/']],
    ['#### Files\n- a.ts', ['4 path a.ts']],
    ['Scope: core', ['3 scope core']],
    ['Scopes: core, `api`', ['3 scope core', '3 scope api']],
    ['Scopes: `api`, all the rest', ['3 scope api']],
    ['```\nPaths: a.ts\n```', []],
    ['The paths: everywhere', []],
    ['Paths: none', []],
  ])('is read from %j', async (text, expected) => {
    expect(await declaredOf(text)).toEqual(expected);
  });
});

describe('the order of streams', () => {
  const afterOf = async (text: string): Promise<Readonly<Record<string, readonly string[]>>> =>
    Object.fromEntries((await parsePlan(text)).streams.map(({ id, after }) => [id, after]));

  it.each(['One', 'one', 'Stream A', 'A', 'stream a: one', '`One`', 'On', 'One.'])(
    'knows another by %j',
    async (name) => {
      const text = `## Stream A: One\n## Stream B: Two\n\nAfter: ${name}\n`;
      const wanted = name === 'On' ? [] : ['one'];
      expect(await afterOf(text)).toEqual({ one: [], two: wanted });
    },
  );

  it('takes several, and none', async () => {
    const text = '## One\n## Two\nDepends on: none\n## Three\nBlocked by: One, Two\n## Four\nAfter: One and Two\n';
    expect(await afterOf(text)).toEqual({ one: [], two: [], three: ['one', 'two'], four: ['one', 'two'] });
  });

  it('asks for nothing of what is done', async () => {
    const text = '- [x] One\n- [ ] Two\n  After: One\n';
    expect(await afterOf(text)).toEqual({ two: [] });
    expect(await problemsOf(text)).toEqual([]);
  });

  it('names what is no stream, with the nearest that is', async () => {
    expect(await problemsOf('## Parser\n## Printer\n\nAfter: Parsr\n')).toEqual([
      '4 "Printer" comes after "Parsr", which is no stream of this plan. Did you mean "Parser"?',
    ]);
  });

  it('breaks a circle, and says where', async () => {
    const text = '## One\nAfter: Three\n## Two\nAfter: One\n## Three\nAfter: Two\n## Four\nAfter: Four\n';
    expect(await afterOf(text)).toEqual({ one: ['three'], two: ['one'], three: [], four: [] });
    expect(await problemsOf(text)).toEqual([
      '6 "Three" and "Two" each come after the other.',
      '8 "Four" comes after itself.',
    ]);
  });
});

describe('a plan that is none', () => {
  it.each([
    ['', /^1 The plan is empty\.$/],
    [' \n\t\n', /^1 The plan is empty\.$/],
    ['Just words.\n', /^1 The plan names no streams: give each a heading/],
    ['# Title alone\n', /^1 The plan names no streams/],
    ['- [x] One\n', /^1 Every stream of the plan is ticked off\.$/],
    ['x'.repeat(600_000), /^1 The plan is larger than 512 KB\.$/],
    ['## One\n## One\n', /^2 There already is a stream "One", in line 1/],
    [
      Array.from({ length: 101 }, (_, index) => `## S${index}`).join('\n'),
      /^101 The plan names 101 streams; from here on/,
    ],
  ])('says so: %#', async (text, expected) => {
    const problems = await problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });

  it.each([
    ['quotes in quotes', '>'.repeat(5_000)],
    ['lists in lists', `${'- '.repeat(5_000)}x`],
    ['numbers in quotes', '> 1. '.repeat(5_000)],
    [
      'steps down',
      Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth * 2)}- x`)
        .join('\n')
        .slice(0, 500_000),
    ],
    ['many steps down', Array.from({ length: 4000 }, (_, line) => `${' '.repeat((line % 39) * 2)}- x`).join('\n')],
    ['open brackets', '['.repeat(20_000)],
    ['emphasis', '*a _b '.repeat(5_000)],
    ['entities', '&a;&#0;'.repeat(5_000)],
    ['a line without end', `## ${'a'.repeat(300_000)}\n## b\n`],
  ])('is read in time whatever it holds: %s', async (_, text) => {
    const effort = countEffort();
    await parsePlan(text);
    expect(effort()).toBeLessThan(500);
  });

  it('never throws', async () => {
    const part = fc.constantFrom(
      '# ',
      '## ',
      '### ',
      '- ',
      '1. ',
      '- [x] ',
      'Paths: ',
      'After: ',
      'Scope:',
      '`',
      '```\n',
      '\n',
      '\r\n',
      'One',
      'Two',
      '>',
      '\0',
      '\u2028',
      '<!--',
      '[a](b)',
      '|',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(part, fc.string()), { maxLength: 40 }), async (parts) => {
        const { streams } = await parsePlan(parts.join(''));
        expect(new Set(streams.map(({ id }) => id)).size).toBe(streams.length);
        for (const { id, after } of streams) {
          expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
          for (const other of after) expect(streams.map((stream) => stream.id)).toContain(other);
        }
      }),
      { numRuns: 300 },
    );
  });
});
