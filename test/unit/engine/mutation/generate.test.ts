import { describe, expect, it } from 'vitest';
import { mutate } from '../../../../src/engine/mutation/mutant.ts';
import { operatorsNamed } from '../../../../src/engine/mutation/operators/index.ts';
import { mutantsOf } from './expect-mutants.ts';

const made = async (
  text: string,
  lines: readonly number[],
  ...operators: readonly string[]
): Promise<readonly string[]> => {
  const mutants = await mutantsOf(
    'src/a.ts',
    text,
    operators.length === 0 ? undefined : operatorsNamed(operators),
    lines,
  );
  return mutants.map(({ original, edit }) => `${original.replace(/\s+/g, ' ')} → ${edit.text}`);
};

const ids = async (path: string, text: string, ...operators: readonly string[]): Promise<readonly string[]> =>
  (await mutantsOf(path, text, operatorsNamed(operators))).map(({ id }) => id);

describe('mutants of changed lines', () => {
  const text = [
    'export function total(cart, limit) {', // 1
    '  const sum =', // 2
    '    cart.price *', // 3
    '    cart.count;', // 4
    '  if (', // 5
    '    sum > limit &&', // 6
    '    cart.open', // 7
    '  ) {', // 8
    '    cart.close();', // 9
    '    cart.notify();', // 10
    '    cart.lock();', // 11
    '    cart.seal();', // 12
    '    cart.done = true;', // 13
    '  }', // 14
    '  return sum;', // 15
    '}', // 16
  ].join('\n');

  it('takes an expression that begins on one', async () => {
    expect(await made(text, [3], 'arithmetic')).toEqual(['* → /']);
  });

  it('takes an expression of few lines by any of them', async () => {
    expect(await made(text, [4], 'arithmetic')).toEqual(['* → /']);
  });

  it('takes a condition by any of its lines', async () => {
    const whole = 'sum > limit && cart.open';
    for (const line of [6, 7]) expect(await made(text, [line], 'forced-condition')).toEqual([`${whole} → true`]);
    for (const line of [4, 9]) expect(await made(text, [line], 'forced-condition')).toEqual([]);
  });

  it('takes a long block by its head alone', async () => {
    expect(await made(text, [1], 'block-removal')).toHaveLength(1);
    expect(await made(text, [8], 'block-removal')).toHaveLength(1);
    for (const line of [10, 11, 15]) expect(await made(text, [line], 'block-removal')).toEqual([]);
  });

  it('takes a statement by its own line', async () => {
    expect(await made(text, [10])).toEqual(['cart.notify(); → ;']);
    expect(await made(text, [13])).toEqual(['cart.done = true; → ;', 'true → false']);
  });

  it('takes a long call by the lines of its beginning and its name', async () => {
    const chain = 'app\n  .route("a", () => {\n    b();\n    c();\n    d();\n    e();\n  });\n';
    expect(await made(chain, [1], 'call-removal')).toHaveLength(1);
    expect(await made(chain, [4], 'call-removal')).toEqual(['c(); → ;']);
  });
});

describe('mutants', () => {
  it('are each another program', async () => {
    for (const text of [
      'x = !!a;',
      'function f() { return "a"; }',
      'if (a.equals(b)) c();',
      'x = - -a;',
      'if (a) { return; }\nb();',
    ]) {
      const mutants = await mutantsOf('src/a.ts', text);
      const programs = mutants.map(({ edit }) => mutate(text, edit));
      expect(new Set(programs).size).toBe(programs.length);
      expect(programs).not.toContain(text);
    }
  });

  it('say a comparison once', async () => {
    expect(await made('if (a < b) c();', [1])).toEqual(['< → <=', '< → >=', 'c(); → ;']);
    expect(await made('function f() { return a < b; }', [1])).toEqual(['< → <=', '< → >=']);
  });

  it('say of a block of one statement the statement', async () => {
    expect(await made('if (a) { b(); }', [1], 'block-removal', 'call-removal')).toEqual(['b(); → ;']);
  });

  it('say where they are', async () => {
    const [mutant] = await mutantsOf(
      'src/a.ts',
      'class Cart {\n  total() {\n    return this.a * 2;\n  }\n}\n',
      operatorsNamed(['arithmetic']),
    );
    expect(mutant).toMatchObject({
      path: 'src/a.ts',
      operator: 'arithmetic',
      symbol: 'Cart.total',
      original: '*',
      range: { start: { line: 3, column: 19 }, end: { line: 3, column: 20 } },
      exchange: { form: 'expression' },
      atLoad: false,
    });
    expect(mutant?.id).toMatch(/^m-[0-9a-f]{10}$/);
  });
});

describe('ids', () => {
  const before = 'function a(x) {\n  return x + 1;\n}\nfunction b(x) {\n  go(x + 1, x + 1);\n}\n';

  it('are all different', async () => {
    const all = await ids('a.ts', before, 'arithmetic', 'number-literal');
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(9);
    const same = await ids('a.ts', 'function b() {\n  go(1);\n  go(1);\n}\n', 'call-removal');
    expect(new Set(same).size).toBe(2);
  });

  it('stay when lines move, are laid out anew, or other lines change', async () => {
    const moved = before
      .replace('function b', '// a comment\n\nfunction c(x) {\n  return x + 1;\n}\nfunction b')
      .replace('x + 1, x + 1', 'x +\n    1,\n    x + 1');
    const [, ...ofB] = await ids('a.ts', before, 'arithmetic');
    const after = await ids('a.ts', moved, 'arithmetic');
    expect(after).toEqual(expect.arrayContaining(ofB));
    expect(after[0]).toBe((await ids('a.ts', before, 'arithmetic'))[0]);
  });

  it('stay whatever lines have changed', async () => {
    const all = await mutantsOf('a.ts', before, operatorsNamed(['arithmetic']));
    const some = await mutantsOf('a.ts', before, operatorsNamed(['arithmetic']), [5]);
    expect(some.map(({ id }) => id)).toEqual(all.slice(1).map(({ id }) => id));
  });

  it('of a long block stay while its inside is worked on', async () => {
    const block = (inside: string): string => `function a() {\n  first();\n${inside}}\n`;
    const long = '  somethingThatTakesSpace(1, 2, 3, 4, 5);\n'.repeat(12);
    expect(await ids('a.ts', block(long), 'block-removal')).toEqual(
      await ids('a.ts', block(`${long}  more();\n`), 'block-removal'),
    );
  });

  it('change with the file, the definition, the operator and the code', async () => {
    const [id] = await ids('a.ts', 'function a(x) { return x + 1; }', 'arithmetic');
    expect(await ids('b.ts', 'function a(x) { return x + 1; }', 'arithmetic')).not.toContain(id);
    expect(await ids('a.ts', 'function b(x) { return x + 1; }', 'arithmetic')).not.toContain(id);
    expect(await ids('a.ts', 'function a(x) { return x + 2; }', 'arithmetic')).not.toContain(id);
    expect(await ids('a.ts', 'function a(x) { return x - 1; }', 'arithmetic')).not.toContain(id);
  });
});

describe('operators by name', () => {
  it('are all by default, in one order', () => {
    expect(
      operatorsNamed('default')
        .map(({ name }) => name)
        .slice(0, 3),
    ).toEqual(['statement-removal', 'call-removal', 'block-removal']);
    expect(operatorsNamed(['unary', 'statement-removal']).map(({ name }) => name)).toEqual([
      'statement-removal',
      'unary',
    ]);
  });

  it('refuse a name that none has', () => {
    expect(() => operatorsNamed(['unnary'])).toThrow('There is no mutation operator "unnary".');
  });
});
