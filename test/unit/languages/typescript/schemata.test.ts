import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type { NumberedMutant } from '../../../../src/engine/mutation/mutant-runner.ts';
import { writeSchemata } from '../../../../src/languages/typescript/schemata.ts';
import { Switchboard } from '../../../../src/runners/javascript/driver/switchboard.ts';

type Form = 'expression' | 'statement';
/** What is exchanged, the part of it that is changed, and what it becomes. */
type Change = readonly [exchange: string, part: string, becomes: string, form?: Form, nth?: number];

function mutantsOf(text: string, changes: readonly Change[]): readonly NumberedMutant[] {
  return changes.map(([exchange, part, becomes, form = 'expression', nth = 1], index) => {
    let start = -1;
    for (let count = 0; count < nth; count++) start = text.indexOf(exchange, start + 1);
    const from = text.indexOf(part, start);
    if (start < 0 || from < 0) throw new Error(`no ${exchange} with ${part}`);
    const place = { line: 1, column: 1 };
    return {
      ...{ number: index + 1, id: `m-${index}`, path: 'a.ts', language: 'typescript', operator: 'test', symbol: '' },
      ...{ original: part, range: { start: place, end: place }, atLoad: false },
      edit: { start: from, end: from + part.length, text: becomes },
      exchange: { start, end: start + exchange.length, form },
    };
  });
}

/** What `result` is in the end, with one of the mutants in force (0 for none). */
function run(path: string, text: string, active: number, mutants = 0): { result: unknown; hits: readonly number[] } {
  const loader = path.endsWith('x') ? 'tsx' : 'ts';
  const options = { loader, format: 'cjs', jsxFactory: 'h', target: 'es2022' } as const;
  const { code } = transformSync(text, options);
  const board = new Switchboard(mutants);
  board.start(active);
  const h = (name: string, props: object, ...children: unknown[]) => ({ name, ...props, children });
  const module = { exports: {} as { result?: unknown } };
  runInNewContext(code, { module, h, ...(mutants === 0 ? {} : { __downforce__: board }) });
  const { result = null } = module.exports;
  return { result: JSON.parse(JSON.stringify(result)), hits: [...board.look().hits] };
}

/** Each mutant does in the switched text what it does when it is written into the original. */
function expectSwitched(text: string, changes: readonly Change[], path = 'a.ts'): void {
  const mutants = mutantsOf(text, changes);
  const schemata = writeSchemata(path, text, mutants);
  expect(schemata.omitted).toEqual([]);
  expect(schemata.text.split('\n')).toHaveLength(text.split('\n').length);
  const original = run(path, text, 0).result;
  expect(run(path, schemata.text, 0).result).toEqual(original);
  expect(run(path, schemata.text, 0, mutants.length).result).toEqual(original);
  for (const { number, edit } of mutants) {
    const mutated = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
    const wanted = run(path, mutated, 0).result;
    expect(run(path, schemata.text, number, mutants.length).result, `${number}: ${edit.text}`).toEqual(wanted);
  }
}

function expectOmitted(text: string, change: Change, path = 'a.ts'): void {
  expect(writeSchemata(path, text, mutantsOf(text, [change]))).toEqual({ text, omitted: [1] });
}

describe('expressions', () => {
  it.each<[string, string, ...Change[]]>([
    ['several of one place', 'export const result = 1 + 2;', ['1 + 2', '+', '-'], ['1 + 2', '+', '*']],
    ['one in another', 'export const result = 1 + 2 * 3;', ['1 + 2 * 3', '+', '-'], ['2 * 3', '*', '+']],
    ['beside each other', 'export const result = [1, 2];', ['1', '1', '5'], ['2', '2', '6']],
    ['in parentheses', 'export const result = (1 + 2) * 3;', ['(1 + 2)', '+', '-'], ['1 + 2', '+', '-']],
    ['a computed key', "export const result = { ['a' + 'b']: 1 };", ["'a' + 'b'", '+', '<']],
    ['an object in an arrow', 'export const result = (() => ({ a: 1 }))();', ['{ a: 1 }', '1', '2']],
    ['a default', 'const f = (n = 1) => n; export const result = f();', ['1', '1', '2']],
    ['a template', `export const result = \`a\${1 + 2}b\`;`, ['1 + 2', '+', '-'], [`\`a\${1 + 2}b\``, 'a', '']],
    [
      'the head of a chain',
      'const a = { b: null }; export const result = [a?.b, 1];',
      ['a', 'a', '({b:2})', 'expression', 5],
    ],
    ['a whole chain', 'const a: any = null; export const result = [a?.b.c];', ['a?.b.c', 'a', '({b:{c:1}})']],
    ['behind a type', 'const a = 1 as unknown; export const result = a as number + 1;', ['1', '1', '2']],
    [
      'asserted',
      'const a: number | undefined = 1; export const result = (a! + 1) satisfies number;',
      ['a! + 1', '+', '-'],
    ],
    ['a class field', 'class A { n = 1 + 1 }; export const result = new A().n;', ['1 + 1', '+', '-']],
    [
      'a super argument',
      'class A { constructor(readonly n: number) {} } class B extends A { constructor() { super(1 + 1) } }\nexport const result = new B().n;',
      ['1 + 1', '+', '-'],
    ],
    [
      'in a generator',
      'function* f() { yield 1 + 1 } export const result = [...f()];',
      ['yield 1 + 1', '+', '-'],
      ['1 + 1', '+', '*'],
    ],
    ['a condition', 'export let result = 0; if (1 < 2) result = 1; else result = 2;', ['1 < 2', '<', '>']],
    ['a case', 'export let result = 0; switch (1 + 1) { case 2: result = 1 }', ['1 + 1', '+', '-'], ['2', '2', '0']],
  ] as never)('switches %s', (_name, text, ...changes) => expectSwitched(text, changes));

  it('counts a place once, however many mutants it has', () => {
    const text = 'let n = 0; for (let i = 0; i < 3; i++) n += i * 2;\nexport const result = n;';
    const mutants = mutantsOf(text, [
      ['i * 2', '*', '+'],
      ['i * 2', '*', '-'],
      ['i < 3', '<', '<='],
    ]);
    const { hits } = run('a.ts', writeSchemata('a.ts', text, mutants).text, 0, 3);
    expect(hits).toEqual([3, 3, 0, 4]);
  });

  it('keeps the names of functions', () => {
    const text = `export const f = () => 1, o = { g: function () { return 1 }, 'h-h': 1 };
class A { k = () => 1; static m = class {} }
let l; l = () => 1; const { n = () => 1 } = {} as { n?: () => number };
export const result = [f.name, o.g.name, new A().k.name, A.m.name, l.name, n.name];`;
    expectSwitched(text, [
      ['() => 1', '1', '2'],
      ['function () { return 1 }', '1', '2'],
      ['() => 1', '1', '2', 'expression', 2],
      ['class {}', '{}', '{ z = 1 }'],
      ['() => 1', '1', '2', 'expression', 3],
      ['() => 1', '1', '2', 'expression', 4],
    ]);
  });

  it('writes on one line what stands on several', () => {
    const text = `export const result = [
  1 + 2, // three
  (() => {
    let a = 1
    const b = \`x
  y\`
    if (a) { a++ }
    for (const c of
      [1, 2]) a += c
    return a + b
  })(),
  'it\\
s',
].map((one) => { /* any */ return one }).concat(
  [4]
);`;
    const whole = text.slice('export const result = '.length, -1);
    expectSwitched(text, [
      [whole, '4', '5'],
      [whole, '+', '-'],
      [whole, 'a++', 'a--'],
    ]);
  });

  it('takes care where lines have no semicolons', () => {
    const text = `'use strict'
export const result: number[] = []
const a = result
a.push(1)
a.push(2).toString()
let i = 1
i++
;[i].forEach((n) => a.push(n))
const f = () => i
;(f)()
a.push(f())
if (i) a.push(5); else!a.push(6)
do a.push(7)
while (a.length < 3)`;
    expectSwitched(text, [
      ['a.push(2)', '2', '3'],
      ['a.push(2).toString()', '2', '4'],
      ['i++', '++', '--'],
      ['() => i', 'i', '9'],
      ['a.push(5);', '5', '8', 'statement'],
      ['!a.push(6)', '6', '8'],
    ]);
  });
});

it('keeps lines apart that have no semicolons', () => {
  const text = `export const result: number[] = []
const one = { n: 1 }, two = { n: 2 }
const f = () => result.push(9)
const g = f
one.n += 2
const k = () => { return 1 }
(f)()
class A { p = () => { return 2 }
[\`q\`] = 1 }
result.push(one.n, two.n, k(), new A().p())`;
  expectSwitched(text, [
    ['one', 'one', 'two', 'expression', 2],
    ['() => { return 1 }', '1', '3'],
    ['() => { return 2 }', '2', '4'],
  ]);
});

it('counts the rounds of all loops', () => {
  const text = `let n = 0;
for (const a of [1, 2]) { n += a; }
while (n < 5) n++;
do { n--; } while (n > 2);
export const result = n + 1;`;
  const mutants = mutantsOf(text, [['n + 1', '+', '-']]);
  expect(run('a.ts', writeSchemata('a.ts', text, mutants).text, 0, 1).hits).toEqual([7, 1]);
});

describe('JSX', () => {
  it('switches attributes, children and elements', () => {
    const text = `const n = 1;
export const result = <ul title="all" data={n + 1}>
  {n > 0 ? <li>{n}</li> : null}
  <li>
    last one
    here
  </li>
</ul>;`;
    const list = text.slice(text.indexOf('<ul'), -1);
    const item = list.slice(list.indexOf('<li>\n'), list.indexOf('</ul>') - 1);
    const changes: Change[] = [
      ['"all"', 'all', ''],
      ['n + 1', '+', '-'],
      ['n > 0', '>', '<'],
      [item, 'last', 'first'],
      [list, 'title', 'name'],
    ];
    expectSwitched(text, changes, 'a.tsx');
  });

  it('leaves attributes alone that are no plain text', () => {
    expectOmitted('export const result = <a title="a &amp; b" />;', ['"a &amp; b"', 'a', ''], 'a.tsx');
  });
});

describe('statements', () => {
  it.each<[string, string, ...Change[]]>([
    ['removed', 'export const result = [1]; result.push(2);', ['result.push(2);', 'result.push(2);', ';', 'statement']],
    [
      'returned',
      'function f() { return 1; } export const result = f();',
      ['return 1;', 'return 1;', 'return;', 'statement'],
    ],
    [
      'alone under an if',
      'export let result = 0; if (true) result = 1; else result = 2;',
      ['result = 1;', '1', '3', 'statement'],
    ],
    [
      'in a case',
      'export let result = 0; switch (1) { case 1: result = 1; break; default: result = 2 }',
      ['break;', 'break;', ';', 'statement'],
    ],
    [
      'in a loop',
      'export let result = 0; for (const n of [1, 2, 3]) { if (n > 1) break; result += n; }',
      ['break;', 'break;', 'continue;', 'statement'],
    ],
    [
      'labelled',
      'export let result = 0; a: for (;;) { for (;;) { result++; if (result > 2) break a; } }',
      ['result++;', '++', '+=2', 'statement'],
    ],
    [
      'a body',
      'function f() { const a = 1; return a; } export const result = [f()];',
      ['{ const a = 1; return a; }', 'const a = 1; return a;', '', 'statement'],
    ],
    [
      'a strict body',
      "function f(this: unknown) { 'use strict'; return this === undefined; } export const result = f();",
      ["{ 'use strict'; return this === undefined; }", 'undefined', 'null', 'statement'],
    ],
    [
      'a loop without braces',
      'export let result = 0; while (result < 3) result++;',
      ['result++;', '++', '+=2', 'statement'],
    ],
    [
      'a loop body',
      'export let result = 0; for (let i = 0; i < 3; i++) { result += i; }',
      ['{ result += i; }', 'result += i;', '', 'statement'],
    ],
    [
      'a declaration with var',
      'if (true) { var a = 1; } export const result = a;',
      ['var a = 1;', '1', '2', 'statement'],
    ],
  ] as never)('switches one that is %s', (_name, text, ...changes) => expectSwitched(text, changes));
});

describe('what cannot be switched', () => {
  it.each<[string, string, Change]>([
    ['a declaration', 'const a = 1; export const result = a;', ['const a = 1;', '1', '2', 'statement']],
    [
      'a mutant that declares',
      'export let result = 0; result++;',
      ['result++;', 'result++;', 'let a = 1;', 'statement'],
    ],
    ['a target', 'const a = { b: 1 }; a.b = 2;', ['a.b', 'b', 'c']],
    ['a target behind a type', 'const a = { b: 1 }; (a.b as number) = 2;', ['a.b', 'b', 'c']],
    ['the callee of a method', 'const a = { b() { return this; } }; a.b();', ['a.b', 'b', 'c']],
    ['the middle of a chain', 'const a: any = null; a?.b.c;', ['a?.b', 'b', 'c']],
    ['what is deleted', 'const a: any = {}; delete a.b;', ['a.b', 'b', 'c']],
    ['a name that may be missing', "typeof nowhere === 'undefined';", ['nowhere', 'nowhere', 'x']],
    ['a key', "const a = { 'b': 1 };", ["'b'", 'b', 'c']],
    ['a shorthand', 'const a = 1; const b = { a };', ['a', 'a', 'b', 'expression', 5]],
    ['a tagged template', 'const t = (s: unknown) => s; t`a`;', ['`a`', 'a', 'b']],
    ['a module', "import('./a.js');", ["'./a.js'", 'a', 'b']],
    ['an enum', 'enum A { B = 1 }', ['1', '1', '2']],
    ['a type', "type A = 'b';", ["'b'", 'b', 'c']],
    [
      'a call of super',
      'class A extends Object { constructor() { super(); } }',
      ['super();', 'super();', ';', 'statement'],
    ],
    [
      'a loop that is continued by its label',
      'a: for (;;) { continue a; }',
      ['for (;;) { continue a; }', ';;', ';false;', 'statement'],
    ],
    ['no whole expression', 'const a = 1 + 2 * 3;', ['1 + 2', '+', '-']],
    ['what does not parse', 'const a = 1 + 2;', ['1 + 2', '+', ') + (']],
  ])('is %s', (_name, text, change) => expectOmitted(text, change));

  it('does not keep the others from it', () => {
    const text = 'enum A { B = 1 }\nexport const result = 1 + 1;';
    const { text: written, omitted } = writeSchemata(
      'a.ts',
      text,
      mutantsOf(text, [
        ['1', '1', '2'],
        ['1 + 1', '+', '-'],
      ]),
    );
    expect(omitted).toEqual([1]);
    expect(run('a.ts', written, 2, 2).result).toBe(0);
  });

  it('is a component of several languages', () => {
    expectOmitted('<script>export const a = 1 + 1;</script>', ['1 + 1', '+', '-'], 'a.vue');
  });
});

it('runs before its module does, where modules import each other', () => {
  const text = 'export const result = early(); function early() { return 1 + 1; }';
  expectSwitched(text, [['1 + 1', '+', '-']]);
});

it('is the program as it is without a driver', () => {
  const text = 'let n = 0; while (n < 5) n += 1; export const result = n;';
  const { text: written } = writeSchemata('a.ts', text, mutantsOf(text, [['n += 1', '1', '2']]));
  expect(run('a.ts', written, 1).result).toBe(5);
});
