import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { typescript } from '../../../../src/languages/typescript/index.ts';
import { scriptText } from '../../../../src/languages/typescript/references.ts';

beforeAll(async () => typescript.ready?.());

function read(path: string, text: string): readonly string[] {
  return typescript
    .extract(path, text)
    .references.map(({ kind, specifier, typeOnly, glob }) =>
      [kind, specifier ?? '?', ...(typeOnly ? ['type'] : []), ...(glob === true ? ['glob'] : [])].join(' '),
    );
}

/** An apostrophe in JSX text is an open string to the lexer. */
const REFUSED = "\nconst x = <p>don't</p>;\n";

describe('a file that the lexer refuses', () => {
  it.each<[string, string, string]>([
    ['default', "import a from './a';", 'static ./a'],
    ['names and default', "import a, { b as c, $d } from './a';", 'static ./a'],
    ['namespace', "import * as a from './a';", 'static ./a'],
    ['side effect', "import './a.css';", 'static ./a.css'],
    ['many lines', "import {\n  a,\n  b,\n} from './a';", 'static ./a'],
    ['a comment among the names', "import {\n  a, // the a\n  b,\n} from './a';", 'static ./a'],
    ['type', "import type { A } from './a';", 'static ./a type'],
    ['type default', "import type A from './a';", 'static ./a type'],
    ['export *', "export * from './a';", 'reexport ./a'],
    ['export names', "export { a } from './a';", 'reexport ./a'],
    ['export type', "export type { A } from './a';", 'reexport ./a type'],
    ['import()', "lazy(() => import('./a'));", 'dynamic ./a'],
    ['import() with a chunk name', "import(/* webpackChunkName: 'x' */ './a');", 'dynamic ./a'],
    ['import() of a template', `import(\`./a/\${name}.js\`);`, 'dynamic ./a/*.js glob'],
    ['import() computed', 'import(name);', 'dynamic ?'],
    ['require', "require('./a');", 'require ./a'],
    ['minified', "import{a}from'./a';", 'static ./a'],
    ['minified export', "export*from'./a';", 'reexport ./a'],
    ['minified namespace', "import*as a from'./a';", 'static ./a'],
  ])('%s', (_, line, expected) => expect(read('a.tsx', line + REFUSED)).toEqual([expected]));

  it('still points at the specifier', () => {
    const text = `import a, { b } from './sub/a';${REFUSED}`;
    const [found] = typescript.extract('a.tsx', text).references;
    expect(text.slice(found?.start, found?.end)).toBe('./sub/a');
  });

  it.each([
    ['JSX', `import './a';${REFUSED}`, undefined],
    ['a NUL', "import './a';\0 don't", expect.stringContaining('does not lex')],
    ['conflict markers', `<<<<<<< ours\nimport './a';\n=======\n>>>>>>> theirs${REFUSED}`, expect.anything()],
  ])('says so only where it is no JavaScript: %s', (_, text, expected) => {
    expect(typescript.extract('a.tsx', text).unanalysed).toEqual(expected);
  });
});

describe('single-file components', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['vue', 'a.vue', "<template>\n</template>\n<script>\nimport './a';\n</script>\n", ['static ./a']],
    [
      'vue, both scripts',
      'a.vue',
      "<script>import './a'</script>\n<script setup lang=\"ts\">import type A from './b'</script>",
      ['static ./a', 'static ./b type'],
    ],
    [
      'vue, generic attribute',
      'a.vue',
      '<script setup generic="T extends Array<string>">\nimport \'./a\';\n</script>',
      ['static ./a'],
    ],
    ['vue, script elsewhere', 'a.vue', '<script src="./a.ts"></script>', ['static ./a.ts']],
    ['vue, markup first', 'a.vue', "<template>import './b'</template>\n<script>import './a'</script>", ['static ./a']],
    ['vue, markup only', 'a.vue', "<template><p>import './a'</p></template>", []],
    ['svelte', 'a.svelte', "<script>import './a'</script>\n<p>don't import './b'</p>", ['static ./a']],
    ['svelte module script', 'a.svelte', '<script context="module">import \'./a\'</script>', ['static ./a']],
    ['astro', 'a.astro', "---\nimport './a';\n---\n<p>import './b'</p>", ['static ./a']],
    ['astro, CRLF', 'a.astro', "---\r\nimport './a';\r\n---\r\n<p></p>", ['static ./a']],
    ['upper case', 'a.vue', "<SCRIPT>import './a'</SCRIPT>", ['static ./a']],
  ])('%s', (_, path, text, expected) => expect(read(path, text)).toEqual(expected));

  it('keeps the place of the specifier', () => {
    const text = "<template>ünï 𝒳</template>\r\n<script>\r\nimport './sub/a'\r\n</script>";
    const [found] = typescript.extract('a.vue', text).references;
    expect(text.slice(found?.start, found?.end)).toBe('./sub/a');
  });

  it('keeps length and lines whatever the text', () => {
    const piece = fc.constantFrom('<script>', '<script setup>', '</script>', '---', '\n', '\r\n', 'a', '𝒳', "'", '<');
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom('a.vue', 'a.svelte', 'a.astro', 'a.ts'), (pieces, path) => {
        const text = pieces.join('');
        const script = scriptText(path, text);
        expect(script).toHaveLength(text.length);
        expect(script.split('\n')).toHaveLength(text.split('\n').length);
      }),
    );
  });
});

describe('any text', () => {
  const PATHS = ['a.ts', 'a.tsx', 'a.js', 'a.cjs', 'a.vue', 'a.svelte', 'a.astro'];
  const word = fc.constantFrom(
    ...['import ', 'export ', ' from ', "'./a'", '`./${', '}`', 'require(', ')', 'const r = require;', 'r(', '<p>'],
    ...[
      'new URL(',
      'import.meta.glob([',
      "jest.mock('",
      '\0',
      '\uFEFF',
      '\ud800',
      '/*',
      '*/',
      '//',
      '\n',
      '{',
      '<script>',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(word).map((words) => words.join('')),
  );

  it('makes extraction neither throw nor point outside', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...PATHS), (source, path) => {
        for (const { start, end } of typescript.extract(path, source).references) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(source.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  // Quadratic time takes seconds for these, linear time milliseconds.
  it.each([
    ['import declarations without end', 'a.ts', "don't import ", 'import '],
    ['type arguments without end', 'a.ts', '', 'mock<'],
    ['aliases', 'a.ts', '', 'var a=require;'],
    ['templates', 'a.ts', '', 'require(`'],
    ['script tags without end', 'a.vue', '', '<script>'],
    ['open script tags', 'a.vue', '', '<script '],
  ])('takes no time that grows with the square of its length: %s', { timeout: 1000 }, (_, path, head, unit) => {
    expect(typescript.extract(path, head + unit.repeat(25_000))).toBeDefined();
  });
});

describe('which files', () => {
  it.each([
    ['src/a.ts', true],
    ['a.d.ts', true],
    ['a.mts', true],
    ['a.cjs', true],
    ['a.jsx', true],
    ['a.vue', true],
    ['a.svelte', true],
    ['a.json', false],
    ['a.css', false],
    ['ts', false],
    ['a.tsx.snap', false],
  ])('matches %s: %s', (path, expected) => expect(typescript.matches(path)).toBe(expected));

  it.each([
    ['package.json', true],
    ['packages/a/package.json', true],
    ['tsconfig.json', true],
    ['a/tsconfig.build.json', true],
    ['jsconfig.json', true],
    ['pnpm-workspace.yaml', true],
    ['my-package.json', false],
    ['package.json5', false],
    ['a.ts', false],
  ])('is layout %s: %s', (path, expected) => expect(typescript.isLayout(path)).toBe(expected));
});
