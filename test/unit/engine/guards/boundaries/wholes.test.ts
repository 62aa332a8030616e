import { describe, expect, it } from 'vitest';
import { all, changed, type Files, type Rule, told } from './judged.ts';

/** Code, chain, and where it is put. */
async function chains(files: Files, rule: Rule, base?: Files): Promise<readonly string[]> {
  const found = base === undefined ? await all(files, [rule]) : await changed(base, files, [rule]);
  return found.map((finding) => {
    const chain = finding.data?.['chain'];
    return `${told([finding], files)[0]}${Array.isArray(chain) ? `: ${chain.join(' ')}` : ''}`;
  });
}

const REACH: Rule = { from: 'domain/**', deny: 'infra/**', reachable: true };
const PROXIED: Files = {
  'domain/a.ts': `import '../shared/far';`,
  'shared/far.ts': `import './near';`,
  'shared/near.ts': `import '../infra/db';`,
  'infra/db.ts': '',
};

describe('reachable', () => {
  it('shows the shortest chain, at the import that begins it', async () => {
    const files = { ...PROXIED, 'domain/a.ts': `import '../shared/far';\nimport '../shared/near';` };
    expect(await chains(PROXIED, REACH)).toEqual([
      'boundary/reachable domain/a.ts "../shared/far": domain/a.ts shared/far.ts shared/near.ts infra/db.ts',
    ]);
    expect(await chains(files, REACH)).toEqual([
      'boundary/reachable domain/a.ts "../shared/near": domain/a.ts shared/near.ts infra/db.ts',
    ]);
    expect((await all(PROXIED, [REACH]))[0]?.message).toContain(
      'domain/a.ts → shared/far.ts → shared/near.ts → infra/db.ts',
    );
  });

  it.each<[string, Files]>([
    ['an alias in the third file', { 'shared/near.ts': `const load = require; load('../infra/db');` }],
    ['a sum in the third file', { 'shared/near.ts': `await import('../in' + 'fra/db');` }],
    ['a re-export', { 'shared/near.ts': `export * from '../infra/db';` }],
    ['JSDoc', { 'shared/near.ts': `/** @type {import('../infra/db').A} */\nlet a;` }],
  ])('sees through %s', async (_name, files) => {
    expect(await chains({ ...PROXIED, ...files }, REACH)).toHaveLength(1);
  });

  it.each<[string, Files]>([
    ['a comment', { 'shared/near.ts': `// require('../infra/db')` }],
    ['a string', { 'shared/near.ts': 'const s = "require(\'../infra/db\')";' }],
    ['a shortcut that is a comment', { 'domain/a.ts': `/* require('../infra/db') */` }],
  ])('is not made by %s', async (_name, files) => {
    expect(await chains({ ...PROXIED, ...files }, REACH)).toEqual([]);
  });

  it('finds the true chain behind a shorter one that is a comment', async () => {
    const files = {
      ...PROXIED,
      'domain/a.ts': `import '../shared/far';\nimport '../shared/look';`,
      'shared/look.ts': `// require('../infra/db')`,
    };
    expect(await chains(files, REACH)).toEqual([
      'boundary/reachable domain/a.ts "../shared/far": domain/a.ts shared/far.ts shared/near.ts infra/db.ts',
    ]);
  });

  it('finds the true chain behind a direct import that is a comment', async () => {
    const files = { ...PROXIED, 'domain/a.ts': `import '../shared/far'; // require('../infra/db')` };
    expect(await chains(files, REACH)).toHaveLength(1);
  });

  it('counts type-only steps, unless the rule lets types through', async () => {
    const files = { ...PROXIED, 'shared/far.ts': `import type { A } from './near';` };
    expect(await chains(files, REACH)).toHaveLength(1);
    expect(await chains(files, { ...REACH, types: 'allow' })).toEqual([]);
  });

  it('does not go on through what is excepted', async () => {
    expect(await chains(PROXIED, { ...REACH, except: 'shared/near.ts' })).toEqual([]);
  });

  it('leads to packages and builtins as well', async () => {
    const files = { 'domain/a.ts': `import '../shared/b';`, 'shared/b.ts': `import 'node:fs/promises'; import 'pg';` };
    const rule = { from: 'domain/**', reachable: true };
    expect(await chains(files, { ...rule, deny: 'npm:pg' })).toEqual([
      'boundary/reachable domain/a.ts "../shared/b": domain/a.ts shared/b.ts pg',
    ]);
    expect(await chains(files, { ...rule, deny: 'node:fs' })).toHaveLength(1);
    expect(await chains(files, { ...rule, deny: 'node:os' })).toEqual([]);
  });

  it('leads to numpy through a third module of Python', async () => {
    const files = { 'core/a.py': 'from lib import proxy\n', 'lib/proxy.py': 'import numpy as np\n', 'lib/b.py': '' };
    expect(await chains(files, { from: 'core/**', deny: 'pypi:numpy', reachable: true })).toEqual([
      'boundary/reachable core/a.py "lib": core/a.py lib/proxy.py numpy',
    ]);
  });
});

describe('layers', () => {
  const rule = { layers: ['ui', ['a', 'b'], 'data'] };

  it('are not got round by files in no layer', async () => {
    const files = {
      'data/x.ts': `import '../util/y';`,
      'util/y.ts': `import '../ui/z';`,
      'ui/z.ts': '',
      'a/1.ts': '',
      'b/1.ts': '',
    };
    expect(await chains(files, rule)).toEqual(['boundary/layer data/x.ts "../util/y": data/x.ts util/y.ts ui/z.ts']);
  });

  it('have siblings that files in no layer do not join', async () => {
    const files = {
      'a/1.ts': `import '../util/y';`,
      'util/y.ts': `import '../b/1';`,
      'b/1.ts': '',
      'ui/z.ts': '',
      'data/x.ts': '',
    };
    expect(await chains(files, rule)).toEqual(['boundary/layer a/1.ts "../util/y": a/1.ts util/y.ts b/1.ts']);
  });

  it('answer for their own imports alone', async () => {
    const files = {
      'a/1.ts': `import '../data/x';`,
      'data/x.ts': `import '../util/y';`,
      'util/y.ts': `import '../ui/z';`,
      'ui/z.ts': '',
      'b/1.ts': '',
    };
    expect(await chains(files, rule)).toEqual(['boundary/layer data/x.ts "../util/y": data/x.ts util/y.ts ui/z.ts']);
  });

  it('may be left out on the way down', async () => {
    const files = {
      'ui/z.ts': `import '../util/y';`,
      'util/y.ts': `import '../data/x';`,
      'data/x.ts': '',
      'a/1.ts': '',
      'b/1.ts': '',
    };
    expect(await chains(files, rule)).toEqual([]);
  });
});

describe('independence', () => {
  it('holds through others too, and says which one is reached', async () => {
    const files = { 'a/1.ts': `import '../util/y';`, 'util/y.ts': `import '../b/1';`, 'b/1.ts': '', 'c/1.ts': '' };
    const [finding, ...more] = await all(files, [{ independent: ['a', 'b', 'c'] }]);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'boundary/dependent', data: { chain: ['a/1.ts', 'util/y.ts', 'b/1.ts'] } });
    expect(finding?.message).toContain('a is to stay independent of b');
  });

  it('is broken by each one that is reached, though another is nearer, or is imported', async () => {
    const files = {
      'a/1.ts': `import '../b/1'; import '../util/y';`,
      'util/y.ts': `import '../b/2'; import './z';`,
      'util/z.ts': `import '../c/1';`,
      'b/1.ts': '',
      'b/2.ts': '',
      'c/1.ts': '',
    };
    expect(await chains(files, { independent: ['a', 'b', 'c'] })).toEqual([
      'boundary/dependent a/1.ts "../b/1"',
      'boundary/dependent a/1.ts "../util/y": a/1.ts util/y.ts b/2.ts',
      'boundary/dependent a/1.ts "../util/y": a/1.ts util/y.ts util/z.ts c/1.ts',
    ]);
  });

  it('allows what both need', async () => {
    const files = { 'a/1.ts': `import '../util/y';`, 'b/1.ts': `import '../util/y';`, 'util/y.ts': '' };
    expect(await chains(files, { independent: ['a', 'b'] })).toEqual([]);
  });
});

describe('circles', () => {
  const rule = { circular: 'src/**' };
  const CIRCLE: Files = { 'src/a.ts': `import './b';`, 'src/b.ts': `import './c';`, 'src/c.ts': `import './a';` };

  it('are shown from the first file back to it', async () => {
    expect(await chains(CIRCLE, rule)).toEqual([
      'boundary/circular src/a.ts "./b": src/a.ts src/b.ts src/c.ts src/a.ts',
    ]);
  });

  it('that types close are none, unless the rule says so', async () => {
    const files = { ...CIRCLE, 'src/c.ts': `import type { A } from './a';` };
    expect(await chains(files, rule)).toEqual([]);
    expect(await chains(files, { ...rule, types: 'deny' })).toHaveLength(1);
  });

  it('that a declaration file closes are of types', async () => {
    const files = { 'src/a.ts': `import './b';`, 'src/b.d.ts': `import { A } from './a';` };
    expect(await chains(files, rule)).toEqual([]);
    const stubs = { 'src/c.py': 'import d\n', 'src/d.pyi': 'from c import x\n' };
    expect(await chains(stubs, rule)).toEqual([]);
  });

  it('that a comment closes are none', async () => {
    expect(await chains({ ...CIRCLE, 'src/c.ts': `// require('./a')` }, rule)).toEqual([]);
  });

  it('are sought only among the files named', async () => {
    expect(await chains({ ...CIRCLE, 'lib/x.ts': '' }, { circular: ['src/a.ts', 'src/b.ts'] })).toEqual([]);
  });

  it('are not made by the packages that Python runs above a module', async () => {
    const files = { 'src/__init__.py': 'from .a import x\n', 'src/a.py': 'from .b import x\n', 'src/b.py': 'x = 1\n' };
    expect(await chains(files, rule)).toEqual([]);
    expect(await chains({ ...files, 'src/b.py': 'from . import a\n' }, rule)).toHaveLength(1);
    // What is no module of the package is taken from its own file.
    expect(await chains({ ...files, 'src/b.py': 'from . import x\n' }, rule)).toHaveLength(1);
  });

  it('are not made by files of one package of Go, or by what a module of Rust contains', async () => {
    const go = { 'go.mod': 'module a.io/x\n', 'src/a.go': 'package src\n', 'src/b.go': 'package src\n' };
    expect(await chains(go, rule)).toEqual([]);
    const rust = {
      'Cargo.toml': '[package]\nname = "x"\n',
      'src/lib.rs': 'mod a;\nmod b;\npub struct E;\n',
      'src/a.rs': 'use crate::E;\nuse crate::b::f;\n',
      'src/b.rs': 'use crate::E;\n',
    };
    expect(await chains(rust, rule)).toEqual([]);
    expect(await chains({ ...rust, 'src/b.rs': 'use crate::a::g;\n' }, rule)).toHaveLength(1);
  });
});
