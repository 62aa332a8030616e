import { describe, expect, it } from 'vitest';
import { compare, parseUnified } from '../../../src/webview/relay/diff-lines.ts';

describe('a unified diff', () => {
  it('is told line by line, without its head, and with lines that look like a head', () => {
    const diff = '--- last\n+++ now\n@@ -1,2 +1,2 @@\n same\n--- a rule\n+++ a sum\n\\ No newline at end of file\n';
    expect(parseUnified(diff)).toEqual([
      { kind: 'place', text: '@@ -1,2 +1,2 @@' },
      { kind: 'same', text: 'same' },
      { kind: 'removed', text: '-- a rule' },
      { kind: 'added', text: '++ a sum' },
    ]);
  });
});

describe('one’s own words beside what is generated', () => {
  it('differ by whole lines', () => {
    expect(compare('a\nb', 'a\nc\nd')).toEqual([
      { kind: 'same', text: 'a' },
      { kind: 'removed', text: 'b' },
      { kind: 'added', text: 'c' },
      { kind: 'added', text: 'd' },
    ]);
  });

  it('do not differ by the end of the last line', () => {
    expect(compare('a\n', 'a')).toEqual([{ kind: 'same', text: 'a' }]);
  });
});
