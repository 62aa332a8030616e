import { expect, it } from 'vitest';
import { markedMutable, readMutables, told } from '../mutables.ts';

const go = (body: string, result = '') =>
  `package p\n\nfunc f(a, b int) ${result} {\n\t${body.replaceAll('\n', '\n\t')}\n}\n`;

it.each([
  ['g(a + b<<1)', ['binary [a] + [b<<1]', 'binary [b] << [1]']],
  ['g(a && !b || (c))', ['logical [a && !b] || [(c)]', 'logical [a] && [!b]', 'unary ! [b]']],
  ['g(-a, ^b, *c, &d, <-e)', ['unary - [a]', 'unary ^ [b]']],
  ['a += 1\na &^= b\na = b', ['assignment [a] += [1]', 'assignment [a] &^= [b]']],
  ['a++\nb.c[1]--', ['update ++ [a]', 'update -- [b.c[1]]']],
])('operators of %s', async (body, expected) => {
  expect(await told('a.go', go(body), 'binary', 'logical', 'unary', 'assignment', 'update')).toEqual(expected);
});

it.each([
  ['if v, err := g(); err != nil { h(v) } else if (a) { h() }', ['if err != nil', 'if a']],
  ['for i := 0; i < 3; i++ {}', ['for i < 3']],
  ['for a < b {}\nfor {}\nfor range 3 {}\nfor k := range m {}\nfor ;; {}', ['while a < b']],
  ['switch { case a > 1, b: g() }', ['guard a > 1', 'guard b']],
  ['switch a { case 1: g() }\nswitch x := y.(type) { case int: g(x) }', []],
])('conditions of %j', async (body, expected) => expect(await told('a.go', go(body), 'condition')).toEqual(expected));

it.each([
  ["g(1, 0x1F, 1.5, 'a', true, nil)", ['number 1', 'number 0x1F', 'number 1.5', 'boolean true', 'null nil']],
  ['g("a", ``, "")', ['string "a" [a]', 'string `` []', 'string "" []']],
  [
    'g([]int{1}, [2]T{}, map[a]b{x: y}, T{a: b}, [...]int{})',
    ['list [1] in [1]', 'number 1', 'list  in []', 'map [x: y] in [x: y]'],
  ],
])('literals of %s', async (body, expected) => {
  expect(await told('a.go', go(body), 'number', 'string', 'boolean', 'null', 'collection')).toEqual(expected);
});

it.each([
  ['a.b(c, d...)', ['call [a.b] [a] [b] [c][d...]']],
  ['g[int](1)(2)', ['call [g[int](1)] - [g[int](1)] [2]', 'call [g[int]] - [g] [1]']],
  ['g(len(x))', ['call [g] - [g] [len(x)]', 'call [len] - [len] [x]']],
  ['g(x[1:n], x[:], x[:a:b])', ['call [g] - [g] [x[1:n]][x[:]][x[:a:b]]', 'slice [1] [n]', 'slice - -', 'slice - [a]']],
  ['return', ['return -']],
  ['return 1, err', ['return [1, err]']],
])('calls and the like of %j', async (body, expected) => {
  expect(await told('a.go', go(body), 'call', 'slice', 'return')).toEqual(expected);
});

it.each([
  [
    'g()\npanic(1)\ndefer g()\ngo g()\nch <- 1\n<-ch',
    ['call: g()', 'throw: panic(1)', 'call: defer g()', 'call: go g()', 'other: ch <- 1', 'other: <-ch'],
  ],
  ['a = 1\na++\n_ = a\n_, _ = g()', ['assignment: a = 1', 'assignment: a++', 'other kept: _ = a', 'call: _, _ = g()']],
  [
    'x := 1\nvar y = x\nconst z = 1\ng(y)',
    ['declaration kept: x := 1', 'declaration kept: var y = x', 'declaration kept: const z = 1', 'call kept: g(y)'],
  ],
  [
    'for i := 0; a; i++ { g() }',
    ['compound kept: for i := 0; a; i++ { g() }', 'declaration kept: i := 0', 'assignment kept: i++', 'call: g()'],
  ],
  ['select {}', ['compound kept: select {}']],
])('statements of %j', async (body, expected) => expect(await told('a.go', go(body), 'statement')).toEqual(expected));

it.each([
  // The only use of a variable, an import, a label.
  ['x := g()\nh(x)\nreturn', 'call kept: h(x)'],
  ['x := g()\nh(x)\nk(x)', 'call: k(x)'],
  ['x := g()\nif x := x; a { h(x) }', 'call kept: h(x)'],
  ['x := 1\nx = 2\nh(x)\nh(x)', 'assignment: x = 2'],
  ['L:\nfor a { break L }', 'jump kept: break L'],
  ['if a { return }\ng()', 'return: return'],
  // Control goes there anyway.
  ['g()\nif a { return }', 'return kept: return'],
  ['for a { g(); continue }', 'jump kept: continue'],
  ['for a { if b { continue }\ng() }', 'jump: continue'],
  ['switch a { case 1: g(); break }', 'jump kept: break'],
  ['for { switch a { case 1: if b { break }; g() } }', 'jump: break'],
  ['for { if a { break }\ng() }', 'jump: break'],
])('of %j what may be taken out: %s', async (body, expected) => {
  expect(await told('a.go', go(body), 'statement')).toContain(expected);
});

it('keeps the last use of an import', async () => {
  const text = (body: string) => `package p\nimport (\n"fmt"\nx "a/b"\n"c.d/go-yaml/v3"\n)\nfunc f() {\n${body}\n}`;
  const found = await told('a.go', text('fmt.Println()\nx.F()\nx.G()\nyaml.F(fmt.A)'), 'statement');
  expect(found).toEqual(['call: fmt.Println()', 'call: x.F()', 'call: x.G()', 'call kept: yaml.F(fmt.A)']);
});

it.each([
  ['return g()', 'return kept: return g()'],
  ['panic(1)', 'throw kept: panic(1)'],
  ['if a { return 1 } else { panic(2) }', 'return kept: return 1'],
  ['if a { return 1 }\nreturn 2', 'return: return 1'],
  ['switch a { case 1: return 1; default: return 2 }', 'return kept: return 2'],
  ['for { return 1 }', 'return: return 1'],
])('of a function with a result %j, what may be taken out: %s', async (body, expected) => {
  expect(await told('a.go', go(body, 'int'), 'statement')).toContain(expected);
});

it.each([
  ['if a { g() } else if b { h() } else { k() }', ['if 1: g()', 'if 1: h()', 'else 1: k()']],
  ['for a { g() }\nfor { g() }\nfor range a { }', ['loop 1: g()', 'loop 1 kept: g()', 'loop 0 kept: ']],
  ['switch a { case 1: g(); h() default: break }', ['case 2: g(); h()', 'case 1 kept: break']],
  ['select { case <-c: g() }', ['case 1: g()']],
  ['func() { g() }()', ['function 1: g()']],
  ['x := g()\nif a { h(x) }', ['if 1 kept: h(x)']],
  ['{ g() }', ['other 1: g()']],
])('blocks of %j', async (body, expected) => {
  const [around, ...inside] = await told('a.go', go(body), 'block');
  expect(around).toMatch(/^function \d: /);
  expect(inside).toEqual(expected);
});

it('empties no function that has to give something back', async () => {
  expect(await told('a.go', go('if a { return 1 } else { return 2 }', 'int'), 'block')).toEqual([
    'function 1 kept: if a { return 1 } else { return 2 }',
    'if 1 kept: return 1',
    'else 1 kept: return 2',
  ]);
});

it.each([
  ['package p\nimport "a"'],
  ['package p\ntype T struct {\n\tA [3]int `json:"a"`\n}'],
  ['package p\nconst (\n\tA = iota + 1\n\tB = 1 << iota\n)'],
  ['package p\nfunc f(a [3]int) [4]string'],
  [go('switch a { case 1, 2.5: }')],
  [go('g(map[int]T{1: x})').replace('g(', 'var _ = (')],
  [go('var x [2]int\ng[[3]int](x)')],
])('nothing of types, tags, equal cases and keys: %j', async (text) => {
  expect(await told('a.go', text, 'number', 'string')).toEqual([]);
});

it.each([
  ['package p\nvar a = |1', 'number', '', true],
  ['package p\nconst a = |1', 'number', '', true],
  ['package p\nvar a = func() int { return |1 }', 'number', '', false],
  ['package p\nfunc init() { f(|1) }', 'number', 'init', true],
  ['package p\nfunc (c *Cart[T]) Total() int { return |1 }', 'number', 'Cart.Total', false],
  ['package p\nfunc f() { |g() }', 'block', 'f', false],
] as const)('%j: %s in %j, at load: %s', async (text, kind, symbol, atLoad) => {
  expect(await markedMutable('a.go', text, kind)).toMatchObject({ symbol, atLoad });
});

it.each([
  [go('if (|a < b) { g() }'), 'condition', 'expression a < b'],
  [go('|g(1)'), 'call', 'statement g(1)'],
  [go('if a { |g(1)\nh() }'), 'block', 'statement { g(1)\n\th() }'],
  ['package p\nvar a = |1', 'number', 'expression 1'],
] as const)('what is exchanged for %j', async (marked, kind, expected) => {
  const { exchange } = await markedMutable('a.go', marked, kind);
  expect(`${exchange.form} ${marked.replace('|', '').slice(exchange.start, exchange.end)}`).toBe(expected);
});

it('counts UTF-16 units, whatever ends the lines', async () => {
  const text = '// ü😀\r\npackage p\r\nfunc f(é string) {\r\n\tg("😀" + é)\r\n}';
  expect(await told('a.go', text, 'string', 'binary', 'block')).toEqual([
    'function 1: g("😀" + é)',
    'binary ["😀"] + [é]',
    'string "😀" [😀]',
  ]);
});

it('says what does not parse, and leaves out the function around it', async () => {
  const text = 'package p\nfunc f() int { return 1 + 2 }\nfunc g() int { return 1 + }\nfunc h() { k(1 + 3) }\n';
  const { mutables, unanalysed } = await readMutables('a.go', text);
  expect(unanalysed).toBe('does not parse at line 3');
  expect(new Set(mutables.map(({ symbol }) => symbol))).toEqual(new Set(['f', 'h']));
});
