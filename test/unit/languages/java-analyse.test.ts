import { expect, it } from 'vitest';
import {
  analysed,
  expectDifferent,
  expectOtherTests,
  expectSame,
  expectSameTests,
  markersOf,
  symbolAtMark,
} from './analysed.ts';

const java = (body: string, parameters = 'int a, int b') =>
  `class A {\n  int f(${parameters}) {\n    ${body}\n  }\n}\n`;

it.each([
  ['comments', java('return a;'), java('// why\nreturn a; /* x */')],
  ['parentheses', java('return (a * b) + 1;'), java('return a * b + 1;')],
  ['parameters renamed', java('return a - b;'), java('return x - y;', 'int x, int y')],
  ['locals renamed', java('int c = a; return c;'), java('int d = a; return d;')],
  ['names of a lambda', java('return g(x -> x + 1);'), java('return g(y -> y + 1);')],
  [
    'annotations for the compiler',
    'class A { void f() {} }',
    'class A { @Override @SuppressWarnings("x") void f() {} }',
  ],
  [
    'order of imports',
    'import a.B;\nimport c.D;\nclass A { B b; D d; }',
    'import c.D;\nimport a.B;\nclass A { B b; D d; }',
  ],
  ['imports that nothing uses', 'class A {}', 'import a.B;\nclass A {}'],
  ['final locals', java('int c = a; return c;'), java('final int c = a; return c;', 'final int a, int b')],
  ['what an interface implies', 'interface A { void f(); }', 'interface A { public abstract void f(); }'],
])('is the same with other %s', (_, left, right) => expectSame('A.java', left, right));

it.each([
  ['a method', java('return Math.min(a, b);'), java('return Math.max(a, b);')],
  ['parameters swapped', java('return a - b;'), java('return a - b;', 'int b, int a')],
  ['a member', java('return this.a;'), java('return this.b;')],
  ['precedence', java('return (a + b) * 2;'), java('return a + b * 2;')],
  ['an annotation', 'class A { void f() {} }', 'class A { @Inject void f() {} }'],
  ['a name', 'class A { void f() {} }', 'class A { void g() {} }'],
  ['a class imported', 'import a.B;\nclass A { B b; }', 'import c.B;\nclass A { B b; }'],
  ['visibility', 'class A { void f() {} }', 'class A { private void f() {} }'],
])('differs with %s', (_, left, right) => expectDifferent('A.java', left, right));

it('leaves out tests that are disabled or empty', async () => {
  const test = (more: string) => `class ATest { @Test void a() { assertEquals(1, f()); } ${more} }`;
  await expectSameTests('ATest.java', test(''), test('@Test @Disabled void b() { g(); }'));
  await expectSameTests('ATest.java', test(''), test('@Test void b() {}'));
  await expectOtherTests('ATest.java', test(''), test('@Test void b() { g(); }'));
});

it('finds symbols', async () => {
  expect(await symbolAtMark('A.java', 'class A { class B { int c() { re|turn 1; } } }')).toBe('A.B.c');
  expect(await symbolAtMark('A.java', 'import a.|B;')).toBe('');
});

it('finds annotations that silence the compiler', async () => {
  const text =
    '@SuppressWarnings({"a", "b"}) class A { @SuppressWarnings("all") int c; @Deprecated String s = "@SuppressWarnings(d)"; }';
  expect((await markersOf('A.java', text)).map((marker) => marker.replace(/ @.*/, ''))).toEqual([
    'javac a',
    'javac b',
    'javac *',
  ]);
});

it('says what does not parse, and where', async () => {
  expect((await analysed('A.java', 'class A {\n  void f( { }\n}')).unanalysed).toBe('does not parse at line 2');
});
