import { expect, it } from 'vitest';
import { markedMutable, readMutables, told } from '../mutables.ts';

const rs = (body: string, result = '') => `fn f(a: u8) ${result} {\n    ${body.replaceAll('\n', '\n    ')}\n}\n`;

it.each([
  ['g(a + b << 1);', ['binary [a + b] << [1]', 'binary [a] + [b]']],
  ['g(a && !b || (c));', ['logical [a && !b] || [(c)]', 'logical [a] && [!b]', 'unary ! [b]']],
  ['g(-a, *b, &c);', ['unary - [a]']],
  ['a += 1;\na = b;', ['assignment [a] += [1]']],
])('operators of %s', async (body, expected) => {
  expect(await told('a.rs', rs(body), 'binary', 'logical', 'unary', 'assignment', 'update')).toEqual(expected);
});

it.each([
  ['if a < b { g() } else if (c) { h() }', ['if a < b', 'if c']],
  ['while a { g() }\nloop { g() }\nfor i in a { g() }', ['while a']],
  // A pattern cannot be negated, what stands beside it can.
  ['if let Some(x) = y { g() }\nwhile let Some(x) = y { g() }', []],
  ['if let Some(x) = y && x > 1 { g() }', ['if x > 1']],
  ['match a { 1 if b => g(), _ => h() }', ['guard b']],
])('conditions of %j', async (body, expected) => expect(await told('a.rs', rs(body), 'condition')).toEqual(expected));

it.each([
  [
    "g(1, 0x1Fu8, 1.5, 'a', true, a.0, [0; 4], 2 as u8);",
    ['number 1', 'number 0x1Fu8', 'number 1.5', 'boolean true', 'number 0', 'number 2'],
  ],
  [
    'g("a\\n", "", b"x", r#"y"z"#, br"w");',
    ['string "a\\n" [a\\n]', 'string "" []', 'string b"x" [x]', 'string r#"y"z"# [y"z]', 'string br"w" [w]'],
  ],
  [
    'g(&[a, 1], [b], vec![c, d(e, f)], vec![0; 3]);',
    ['list [a][1] in [a, 1]', 'number 1', 'list [c][d(e, f)] in [c, d(e, f)]'],
  ],
])('literals of %s', async (body, expected) => {
  expect(await told('a.rs', rs(body), 'number', 'string', 'boolean', 'collection')).toEqual(expected);
});

it.each([
  ['a.b(c)?.d::<u8>();', ['call [a.b(c)?.d::<u8>] [a.b(c)?] [d]', 'call [a.b] [a] [b] [c]']],
  ['x::A::new(1);', ['call [x::A::new] [x::A] [new] [1]']],
  ['log::info!("{}", a < b, c(d, e));', ['call [log::info!] [log] [info] ["{}"][a < b][c(d, e)]']],
  [
    'g(&x[1..n], &x[..], 0..=9);',
    ['call [g] - [g] [&x[1..n]][&x[..]][0..=9]', 'slice [1] [n]', 'range 1..n', 'slice - -', 'range 0..=9'],
  ],
  ['g().await?;', ['await [g()]', 'call [g] - [g]']],
  ['return;', ['return -']],
])('calls and the like of %j', async (body, expected) => {
  expect(await told('a.rs', rs(body), 'call', 'slice', 'range', 'await', 'return')).toEqual(expected);
});

it.each([
  [rs('g();\na', '-> u8'), ['implied [a]']],
  [rs('g()'), []],
  [rs('return a', '-> u8'), ['return [a]']],
  [rs('if a { 1 } else if b { 2 } else { return 3; }', '-> u8'), ['implied [1]', 'implied [2]', 'return [3]']],
  [rs('match g(a) {\n1 => 2,\n3 => { h(); b }\n_ => unreachable!(),\n}', '-> u8'), ['implied [2]', 'implied [b]']],
  [rs('unsafe { g() }', '-> u8'), ['implied [g()]']],
  [rs('let x = if a { 1 } else { 2 };\n(x)', '-> u8'), ['implied [x]']],
  [rs('g(|x| x + 1, |y| { h(); y });'), ['implied [x + 1]', 'implied [y]']],
])('values given back of %j', async (text, expected) => expect(await told('a.rs', text, 'return')).toEqual(expected));

it.each([
  ['g();\nh!(a);\nx.y()?;\nz().await;', ['call: g();', 'call: h!(a);', 'call: x.y()?;', 'call: z().await;']],
  [
    'panic!("a");\nunreachable!();\nbail!("b");\nassert!(c);',
    ['throw: panic!("a");', 'throw: unreachable!();', 'throw: bail!("b");', 'call: assert!(c);'],
  ],
  ['a = 1;\na |= 1;\n*p = q;', ['assignment: a = 1;', 'assignment: a |= 1;', 'assignment: *p = q;']],
  [
    'let x = g();\nlet _ = g();\nlet _ = x;\nlet y;\ny = 1;',
    [
      'declaration kept: let x = g();',
      'call: let _ = g();',
      'declaration kept: let _ = x;',
      'declaration kept: let y;',
      'assignment kept: y = 1;',
    ],
  ],
  ['a;\na + g();', ['other kept: a;', 'other: a + g();']],
  ['g();\nh()', ['call: g();', 'call: h()']],
  [
    'match a { 1 => g(), 2 => return, _ => {} }',
    ['compound kept: match a { 1 => g(), 2 => return, _ => {} }', 'call: g()', 'return kept: return'],
  ],
  ['if a { return; }\ng();', ['compound kept: if a { return; }', 'return: return;', 'call: g();']],
  [
    'for i in a { if b { continue; } g(); continue; }',
    [
      'compound kept: for i in a { if b { continue; } g(); continue; }',
      'compound kept: if b { continue; }',
      'jump: continue;',
      'call: g();',
      'jump kept: continue;',
    ],
  ],
  [
    'let Some(x) = y else { return; };',
    ['declaration kept: let Some(x) = y else { return; };', 'return kept: return;'],
  ],
])('statements of %j', async (body, expected) => expect(await told('a.rs', rs(body), 'statement')).toEqual(expected));

it.each([
  ['return a;', 'return kept: return a;'],
  ['if a { return 1; }\n2', 'return: return 1;'],
  ['if a { return 1; } else { return 2; }', 'return kept: return 1;'],
  ['loop { return 1; }', 'return: return 1;'],
  ['panic!();', 'throw kept: panic!();'],
  ['return g();\nfn g() -> u8 { 1 }', 'return kept: return g();'],
  ['let x = match a { 1 => { panic!(); } _ => 1 };\nx', 'throw kept: panic!();'],
])('of a function with a result %j, what may be taken out: %s', async (body, expected) => {
  expect(await told('a.rs', rs(body, '-> u8'), 'statement')).toContain(expected);
});

it.each([
  ['if a { g(); } else if b { h() } else { k() }', ['if 1: g();', 'if 1: h()', 'else 1: k()']],
  ['let x = if a { 1 } else { g(); 2 };', ['if 1 kept: 1', 'else 2 kept: g(); 2']],
  ['while a { g(); }\nloop { g(); }\nfor i in a {}', ['loop 1: g();', 'loop 1 kept: g();', 'loop 0 kept: ']],
  ['match a { 1 => { g(); } _ => {} }', ['case 1: g();', 'case 0 kept: ']],
  ['let Some(x) = y else { return };', ['other 1 kept: return']],
  ['k(|| { g(); }, || { h() });', ['function 1: g();', 'function 1 kept: h()']],
  ['unsafe { g() }', ['other 1: g()']],
  ['let x;\nif a { x = 1; } else { x = 2; }', ['if 1 kept: x = 1;', 'else 1 kept: x = 2;']],
])('blocks of %j', async (body, expected) => {
  const [, ...inside] = await told('a.rs', rs(body), 'block');
  expect(inside).toEqual(expected);
});

it.each([
  [rs('g();'), 'function 1: g();'],
  [rs('g()', '-> ()'), 'function 1: g()'],
  [rs('g()', '-> u8'), 'function 1 kept: g()'],
  [rs('', ''), 'function 0 kept: '],
])('the body of %j', async (text, expected) => expect(await told('a.rs', text, 'block')).toEqual([expected]));

it.each([
  ['#[deprecated(since = "1")]\nstruct A { x: [u8; 3] }'],
  ['enum E { A = 1 }\nfn g<const N: usize>(x: [u8; 4]) where A<1>: B {}'],
  ['macro_rules! m { ($x:expr) => { $x + 1 } }'],
  ['#[cfg(test)]\nmod tests { fn g() { 1 } }'],
  ['#[test]\n#[ignore]\nfn t() { g(1) }\n#[tokio::test]\nasync fn u() { g(1) }'],
  ['use a::b;\nextern "C" { fn g(x: [u8; 1]); }'],
  [rs('match a { 1 | 2..=3 => g(), "x" => g(), Some(4) => g(), _ => g() }')],
  [rs('if let Some(1) = a { g() }\nfor (1, x) in a { g() }')],
  [rs('A::<3>::g();\nlet x: [u8; 3];')],
])('nothing of attributes, types, patterns, macros and tests: %j', async (text) => {
  expect(await told('a.rs', text, 'number', 'string', 'range')).toEqual([]);
});

it('reads what follows a test', async () => {
  expect(await told('a.rs', '#[test]\nfn t() { g(1) }\nfn f() { g(2) }', 'number')).toEqual(['number 2']);
});

it.each([
  ['const A: u8 = |1;', 'number', '', true],
  ['static A: &str = |"a";', 'string', '', true],
  ['impl<T> Cart<T> { const A: u8 = |1; }', 'number', 'Cart', true],
  ['impl Cart { fn total() -> u8 { |1 } }', 'number', 'Cart.total', false],
  ['const F: fn() = { fn g() { h(|1) } g };', 'number', 'g', false],
] as const)('%j: %s in %j, at load: %s', async (text, kind, symbol, atLoad) => {
  expect(await markedMutable('a.rs', text, kind)).toMatchObject({ symbol, atLoad });
});

it.each([
  [rs('if |a < b { g() }'), 'condition', 'expression a < b'],
  [rs('|g(1);'), 'call', 'statement g(1);'],
  [rs('if a { |g(1); }'), 'block', 'expression { g(1); }'],
  [rs('&x[|1..2];'), 'slice', 'expression 1..2'],
] as const)('what is exchanged for %j', async (marked, kind, expected) => {
  const { exchange } = await markedMutable('a.rs', marked, kind);
  expect(`${exchange.form} ${marked.replace('|', '').slice(exchange.start, exchange.end)}`).toBe(expected);
});

it('counts UTF-16 units, whatever ends the lines', async () => {
  const text = '// ü😀\r\nfn f(é: u8) {\r\n\tg("😀", é + 1);\r\n}\r\n';
  expect(await told('a.rs', text, 'string', 'binary', 'block')).toEqual([
    'function 1: g("😀", é + 1);',
    'string "😀" [😀]',
    'binary [é] + [1]',
  ]);
});

it('says what does not parse, and leaves out the function around it', async () => {
  const text = 'fn f() -> u8 { 1 + 2 }\nfn g() -> u8 { 1 + }\nfn h() { k(1 + 3) }\n';
  const { mutables, unanalysed } = await readMutables('a.rs', text);
  expect(unanalysed).toBe('does not parse at line 2');
  expect(new Set(mutables.map(({ symbol }) => symbol))).toEqual(new Set(['f', 'h']));
});
