import { describe, expect, it } from 'vitest';
import { namedInText } from '../../../../src/engine/streams/named-in-text.ts';
import { countEffort } from '../../../effort.ts';
import { footprintOf, planned, problemsOf } from './planned.ts';

const SHOP = {
  'package.json': '{"name":"shop","workspaces":["packages/*"]}',
  'packages/core/package.json': '{"name":"@shop/core"}',
  'packages/core/src/cart.ts': 'export class Cart {\n  total() {}\n}\n',
  'packages/core/src/price.ts':
    "import { Cart } from './cart.ts';\nexport const price = (cart: Cart) => cart.total();\n",
  'packages/core/test/cart.test.ts': "import { Cart } from '../src/cart.ts';\nclass Helper {}\nnew Cart();\n",
  'packages/api/package.json': '{"name":"@shop/api","dependencies":{"@shop/core":"*"}}',
  'packages/api/src/index.ts':
    "import { price } from '../../core/src/price.ts';\nexport function serve() { return price; }\n",
  'docs/größe.md': '# G\n',
  'docs/a b.md': '# A\n',
};

describe('what a stream touches', () => {
  it('is what it declares, and nothing that its text names', async () => {
    const told = await footprintOf('Paths: packages/api/src/**\n\nSee `Cart` in packages/core/src/cart.ts.', SHOP);
    expect(told).toMatchObject({
      files: ['packages/api/src/index.ts'],
      fresh: [],
      scopes: ['api'],
      because: ['paths: packages/api/src/**'],
    });
  });

  it.each([
    ['Paths: packages/core', ['package.json', 'src/cart.ts', 'src/price.ts', 'test/cart.test.ts']],
    ['Paths: packages/core/', ['package.json', 'src/cart.ts', 'src/price.ts', 'test/cart.test.ts']],
    ['Paths: ./packages/core/src/../src/cart.ts', ['src/cart.ts']],
    ['Paths: packages\\core\\src\\cart.ts', ['src/cart.ts']],
    ['Paths: packages/core/**/*.test.ts', ['test/cart.test.ts']],
    [
      'Paths: packages/core/src/**, `packages/core/test/cart.test.ts`',
      ['src/cart.ts', 'src/price.ts', 'test/cart.test.ts'],
    ],
    ['Paths: `packages/core/src/cart.ts`, and whatever else there is', ['src/cart.ts']],
    ['Paths: packages/core/src/{cart,price}.ts', ['src/cart.ts', 'src/price.ts']],
    ['Paths: "packages/core/src/cart.ts", packages/core/src/price.ts', ['src/cart.ts', 'src/price.ts']],
    ['Scope: core', ['package.json', 'src/cart.ts', 'src/price.ts', 'test/cart.test.ts']],
    ['Change `packages/core/src/cart.ts`.', ['src/cart.ts']],
    ['Change packages/core/src/cart.ts:12, please.', ['src/cart.ts']],
    ['Change [the cart](packages/core/src/cart.ts#L3).', ['src/cart.ts']],
    ['Change `src/price.ts`.', ['src/price.ts']],
    ['Change price.ts.', ['src/price.ts']],
    ['Let `Cart` be lazy.', ['src/cart.ts']],
    ['Let `Cart.total()` be lazy.', ['src/cart.ts']],
    ['Let `Helper` be lazy.', ['test/cart.test.ts']],
    ['All of the `core` scope.', ['package.json', 'src/cart.ts', 'src/price.ts', 'test/cart.test.ts']],
    ['The core package.', ['package.json', 'src/cart.ts', 'src/price.ts', 'test/cart.test.ts']],
    ['In the core package: `price.ts`.', ['src/price.ts']],
    ['Cart and core and total, in no code span.', []],
    ['`unknownThing` and `const` and `x`.', []],
    ['Change `src/price.ts`. Do not touch `src/cart.ts`.', ['src/price.ts']],
    ['- Change `src/price.ts`\n- leave `src/cart.ts` alone', ['src/price.ts']],
    ['See https://example.org/packages/core/src/cart.ts for more.', []],
    ['```ts\nimport x from "packages/core/src/cart.ts";\n```', []],
  ])('is told by %j', async (text, expected) => {
    const { files } = await footprintOf(text, SHOP);
    expect(files).toEqual(expected.map((path) => `packages/core/${path}`));
  });

  it('is not held up by words without end', () => {
    const texts = ['[a]('.repeat(10_000), 'a'.repeat(60_000), `x ${'`'.repeat(60_000)}`];
    const effort = countEffort();
    for (const text of texts)
      expect(namedInText(`${text} packages/core/src/cart.ts`).paths).toContain('packages/core/src/cart.ts');
    expect(effort()).toBeLessThan(300);
  });

  it('may have blanks and umlauts in its paths', async () => {
    const expected = ['docs/a b.md', 'docs/größe.md'];
    expect((await footprintOf('Paths: `docs/a b.md`, `docs/größe.md`', SHOP)).files).toEqual(expected);
    expect((await footprintOf('Paths: "docs/a b.md" docs/größe.md', SHOP)).files).toEqual(expected);
  });

  it('reaches what loop would check, itself left out', async () => {
    const { reaches } = await footprintOf('Paths: packages/core/src/cart.ts', SHOP);
    expect(reaches).toEqual([
      'packages/api/src/index.ts',
      'packages/core/src/price.ts',
      'packages/core/test/cart.test.ts',
    ]);
  });

  it.each([
    ['Paths: packages/new/**, packages/core/src/lazy.ts', ['packages/core/src/lazy.ts', 'packages/new/**']],
    ['Make `packages/core/src/lazy.ts`.', ['packages/core/src/lazy.ts']],
    ['Make `elsewhere/lazy.ts` and `a/b`.', []],
  ])('is fresh where there is nothing yet: %j', async (text, expected) => {
    expect(await footprintOf(text, SHOP)).toMatchObject({ files: [], fresh: expected });
  });

  it('says nothing where a name is defined in many places', async () => {
    const many = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}.ts`, 'export const common = 1;\n']));
    expect((await footprintOf('Change `common`.', many)).files).toEqual([]);
  });

  it.each([
    ['a.py', 'def shared():\n    pass\n', 'shared'],
    ['a.py', '@wrap\nclass Shared(Base):\n    pass\n', 'Shared'],
    ['a.go', 'package a\n\nfunc (s *Server) Listen() {}\n', 'Listen'],
    ['src/lib.rs', 'pub(crate) async fn shared() {}\n', 'shared'],
    ['src/A.java', 'package a;\npublic final class Shared {}\n', 'Shared'],
    ['a.js', 'function shared() {}\nmodule.exports = { shared };\n', 'shared'],
    ['a.ts', 'export default abstract class Shared {}\n', 'Shared'],
    ['a.ts', 'export const { one, two: shared } = both;\n', 'shared'],
  ])('is found by a definition in %s', async (path, text, name) => {
    expect((await footprintOf(`Change \`${name}\`.`, { [path]: text })).files).toEqual([path]);
  });
});

describe('what is wrong with what a stream declares', () => {
  it.each([
    ['Scope: coer', '4 There is no scope "coer". Did you mean "core"?'],
    ['Paths: ../elsewhere', '4 "../elsewhere" leads out of the repository: paths are relative to its root.'],
    ['Paths: /etc/passwd', '4 "/etc/passwd" leads out of the repository: paths are relative to its root.'],
    ['Paths: a/../../b', '4 "a/../../b" leads out of the repository: paths are relative to its root.'],
    ['Paths: C:\\x', '4 "C:\\x" leads out of the repository: paths are relative to its root.'],
    ['Paths: ~/x', '4 "~/x" leads out of the repository: paths are relative to its root.'],
  ])('%j', async (text, expected) => {
    const plan = await planned(`## Streams\n### One\n\n${text}\n`, SHOP);
    expect(problemsOf(plan)).toEqual([expected]);
    expect(plan.streams[0]?.footprint.files).toEqual([]);
  });
});
