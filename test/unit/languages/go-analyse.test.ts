import { expect, it } from 'vitest';
import { analysed, expectDifferent, expectOtherTests, expectSame, expectSameTests, symbolAtMark } from './analysed.ts';

const go = (body: string) => `package p\nfunc F(a int, b int) int {\n${body}\n}\n`;

it.each([
  ['comments', go('return a'), go('// why\nreturn a /* x */')],
  ['layout', go('f(a, b)'), go('f(\n\ta,\n\tb,\n)')],
  ['parentheses', go('return (a * b) + 1'), go('return a * b + 1')],
  ['parameters renamed', go('return a - b'), go('return x - y').replace('a int, b int', 'x, y int')],
  ['locals renamed', go('c, err := g()\nreturn c'), go('d, e := g()\nreturn d')],
  ['the receiver renamed', 'package p\nfunc (c *C) F() { c.g() }', 'package p\nfunc (self *C) F() { self.g() }'],
  ['order of imports', 'package p\nimport (\n"a"\n"b"\n)', 'package p\nimport "b"\nimport "a"'],
  ['a constant for a variable', 'package p\nvar a = 1', 'package p\nconst a = 1'],
])('is the same with other %s', (_, left, right) => expectSame('a.go', left, right));

it.each([
  ['a function', go('return min(a, b)'), go('return max(a, b)')],
  ['parameters swapped', go('return a - b'), go('return a - b').replace('a int, b int', 'b int, a int')],
  ['a member', go('a.B()'), go('a.C()')],
  ['precedence', go('return (a + b) * 2'), go('return a + b*2')],
  ['an exported name', go(''), go('').replace('F', 'G')],
  ['a build constraint', go(''), `//go:build linux\n\n${go('')}`],
  ['a key of a struct', go('return T{a: 1}'), go('return T{b: 1}')],
  ['a type', 'package p\nfunc F(a int) {}', 'package p\nfunc F(a string) {}'],
])('differs with %s', (_, left, right) => expectDifferent('a.go', left, right));

it('leaves out tests that are empty or skip themselves', async () => {
  const real = 'package p\nfunc TestA(t *testing.T) { if f() != 1 { t.Fatal() } }\n';
  await expectSameTests('a_test.go', real, `${real}func TestB(t *testing.T) {}\n`);
  await expectSameTests('a_test.go', real, `${real}func TestB(t *testing.T) {\n\tt.Skip("later")\n\tg()\n}\n`);
  await expectOtherTests('a_test.go', real, real.replace('!= 1', '!= 2'));
});

it.each([
  ['package p\nfunc (c *Cart[T]) Total() int { re|turn 1 }', 'Cart.Total'],
  ['package p\nfunc F() { | }', 'F'],
  ['package p\nvar a = |1', ''],
])('symbol of %j', async (text, symbol) => expect(await symbolAtMark('a.go', text)).toBe(symbol));

it('says what does not parse, and where', async () => {
  expect((await analysed('a.go', 'package p\nfunc F( {\n}')).unanalysed).toBe('does not parse at line 2');
});
