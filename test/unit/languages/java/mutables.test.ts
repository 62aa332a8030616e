import { expect, it } from 'vitest';
import { markedMutable, readMutables, told } from '../mutables.ts';

const member = (text: string) => `class A {\n${text}\n}\n`;
const java = (body: string, type = 'void') =>
  member(`    ${type} f(int a) throws E {\n        ${body.replaceAll('\n', '\n        ')}\n    }`);

it.each([
  ['g(a + b << 1, a instanceof B);', ['binary [a + b] << [1]', 'binary [a] + [b]']],
  ['g(a && !b || (c));', ['logical [a && !b] || [(c)]', 'logical [a] && [!b]', 'unary ! [b]']],
  ['g(-a, ~b, +c);', ['unary - [a]', 'unary ~ [b]', 'unary + [c]']],
  ['a += 1;\na >>>= b;\na = b;', ['assignment [a] += [1]', 'assignment [a] >>>= [b]']],
  ['a++;\ng(--b);\nfor (;a;c++) {}', ['update ++ [a]', 'update -- [b] used', 'update ++ [c]']],
])('operators of %s', async (body, expected) => {
  expect(await told('A.java', java(body), 'binary', 'logical', 'unary', 'assignment', 'update')).toEqual(expected);
});

it.each([
  ['if (a < b) g(); else if ((c)) h();', ['if a < b', 'if c']],
  ['while (a) {}\ndo {} while (b);\nfor (;c;) {}', ['while a', 'do b', 'for c']],
  ['x = a ? b : c;', ['ternary a']],
  ['switch (o) { case B b when b.c() -> g(); default -> h(); }', ['guard b.c()']],
  // The compiler looks at these.
  ['while (true) g();\nfor (;;) g();', []],
  ['for (A b : c) {}\nassert a;', []],
])('conditions of %j', async (body, expected) =>
  expect(await told('A.java', java(body), 'condition')).toEqual(expected),
);

it.each([
  ["g(1, 0x1FL, 1.5f, 'a', true, null);", ['number 1', 'number 0x1FL', 'number 1.5f', 'boolean true', 'null null']],
  ['g("a", "", """\n  x\n  """);', ['string "a" [a]', 'string "" []', 'string """ x """ [ x ]']],
  [
    'int[] b = {1, c}, d = new int[] {}, e = new int[2];',
    ['list [1][c] in [1, c]', 'number 1', 'list  in []', 'number 2'],
  ],
])('literals of %s', async (body, expected) => {
  expect(await told('A.java', java(body), 'number', 'string', 'boolean', 'null', 'collection')).toEqual(expected);
});

it.each([
  ['a.<T>b().c(1);', ['call [a.<T>b().c] [a.<T>b()] [c] [1]', 'call [a.<T>b] [a] [b]']],
  [
    'g(new a.B<C>(1), new D(2) {});',
    ['call [g] - [g] [new a.B<C>(1)][new D(2) {}]', 'call new [new a.B<C>] - [B] [1]', 'call new [new D] - [D] [2]'],
  ],
  ['return;', ['return -']],
  ['return a + 1;', ['return [a + 1]']],
  [
    'g(() -> h(), x -> (x), x -> { return 1; });',
    [
      'call [g] - [g] [() -> h()][x -> (x)][x -> { return 1; }]',
      'implied [h()]',
      'call [h] - [h]',
      'implied [x]',
      'return [1]',
    ],
  ],
])('calls and the like of %j', async (body, expected) => {
  expect(await told('A.java', java(body), 'call', 'return')).toEqual(expected);
});

it.each([
  ['g();\nnew B();\nthrow e;\nassert a;', ['call: g();', 'call: new B();', 'throw: throw e;', 'other: assert a;']],
  ['a = 1;\na++;\nint b = 1;', ['assignment: a = 1;', 'assignment: a++;', 'declaration kept: int b = 1;']],
  ['int b;\nb = 1;', ['declaration kept: int b;', 'assignment kept: b = 1;']],
  ['if (a) g(); else { h(); }', ['compound kept: if (a) g(); else { h(); }', 'call: g();', 'call: h();']],
  ['switch (a) { case 1 -> g(); default -> throw e; }', ['call: g();', 'throw: throw e;']],
  [
    'int b = switch (a) { case 1 -> g(); default -> throw e; };',
    ['declaration kept: int b = switch (a) { case 1 -> g(); default -> throw e; };', 'throw kept: throw e;'],
  ],
])('statements of %j', async (body, expected) =>
  expect(await told('A.java', java(body), 'statement')).toEqual(expected),
);

it.each([
  // Control goes there anyway.
  ['g();\nif (a) return;', 'return kept: return;'],
  ['if (a) return;\ng();', 'return: return;'],
  ['for (;a;) { g(); continue; }', 'jump kept: continue;'],
  ['for (;a;) { if (b) continue; g(); }', 'jump: continue;'],
  ['switch (a) { case 1: g(); break; default: h(); }', 'jump: break;'],
  ['switch (a) { case 1: g(); default: h(); break; }', 'jump kept: break;'],
  // The compiler would see that it never ends, or that nothing is thrown, or that a variable has no value.
  ['while (true) { if (a) break; g(); }', 'jump kept: break;'],
  ['try { g(); } catch (IOException e) {}', 'call kept: g();'],
  ['try { g(); h(); } catch (IOException e) {}', 'call: g();'],
  ['try { g(); } catch (IllegalStateException | Error e) {}', 'call: g();'],
  ['try (B b = c()) { g(); } catch (IOException e) {}', 'call: g();'],
  ['int b;\nif (a) b = 1; else throw e;\ng(b);', 'throw kept: throw e;'],
  ['int b = 0;\nif (a) b = 1; else throw e;\ng(b);', 'throw: throw e;'],
])('of %j what may be taken out: %s', async (body, expected) => {
  expect(await told('A.java', java(body), 'statement')).toContain(expected);
});

it.each([
  ['return a;', 'return kept: return a;'],
  ['if (a) return 1;\nreturn 2;', 'return: return 1;'],
  ['if (a) { return 1; } else { throw e; }', 'throw kept: throw e;'],
  ['switch (a) { case 1: return 1; default: throw e; }', 'return: return 1;'],
  ['switch (a) { case 1: return 1; default: throw e; }', 'throw kept: throw e;'],
  ['try { return g(); } finally { h(); }', 'return kept: return g();'],
  ['synchronized (a) { return 1; }', 'return kept: return 1;'],
  ['for (;;) { if (a) return 1; g(); }', 'return: return 1;'],
  ['g(() -> { if (a) throw e; h(); });\nreturn 1;', 'throw: throw e;'],
  ['g(() -> { throw e; });\nreturn 1;', 'throw: throw e;'],
  ['g(x -> { if (x) return 1; throw e; });\nreturn 1;', 'throw kept: throw e;'],
])('of a method with a result %j, what may be taken out: %s', async (body, expected) => {
  expect(await told('A.java', java(body, 'int'), 'statement')).toContain(expected);
});

it('keeps what gives a final field its value', async () => {
  const text = member(
    'final int b;\nint c;\nA(int d) {\nsuper(d);\nthis.b = d;\nthis.c = d;\n}\nA() { this(1); g(); }',
  );
  expect(await told('A.java', text, 'statement')).toEqual([
    'declaration kept: final int b;',
    'declaration kept: int c;',
    'call kept: super(d);',
    'assignment kept: this.b = d;',
    'assignment: this.c = d;',
    'call kept: this(1);',
    'call: g();',
  ]);
  expect(await told('A.java', text, 'block')).toEqual(['function 2 kept: this.b = d; this.c = d;', 'function 1: g();']);
});

it.each([
  ['if (a) { g(); } else { h(); }', ['if 1: g();', 'else 1: h();']],
  ['while (a) { g(); }\nfor (;;) { g(); }\nfor (A b : c) { }', ['loop 1: g();', 'loop 1 kept: g();', 'loop 0 kept: ']],
  ['try { g(); } catch (Exception e) { h(); } finally { k(); }', ['try 1: g();', 'catch 1: h();', 'finally 1: k();']],
  ['try { g(); } catch (IOException e) { h(); }', ['try 1 kept: g();', 'catch 1: h();']],
  ['switch (a) { case 1: case 2: g(); break; default: break; }', ['case 2: g(); break;', 'case 1 kept: break;']],
  ['switch (a) { case 1 -> { g(); } default -> {} }', ['case 1: g();', 'case 0 kept: ']],
  ['g(() -> { h(); });', ['function 1: h();']],
  ['synchronized (a) { g(); }', ['other 1: g();']],
  ['int b;\nif (a) { b = 1; } else { b = 2; }', ['if 1 kept: b = 1;', 'else 1 kept: b = 2;']],
])('blocks of %j', async (body, expected) => {
  const [around, ...inside] = await told('A.java', java(body), 'block');
  expect(around).toMatch(/^function \d: /);
  expect(inside).toEqual(expected);
});

it('empties no method that has to give something back', async () => {
  const [whole, ...branches] = await told('A.java', java('if (a) { return 1; } else { throw e; }', 'int'), 'block');
  expect(whole).toMatch(/^function 1 kept/);
  expect(branches).toEqual(['if 1 kept: return 1;', 'else 1 kept: throw e;']);
});

it.each([
  ['package a;\nimport b.C;\n@B(1) class A<T extends C<T>> {}'],
  [member('@SuppressWarnings("x") void f(@Size(max = 1) int a) {}')],
  ['@interface A { int value() default 1; }'],
  [java('switch (a) { case 1: case "x": g(); }\nswitch (a) { case 1, 2 -> g(); default -> h(); }')],
])('nothing of annotations, generics and cases: %j', async (text) => {
  expect(await told('A.java', text, 'number', 'string', 'default')).toEqual([]);
});

it.each([
  [member('static int B = |1;'), 'number', 'A', true],
  [member('int b = |1;'), 'number', 'A', false],
  [member('static { g(|1); }'), 'number', 'A', true],
  [member('{ g(|1); }'), 'number', 'A', false],
  [member('static B b = () -> g(|1);'), 'number', 'A', false],
  [member('static void f() { g(|1); }'), 'number', 'A.f', false],
  ['enum A { B(|1); }', 'number', 'A', true],
  ['interface A { int B = |1; }', 'number', 'A', true],
  ['record A(int a) { A { g(|1); } }', 'number', 'A.A', false],
] as const)('%j: %s in %j, at load: %s', async (text, kind, symbol, atLoad) => {
  expect(await markedMutable('A.java', text, kind)).toMatchObject({ symbol, atLoad });
});

it.each([
  [java('if (|a < b) g();'), 'condition', 'expression a < b'],
  [java('|g(1);'), 'call', 'statement g(1);'],
  [java('if (a) { |g(1); }'), 'block', 'statement { g(1); }'],
  [member('int b = |1;'), 'number', 'expression 1'],
] as const)('what is exchanged for %j', async (marked, kind, expected) => {
  const { exchange } = await markedMutable('A.java', marked, kind);
  expect(`${exchange.form} ${marked.replace('|', '').slice(exchange.start, exchange.end)}`).toBe(expected);
});

it('counts UTF-16 units, whatever ends the lines', async () => {
  const text = '// ü😀\r\nclass A {\r\n\tvoid f(String é) {\r\n\t\tg("😀" + é);\r\n\t}\r\n}\r\n';
  expect(await told('A.java', text, 'string', 'binary', 'block')).toEqual([
    'function 1: g("😀" + é);',
    'binary ["😀"] + [é]',
    'string "😀" [😀]',
  ]);
});

it('says what does not parse, and leaves out the method around it', async () => {
  const text = member('int f() { return 1 + 2; }\nint g() { return 1 + ; }\nvoid h() { k(1 + 3); }');
  const { mutables, unanalysed } = await readMutables('A.java', text);
  expect(unanalysed).toBe('does not parse at line 3');
  expect(new Set(mutables.map(({ symbol }) => symbol))).toEqual(new Set(['A.f', 'A.h']));
});
