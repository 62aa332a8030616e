import { describe, expect, it } from 'vitest';
import { analysed, expectDifferent, expectOtherTests, expectSame, expectSameTests, symbolAtMark } from './analysed.ts';

describe('what runs', () => {
  it.each([
    ['comments and blank lines', 'a = 1\nb = 2\n', '# c\na = 1\n\n\nb = 2  # d\n'],
    ['docstrings', 'def f():\n  return 1\n', 'def f():\n  """Doc."""\n  return 1\n'],
    ['quotes', "f('a', \"it's\")", "f(\"a\", 'it\\'s')"],
    ['a string over two lines', "f('ab')", "f('a'\n  'b')"],
    ['trailing commas', 'f(a, b)', 'f(\n  a,\n  b,\n)'],
    ['parentheses', 'x = (a * b) + c', 'x = a * b + c'],
    [
      'annotations',
      'def f(a, b=1, *c, **d):\n  x = 1\n',
      'def f(a: int, b: "T" = 1, *c: str, **d: V) -> U:\n  x: int = 1\n',
    ],
    ['declarations in functions', 'def f():\n  return 1\n', 'def f():\n  x: int\n  return 1\n'],
    ['imports for annotations', 'def f(a): pass\n', 'from .m import T\ndef f(a: T): pass\n'],
    [
      'imports for the type checker',
      'f()',
      'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  from .m import T\nf()',
    ],
    ['overloads', 'def f(a): return a\n', '@overload\ndef f(a: int) -> int: ...\ndef f(a): return a\n'],
    ['casts', 'f(a)', 'f(cast(T, a))'],
    ['aliases of types', 'f()', 'Headers = Union["A", str]\nf()'],
    [
      'order and grouping of imports',
      'import a\nfrom b import c, d\n',
      'from b import (\n  d,\n)\nfrom b import c\nimport a\n',
    ],
    ['a parameter renamed', 'def f(a, b): return a - b\n', 'def f(x, y): return x - y\n'],
    ['a local renamed', 'def f():\n  a = g()\n  return f"{a}"\n', 'def f():\n  z = g()\n  return f"{z}"\n'],
    ['names of a comprehension', 'x = [a for a in b]', 'x = [c for c in b]'],
    ['generic bases', 'class A(Mapping): pass\n', 'class A(Mapping[str, int]): pass\n'],
    ['pass', 'class A:\n  pass\n', 'class A:\n  """Doc."""\n'],
  ])('is the same with other %s', (_, left, right) => expectSame('src/a.py', left, right));

  it.each([
    ['a function', 'min(a, b)', 'max(a, b)'],
    ['indentation', 'if a:\n  b()\n  c()\n', 'if a:\n  b()\nc()\n'],
    ['precedence', 'x = (a + b) * c', 'x = a + b * c'],
    ['parameters swapped', 'def f(a, b): return a - b\n', 'def f(b, a): return a - b\n'],
    ['an attribute', 'a.b()', 'a.c()'],
    ['a name of the module', 'a = 1', 'b = 1'],
    ['a keyword argument', 'f(a=1)', 'f(b=1)'],
    ['a field of a dataclass', 'class A:\n  a: int\n', 'class A:\n  a: int\n  b: int\n'],
    ['a string', "f('a')", "f('b')"],
    ['the kind of a string', "f('a')", "f(b'a')"],
    ['a tuple of one', 'x = (a)', 'x = (a,)'],
    ['a module', 'from a import b', 'from c import b'],
    ['a default', 'def f(a=1): pass\n', 'def f(a=2): pass\n'],
    ['a decorator', 'def f(): return 1\n', '@cached\ndef f(): return 1\n'],
    ['a global', 'def f():\n  a = 1\n', 'def f():\n  global a\n  a = 1\n'],
    ['yield and return', 'def f(): return a\n', 'def f(): yield a\n'],
  ])('differs with %s', (_, left, right) => expectDifferent('src/a.py', left, right));
});

describe('what tests run', () => {
  const real = 'def test_a():\n  assert f() == 1\n';
  it.each([
    ['a skipped test', `${real}@pytest.mark.skip(reason="later")\ndef test_b():\n  assert g()\n`],
    ['an empty test', `${real}def test_b():\n  """Later."""\n`],
    ['a test that skips itself', `${real}def test_b():\n  pytest.skip("later")\n  assert g()\n`],
    ['a class of such', `${real}class TestB:\n  def test_b(self):\n    pass\n`],
    ['a comment', `# why\n${real}`],
  ])('is the same with %s', (_, text) => expectSameTests('tests/test_a.py', real, text));

  it('differs with another expectation', () => expectOtherTests('tests/test_a.py', real, real.replace('1', '2')));
});

it.each([
  ['class Cart:\n  def total(self):\n    re|turn 1\n', 'Cart.total'],
  ['def a():\n  def b():\n    |pass\n', 'a.b'],
  ['a = |1', ''],
])('symbol of %j', async (text, symbol) => expect(await symbolAtMark('a.py', text)).toBe(symbol));

it('says what does not parse, and where', async () => {
  expect((await analysed('a.py', 'a = 1\ndef f(:\n  pass\n')).unanalysed).toBe('does not parse at line 2');
});
