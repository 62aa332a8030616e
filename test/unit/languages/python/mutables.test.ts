import { expect, it } from 'vitest';
import { markedMutable, readMutables, told } from '../mutables.ts';

const def = (body: string, head = 'def f(a):') => `${head}\n    ${body.replaceAll('\n', '\n    ')}\n`;

it.each([
  ['a + b ** -c', ['binary [a] + [b ** -c]', 'binary [b] ** [-c]', 'unary - [c]']],
  ['a < (b) not in c', ['binary [a] < [(b)]', 'binary [(b)] not in [c]']],
  ['x is not None', ['binary [x] is not [None]']],
  ['a and b or not (c)', ['logical [a and b] or [not (c)]', 'logical [a] and [b]', 'unary not [(c)]']],
  ['x //= ~1', ['assignment [x] //= [~1]', 'unary ~ [1]']],
  ['x = 1', []],
])('operators of %s', async (text, expected) => {
  expect(await told('a.py', text, 'binary', 'logical', 'unary', 'assignment', 'update')).toEqual(expected);
});

it.each([
  ['if (a < b): c()\nelif d: e()', ['if a < b', 'if d']],
  ['if (m := f()): pass', ['if m := f()']],
  ['while a: b()', ['while a']],
  ['x = a if b else c', ['ternary b']],
  ['[x for x in y if x if z]', ['guard x', 'guard z']],
  ['match a:\n    case 1 if b: c()', ['guard b']],
  ['assert a', []],
  ['for a in b: c()', []],
])('conditions of %j', async (text, expected) => expect(await told('a.py', text, 'condition')).toEqual(expected));

it.each([
  ['f(1, 0x1F, 1.5e3, True, None)', ['number 1', 'number 0x1F', 'number 1.5e3', 'boolean true', 'null None']],
  ['f("a", b\'\', """x""", r"\\d")', ['string "a" [a]', "string b'' []", 'string """x""" [x]', 'string r"\\d" [\\d]']],
  ['f(f"a{b!r:>{1}}c", "a" "b")', ['string f"a{b!r:>{1}}c" [a{b!r:>{1}}c] holes', 'string "a" [a]', 'string "b" [b]']],
  [
    'f([1, *a], {}, {x: y}, {z}, ())',
    ['list [1][*a] in [1, *a]', 'number 1', 'map  in []', 'map [x: y] in [x: y]', 'set [z] in [z]', 'tuple  in []'],
  ],
  ['[a, b] = (c, d) = e', []],
  ['f([x for x in y])', []],
])('literals of %s', async (text, expected) => {
  const kinds = ['number', 'string', 'boolean', 'null', 'collection'] as const;
  expect(await told('a.py', text, ...kinds)).toEqual(expected);
});

it.each([
  ['a.b(c, d=e, *f)', ['call [a.b] [a] [b] [c][d=e][*f]']],
  ['f(x for x in y)', ['call [f] - [f] [(x for x in y)]']],
  ['f()(1)', ['call [f()] - [f()] [1]', 'call [f] - [f]']],
  ['x[a:b, ::c, 1]', ['slice [a] [b]', 'slice - -']],
  ['x[1:]', ['slice [1] -']],
  [def('await a.b()', 'async def f():'), ['await [a.b()]', 'call [a.b] [a] [b]']],
  [def('return', 'def f(a, b=1, *, c: int = (2)):'), ['default [1]', 'default [2]', 'return -']],
  [def('return a, 1'), ['return [a, 1]']],
  ['x = lambda a, b=1: (a)', ['default [1]', 'implied [a]']],
])('calls and the like of %j', async (text, expected) => {
  expect(await told('a.py', text, 'call', 'slice', 'await', 'default', 'return')).toEqual(expected);
});

it.each([
  ['f()\na.b = 1\nx[0] = 1', ['call: f()', 'assignment: a.b = 1', 'assignment: x[0] = 1']],
  ['x = 1\nx = 2\nx += 1', ['assignment kept: x = 1', 'assignment: x = 2', 'assignment: x += 1']],
  [def('a = a or 1'), ['declaration kept: def f(a): a = a or 1', 'assignment: a = a or 1']],
  ['x: int\ny: int = 1', ['declaration kept: x: int', 'assignment kept: y: int = 1']],
  [
    'x = 1\nclass C:\n    x = 2',
    ['assignment kept: x = 1', 'declaration kept: class C: x = 2', 'assignment kept: x = 2'],
  ],
  [
    '"doc"\n...\na.b\n[f(x) for x in y]',
    ['other kept: "doc"', 'other kept: ...', 'other kept: a.b', 'other: [f(x) for x in y]'],
  ],
  ['raise E\ndel a\nassert a\npass', ['throw: raise E', 'delete: del a', 'other: assert a', 'other kept: pass']],
  ['global k\nk = 1', ['declaration kept: global k', 'assignment: k = 1']],
  ['async def f(): await g()', ['declaration kept: async def f(): await g()', 'call: await g()']],
  ['__all__ = ["a"]', ['declaration kept: __all__ = ["a"]']],
  ['import a\nfrom b import c\ntype X = int', []],
])('statements of %j', async (text, expected) => expect(await told('a.py', text, 'statement')).toEqual(expected));

it('tells a return or a jump to where control goes anyway', async () => {
  const body =
    'if a:\n    return\nfor b in a:\n    if b:\n        continue\n    g()\n    continue\nwith a:\n    return 1';
  const found = await told('a.py', def(body), 'statement');
  expect(found.filter((line) => /^(return|jump)/.test(line))).toEqual([
    'return: return',
    'jump: continue',
    'jump kept: continue',
    'return kept: return 1',
  ]);
});

it('keeps what makes a function a generator, and a name one of its own', async () => {
  const found = await told('a.py', def('yield a\nif a:\n    b = 1\nelse:\n    g()\nreturn b'), 'statement', 'block');
  expect(found).toContain('other kept: yield a');
  expect(found).toContain('if 1 kept: b = 1');
  expect(found).toContain('else 1: g()');
  expect(found.find((line) => line.startsWith('function'))).toMatch(/^function 3 kept/);
  expect(await told('a.py', def('yield a\nyield'), 'statement')).toContain('other: yield a');
});

it.each([
  [def('"""Doc."""\ng()\nh()'), ['function 2: g() h()']],
  [def('"""Doc."""\n...'), ['function 1 kept: ...']],
  ['if a: b(); c();\nelif d: e()\nelse:\n    g()\n    # end', ['if 2: b(); c()', 'if 1: e()', 'else 1: g()']],
  ['while True:\n    f()', ['loop 1 kept: f()']],
  ['for a in b:\n    f()\nelse:\n    g()', ['loop 1: f()', 'else 1: g()']],
  [
    'try:\n    a()\nexcept (B, C) as e:\n    d()\nelse:\n    e()\nfinally:\n    f()',
    ['try 1: a()', 'catch 1: d()', 'else 1: e()', 'finally 1: f()'],
  ],
  ['with a as b:\n    c()', ['other 1: c()']],
  ['match a:\n    case 1: b()\n    case _: pass', ['case 1: b()', 'case 1 kept: pass']],
  ['class C:\n    a = 1', []],
])('blocks of %j', async (text, expected) => expect(await told('a.py', text, 'block')).toEqual(expected));

it.each([
  ['@app.route("/", n=1)\ndef f(): pass'],
  ['def f(a: Literal["x"] = None) -> "X[1]": pass'.replace(' = None', '')],
  ['class C:\n    a: Annotated[int, 1]'],
  ['"""Doc 1."""\nclass C:\n    """Doc."""\n    a = b\n    "about a"'],
  ['if TYPE_CHECKING:\n    a = 1'],
  ['__all__ = ["a", 1]\n__all__ += ["b"]'],
  ['T = TypeVar("T", bound="X")\nU = Union["A", 1]\nv = cast("X", w)'],
  ['match a:\n    case 1 | "x" | None | [2]: pass'],
  ['@overload\ndef f(a=1): ...'],
  ['type X = Literal[1]'],
])('nothing that is for readers, checkers and patterns: %j', async (text) => {
  expect(await told('a.py', text, 'number', 'string', 'null', 'collection', 'default', 'boolean')).toEqual([]);
});

it('reads what stands beside type checking', async () => {
  expect(await told('a.py', 'if TYPE_CHECKING:\n    a = 1\nelse:\n    a = 2', 'number')).toEqual(['number 2']);
});

it.each([
  ['x = |1', 'number', '', true],
  ['class C:\n    x = |1', 'number', 'C', true],
  ['class C:\n    def f(self, a=|1): pass', 'number', 'C.f', true],
  ['class C:\n    def f(self): return |1', 'number', 'C.f', false],
  ['def f():\n    def g(a=|1): pass', 'number', 'f.g', false],
  ['x = lambda: |1', 'number', '', false],
  ['def f():\n    |g()', 'block', 'f', false],
] as const)('%j: %s in %j, at load: %s', async (text, kind, symbol, atLoad) => {
  expect(await markedMutable('a.py', text, kind)).toMatchObject({ symbol, atLoad });
});

it.each([
  // Python knows one operation where the grammar nests two.
  ['x = (y, |a and b and c)', 'logical', 'expression a and b and c'],
  ['x = |a < b < c', 'binary', 'expression a < b < c'],
  ['x = 1 ^ |2 & 3', 'number', 'expression 2'],
  ['x = |1 ^ 2 & 3', 'binary', 'expression 1 ^ 2 & 3'],
  ['if (|a): pass', 'condition', 'expression a'],
  ['x = y[|1:2]', 'slice', 'expression y[1:2]'],
  // What is assigned to cannot be exchanged.
  ['y[|1:2] = x', 'slice', 'statement y[1:2] = x'],
  ['del y[|1:2]', 'slice', 'statement del y[1:2]'],
  ['x = f"{|1 + 2}"', 'binary', 'expression f"{1 + 2}"'],
  ['x = "a" |"b"', 'string', 'expression "a" "b"'],
  ['f(|1 for x in y)', 'number', 'expression 1'],
  ['|f()', 'call', 'statement f()'],
  ['if a: pass\nelif |b: pass\nelse:\n    c()\n    # end', 'condition', 'expression b'],
  // Neighbours go together.
  ['if a:\n    |b()\n    c()\n    # end', 'block', 'statement b()\n    c()'],
  ['@d\ndef f():\n    |g()\n    h()', 'block', 'statement g()\n    h()'],
] as const)('what is exchanged for %j', async (marked, kind, expected) => {
  const { exchange } = await markedMutable('a.py', marked, kind);
  expect(`${exchange.form} ${marked.replace('|', '').slice(exchange.start, exchange.end)}`).toBe(expected);
});

it('exchanges a chain of operands as one', async () => {
  const text = 'x = (a and b and c, d < e < f, g or (h or i))';
  const { mutables } = await readMutables('a.py', text);
  const operations = mutables.filter(({ kind }) => kind === 'logical' || kind === 'binary');
  const exchanged = operations.map(({ exchange }) => text.slice(exchange.start, exchange.end));
  expect(exchanged).toEqual([
    ...['a and b and c', 'a and b and c', 'd < e < f', 'd < e < f', 'g or (h or i)', 'h or i'],
  ]);
});

it('counts UTF-16 units, whatever ends the lines', async () => {
  const text = '# ü😀\r\ndef f(é):\r\n\tif é:\r\n\t\treturn "😀" + "x"\r\n\tg()\r\n';
  expect(await told('a.py', text, 'string', 'binary', 'condition', 'block')).toEqual([
    'function 2: if é: return "😀" + "x" g()',
    'if é',
    'if 1: return "😀" + "x"',
    'binary ["😀"] + ["x"]',
    'string "😀" [😀]',
    'string "x" [x]',
  ]);
});

it('says what does not parse, and leaves out the function around it', async () => {
  const text = 'def f(a):\n    return a < 1\ndef g(a):\n    return a <\n    b = 2\n';
  const { mutables, unanalysed } = await readMutables('a.py', text);
  expect(unanalysed).toMatch(/^does not parse at line \d$/);
  expect(mutables.map(({ symbol }) => symbol)).not.toContain('g');
  expect(mutables.filter(({ kind }) => kind === 'binary')).toHaveLength(1);
});

it('reads a text as deep as the grammar allows', async () => {
  const { mutables } = await readMutables(
    'a.py',
    `x = ${'('.repeat(2000)}1${')'.repeat(2000)} + ${'a + '.repeat(2000)}1\n`,
  );
  expect(mutables.filter(({ kind }) => kind === 'binary')).toHaveLength(2001);
});
