import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changedTests } from '../../../../src/engine/guards/changed-tests/index.ts';
import { fileSize } from '../../../../src/engine/guards/file-size/index.ts';
import type { Guard } from '../../../../src/engine/guards/guard.ts';
import { suppressions } from '../../../../src/engine/guards/suppressions/index.ts';
import { inspect } from './context.ts';

const TEXTS: Readonly<Record<string, string>> = {
  'src/a.ts': '/* eslint-disable */\nexport class A<T> {\n  b(c: T) { return c as any; } // @ts-ignore\n}\n',
  'src/a.test.tsx': "describe('a', () => { it.skip('b', () => { expect(<A b={1} />).toBe(c); }); });\n",
  'src/a.vue': '<template><p/></template>\n<script lang="ts">\nexport default {} // eslint-disable-line\n</script>\n',
  'a.py':
    '@overload\ndef f(a: int = 1) -> str:\n    """Doc."""\n    return f"{a!r:>3}"  # noqa: E501  # type: ignore\n',
  'a.go': 'package p\nfunc (c *C) F(a, b int) {\n\tif d := a; d > 0 {\n\t\tg(d) //nolint:errcheck\n\t}\n}\n',
  'a.rs':
    '#[allow(x)]\nfn f(a: u8) { let P { b, .. } = a; println!("{}", b); }\n#[cfg(test)]\nmod t { #[test] fn g() {} }\n',
  'A.java': '@SuppressWarnings({"a"}) class A { int f(int b) { return g(c -> c + b); } }\n',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "skipLibCheck": true } }\n',
  'pyproject.toml': '[tool.ruff.lint]\nignore = ["E501"]\n[tool.coverage.report]\nfail_under = 90\n',
  '.github/workflows/ci.yml':
    'jobs:\n  a:\n    steps:\n      - run: npm test || true\n        continue-on-error: true\n',
  'eslint.config.js': "export default [{ ignores: ['a'], rules: { curly: 'off' } }];\n",
  'a.sh': '# shellcheck disable=SC1\nnpm test || true\n',
};

const NOISE = [
  '/*',
  '*/',
  '//',
  '#',
  '"',
  "'",
  '`',
  '{',
  '}',
  '(',
  '<!--',
  '\n',
  '\r\n',
  ' as any',
  '# noqa',
  '\u0000',
  '💥',
  '\ud800',
  '&a [*a]',
];

/** A part cut out and noise put in its place. */
const edit = fc.record({ at: fc.nat(250), cut: fc.nat(40), noise: fc.oneof(fc.constantFrom(...NOISE), fc.string()) });

function apply(
  text: string,
  edits: readonly { readonly at: number; readonly cut: number; readonly noise: string }[],
): string {
  return edits.reduce(
    (now, { at, cut, noise }) => now.slice(0, at % (now.length + 1)) + noise + now.slice((at % (now.length + 1)) + cut),
    text,
  );
}

const GUARDS: readonly Guard[] = [suppressions, changedTests, fileSize];

it.each(Object.keys(TEXTS))('random edits of %s crash no guard', async (path) => {
  const text = TEXTS[path] ?? '';
  const some = fc.array(edit, { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(some, some, async (before, after) => {
      const base = { [path]: apply(text, before), 'src/b.test.ts': '' };
      const head = { [path]: apply(text, after), 'src/b.test.ts': '' };
      for (const guard of GUARDS) {
        const { findings } = await inspect(guard, base, head);
        for (const { range } of findings) expect(range?.start.line ?? 1).toBeGreaterThan(0);
        expect((await inspect(guard, base, base)).findings).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});
