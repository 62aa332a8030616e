import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { all, changed, type Files, type Rule, told } from './judged.ts';

const LINES = [
  `import '../infra/db';`,
  `import type { A } from '../shared/s';`,
  `await import('../inf' + 'ra/db');`,
  `await import(name);`,
  `const load = require; load('../infra/db');`,
  `boot(require);`,
  `import 'pg';`,
  `import 'node:fs';`,
  'const text = "infra";',
  '/** @type {import("../infra/db").A} */',
  'export * from "./b";',
];
const PATHS = ['domain/a.ts', 'domain/b.ts', 'shared/s.ts', 'infra/db.ts'];
const RULES: readonly Rule[] = [
  { from: 'domain/**', deny: 'infra/**' },
  { from: 'domain/**', deny: ['infra/**', 'npm:pg'], reachable: true, also: ['names', 'literals'] },
  { from: 'shared/**', allow: 'shared/**' },
  { from: 'shared/**', deny: 'node:fs', types: 'allow' },
  { layers: ['domain', 'shared', 'infra'] },
  { independent: ['domain', 'infra'] },
  { circular: '**/*.ts' },
  { from: '**', unresolvable: 'deny', computed: 'deny' },
];

const files = fc
  .tuple(...PATHS.map(() => fc.array(fc.constantFrom(...LINES), { maxLength: 4 })))
  .map((texts): Files => Object.fromEntries(texts.map((lines, at) => [PATHS[at] ?? '', `${lines.join('\n')}\n`])));
const rules = fc.subarray([...RULES]);

describe('laws', () => {
  it('a further rule takes no finding away', async () => {
    const property = fc.asyncProperty(files, files, rules, fc.constantFrom(...RULES), async (base, head, some, one) => {
      const before = told(await changed(base, head, some), head);
      const after = told(await changed(base, head, [...some, one]), head);
      for (const finding of new Set(before))
        expect(after.filter((other) => other === finding).length).toBeGreaterThanOrEqual(
          before.filter((other) => other === finding).length,
        );
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it('an innocent comment changes nothing', async () => {
    const comment = fc.constantFrom(
      '// nothing',
      `/* import('../infra/db') */`,
      `// require("../infra/db") 'infra'`,
      `/** see import('pg') */`,
    );
    const property = fc.asyncProperty(
      files,
      rules,
      fc.constantFrom(...PATHS),
      comment,
      async (tree, some, path, text) => {
        const commented = { ...tree, [path]: `${text}\n${tree[path] ?? ''}` };
        expect(told(await all(commented, some), commented)).toEqual(told(await all(tree, some), tree));
        expect(told(await changed(tree, commented, some), commented)).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  it('what is told of nothing changed is nothing', async () => {
    await fc.assert(
      fc.asyncProperty(files, rules, async (tree, some) => {
        expect(await changed(tree, tree, some)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  const snippets: Readonly<Record<string, string>> = {
    'domain/a.tsx': `import { a } from '../infra/db';\nconst x = require(\`./\${a}\`);\nexport default () => <b>{x}</b>;\n`,
    'domain/a.vue': `<script>\nimport '../infra/db';\n</script>\n`,
    'domain/a.py': 'from ..infra import db as d\nimportlib.import_module(f"x.{y}")\n"""doc"""\n',
    'domain/a.go': 'package domain\n\nimport (\n\t_ "a/infra"\n)\n',
    'domain/a.rs': 'use crate::{infra::db as d, x::*};\nfn f() { r#"x"#; }\n',
    'domain/A.java': 'package a;\nimport static b.C.*;\nclass A { Object o = Class.forName("b.D"); }\n',
  };

  it('no edit makes the guard fail', async () => {
    const junk = fc.oneof(
      fc.string(),
      fc.constantFrom('{', '}', '`', '"', "'", '${', '/*', '(', 'import ', 'require', '\0', '<script>'),
    );
    const property = fc.asyncProperty(
      fc.constantFrom(...Object.keys(snippets)),
      fc.nat(),
      fc.nat(20),
      junk,
      async (path, at, length, insert) => {
        const text = snippets[path] ?? '';
        const place = at % (text.length + 1);
        const head = { ...snippets, [path]: text.slice(0, place) + insert + text.slice(place + length) };
        await expect(changed(snippets, head, RULES)).resolves.toBeDefined();
        await expect(all(head, RULES)).resolves.toBeDefined();
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});
