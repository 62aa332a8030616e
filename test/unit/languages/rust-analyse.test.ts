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

const TESTS = '#[cfg(test)]\nmod tests {\n  use super::*;\n  #[test]\n  fn a() { assert_eq!(f(1), 1); }\n}\n';
const fn = (body: string) => `fn f(a: u8, b: u8) -> u8 {\n${body}\n}\n`;

it.each([
  ['comments', fn('a'), `/// Doc.\n${fn('a // x')}`],
  ['layout', fn('g(a, b)'), fn('g(\n  a,\n  b,\n)')],
  ['parentheses', fn('(a * b) + 1'), fn('a * b + 1')],
  ['lint attributes', fn('a'), `#[allow(dead_code)]\n#[must_use]\n${fn('a')}`],
  ['parameters renamed', fn('a - b'), fn('x - y').replace('a: u8, b: u8', 'x: u8, y: u8')],
  ['locals renamed', fn('let c = g(a); P { c }'), fn('let d = g(a); P { c: d }')],
  ['patterns renamed', fn('match q { Some(n) => n, _ => 0 }'), fn('match q { Some(m) => m, _ => 0 }')],
  ['names in a macro', fn('println!("{}", a); a'), fn('println!("{}", x); x').replace('a: u8', 'x: u8')],
  ['grouping of imports', 'use a::{b, c::d};', 'use a::c::d;\nuse a::b;'],
  ['tests inside', fn('a'), `${fn('a')}${TESTS}`],
])('is the same with other %s', (_, left, right) => expectSame('src/a.rs', left, right));

it.each([
  ['a function', fn('a.min(b)'), fn('a.max(b)')],
  ['parameters swapped', fn('a - b'), fn('a - b').replace('a: u8, b: u8', 'b: u8, a: u8')],
  ['a tail expression', fn('g(a)'), fn('g(a);')],
  ['a field', fn('p.a'), fn('p.b')],
  ['precedence', fn('(a + b) * 2'), fn('a + b * 2')],
  ['a constant in a pattern', fn('match a { A => 1, _ => 0 }'), fn('match a { B => 1, _ => 0 }')],
  ['a condition of compiling', fn('a'), `#[cfg(unix)]\n${fn('a')}`],
  ['a derive', 'struct A;', '#[derive(Debug)]\nstruct A;'],
])('differs with %s', (_, left, right) => expectDifferent('src/a.rs', left, right));

it('has the tests inside a source as a form of their own', async () => {
  const source = fn('a') + TESTS;
  await expectOtherTests('src/a.rs', source, source.replace('f(1), 1', 'f(2), 2'));
  await expectSameTests('src/a.rs', source, fn('a + 1') + TESTS);
  await expectSameTests(
    'src/a.rs',
    source,
    source.replace('#[test]', '#[test]\n  #[ignore]\n  fn b() { f(2); }\n  #[test]'),
  );
  await expectOtherTests('src/a.rs', source, source.replace('use super::*;', 'use super::*;\n  fn helper() { g(); }'));
  expect((await analysed('src/a.rs', fn('a'))).testForm).toBe('');
});

it('has the whole of an integration test', () =>
  expectOtherTests('tests/a.rs', 'fn helper() { f(1) }', 'fn helper() { f(2) }'));

it.each([
  ['impl<T> Cart<T> { fn total(&self) -> u8 { |1 } }', 'Cart.total'],
  ['mod a { fn b() { | } }', 'a.b'],
  ['const A: u8 = |1;', ''],
])('symbol of %j', async (text, symbol) => expect(await symbolAtMark('a.rs', text)).toBe(symbol));

it('finds attributes that turn lints off', async () => {
  const text =
    '#![allow(dead_code)]\n#[expect(clippy::x, unused, reason = "y")]\n#[cfg_attr(test, allow(z))]\n#[derive(A)]\nfn f() { "#[allow(q)]"; } // #[allow(r)]\n';
  expect((await markersOf('a.rs', text)).map((marker) => marker.replace(/ #.*/s, ''))).toEqual([
    'rustc dead_code',
    'clippy x',
    'rustc unused',
    'rustc z',
  ]);
});

it('says what does not parse, and where', async () => {
  expect((await analysed('a.rs', 'fn a() {}\nfn f( {')).unanalysed).toBe('does not parse at line 2');
});
