import { beforeAll, describe, expect, it } from 'vitest';
import { typescript } from '../../../../src/languages/typescript/index.ts';

beforeAll(async () => typescript.ready?.());

/** Each reference as `kind specifier`, then `type` and `glob` where it says so; `?` for a computed specifier. */
function read(text: string, path = 'a.ts'): readonly string[] {
  return typescript
    .extract(path, text)
    .references.map(({ kind, specifier, typeOnly, glob }) =>
      [kind, specifier ?? '?', ...(typeOnly ? ['type'] : []), ...(glob === true ? ['glob'] : [])].join(' '),
    );
}

describe('import and export declarations', () => {
  it.each<[string, string, string]>([
    ['default', "import a from './a';", 'static ./a'],
    ['named', "import { a, b as c } from './a';", 'static ./a'],
    ['namespace', "import * as a from './a';", 'static ./a'],
    ['side effect', "import './a';", 'static ./a'],
    ['double quotes', 'import a from "./a";', 'static ./a'],
    ['no semicolon, many lines', "import {\n  a, // the a\n  b,\n} from './a'\nf()", 'static ./a'],
    ['no blanks', "import{a}from'./a';", 'static ./a'],
    ['type', "import type { A } from './a';", 'static ./a type'],
    ['type among values', "import { type A, b } from './a';", 'static ./a'],
    ['attributes', "import a from './a.json' with { type: 'json' };", 'static ./a.json'],
    ['escapes decoded', "import './\\x61';", 'static ./a'],
    ['shebang', "#!/usr/bin/env node\nimport './a';", 'static ./a'],
    ['byte order mark', "\uFEFFimport './a';", 'static ./a'],
    ['export *', "export * from './a';", 'reexport ./a'],
    ['export * as', "export * as a from './a';", 'reexport ./a'],
    ['export names', "export { a } from './a';", 'reexport ./a'],
    ['export type', "export type { A } from './a';", 'reexport ./a type'],
    ['after a regular expression', "const re = /['\"]/;\nimport './a';", 'static ./a'],
    ['among TypeScript syntax', "@dec() class A { @x() y = <any>1 }\nenum E { A }\nimport './a';", 'static ./a'],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual([expected]));

  it.each([
    ['line comment', "// import './a'\n"],
    ['block comment', "/* import './a' */"],
    ['string', 'const s = "import \'./a\'";'],
    ['template', "const s = `import './a'`;"],
    ['regular expression', "const r = /import '.a'/;"],
    ['own exports', 'export const a = 1; export { a as b }; export default a;'],
    ['import.meta', 'const here = import.meta.url;'],
    ['a property', "a.import('./a');"],
  ])('not: %s', (_, text) => expect(read(text)).toEqual([]));
});

describe('calls that load a module', () => {
  it.each<[string, string, string]>([
    ['import()', "await import('./a');", 'dynamic ./a'],
    ['import() with a chunk name', "import(/* webpackChunkName: 'x' */ './a');", 'dynamic ./a'],
    ['import() of a plain template', 'import(`./a`);', 'dynamic ./a'],
    ['import() of a template', `import(\`./a/\${name}.js\`);`, 'dynamic ./a/*.js glob'],
    ['import() computed', 'import(name);', 'dynamic ?'],
    ['import() of a sum', "import('./a/' + name);", 'dynamic ?'],
    ['require', "const a = require('./a');", 'require ./a'],
    ['require with blanks', "require (\n  './a'\n);", 'require ./a'],
    ['require of a template', `require(\`./a/\${name}\`);`, 'require ./a/* glob'],
    ['require computed', 'require(name);', 'require ?'],
    ['require.resolve', "require.resolve('./a');", 'require ./a'],
    ['require.resolve computed', 'require.resolve(name);', 'require ?'],
    ['aliased require', "const r = require;\nr('./a');", 'require ./a'],
    ['aliased require, dollar', "const $r = require;\n$r('./a');", 'require ./a'],
    ['alias.resolve', "const r = require;\nr.resolve('./a');", 'require ./a'],
    ['createRequire', "const r = createRequire(import.meta.url);\nr('./a');", 'require ./a'],
    ['module.createRequire', "const r = module.createRequire(url);\nr('./a');", 'require ./a'],
    ['createRequire called at once', "createRequire(import.meta.url)('./a');", 'require ./a'],
    ['import.meta.resolve', "import.meta.resolve('./a');", 'dynamic ./a'],
    ['new URL', "new URL('./a.wasm', import.meta.url);", 'dynamic ./a.wasm'],
    ['worker', "new Worker(new URL('./w.ts', import.meta.url));", 'dynamic ./w.ts'],
    ['jest.mock', "jest.mock('./a', () => ({}));", 'dynamic ./a'],
    ['jest.requireActual', "jest.requireActual('./a');", 'require ./a'],
    ['jest.requireActual with a type', "jest.requireActual<typeof X>('./a');", 'require ./a'],
    ['vi.mock', "vi.mock('./a');", 'dynamic ./a'],
    ['vi.mock of an import', "vi.mock(import('./a'));", 'dynamic ./a'],
    ['vi.importActual', "await vi.importActual('./a');", 'dynamic ./a'],
    ['import.meta.glob', "import.meta.glob('./a/*.ts');", 'dynamic ./a/*.ts glob'],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual([expected]));

  it('takes every pattern of import.meta.glob', () => {
    expect(read("import.meta.glob(['./a/*.ts', './b/*.ts']);")).toEqual([
      'dynamic ./a/*.ts glob',
      'dynamic ./b/*.ts glob',
    ]);
  });

  it('takes every require of a statement', () => {
    expect(read("const { a } = require('./a'), b = require('./b');")).toEqual(['require ./a', 'require ./b']);
  });

  it.each([
    ['another function', "myrequire('./a'); requireAll(x);"],
    ['an absolute URL', "new URL('https://example.org/x');"],
    ['an empty call', 'require();'],
  ])('not: %s', (_, text) => expect(read(text)).toEqual([]));
});

describe('TypeScript only', () => {
  it.each([
    ['import = require', "import a = require('./a');"],
    ['export import = require', "export import a = require('./a');"],
    ['import type = require', "import type a = require('./a');"],
    ['type of a variable', "let a: import('./a').A;"],
    ['type of a parameter', "function f(a: import('./a')): void {}"],
    ['assertion', "const a = x as import('./a').A;"],
    ['type alias', "type A = import('./a').A;"],
    ['type alias of typeof', "type A = typeof import('./a');"],
    ['interface', "interface I { a: import('./a').A }"],
    ['generic argument', "const a = f<typeof import('./a')>();"],
    ['reference path', '/// <reference path="./a" />\n'],
    ['reference types', "/// <reference types='./a' />\n"],
    ['reference behind a byte order mark', '\uFEFF/// <reference path="./a" />\n'],
  ])('finds the module: %s', (_, text) => {
    expect(new Set(typescript.extract('a.ts', text).references.map(({ specifier }) => specifier))).toEqual(
      new Set(['./a']),
    );
  });

  it('takes reference directives as types, and libraries not at all', () => {
    expect(read('/// <reference types="node" />\n/// <reference lib="es2022" />\n')).toEqual(['static node type']);
  });
});

describe('offsets', () => {
  it.each([
    ['static', "import a from './sub/a';"],
    ['static behind CRLF', "const é = '𝒳';\r\nimport a from './sub/a';\r\n"],
    ['specifier inside the names', "import a, { sub } from './sub/a';"],
    ['reexport', "export * from './sub/a';"],
    ['require', "const a = require('./sub/a');"],
    ['import = require', "import a = require('./sub/a');"],
    ['alias', "const r = require;\nr('./sub/a');"],
    ['mock', "vi.mock('./sub/a');"],
    ['new URL', "new URL('./sub/a', import.meta.url);"],
    ['directive', '/// <reference path="./sub/a" />\n'],
    ['import()', "await import('./sub/a');"],
  ])('point at the specifier: %s', (_, text) => {
    const { references } = typescript.extract('a.ts', text);
    expect(references.length).toBeGreaterThan(0);
    for (const { start, end } of references) expect(text.slice(start, end)).toBe('./sub/a');
  });

  it('hold the written text of a template', () => {
    const text = `require(\`./a/\${name}\`);`;
    const [found] = typescript.extract('a.ts', text).references;
    expect(text.slice(found?.start, found?.end)).toBe(`./a/\${name}`);
  });

  it('of two equal imports are two places', () => {
    const text = "import './a';\nimport './a';\n";
    const { references } = typescript.extract('a.ts', text);
    expect(references.map(({ start }) => start)).toEqual([text.indexOf('./a'), text.lastIndexOf('./a')]);
  });
});
