import { describe, expect, it } from 'vitest';
import { openTypescriptEquivalence } from '../../../../src/languages/typescript/equivalence.ts';

const isEquivalent = await openTypescriptEquivalence();

/** The last occurrence of one text in another becomes a third. */
function judge(text: string, original: string, replacement: string): boolean {
  const start = text.lastIndexOf(original);
  expect(start).toBeGreaterThanOrEqual(0);
  return isEquivalent('a.ts', text, { edit: { start, end: start + original.length, text: replacement } });
}

type Row = readonly [name: string, text: string, original: string, replacement: string, innocent: string];

/** Each with a twin that looks like it and is another program. */
const ROWS: readonly Row[] = [
  ['behind a return', 'function f() { return 1; go(2); }', '2', '3', 'function f() { if (a) return 1; go(2); }'],
  [
    'behind a break',
    'switch (a) { case 1: go(); break; break; }',
    'break;',
    ';',
    'switch (a) { case 1: go(); break; }',
  ],
  [
    'a function behind a return',
    'function f() { return g(); h(2); }',
    '2',
    '3',
    'function f() { return g(); function g() { h(2); } }',
  ],
  [
    'a value that is overwritten',
    'function f() { let a = 5; b(); a = c; d(a); }',
    '5',
    '6',
    'function f() { let a = 5; b(a); a = c; d(a); }',
  ],
  [
    'a value that a closure reads',
    'function f() { let a = 5; a = c; d(a); }',
    '5',
    '6',
    'function f() { const g = () => a; let a = 5; g(); a = c; d(a); }',
  ],
  [
    'a value that nothing reads',
    'export function f() { const a = [5]; b(); }',
    '5',
    '6',
    'export function f() { const a = [5]; b(a); }',
  ],
  ['a value of a module', 'import "b"; const a = 5;', '5', '6', 'export const a = 5;'],
  ['a value of a script', 'import "b"; const a = 5;', '5', '6', 'const a = 5;'],
  ['a default that nothing reads', 'const f = (a, b = 5) => a;', '5', 'undefined', 'const f = (a, b = 5) => a + b;'],
  ['a chain of something', 'x = [a]?.length;', '?.', '.', 'x = a?.length;'],
  ['a chain of something new', 'x = new A()?.b;', '?.', '.', 'x = A()?.b;'],
  ['nothing instead of a sum', 'x = (a + b) ?? c;', ' ?? c', '', 'x = (a || b) ?? c;'],
  ['a number anyway', 'x = +a - b;', '+', '', 'x = +a + b;'],
  ['the sign of a sum', 'xs.sort((a, b) => (a < b ? -1 : 1));', '1', '2', 'xs.map((a, b) => (a < b ? -1 : 1));'],
  [
    'the sign of a statement',
    'xs.sort((a, b) => { if (a) { return 1; } return b; });',
    '1',
    '2',
    'xs.sort((a, b) => { if (a) { return c + 1; } return b; });',
  ],
  ['no sign', 'xs.sort((a, b) => (a ? -1 : 1));', '1', '2', 'xs.sort((a, b) => (1 ? c : b));'],
  ['whether it is there', 'x = a.indexOf(b) !== -1;', 'indexOf', 'lastIndexOf', 'x = a.indexOf(b) !== 1;'],
  ['whether it is there at all', 'x = a.lastIndexOf(b) >= 0;', 'lastIndexOf', 'indexOf', 'x = a.lastIndexOf(b) > 0;'],
  ['from where', 'x = a.findIndex(b) === -1;', 'findIndex', 'findLastIndex', 'x = a.findIndex(b, 2) === -1;'],
  ['the largest', 'if (a > max) max = a;', '>', '>=', 'if (a > max) max = b;'],
  ['a limit', 'if (a < 0) { a = 0; }', '<', '<=', 'if (a < 0) { a = 0; go(); }'],
  [
    'an empty loop',
    'if (a.length > 0) { for (const b of a) go(b); }',
    'a.length > 0',
    'true',
    'if (a.length > 0) { for (const b of c) go(b); }',
  ],
  ['an empty forEach', 'if (a.size) a.forEach(go);', 'a.size', 'true', 'if (a.size) a.forEach(go); else stop();'],
  ['the end of a text', 'x = a.slice(b, a.length);', 'a.length', 'a.length + 1', 'x = c.slice(b, a.length);'],
  ['the usual encoding', "x = Buffer.from(a, 'utf8');", 'utf8', '', "x = a.toString('utf8');"],
  ['what was asked', 'x = a && a?.b;', '?.', '.', 'x = c && a?.b;'],
  ['what a branch asked', 'if (a && c) { go(a?.b); }', '?.', '.', 'if (a || c) { go(a?.b); }'],
  ['what was asked and may have changed', 'if (a) { go(a?.b); }', '?.', '.', 'if (a) { a = c; go(a?.b); }'],
  ['what a later call asks', 'x = a && go(a?.b);', '?.', '.', 'x = a && go(() => a?.b);'],
];

describe('mutants that are the same program', () => {
  it.each(ROWS)('%s', (_name, text, original, replacement, innocent) => {
    expect(judge(text, original, replacement)).toBe(true);
    expect(judge(innocent, original, replacement)).toBe(false);
  });

  it('says nothing of what does not parse', () => {
    expect(judge('x = = a?.b', '?.', '.')).toBe(false);
  });
});
