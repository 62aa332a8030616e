import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suppressions } from '../../../../src/engine/guards/suppressions/index.ts';
import { inspect } from './context.ts';

/** Definitions with suppressions of every kind, to be put in any order and any file. */
const BLOCKS: Readonly<Record<string, readonly string[]>> = {
  'a.ts': [
    'export function a() {\n  // eslint-disable-next-line no-console\n  console.log(1);\n}\n',
    'export class B {\n  c(d: string) {\n    return f(d as any); // @ts-ignore\n  }\n}\n',
    '// @ts-expect-error\nexport const e = g();\n',
    'export const h = () => {\n  f(); // eslint-disable-line\n  f();\n};\n',
    'export function i() {\n  f();\n  f(); // eslint-disable-line\n}\n',
    'export function j() {\n  return 1;\n}\n',
  ],
  'a.py': [
    'def a():\n    f()  # noqa: E501\n',
    'class B:\n    def c(self):\n        return g()  # type: ignore[misc]\n',
    'def d():\n    f()\n    f()  # noqa: E501\n',
    'def e():  # pragma: no cover\n    pass\n',
    'h = 1\n',
  ],
  'a.rs': [
    '#[allow(dead_code)]\nfn a() {\n    b();\n}\n',
    'impl C {\n    #[expect(unused)]\n    fn d(&self) {}\n}\n',
    'fn e() {\n    #[allow(unused)]\n    let f = 1;\n}\n',
  ],
  'a.go': ['func a() {\n\tf() //nolint:errcheck\n}\n', '// #nosec G101\nvar b = "c"\n', 'func d() {\n\tf()\n}\n'],
};

const HEADS: Readonly<Record<string, string>> = { 'a.go': 'package p\n\n' };

describe('a moved block is no new suppression', () => {
  it.each(Object.keys(BLOCKS))('%s', async (path) => {
    const blocks = BLOCKS[path] ?? [];
    const head = HEADS[path] ?? '';
    const order = fc.shuffledSubarray([...blocks], { minLength: blocks.length });
    const other = path.replace('a.', 'b.');
    await fc.assert(
      fc.asyncProperty(order, order, fc.nat(blocks.length), fc.nat(blocks.length), async (one, two, cut, next) => {
        const files = (list: readonly string[], at: number) => ({
          [path]: head + list.slice(0, at).join('\n'),
          [other]: head + list.slice(at).join('\n'),
        });
        const { findings } = await inspect(suppressions, files(one, cut), files(two, next));
        expect(findings).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('nor is one put into a class or a function', async () => {
    const block = 'f(); // eslint-disable-line curly\nf();\n';
    for (const wrap of ['class A { static { @ } }', 'function a() { @ }', 'const b = () => { @ };', 'if (a) { @ }']) {
      const base = { 'a.ts': `${block}\n${wrap.replace('@', '')}\n` };
      const head = { 'a.ts': `${wrap.replace('@', `\n${block}`)}\n` };
      expect((await inspect(suppressions, base, head)).findings).toEqual([]);
    }
  });

  it('but a copied one is', async () => {
    for (const [path, blocks] of Object.entries(BLOCKS)) {
      const base = (HEADS[path] ?? '') + blocks.join('\n');
      const copied = `${base}\n${(blocks[0] ?? '').replace('a()', 'z()')}`;
      const { findings } = await inspect(suppressions, { [path]: base }, { [path]: copied });
      expect(findings.map(({ code }) => code)).toEqual(['suppression/added']);
    }
  });
});
