import { describe, expect, it } from 'vitest';
import type { Resolution } from '../../../src/engine/language.ts';
import { rust } from '../../../src/languages/rust/index.ts';
import { countEffort } from '../../effort.ts';
import { memoryTree } from '../memory-tree.ts';

function specifiers(text: string): readonly string[] {
  return rust
    .extract('src/a.rs', text)
    .references.map(({ kind, specifier }) => (kind === 'static' ? (specifier ?? '?') : `${kind} ${specifier ?? '?'}`));
}

function answer(resolution: Resolution): string {
  switch (resolution.kind) {
    case 'files':
      return resolution.paths.join(' ');
    case 'package':
      return `package ${resolution.name} ${resolution.subpath}`.trimEnd();
    case 'builtin':
      return `builtin ${resolution.name}`;
    case 'unresolved':
      return 'unresolved';
  }
}

describe('rust extract', () => {
  it.each<[string, string, readonly string[]]>([
    ['one path', 'use a::b::C;', ['a::b::C']],
    ['group', 'use a::{b::{c, d::{e, self}}, f as g, *};', ['a::b::c', 'a::b::d::e', 'a::b::d', 'a::f', 'a::*']],
    ['self in a group', 'use a::b::{self, C};', ['a::b', 'a::b::C']],
    ['group without prefix', 'use {a::b, ::c::d};', ['a::b', '::c::d']],
    ['global', 'use ::a::b;', ['::a::b']],
    ['raw name', 'use a::r#type::B;', ['a::type::B']],
    ['comments inside', 'use a::{/* x::y */ b, // c\n d};', ['a::b', 'a::d']],
    ['pub', 'pub use a::b;', ['reexport a::b']],
    ['pub(crate), attribute before', '#[cfg(x)] pub(crate) use a::b;', ['reexport a::b']],
    ['pub(self)', 'pub(self) use a::b;', ['a::b']],
    ['a comment that ends in pub', '// pub\nuse a::b;', ['a::b']],
    ['extern crate', 'extern crate a; extern crate b as c;', ['::a', '::b']],
    ['extern "C"', 'extern "C" { fn f(); }', []],
    ['captured lifetimes', "fn f<'a>() -> impl X + use<'a> {}", []],
    ['line comment', '// use a::b;', []],
    ['nested block comment', '/* /* use a::b; */ use c::d; */ use e::f;', ['e::f']],
    ['doc comment', '/// use a::b;\n//! x::y()', []],
    ['string', 'const S: &str = "use a::b; \\" x::y()";', []],
    ['raw string', 'const S: &str = r#"use a::b; " x::y()"#; use c::d;', ['c::d']],
    ['byte and C strings', 'f(b"x::y()", br##"x::y()"# "##, c"x::y()", b\'"\'); use c::d;', ['c::d']],
    ['chars of quotes', "f('\"', '\\'', '\\u{22}', 'é', '😀'); use c::d;", ['c::d']],
    ['lifetimes', "fn f<'a, 'b: 'a>(x: &'a str) -> c::d<'b> {}", ['c::d']],
    ['label', "'outer: loop { a::b(); break 'outer; }", ['a::b']],
  ])('use: %s', (_, text, expected) => {
    expect(specifiers(text)).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    ['file', 'mod x; pub mod y; pub(crate) mod r#z;', ['mod:x', 'mod:y', 'mod:z']],
    ['inline', 'mod x { }', []],
    ['nested', 'mod x { mod y { mod z; } mod w; } mod v;', ['mod:x::y::z', 'mod:x::w', 'mod:v']],
    ['path', '#[path = "p/q.rs"]\nmod x;', ['path:p/q.rs']],
    ['path with others', '#[cfg(a)] /* ; */ #[path="q.rs"] /// doc\npub mod x;', ['path:q.rs']],
    ['path inside an inline module', 'mod x { #[path = "q.rs"] mod y; }', ['modpath:x/q.rs']],
    ['conditional path', '#[cfg_attr(unix, path = "u.rs")] mod x;', ['path:u.rs', 'mod:x?']],
    ['path in a comment', '// #[path = "q.rs"]\nmod x;', ['mod:x']],
    ['path of an earlier item', '#[path = "q.rs"] mod y; mod x;', ['path:q.rs', 'mod:x']],
    ['a variable', 'macro_rules! m { ($n:ident) => { mod $n; } }', []],
    ['a longer word', 'model x;', []],
    ['brace in a char', "mod x { const C: char = '}'; mod y; }", ['mod:x::y']],
  ])('mod: %s', (_, text, expected) => {
    expect(specifiers(text)).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    [
      'crate, super, other',
      'fn f() { crate::a::b(); super::c(); d::e(); d::e(); }',
      ['crate::a::b', 'super::c', 'd::e'],
    ],
    ['global', 'fn f() { return ::a::b(); } fn g() -> ::c::D {}', ['::a::b', '::c::D']],
    ['trait path', 'fn f() { <T as x::Y>::z::<u8>(); Vec::<u8>::new(); }', ['x::Y']],
    ['turbofish', 'fn f() { v.iter().collect::<Vec<_>>(); size_of::<u8>(); }', []],
    ['types', 'fn f() { Foo::bar(); Self::baz(); u32::MAX; str::from_utf8(x); }', []],
    ['attributes', '#[tokio::main] #[allow(clippy::all)] fn f() {}', ['tokio::main']],
    ['macro by path', 'fn f() { log::info!("x::y"); }', ['log::info']],
    ['$crate', 'macro_rules! m { () => { $crate::a::b($x::c) } }', ['crate::a::b']],
    ['blanks between', 'fn f() { a :: b() }', ['a::b']],
    ['through use', 'use crate::a; fn f() { a::b::c(); a::T::new(); }', ['crate::a', 'crate::a::b::c']],
    ['through a renamed use', 'use x::y as z; fn f() { z::w(); }', ['x::y', 'x::y::w']],
    ['through std', 'use std::fmt; fn f() -> fmt::Result { fmt::write() }', ['std::fmt']],
    ['a use of its own name', 'use log::log; fn f() { log::info!() }', ['log::log', 'log::info']],
    ['child module', 'mod a; fn f() { a::b(); a::T::new(); }', ['mod:a', 'self::a::b']],
    [
      'a block does not rename what the module names',
      'use x::a; fn f() { use y::a; } fn g() { a::b() }',
      ['x::a', 'y::a', 'x::a::b'],
    ],
    ['circle', 'use a as b; use b as a; fn f() { a::c() }', ['b', 'a', 'b::c']],
  ])('path: %s', (_, text, expected) => {
    expect(specifiers(text)).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    ['super of an inline module is the file', 'mod t { use super::*; use super::x::Y; }', ['self::*', 'self::x::Y']],
    ['super beyond the file', 'mod t { use super::super::x; }', ['super::x']],
    ['twice nested', 'mod t { mod u { use super::x; } }', ['self::t::x']],
    ['self', 'mod t { use self::x; }', ['self::t::x']],
    ['what super brought in', 'use crate::a; mod t { use super::a::B; }', ['crate::a', 'crate::a::B']],
    [
      'through the glob of a parent',
      'mod a; mod t { use super::*; fn f() { a::b() } }',
      ['mod:a', 'self::*', 'self::a::b'],
    ],
    ['cfg(test)', '#[cfg(test)] mod tests { use x::Y; }', ['x::Y']],
    ['back outside', 'mod t { } use super::x;', ['super::x']],
  ])('scope: %s', (_, text, expected) => {
    expect(specifiers(text)).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    ['include', 'include!("x.rs");', ['include:x.rs']],
    ['include_str in an attribute', '#![doc = include_str!("../README.md")]', ['include:../README.md']],
    ['by path', 'const B: &[u8] = std::include_bytes!(r"x\\y");', ['include:x\\y']],
    ['build script', 'include!(concat!(env!("OUT_DIR"), "/x.rs"));', ['include:$OUT_DIR/x.rs']],
    ['computed', 'include!(concat!("a", $x));', ['dynamic ?']],
    ['in a comment', '// include!("x.rs");', []],
    ['a function of that name', 'include("x.rs"); include != x;', []],
    ['bare macro', 'fn f() { check!(1); println!(); check!(2); }', ['implicit macro:check']],
    ['a macro of this file', 'macro_rules! check { () => {} } fn f() { check!(1); }', []],
    ['an imported macro', 'use x::check; fn f() { check!(1); }', ['x::check']],
    ['a negation', 'fn f() { if a != (b) && !c {} }', []],
  ])('macro: %s', (_, text, expected) => {
    expect(specifiers(text)).toEqual(expected);
  });

  it('gives names and spans of leaves', () => {
    const text = 'use a::{b::C, d as e};';
    const leaves = rust.extract('a.rs', text).references;
    expect(leaves.map(({ start, end, names }) => [text.slice(start, end), names])).toEqual([
      ['b::C', ['C']],
      ['d', ['d']],
    ]);
  });

  it('never throws on garbage', () => {
    const pieces =
      'use mod a b :: { } ; , * self super crate as " \' r#" "# b\' /* */ // \\ # [ ] path= "x" include! ( ) extern $ ! < > macro_rules! concat! env!'.split(
        ' ',
      );
    let seed = 7;
    for (let round = 0; round < 600; round++) {
      let text = '';
      for (let piece = 0; piece < 80; piece++) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        text += `${pieces[(seed >> 8) % pieces.length]}${seed & 64 ? ' ' : ''}`;
      }
      for (const { start, end } of rust.extract('a.rs', text).references) {
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }
  });

  it.each([
    'use a::{',
    'mod a {',
    '/*',
    'use ',
    'a::',
    '{',
    '#[cfg_attr(path',
    "'",
    'r#',
    'include!(',
    'use super::*; mod a {',
  ])('takes no more than linear time over %s', (piece) => {
    const effort = countEffort();
    rust.extract('a.rs', piece.repeat(20_000));
    expect(effort()).toBeLessThan(200);
  });
});

const WORKSPACE = {
  'Cargo.toml': `
[workspace]
members = ["crates/*"]
exclude = ["crates/alone"]
[workspace.package]
edition = "2021"
[workspace.dependencies]
util = { path = "crates/util-lib", package = "util-lib" }
serde = "1"
[patch.crates-io]
patched = { path = "crates/patched" }
`,
  'crates/app/Cargo.toml': `
[package]
name = "my-app"
edition.workspace = true
[dependencies]
util.workspace = true
serde = { workspace = true }
patched = "1"
md-5 = "0.10"
js = { package = "serde_json", version = "1" }
tokio-util = "1"
[dev-dependencies]
alone = { path = "../alone" }
[target.'cfg(unix)'.dependencies]
libc = "0.2"
`,
  'crates/app/build.rs': '',
  'crates/app/schema.json': '',
  'crates/app/src/lib.rs': 'mod shared; mod net; #[macro_use] mod macros; mod inline { mod deep; }',
  'crates/app/src/main.rs': 'mod shared; mod cli;',
  'crates/app/src/macros.rs': 'macro_rules! check { () => {} }',
  'crates/app/src/shared.rs': '',
  'crates/app/src/cli.rs': '',
  'crates/app/src/net/mod.rs': '',
  'crates/app/src/net/tcp.rs': '',
  'crates/app/src/net/tcp/frame.rs': '',
  'crates/app/src/inline/deep.rs': '',
  'crates/app/src/bin/tool/main.rs': 'mod part;',
  'crates/app/src/bin/tool/part.rs': '',
  'crates/app/tests/one.rs': 'mod common;',
  'crates/app/tests/two.rs': '',
  'crates/app/tests/common/mod.rs': '',
  'crates/alone/Cargo.toml': '[package]\nname = "alone"\n[lib]\nname = "solo"\npath = "solo.rs"\n',
  'crates/alone/solo.rs': 'mod old; extern crate libc;',
  'crates/alone/old.rs': '',
  'crates/patched/Cargo.toml': '[package]\nname = "patched"\n',
  'crates/patched/src/lib.rs': '',
  'crates/util-lib/Cargo.toml': '[package]\nname = "util-lib"\nedition = "2021"\n',
  'crates/util-lib/src/lib.rs': '',
  'crates/util-lib/src/text.rs': '',
};

describe('rust resolve', () => {
  const resolver = rust.createResolver(memoryTree(WORKSPACE));
  const resolve = (from: string, specifier: string, names?: readonly string[]) =>
    answer(
      resolver.resolve(`crates/${from}`, {
        specifier,
        kind: 'static',
        typeOnly: false,
        start: 0,
        end: 0,
        ...(names && { names }),
      }),
    ).replaceAll('crates/', '');

  it.each<[string, string, string]>([
    ['app/src/lib.rs', 'mod:net', 'app/src/net/mod.rs'],
    ['app/src/lib.rs', 'mod:inline::deep', 'app/src/inline/deep.rs'],
    ['app/src/net/mod.rs', 'mod:tcp', 'app/src/net/tcp.rs'],
    ['app/src/net/tcp.rs', 'mod:frame', 'app/src/net/tcp/frame.rs'],
    ['app/src/net/tcp.rs', 'mod:none', 'unresolved'],
    ['app/src/net/tcp.rs', 'mod:none?', ''],
    ['app/src/net/tcp.rs', 'path:../cli.rs', 'app/src/cli.rs'],
    ['app/src/net/tcp.rs', 'modpath:inner/../frame.rs', 'app/src/net/tcp/frame.rs'],
    ['app/tests/one.rs', 'mod:common', 'app/tests/common/mod.rs'],
    ['app/src/bin/tool/main.rs', 'mod:part', 'app/src/bin/tool/part.rs'],
  ])('mod: %s %s', (from, specifier, expected) => {
    expect(resolve(from, specifier)).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['app/src/cli.rs', 'crate::net::tcp::frame::Frame', 'app/src/net/tcp/frame.rs'],
    ['app/src/cli.rs', 'crate::net::tcp::Stream::new', 'app/src/net/tcp.rs'],
    ['app/src/cli.rs', 'crate::inline::deep::X', 'app/src/inline/deep.rs'],
    ['app/src/cli.rs', 'crate::Item', 'app/src/main.rs'],
    ['app/src/net/tcp.rs', 'crate::Item', 'app/src/lib.rs'],
    ['app/src/shared.rs', 'crate::Item', 'app/src/lib.rs app/src/main.rs'],
    ['app/src/bin/tool/part.rs', 'crate::x', 'app/src/bin/tool/main.rs'],
    ['app/tests/common/mod.rs', 'crate::x', 'app/tests/one.rs'],
    ['app/src/net/tcp/frame.rs', 'super::Stream', 'app/src/net/tcp.rs'],
    ['app/src/net/tcp/frame.rs', 'super::super::x', 'app/src/net/mod.rs'],
    ['app/src/net/tcp.rs', 'super::super::shared::X', 'app/src/shared.rs'],
    ['app/src/net/mod.rs', 'super::cli', 'app/src/cli.rs'],
    ['app/src/net/mod.rs', 'self::tcp::X', 'app/src/net/tcp.rs'],
    ['app/src/net/mod.rs', 'self::Enum::*', ''],
    ['app/src/net/mod.rs', 'crate::net::X', ''],
    ['app/src/lib.rs', 'crate::X', ''],
  ])('own crate: %s %s', (from, specifier, expected) => {
    expect(resolve(from, specifier)).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['app/src/cli.rs', 'my_app::net::X', 'app/src/lib.rs app/src/net/mod.rs'],
    ['app/tests/one.rs', 'my_app::shared', 'app/src/lib.rs app/src/shared.rs'],
    ['app/src/lib.rs', 'util::text::X', 'util-lib/src/lib.rs util-lib/src/text.rs'],
    ['app/src/lib.rs', '::util::X', 'util-lib/src/lib.rs'],
    ['app/src/lib.rs', 'solo::X', 'alone/solo.rs'],
    ['app/src/lib.rs', 'patched::X', 'patched/src/lib.rs'],
    ['app/src/lib.rs', 'serde::de::Visitor', 'package serde de::Visitor'],
    ['app/src/lib.rs', 'js::Value', 'package serde_json Value'],
    ['app/src/lib.rs', 'serde_json::Value', 'unresolved'],
    ['app/src/lib.rs', 'md5::Md5', 'package md-5 Md5'],
    ['app/src/lib.rs', 'tokio_util::codec::*', 'package tokio-util codec'],
    ['app/src/lib.rs', 'libc', 'package libc'],
    ['app/src/lib.rs', 'std::fs::File', 'builtin std::fs::File'],
    ['app/src/lib.rs', 'Enum::*', ''],
    ['app/src/lib.rs', 'nobody::X', 'unresolved'],
    ['util-lib/src/lib.rs', 'patched::X', 'unresolved'],
    ['alone/solo.rs', 'old::X', 'alone/old.rs'],
    ['alone/solo.rs', '::old::X', 'alone/old.rs'],
  ])('use: %s %s', (from, specifier, expected) => {
    expect(resolve(from, specifier, ['X'])).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['app/src/lib.rs', 'nobody::x', ''],
    ['app/src/lib.rs', 'include:../schema.json', 'app/schema.json'],
    ['app/src/lib.rs', 'include:none', 'unresolved'],
    ['app/src/net/tcp.rs', 'include:$CARGO_MANIFEST_DIR/schema.json', 'app/schema.json'],
    ['app/src/net/tcp.rs', 'include:$OUT_DIR/x.rs', 'app/build.rs'],
    ['alone/solo.rs', 'include:$OUT_DIR/x.rs', 'unresolved'],
    ['app/src/net/tcp.rs', 'macro:check', 'app/src/macros.rs'],
    ['app/src/cli.rs', 'macro:check', ''],
    ['app/src/net/tcp.rs', 'macro:other', ''],
  ])('code: %s %s', (from, specifier, expected) => {
    expect(resolve(from, specifier)).toBe(expected);
  });

  it('makes do without a manifest', () => {
    const bare = rust.createResolver(memoryTree({ 'x/lib.rs': '', 'x/a.rs': '', 'x/b/c.rs': '' }));
    const ask = (specifier: string) =>
      answer(bare.resolve('x/b/c.rs', { specifier, kind: 'static', typeOnly: false, start: 0, end: 0 }));
    expect(ask('crate::a::X')).toBe('x/a.rs');
    expect(ask('super::super::X')).toBe('x/lib.rs');
  });
});

describe('rust projects', () => {
  it('lists packages with what they depend on', () => {
    const projects = rust.findProjects(memoryTree(WORKSPACE));
    expect(projects.map(({ name, root }) => [name, root])).toEqual([
      ['alone', 'crates/alone'],
      ['my-app', 'crates/app'],
      ['patched', 'crates/patched'],
      ['util-lib', 'crates/util-lib'],
    ]);
    const app = projects.find(({ name }) => name === 'my-app');
    expect(app?.dependsOn).toEqual(['util-lib', 'patched', 'alone']);
    expect(app?.declares).toEqual([
      'util-lib',
      'serde',
      'patched',
      'md-5',
      'serde_json',
      'tokio-util',
      'alone',
      'libc',
    ]);
  });

  it('reads what it can of a broken manifest, and no copies of cargo vendor', () => {
    const projects = rust.findProjects(
      memoryTree({
        'a/Cargo.toml': '[package]\nname = "a"\nversion = \n[dependencies',
        'b/Cargo.toml': '=',
        'vendor/c/Cargo.toml': '[package]\nname = "c"',
        'vendor/c/.cargo-checksum.json': '{}',
      }),
    );
    expect(projects.map(({ name }) => name)).toEqual(['a']);
  });

  it('knows its files', () => {
    expect(rust.matches('a/b.rs')).toBe(true);
    expect(rust.matches('a/b.rst')).toBe(false);
    expect(rust.isLayout('a/Cargo.toml')).toBe(true);
    expect(rust.isLayout('a/NotCargo.toml')).toBe(false);
  });
});
