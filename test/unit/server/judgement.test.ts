import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/protocol/finding.ts';
import { Judgement } from '../../../src/server/judgement.ts';

const finding = (path: string, line: number): Finding => ({
  code: 'boundary/denied',
  severity: 'error',
  path,
  range: { start: { line, column: 1 }, end: { line, column: 4 } },
  message: 'no',
  scope: '',
  fingerprint: `${path}${line}`,
});

describe('what was judged', () => {
  const judged = new Judgement([finding('a', 2), finding('b', 1)], (path) => (path === 'a' ? 'x\ny\nz' : 'q'));

  it('stands where its text stands', () => {
    expect(judged.of('a', 'x\ny\nz').map(({ range }) => range?.start.line)).toEqual([2]);
    expect(judged.of('a', undefined)).toHaveLength(1);
  });

  it('follows its line', () => {
    expect(judged.of('a', 'new\nx\ny\nz').map(({ range }) => range?.start.line)).toEqual([3]);
  });

  it('falls silent where its line changes', () => {
    expect(judged.of('a', 'x\nother\nz')).toEqual([]);
  });

  it('keeps what speaks of a whole file', () => {
    const { range: _, ...whole } = finding('c', 1);
    expect(new Judgement([whole], () => 'old').of('c', 'new')).toHaveLength(1);
  });
});
