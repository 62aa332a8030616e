import { expect, it } from 'vitest';
import { buildGraph } from '../../../../src/engine/graph/build-graph.ts';
import { typescript } from '../../../../src/languages/typescript/index.ts';
import { sha256 } from '../../engine/line-language.ts';
import { memoryStore } from '../../memory-store.ts';
import { memoryTree } from '../../memory-tree.ts';

const OTHERS = {
  'src/b.ts': '',
  'src/b.d.ts': '',
  'src/b.wasm': '',
  'src/pages/one.ts': '',
  'src/pages/two.tsx': '',
  'lib/package.json': '{"name":"lib","exports":{"./*":"./dist/*.js"}}',
  'lib/src/c.ts': '',
  'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}',
};

/** What `src/a.tsx` of this text needs. */
async function needs(text: string): Promise<readonly (string | undefined)[]> {
  const tree = memoryTree({ ...OTHERS, 'src/a.tsx': text });
  const graph = await buildGraph(tree, { languages: [typescript], store: memoryStore(), digest: sha256 });
  return graph.dependencies(graph.indexOf('src/a.tsx') ?? -1).map((index) => graph.paths[index]);
}

it.each<[string, string, readonly string[]]>([
  ['import', "import b from './b';", ['src/b.ts']],
  ['import by its built name', "import b from './b.js';", ['src/b.ts']],
  ['import of oneself', "import a from './a';", []],
  ['alias', "import b from '@/b';", ['src/b.ts']],
  ['package of the repository', "import c from 'lib/c';", ['lib/src/c.ts']],
  ['other package', "import r from 'react';", []],
  ['lazy pages', `const page = (name) => import(\`./pages/\${name}\`);`, ['src/pages/one.ts', 'src/pages/two.tsx']],
  [
    'lazy pages beside JSX text',
    `const page = (name) => import(\`./pages/\${name}\`);\nconst x = <p>don't</p>;`,
    ['src/pages/one.ts', 'src/pages/two.tsx'],
  ],
  ['pages by their built names', `import(\`./pages/\${name}.js\`);`, ['src/pages/one.ts', 'src/pages/two.tsx']],
  ['reference path', '/// <reference path="./b.d.ts" />\n', ['src/b.d.ts']],
  ['reference path without a dot', '/// <reference path="b.d.ts" />\n', ['src/b.d.ts']],
  ['URL', "new URL('./b.wasm', import.meta.url);", ['src/b.wasm']],
  ['URL without a dot', "new URL('b.wasm', import.meta.url);", ['src/b.wasm']],
  ['type', "type B = import('./b').B;", ['src/b.ts']],
])('%s', async (_, text, expected) => expect(await needs(text)).toEqual(expected));
