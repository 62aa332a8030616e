import { describe, expect, it } from 'vitest';
import { operatorsNamed } from '../../../../src/engine/mutation/operators/index.ts';
import { mutablesOf, mutantsOf } from '../../engine/mutation/expect-mutants.ts';

type Row = readonly [text: string, operator: string, form: 'expression' | 'statement', exchange: string];

/** What is exchanged as a whole for the first mutant of an operator. */
const EXCHANGES: readonly Row[] = [
  ['x = f(a + b);', 'arithmetic', 'expression', 'a + b'],
  ['x = (a || b) * c;', 'arithmetic', 'expression', '(a || b) * c'],
  // The chain stays whole.
  ['x = a?.b.c(1);', 'optional-chain', 'expression', 'a?.b.c(1)'],
  ['x = a?.b!.c;', 'optional-chain', 'expression', 'a?.b!.c'],
  ['x = (a?.b).c;', 'optional-chain', 'expression', 'a?.b'],
  ['x = a?.b(c + 1);', 'arithmetic', 'expression', 'c + 1'],
  // `this` of a call stays the same.
  ['x = a.filter(b)();', 'method-removal', 'expression', 'a.filter(b)()'],
  ['x = (a.filter(b) as any)();', 'method-removal', 'expression', '(a.filter(b) as any)()'],
  ['x = a.trim()`b`;', 'method-removal', 'expression', 'a.trim()`b`'],
  ['delete a?.b;', 'optional-chain', 'statement', 'delete a?.b;'],
  ['x = typeof a?.b;', 'optional-chain', 'expression', 'typeof a?.b'],
  ['x = [a] as const;', 'collection-literal', 'expression', '[a] as const'],
  // What a statement begins with could be taken for the end of the line above.
  ['a?.b();', 'optional-chain', 'statement', 'a?.b();'],
  ['a + b', 'arithmetic', 'statement', 'a + b'],
  ['if (c) a?.b(); else d();', 'optional-chain', 'statement', 'a?.b();'],
  ['a = b + c;', 'arithmetic', 'expression', 'b + c'],
  ['here: a?.b();', 'optional-chain', 'statement', 'here: a?.b();'],
  // Heads, cases, fields, defaults and holes are expressions.
  ['for (let i = 0; i < n; ) go();', 'number-literal', 'expression', '0'],
  ['for (const x of a ?? b) go();', 'nullish', 'expression', 'a ?? b'],
  ["switch (a) { case 'b': go(); }", 'string-literal', 'expression', "'b'"],
  ['class A { static b = 1; [c + d]() {} }', 'arithmetic', 'expression', 'c + d'],
  ['const f = (a = 1) => a;', 'number-literal', 'expression', '1'],
  ['const { a = 1 } = b;', 'number-literal', 'expression', '1'],
  [`x = \`a \${b + c}\`;`, 'arithmetic', 'expression', 'b + c'],
  ['const f = () => a + b;', 'arithmetic', 'expression', 'a + b'],
  ['const f = () => ({ a: 1 });', 'collection-literal', 'expression', '{ a: 1 }'],
  ['class A extends B { constructor(a) { super(a + 1); } }', 'arithmetic', 'expression', 'a + 1'],
  ['async function* f() { yield (await a) + 1; }', 'arithmetic', 'expression', '(await a) + 1'],
  ['f(...(a || b));', 'logical-swap', 'expression', 'a || b'],
  ['const x = <A b={c + 1}>{d ?? e}</A>;', 'nullish', 'expression', 'd ?? e'],
  [
    'const f = () => (\n  <A>\n    <B c={d} />\n  </A>\n);',
    'return-value',
    'expression',
    '<A>\n    <B c={d} />\n  </A>',
  ],
  // Blocks with their braces, cases without.
  ['if (a) { b(); c(); }', 'block-removal', 'statement', '{ b(); c(); }'],
  ["function f() { 'use strict'; b(); c(); }", 'block-removal', 'statement', "{ 'use strict'; b(); c(); }"],
  ['switch (a) { case 1: b(); c(); break; }', 'block-removal', 'statement', 'b(); c();'],
];

const NOTHING: readonly string[] = [
  "import a from 'a';",
  "import { b } from 'b' with { type: 'json' };",
  "export * from 'a';",
  "export { a as 'b' } from 'a';",
  'type A = 1 | "b" | [true];',
  'interface A { b: 1 }',
  'declare const a: 1;',
  'declare module "a" { const b = 1; }',
  'enum A { B = 1, C = "c" }',
  'const enum A { B = 1 << 2 }',
  'abstract class A { abstract b(c?: 1): true; }',
  'class A { declare b: 1; @C({ d: 1 }) e; }',
  `let a: \`b\${1}\`;`,
  'let a = b as 1;',
  'let a = b satisfies { c: 1 };',
  'function f(this: 1, a: 2): 3;',
  "'use client';",
  'export type { A } from "a";',
  'const x = /a+/;',
  'const x = <A b="c">1 + 1</A>;',
];

describe('what can be mutated', () => {
  it.each(EXCHANGES)('%s by %s exchanges the %s', async (text, operator, form, exchange) => {
    const [mutant] = await mutantsOf(/<[AB]/.test(text) ? 'a.tsx' : 'a.ts', text, operatorsNamed([operator]));
    expect(mutant?.exchange.form).toBe(form);
    expect(text.slice(mutant?.exchange.start, mutant?.exchange.end)).toBe(exchange);
  });

  it.each(NOTHING)('nothing: %s', async (text) => {
    expect(await mutantsOf(text.includes('<A') ? 'a.tsx' : 'a.ts', text)).toEqual([]);
  });

  it('nothing of a component', async () => {
    expect((await mutablesOf('a.vue', '<script>x = 1 + 1</script>')).mutables).toEqual([]);
  });

  it('nothing of what does not parse, and says so', async () => {
    const file = await mutablesOf('a.ts', 'x = = 1;');
    expect(file.mutables).toEqual([]);
    expect(file.unanalysed).toMatch(/pars/);
  });

  it('outer ones first', async () => {
    const text = 'function f() {\n  if (a) { return b(c + 1); }\n  return d;\n}\n';
    const { mutables } = await mutablesOf('a.ts', text);
    for (const [index, { start, end }] of mutables.entries())
      expect(
        mutables
          .slice(index + 1)
          .some((later) => later.start <= start && end <= later.end && later.end - later.start > end - start),
      ).toBe(false);
  });
});

it('whether the value of an update is used', async () => {
  const { mutables } = await mutablesOf('a.ts', 'a++;\nx = b++;\n');
  expect(mutables.flatMap((mutable) => (mutable.kind === 'update' ? [mutable.value] : []))).toEqual([false, true]);
});

describe('when it runs', () => {
  const ROWS: readonly (readonly [text: string, symbol: string, atLoad: boolean])[] = [
    ['x = 7;', '', true],
    ['function f() { return 7; }', 'f', false],
    ['const f = (a = 7) => a;', 'f', false],
    ['class A { static b = 7; }', 'A', true],
    ['class A { b = 7; }', 'A', false],
    ['class A { static { go(7); } }', 'A', true],
    ['class A { c() { return 7; } }', 'A.c', false],
    ['class A { [d(7)]() {} }', 'A', true],
    ['(() => { go(7); })();', '', true],
    ['(function () { go(7); })();', '', true],
    ['(() => () => 7)();', '', false],
    ['exports.f = function () { return 7; };', 'exports.f', false],
    ['const o = { f: () => 7 };', 'o.f', false],
    ['go(() => 7);', '', false],
  ];

  it.each(ROWS)('%s', async (text, symbol, atLoad) => {
    const { mutables } = await mutablesOf('a.ts', text);
    const seven = mutables.find(({ kind }) => kind === 'number');
    expect([seven?.symbol, seven?.atLoad]).toEqual([symbol, atLoad]);
  });
});
