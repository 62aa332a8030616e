import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../../src/engine/config/default-config.ts';
import { suppressions } from '../../../../src/engine/guards/suppressions/index.ts';
import { type ContextOptions, type Files, inspect } from './context.ts';

/** `code path:line rule` of each finding. */
async function found(base: Files, head: Files, options: ContextOptions = {}): Promise<readonly string[]> {
  const { findings } = await inspect(suppressions, base, head, options);
  return findings.map(
    ({ code, path, range, data }) => `${code} ${path}:${range?.start.line} ${String(data?.['code'])}`,
  );
}

const CART = 'export class Cart {\n  total(a: number) {\n    return f(a);\n  }\n}\n';
const SILENT = CART.replace('    return', '    // eslint-disable-next-line no-console\n    return');

describe('what is new', () => {
  it('is found, with its place, its symbol and a message', async () => {
    const { findings, examined } = await inspect(suppressions, { 'a.ts': CART }, { 'a.ts': SILENT });
    expect(examined).toBe(1);
    expect(findings).toEqual([
      {
        code: 'suppression/added',
        severity: 'error',
        path: 'a.ts',
        range: { start: { line: 3, column: 8 }, end: { line: 3, column: 43 } },
        message: 'new suppression of no-console (eslint-disable-next-line) in Cart.total',
        data: { tool: 'eslint', code: 'no-console', symbol: 'Cart.total' },
      },
    ]);
  });

  it.each<[string, Files, Files, readonly string[]]>([
    ['a new file', {}, { 'a.py': 'f()  # noqa: E501\n' }, ['suppression/added a.py:1 E501']],
    ['a cast to any', { 'a.ts': 'f(a);\n' }, { 'a.ts': 'f(a as any);\n' }, ['suppression/added a.ts:1 as any']],
    ['an attribute', { 'a.rs': 'fn f() {}\n' }, { 'a.rs': '#[allow(x)]\nfn f() {}\n' }, ['suppression/added a.rs:1 x']],
    [
      'a second one on a line like the first',
      { 'a.py': 'f()  # noqa\nf()\n' },
      { 'a.py': 'f()  # noqa\nf()  # noqa\n' },
      ['suppression/added a.py:2 *'],
    ],
    [
      'one taken away, another put elsewhere',
      { 'a.py': 'f(1)  # noqa: E1\ng(2)\n' },
      { 'a.py': 'f(1)\ng(2)  # noqa: E1\n' },
      ['suppression/added a.py:2 E1'],
    ],
    [
      'a swap between equal lines of two functions',
      { 'a.py': 'def a():\n  f()  # noqa: E1\ndef b():\n  f()\n' },
      { 'a.py': 'def a():\n  f()\ndef b():\n  f()  # noqa: E1\n' },
      ['suppression/added a.py:4 E1'],
    ],
    [
      'a swap between files',
      { 'a.py': '# ruff: noqa\nf()\n', 'b.py': 'g()\n' },
      { 'a.py': 'f()\n', 'b.py': '# ruff: noqa\ng()\n' },
      ['suppression/added b.py:1 *'],
    ],
    [
      'another rule on the same line',
      { 'a.py': 'f()  # noqa: E1\n' },
      { 'a.py': 'f()  # noqa: F2\n' },
      ['suppression/widened a.py:1 F2'],
    ],
  ])('is found: %s', async (_, base, head, expected) => expect(await found(base, head)).toEqual(expected));
});

describe('what silences more than it did', () => {
  it.each<[string, string, string, string]>([
    ['a.ts', 'f() // eslint-disable-line curly\n', 'f() // eslint-disable-line\n', '*'],
    ['a.ts', 'f() // eslint-disable-line curly\n', 'f() // eslint-disable-line curly, eqeqeq\n', 'eqeqeq'],
    ['a.py', 'f()  # type: ignore[misc]\n', 'f()  # type: ignore\n', '*'],
    ['a.py', 'f()  # noqa: E501\n', 'f()  # noqa\n', '*'],
    ['a.py', 'f()  # noqa: E501\n', '# ruff: noqa: E501\nf()\n', 'E501'],
    ['a.ts', '// eslint-disable-next-line curly\nf()\n', '/* eslint-disable curly */\nf()\n', 'curly'],
    ['a.ts', '// @ts-expect-error\nf()\n', '// @ts-ignore\nf()\n', 'ts-ignore'],
  ])('%s %j', async (path, base, head, code) => {
    const { findings } = await inspect(suppressions, { [path]: base }, { [path]: head });
    expect(findings.map((finding) => [finding.code, finding.data?.['code']])).toEqual([['suppression/widened', code]]);
    expect(findings[0]?.message).toMatch(/^wider suppression of .*; before, /);
  });

  it.each<[string, string, string]>([
    ['a.ts', 'f() // eslint-disable-line\n', 'f() // eslint-disable-line curly\n'],
    ['a.py', 'f()  # type: ignore\n', 'f()  # type: ignore[misc, attr]\n'],
    ['a.py', 'f()  # noqa: E5\n', 'f()  # noqa: E501\n'],
    ['a.py', '# ruff: noqa: E501\nf()\ng()\n', 'f()  # noqa: E501\ng()\n'],
    ['a.ts', '/* eslint-disable curly */\nf()\ng()\n', 'f() // eslint-disable-line curly\ng()\n'],
    ['a.ts', '// @ts-ignore\nf()\n', '// @ts-expect-error\nf()\n'],
  ])('but not less: %s %j', async (path, base, head) =>
    expect(await found({ [path]: base }, { [path]: head })).toEqual([]),
  );
});

describe('what is not new', () => {
  const method = '  total() {\n    // eslint-disable-next-line no-console\n    return f();\n  }\n';
  it.each<[string, Files, Files, ContextOptions?]>([
    ['an edit elsewhere', { 'a.ts': SILENT }, { 'a.ts': `const a = 1;\n${SILENT}` }],
    ['other white space', { 'a.ts': SILENT }, { 'a.ts': SILENT.replace('return f(a)', 'return   f( a )') }],
    ['another reason', { 'a.ts': SILENT }, { 'a.ts': SILENT.replace('no-console', 'no-console -- so') }],
    ['the line edited', { 'a.ts': SILENT }, { 'a.ts': SILENT.replace('f(a)', 'f(a, 1)') }],
    [
      'the line broken by a formatter',
      { 'a.ts': SILENT },
      { 'a.ts': SILENT.replace('return f(a)', 'return f(\n      a,\n    )') },
    ],
    ['its method renamed', { 'a.ts': SILENT }, { 'a.ts': SILENT.replace('total', 'sum') }],
    [
      'a move to another class',
      { 'a.ts': `class A {\n${method}}\nclass B {}\n` },
      { 'a.ts': `class A {}\nclass B {\n${method}}\n` },
    ],
    [
      'a move to another file',
      { 'a.ts': `${SILENT}g()\n`, 'b.ts': 'h()\n' },
      { 'a.ts': 'g()\n', 'b.ts': `h()\n${SILENT}` },
    ],
    ['a file renamed', { 'a.ts': SILENT }, { 'b.ts': SILENT }, { renamed: { 'b.ts': 'a.ts' } }],
    ['a file moved without git noticing', { 'a.py': '# ruff: noqa\nf()\n' }, { 'b.py': '# ruff: noqa\nf()\n' }],
    ['one taken away', { 'a.ts': SILENT }, { 'a.ts': CART }],
    [
      'written for another linter',
      { 'a.ts': 'f() // eslint-disable-line no-console\n' },
      { 'a.ts': '// biome-ignore lint/suspicious/noConsole: so\nf()\n' },
    ],
    ['below one for the whole file', { 'a.py': '# ruff: noqa\nf()\n' }, { 'a.py': '# ruff: noqa\nf()\ng()  # noqa\n' }],
    ['prose', { 'a.md': '' }, { 'a.md': '<!-- prettier-ignore -->\n' }],
    [
      'generated code',
      { 'a.ts': '// Code generated by x. DO NOT EDIT.\n' },
      { 'a.ts': '// Code generated by x. DO NOT EDIT.\n/* eslint-disable */\n' },
    ],
    ['vendored code', {}, { 'vendor/a.py': 'f()  # noqa\n' }],
    [
      'marked as generated',
      { '.gitattributes': 'api/* linguist-generated\n' },
      { '.gitattributes': 'api/* linguist-generated\n', 'api/a.py': 'f()  # noqa\n' },
    ],
  ])('%s', async (_, base, head, options) => expect(await found(base, head, options)).toEqual([]));

  it('is not made so by a header that says generated', async () => {
    const head = { 'a.ts': `// DO NOT EDIT\n${SILENT}` };
    expect(await found({ 'a.ts': CART }, head)).toEqual(['suppression/added a.ts:4 no-console']);
  });
});

it('only mentions casts in tests, which test what happens to those who disregard types', async () => {
  const { findings } = await inspect(
    suppressions,
    {},
    { 'a.test.ts': 'f(1 as any);\n// @ts-expect-error\ng();\nh() // @ts-ignore\n;i()' },
  );
  expect(findings.map(({ severity, data }) => [data?.['code'], severity])).toEqual([
    ['ts-expect-error', 'info'],
    ['ts-ignore', 'error'],
    ['as any', 'info'],
  ]);
});

it('takes words from the configuration', async () => {
  const patterns = [{ tool: 'own', pattern: 'own-off (\\w+)' }];
  const config = { guards: { ...DEFAULT_CONFIG.guards, suppressions: { level: 'block' as const, patterns } } };
  expect(await found({ 'a.ts': 'f()\n' }, { 'a.ts': 'f() // own-off x\n' }, { config })).toEqual([
    'suppression/added a.ts:1 *',
  ]);
});

it('says why it looked at nothing', async () => {
  expect(await inspect(suppressions, {}, { 'a.ts': SILENT }, { noBase: true })).toMatchObject({
    examined: 0,
    idle: expect.stringMatching('no commit'),
  });
  expect(await inspect(suppressions, {}, { 'a.md': '' })).toMatchObject({
    examined: 0,
    idle: expect.stringMatching('no file'),
  });
});

it('stops when it is told to', async () => {
  const { guardContext } = await import('./context.ts');
  const context = await guardContext({ 'a.ts': CART }, { 'a.ts': SILENT });
  await expect(suppressions.inspect(context, AbortSignal.abort())).rejects.toThrow();
});
