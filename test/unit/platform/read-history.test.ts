import { expect, it } from 'vitest';
import { parseCounts, parseLog } from '../../../src/platform/read-history.ts';

it.each<[string, readonly unknown[]]>([
  ['', []],
  ['\u001eabc1234\x002026-01-02T03:04:05Z\0a subject\0\n', [{ id: 'abc1234', subject: 'a subject', paths: [] }]],
  [
    '\u001eabc1234\0d\0one\0\nsrc/a b.ts\0über.ts\0\u001edef5678\0d\0two\0\nc\nd.ts\0',
    [
      { id: 'abc1234', subject: 'one', paths: ['src/a b.ts', 'über.ts'] },
      { id: 'def5678', subject: 'two', paths: ['c\nd.ts'] },
    ],
  ],
  // A subject may hold what parts the records; what comes of it is no commit.
  ['\u001eabc1234\0d\0a \u001eb\0\nx.ts\0', [{ id: 'abc1234', subject: 'a ', paths: [] }]],
])('a log %j', (log, commits) => {
  expect(parseLog(log)).toEqual(commits.map((commit) => expect.objectContaining(commit)));
});

it.each<[string, Readonly<Record<string, unknown>>]>([
  ['', {}],
  ['3\t1\tsrc/a.ts\0', { 'src/a.ts': { added: 3, removed: 1 } }],
  ['-\t-\timage.png\x000\t0\tempty\0', { empty: { added: 0, removed: 0 } }],
  [
    '2\t5\t\0old.ts\0new.ts\x001\t0\tb\tc.ts\0',
    { 'new.ts': { added: 2, removed: 5 }, 'b\tc.ts': { added: 1, removed: 0 } },
  ],
  ['1\t0\t__proto__\0', JSON.parse('{"__proto__":{"added":1,"removed":0}}')],
])('counts %j', (text, counts) => {
  expect(parseCounts(text)).toEqual(counts);
});
