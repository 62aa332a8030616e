import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  analysed,
  expectDifferent,
  expectOtherTests,
  expectSame,
  expectSameTests,
  markersOf,
  symbolAtMark,
} from './analysed.ts';

describe('what runs', () => {
  it.each([
    ['comments', 'f(1); // a', '/* b */ f(1);'],
    ['quotes, semicolons, commas', "f('a', [1, 2,],)", 'f("a",\n  [1, 2]);'],
    ['a template without holes', 'f(`a`)', "f('a')"],
    ['parentheses', 'x = (a * b) + c', 'x = a * b + c'],
    ['braces around one statement', 'if (a) b(); else c()', 'if (a) { b() } else { c() }'],
    ['the body of an arrow', 'const f = (a) => a + 1', 'const f = (a) => { return a + 1 }'],
    ['let and const', 'let a = 1; f(a)', 'const a = 1; f(a)'],
    ['annotations', 'export function f(a, b) { return a }', 'export function f(a: number, b?: T): U { return a }'],
    ['casts', 'f(a, b, c)', 'f(a as T, b!, c satisfies U)'],
    ['old casts', 'f(a)', 'f(<T>a)'],
    ['type arguments', 'new M(); f(a)', 'new M<string>(); f<T>(a)'],
    ['interfaces, aliases, declarations', 'f()', 'interface A {}; type B = A; declare const c: B; f()'],
    ['overloads', 'function f(a) {}', 'function f(a: string): void; function f(a: any) {}'],
    ['a namespace of types', 'f()', 'namespace N { export type A = 1 }; f()'],
    ['members without a value', 'class A { b() {} }', 'abstract class A { private c: T; abstract d(): void; b() {} }'],
    ['implements', 'class A extends B {}', 'class A<T> extends B<T> implements C {}'],
    ['the type of this', 'function f(a) {}', 'function f(this: T, a: U) {}'],
    [
      'imports of types',
      "import { a } from './m'; a()",
      "import type { T } from './n'; import { a, type U } from './m'; a()",
    ],
    ['imports only types use', 'f()', "import { T } from './n'; f() as T"],
    [
      'order of imports',
      "import { a } from './a'; import b from './b'; a(b)",
      "import b from './b'; import { a } from './a'; a(b)",
    ],
    ['the alias of an import', "import { a } from './a'; a()", "import { a as z } from './a'; z()"],
    ['node: before a builtin', "import { join } from 'path'; join()", "import { join } from 'node:path'; join()"],
    ['a parameter renamed', 'export const f = (a, b) => a - b', 'export const f = (x, y) => x - y'],
    [
      'a local renamed',
      'export function f() { const a = g(); return { a } }',
      'export function f() { const z = g(); return { a: z } }',
    ],
    [
      'a private function renamed',
      'function a() {} export const b = () => a()',
      'function z() {} export const b = () => z()',
    ],
    ['a shadowed name renamed', 'export const f = (a) => g((a) => a)', 'export const f = (a) => g((b) => b)'],
    ['quotes of keys', "f({ 'a': 1, b: x['c'] })", 'f({ a: 1, b: x.c })'],
    ['exports of types', 'export const a = 1', 'export type { T } from "./t"; export const a = 1; export { type U }'],
  ])('is the same with other %s', (_, left, right) => expectSame('src/a.ts', left, right));

  it.each([
    ['a function', 'Math.min(a, b)', 'Math.max(a, b)'],
    ['arguments', 'f(a, b)', 'f(b, a)'],
    ['parameters swapped', 'export const f = (a, b) => a - b', 'export const f = (b, a) => a - b'],
    ['precedence', 'x = (a + b) * c', 'x = a + b * c'],
    ['a property', 'x.total()', 'x.sum()'],
    ['an exported name', 'export function a() {}', 'export function b() {}'],
    ['an export under another name', 'const a = 1; export { a }', 'const a = 1; export { a as b }'],
    ['a member', 'class A { b() {} }', 'class A { c() {} }'],
    ['a parameter property', 'class A { constructor(private a: T) {} }', 'class A { constructor(private b: T) {} }'],
    ['a literal', "f('a')", "f('b')"],
    ['a template', `f(\`\${a}b\`)`, `f(\`\${a}c\`)`],
    ['a module', "import { a } from './a'; a()", "import { a } from './b'; a()"],
    ['an import for its effect', 'f()', "import './setup'; f()"],
    ['an enum', 'enum A { B }', 'enum A { B = 1 }'],
    ['await', 'f()', 'await f()'],
    ['optional calls', 'a.b()', 'a?.b()'],
    ['which variable is used', 'export const f = (a, b) => g(a)', 'export const f = (a, b) => g(b)'],
    ['order of statements', 'a(); b()', 'b(); a()'],
    ['what is in a branch', 'if (a) { b() } c()', 'if (a) { b(); c() }'],
    ['a default', 'export function f(a = 1) {}', 'export function f(a = 2) {}'],
    ['a top-level name of a script', 'function a() {}', 'function b() {}'],
  ])('differs with %s', (_, left, right) => expectDifferent('src/a.ts', left, right));

  it('keeps an unused import of JavaScript, which runs', () =>
    expectDifferent('a.js', 'f()', "import { a } from './a'; f()"));

  it('reads JSX', async () => {
    await expectSame(
      'a.tsx',
      'export const A = (p) => <B c={p.c}>x  {/* y */}</B>',
      'export const A = (q) => (\n<B c={q.c}>\n x\n</B>)',
    );
    await expectDifferent('a.tsx', 'export const A = () => <B c="1" />', 'export const A = () => <B c="2" />');
  });

  it('reads flow and the template of a component', async () => {
    await expectSame('a.js', '// @flow\nexport const f = (a: number): T => a', '// @flow\nexport const f = (b) => b');
    const vue = (text: string, color: string) =>
      `<script setup lang="ts">const a: T = 1</script>\n<template><p>${text}</p></template><style>a{color:${color}}</style>`;
    await expectSame('a.vue', vue('x', 'red'), vue('x', 'blue'));
    await expectDifferent('a.vue', vue('x', 'red'), vue('y', 'red'));
  });
});

describe('what tests run', () => {
  const real = "it('adds', () => { expect(add(1, 2)).toBe(3) });";
  it.each([
    ['a skipped test', `${real} it.skip('b', () => { expect(1).toBe(1) })`],
    ['a test to be written', `${real} test.todo('b')`],
    ['an empty test', `${real} it('b', () => {})`],
    ['xit', `${real} xit('b', () => { f() })`],
    ['a suite of skipped tests', `${real} describe('c', () => { it.skip('b', () => { f() }) })`],
    ['skip as an option', `${real} test('b', { skip: true }, () => { f() })`],
    ['another title', real.replace('adds', 'sums')],
    ['a comment', `// why\n${real}`],
  ])('is the same with %s', (_, text) => expectSameTests('a.test.ts', real, text));

  it('differs with another expectation, and with one more test', async () => {
    await expectOtherTests('a.test.ts', real, real.replace('3', '4'));
    await expectOtherTests('a.test.ts', real, `${real} it('b', () => { expect(f()).toBe(1) })`);
  });
});

describe('symbols and markers', () => {
  it.each([
    ['class Cart { total() { re|turn 1 } }', 'Cart.total'],
    ['const total = () => { re|turn 1 }', 'total'],
    ['function a() { const b = function () { | } }', 'a.b'],
    ['const cart = { total() { | } }', 'cart.total'],
    ['app.use = function () { | }', 'app.use'],
    ['const A = memo(() => { | })', 'A'],
    ['interface A { b: | string }', 'A'],
    ['const a = 1; |', ''],
  ])('%s', async (text, symbol) => expect(await symbolAtMark('a.ts', text)).toBe(symbol));

  it('finds casts to any and nothing else', async () => {
    const text = 'const a = b as any; const c = (<any>d).e; function f(g: any): any { return "as any" /* as any */ }';
    expect(await markersOf('a.ts', text)).toEqual(['typescript as any as any', 'typescript as any <any>']);
  });
});

describe('what cannot be read', () => {
  it('says so, with the place', async () => {
    const { unanalysed, runtimeForm } = await analysed('a.ts', 'const a = 1;\nfunction ( {');
    expect(unanalysed).toMatch(/\(2:\d+\)|line 2/);
    expect(runtimeForm).toContain('function ( {');
  });

  it('does not throw, whatever it is given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.constantFrom('a.ts', 'a.tsx', 'a.js', 'a.vue'), async (text, path) => {
        const analysis = await analysed(path, text);
        expect(typeof analysis.runtimeForm).toBe('string');
        expect(analysis.statements?.('test')).toBeDefined();
      }),
    );
    const deep = `x = ${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const long = `x = ${'1 + '.repeat(20_000)}1`;
    for (const text of [deep, long]) expect((await analysed('a.ts', text)).runtimeForm).not.toBe('');
  });
});
