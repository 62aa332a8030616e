import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const DRIVER = join(import.meta.dirname, '..', '..', '..', 'src', 'runners', 'pytest', 'driver');

/** Writes each mutant into the tree, puts it in force by hand, and compares with the text that has it. */
const PROGRAM = `
import ast, copy, json, sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
from downforce_switches import ACTIVE, REACH, Source

class Choose(ast.NodeTransformer):
    def __init__(self, number):
        self.number = number
    def chosen(self, test):
        if isinstance(test, ast.Call) and getattr(test.func, "id", None) == REACH:
            return test.args[0].value == self.number
        if isinstance(test, ast.Compare) and getattr(test.left, "id", None) == ACTIVE:
            return test.comparators[0].value == self.number
    def visit_If(self, node):
        chosen = self.chosen(node.test)
        if chosen is None:
            return self.generic_visit(node)
        branch = [self.visit(item) for item in (node.body if chosen else node.orelse)]
        return [part for item in branch for part in (item if isinstance(item, list) else [item])]
    def visit_IfExp(self, node):
        chosen = self.chosen(node.test)
        return self.generic_visit(node) if chosen is None else self.visit(node.body if chosen else node.orelse)

def judge(case):
    text, find, replace, form = case["text"], case["find"], case["replace"], case["form"]
    start = len(text[:text.index(find)].encode("utf-16-le")) // 2
    end = start + len(find.encode("utf-16-le")) // 2
    mutant = {"number": 1, "start": start, "end": end, "form": form, "replacement": replace, "atLoad": False}
    source = Source("file.py", text, [mutant], {1})
    if source.tree is None or 1 in source.apart and 1 not in source.equivalent:
        return "apart"
    if 1 in source.equivalent:
        return "equivalent"
    compile(source.tree, "file.py", "exec")
    def chosen(number):
        return ast.dump(Choose(number).visit(copy.deepcopy(source.tree)))
    assert chosen(0) == ast.dump(ast.parse(text.lstrip("\\ufeff"))), "asleep"
    wanted = ast.dump(ast.parse(source.mutated(1)))
    assert chosen(1) == wanted, "in force: " + chosen(1)
    lines = {getattr(node, "lineno", 1) for node in ast.walk(source.tree)}
    assert max(lines) <= text.count("\\n") + 1, "lines"
    return "switched"

print(json.dumps([judge(case) for case in json.load(sys.stdin)]))
`;

interface Case {
  readonly text: string;
  readonly find: string;
  readonly replace: string;
  readonly form?: 'expression' | 'statement';
  readonly is: 'switched' | 'apart' | 'equivalent';
}

const inFunction = (body: string): string => `def f(a, b, c):\n    ${body.replaceAll('\n', '\n    ')}\n`;
const statement = { form: 'statement' } as const;

const CASES: readonly Case[] = [
  { text: inFunction('return a < b'), find: 'a < b', replace: 'a <= b', is: 'switched' },
  { text: inFunction('return a - b * c'), find: 'b * c', replace: 'b + c', is: 'switched' },
  { text: inFunction('return (a - (b * c))'), find: 'b * c', replace: 'b + c', is: 'switched' },
  { text: inFunction('return a and b or c'), find: 'a and b', replace: 'a or b', is: 'switched' },
  { text: inFunction('return f(a or b, c)'), find: 'a or b', replace: 'a and b', is: 'switched' },
  { text: inFunction('return [x for x in a if x and b]'), find: 'x and b', replace: 'x or b', is: 'switched' },
  { text: inFunction('return a[1:b]'), find: '1:b', replace: '1:b - 1', is: 'switched' },
  { text: inFunction('return f(*a)'), find: '*a', replace: '*b', is: 'switched' },
  { text: inFunction('return f"{a + b} 👋 {c!r:>{b + 1}}"'), find: 'b + 1', replace: 'b - 1', is: 'switched' },
  { text: inFunction('x = "👋ü"; return a > b'), find: 'a > b', replace: 'a >= b', is: 'switched' },
  { text: inFunction('a(); b(); c()'), find: 'b();', replace: 'pass;', ...statement, is: 'switched' },
  { text: inFunction('if a: b()\nelif c: a()'), find: 'a()', replace: 'pass', ...statement, is: 'switched' },
  { text: inFunction('if a:\n    b()\nelif c:\n    a()'), find: 'elif c', replace: 'elif not c', is: 'switched' },
  {
    text: inFunction('if a:\n    b()\n    c()\nreturn 1'),
    find: 'b()\n        c()',
    replace: 'pass',
    ...statement,
    is: 'switched',
  },
  {
    text: inFunction('while a:\n    a -= 1\nelse:\n    b()'),
    find: 'a -= 1',
    replace: 'a += 1',
    ...statement,
    is: 'switched',
  },
  {
    text: inFunction('try:\n    a()\nexcept (b, c):\n    raise'),
    find: 'raise',
    replace: 'pass',
    ...statement,
    is: 'switched',
  },
  {
    text: inFunction('a = (\n    b +\n    c\n)\nreturn a'),
    find: 'b +\n        c',
    replace: 'b -\n        c',
    is: 'switched',
  },
  { text: inFunction('with a as x, b or c:\n    return x'), find: 'b or c', replace: 'b and c', is: 'switched' },
  { text: inFunction('return (x := a) + b'), find: 'x := a', replace: 'x := not a', is: 'switched' },
  { text: inFunction('return lambda x: x + a'), find: 'x + a', replace: 'x - a', is: 'switched' },
  {
    text: 'class A:\n\tb = 1\n\tdef __m(self):\n\t\treturn self.__x + 1\n',
    find: 'self.__x + 1',
    replace: 'self.__x - 1',
    is: 'switched',
  },
  { text: '\ufeffdef f(a):\r\n\treturn a + 1\r\n', find: 'a + 1', replace: 'a - 1', is: 'switched' },
  { text: 'async def f(a):\n    return await a(1)\n', find: 'await a(1)', replace: 'a(1)', is: 'switched' },
  { text: 'x = [1, 2]\ny = x[0] + 1\n', find: 'x[0] + 1', replace: 'x[0] - 1', is: 'switched' },
  {
    text: '@a(1)\ndef f():\n    return 1\n',
    find: '@a(1)\ndef f():\n    return 1',
    replace: '@a(2)\ndef f():\n    return 1',
    ...statement,
    is: 'switched',
  },
  // What the whole function becomes another by.
  { text: 'def f(a):\n    yield a\n', find: 'yield a', replace: 'pass', ...statement, is: 'apart' },
  { text: 'x = 1\ndef f():\n    x = 2\n    return x\n', find: 'x = 2', replace: 'pass', ...statement, is: 'apart' },
  { text: 'def f():\n    y = 2\n    return y\n', find: 'y = 2', replace: 'pass', ...statement, is: 'switched' },
  {
    text: 'def f(a):\n    def g():\n        a = 1\n        return a\n    return g\n',
    find: 'a = 1',
    replace: 'pass',
    ...statement,
    is: 'apart',
  },
  // What compiles to the same.
  { text: inFunction('return 2 * 3'), find: '2 * 3', replace: '3 * 2', is: 'equivalent' },
  { text: inFunction('b()\nreturn'), find: 'return', replace: 'return None', ...statement, is: 'equivalent' },
  { text: inFunction('return 0.0'), find: '0.0', replace: '-0.0', is: 'switched' },
  { text: inFunction('return 1'), find: '1', replace: 'True', is: 'switched' },
];

describe('mutants of Python in one syntax tree', () => {
  it('stand for the text with the mutant in it', { timeout: 60_000 }, () => {
    const input = JSON.stringify(CASES.map(({ form = 'expression', ...rest }) => ({ ...rest, form })));
    const { status, stdout, stderr } = spawnSync('python3', ['-c', PROGRAM, DRIVER], { input, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const found = JSON.parse(stdout) as readonly string[];
    expect(CASES.map(({ text, replace }, index) => ({ text, replace, is: found[index] }))).toEqual(
      CASES.map(({ text, replace, is }) => ({ text, replace, is })),
    );
  });
});
