import { describe, expect, it } from 'vitest';
import { judged } from './judged.ts';
import { DB, type Row, RULE, TREE } from './typescript-rows.ts';

const COMPUTED: readonly Row[] = [
  ['import of a sum', 'a.ts', `await import('../' + n);`, `import('../' + n)`, `await import('../' + 'shared/ok');`],
  ['import of a parameter', 'a.ts', `const f = (p) => import(p);`, 'import(p)', `const f = (p) => load(p);`],
  [
    'constant that a parameter hides',
    'a.ts',
    `const p = './own'; const f = (p) => import(p);`,
    'import(p)',
    `const p = './own'; const f = () => import(p);`,
  ],
  ['variable', 'a.ts', `let p = './own'; p = q; await import(p);`, 'import(p)', `const p = './own'; await import(p);`],
  [
    'template that begins with a hole',
    'a.ts',
    `await import(\`\${a}/db\`);`,
    `import(\`\${a}/db\`)`,
    `const s = \`\${a}/db\`;`,
  ],
  [
    'template that leads nowhere',
    'a.ts',
    `await import(\`../none/\${a}\`);`,
    `../none/\${a}`,
    `await import(\`../shared/\${a}\`);`,
  ],
  [
    'computed require',
    'a.cjs',
    `require(name);`,
    'require(name)',
    `require.main === module; require.cache; typeof require;`,
  ],
  [
    'require passed on',
    'a.cjs',
    `boot(require);`,
    'require',
    `if (typeof require === 'function' && require.main) run();`,
  ],
  ['require in an object', 'a.cjs', `boot({ require });`, 'require', `boot({ require: 1 }); const { require: r } = x;`],
  ['require cast', 'a.cts', `boot(require as unknown);`, 'require', `boot((require as Load)('../shared/ok'));`],
  ['require in a list', 'a.cjs', `boot([require]);`, 'require', `boot(['require']);`],
  [
    'require as a property',
    'a.cjs',
    `exports.load = require;`,
    'require',
    `exports.require = load; const old = module.require; module.require = old;`,
  ],
  [
    'require returned',
    'a.cjs',
    `function f() { return require; }`,
    'require',
    `function f() { return typeof require; }`,
  ],
  ['require from an arrow', 'a.cjs', `const f = () => require;`, 'require', `const f = (require) => 1;`],
  ['require by index', 'a.cjs', `require[x]('../infra/db');`, 'require', `require['resolve']('../shared/ok');`],
  ['require.resolve passed on', 'a.cjs', `boot(require.resolve);`, 'require.resolve', `boot(require.main);`],
  [
    'exported loader',
    'a.mjs',
    `export const load = createRequire(import.meta.url);`,
    'createRequire(import.meta.url)',
    `const load = createRequire(import.meta.url);`,
  ],
  ['createRequire passed on', 'a.mjs', `boot(createRequire);`, 'createRequire', `boot('createRequire');`],
];

describe.each(COMPUTED)('%s', (_name, file, source, pointed, twin) => {
  const path = `src/domain/${file}`;

  it('cannot be judged, which is a finding', async () => {
    expect(await judged({ ...TREE, [path]: source }, [RULE])).toEqual([`boundary/computed ${path} "${pointed}"`]);
  });

  it('is let through where the rule says so', async () => {
    expect(await judged({ ...TREE, [path]: source }, [{ ...RULE, computed: 'allow' }])).toEqual([]);
  });

  it('has an innocent twin', async () => {
    expect(await judged({ ...TREE, [path]: twin }, [RULE])).toEqual([]);
  });
});

describe('look-alikes', () => {
  it.each([
    ['comments', `// import '${DB}'\n/* require('${DB}') */`],
    ['strings', `const a = "import x from '${DB}'"; const b = \`require('${DB}')\`;`],
    ['regular expressions', `const a = /import('x')/; const b = /require\\("..\\/infra\\/db"\\)/;`],
    ['properties', `a.import('${DB}'); a.resolve('${DB}'); a.mock('${DB}');`],
    ['members of that name', `class A { require(x) { return x; } import() {} }`],
    ['other calls', `load('${DB}'); path.join('${DB}'); requires('${DB}');`],
  ])('%s are no imports', async (_name, source) => {
    expect(await judged({ ...TREE, 'src/domain/a.js': source }, [RULE])).toEqual([]);
  });
});
