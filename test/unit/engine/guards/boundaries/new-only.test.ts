import { describe, expect, it } from 'vitest';
import { boundaries } from '../../../../../src/engine/guards/boundaries/index.ts';
import { inspect } from '../context.ts';
import { all, changed, type Files, type Rule, told } from './judged.ts';

const RULE: Rule = { from: 'domain/**', deny: 'infra/**' };
const REACH: Rule = { ...RULE, reachable: true };
const BASE: Files = {
  'domain/a.ts': `import '../infra/db';\n`,
  'infra/db.ts': '',
  'infra/cache.ts': '',
  'shared/s.ts': '',
};

/** What a change is told, by its new or changed files. */
async function news(edits: Files, rules: readonly Rule[], base = BASE, renamed = {}, gone: readonly string[] = []) {
  const left = new Set([...Object.values<string>(renamed), ...gone]);
  const head = Object.fromEntries(Object.entries({ ...base, ...edits }).filter(([path]) => !left.has(path)));
  return told(await changed(base, head, rules, { renamed }), head);
}

describe('an old breach', () => {
  it.each<[string, Files]>([
    ['untouched', { 'shared/s.ts': '// new\n' }],
    ['in an edited file', { 'domain/a.ts': `// new\nimport '../infra/db';\n` }],
    ['written otherwise', { 'domain/a.ts': `import "../infra/db.js";\n` }],
  ])('%s stays silent', async (_name, edits) => {
    expect(await news(edits, [RULE])).toEqual([]);
  });

  it('is told where everything is', async () => {
    expect(told(await all(BASE, [RULE]), BASE)).toEqual(['boundary/denied domain/a.ts "../infra/db"']);
  });

  it('stays silent where its file moves, though its specifier changes', async () => {
    const edits = { 'domain/deep/a.ts': `import '../../infra/db';\n` };
    expect(await news(edits, [RULE], BASE, { 'domain/deep/a.ts': 'domain/a.ts' })).toEqual([]);
  });

  it('stays silent where its target moves', async () => {
    const edits = { 'domain/a.ts': `import '../infra/store';\n`, 'infra/store.ts': '' };
    expect(await news(edits, [RULE], BASE, { 'infra/store.ts': 'infra/db.ts' })).toEqual([]);
  });

  it('is new where its file moves to where a rule speaks of it', async () => {
    const base = { 'shared/x.ts': `import '../infra/db';\n`, 'infra/db.ts': '', 'domain/own.ts': '' };
    const edits = { 'domain/x.ts': `import '../infra/db';\n` };
    expect(await news(edits, [RULE], base, { 'domain/x.ts': 'shared/x.ts' })).toEqual([
      'boundary/denied domain/x.ts "../infra/db"',
    ]);
  });
});

describe('a new breach', () => {
  it('of the same kind in the same file is told', async () => {
    expect(await news({ 'domain/a.ts': `import '../infra/db';\nawait import('../infra/db');\n` }, [RULE])).toHaveLength(
      1,
    );
    expect(await news({ 'domain/a.ts': `import '../infra/db';\nimport '../infra/cache';\n` }, [RULE])).toEqual([
      'boundary/denied domain/a.ts "../infra/cache"',
    ]);
  });

  it('in another file is told', async () => {
    expect(await news({ 'domain/b.ts': `import '../infra/db';\n` }, [RULE])).toEqual([
      'boundary/denied domain/b.ts "../infra/db"',
    ]);
  });

  it('is told though a comment in the base looked like it', async () => {
    const base = {
      ...BASE,
      'domain/b.ts': `// require('../infra/db')\n`,
      'shared/s.ts': `// require('../infra/db')\n`,
    };
    expect(await news({ 'domain/b.ts': `require('../infra/db');\n` }, [RULE], base)).toHaveLength(1);
    const edits = { 'shared/s.ts': `require('../infra/db');\n`, 'domain/c.ts': `import '../shared/s';\n` };
    expect(await news(edits, [REACH], base)).toHaveLength(1);
  });

  it('may be one of settings, though no source changed', async () => {
    const tsconfig = (target: string): string => JSON.stringify({ compilerOptions: { paths: { '@x': [target] } } });
    const base = { ...BASE, 'domain/b.ts': `import '@x';\n`, 'tsconfig.json': tsconfig('./shared/s.ts') };
    expect(await news({ 'tsconfig.json': tsconfig('./infra/db.ts') }, [RULE], base)).toEqual([
      'boundary/denied domain/b.ts "@x"',
    ]);
  });

  it('may be a dependency taken from the manifest', async () => {
    const manifest = (dependencies: object): string => JSON.stringify({ name: 'x', dependencies });
    const base = { 'package.json': manifest({ pg: '8', ky: '1' }), 'src/a.ts': `import 'pg';\nimport 'ky';\n` };
    expect(await news({ 'package.json': manifest({ ky: '1' }) }, [], base)).toEqual([
      'boundary/undeclared src/a.ts "pg"',
    ]);
    const release = { 'package.json': manifest({ pg: '9', ky: '2' }).replace('{', '{"version":"2.0.0",') };
    expect((await inspect(boundaries, base, { ...base, ...release })).examined).toBe(0);
  });

  it('may be an import that a deletion leaves without a target', async () => {
    const rule = { from: 'domain/**', unresolvable: 'deny' };
    const base = { 'domain/a.ts': `import './gone';\nimport './old';\n`, 'domain/gone.ts': '' };
    expect(await news({}, [rule], base, {}, ['domain/gone.ts'])).toEqual([
      'boundary/unresolvable domain/a.ts "./gone"',
    ]);
  });

  it('is any file that cannot be read, however often', async () => {
    const base = { ...BASE, 'domain/b.ts': 'import {' };
    expect(await news({ 'domain/b.ts': 'import { a' }, [RULE], base)).toEqual(['boundary/unparseable domain/b.ts']);
  });
});

describe('a chain', () => {
  const base: Files = {
    'domain/a.ts': `import '../shared/s';\n`,
    'domain/b.ts': `import '../shared/s';\n`,
    'shared/s.ts': `import './t';\n`,
    'shared/t.ts': '',
    'infra/db.ts': '',
  };

  it('is new where one of its steps is, and is put there once', async () => {
    expect(await news({ 'shared/t.ts': `import '../infra/db';\n` }, [REACH], base)).toEqual([
      'boundary/reachable shared/t.ts "../infra/db"',
    ]);
    expect(await news({ 'shared/t.ts': `import 'pg';\n` }, [{ ...REACH, deny: ['infra/**', 'npm:pg'] }], base)).toEqual(
      ['boundary/reachable shared/t.ts "pg"'],
    );
  });

  it('is old where all of its steps are, moved or not', async () => {
    const old = { ...base, 'shared/t.ts': `import '../infra/db';\n` };
    expect(await news({ 'domain/a.ts': `import '../shared/s';\n// new\n` }, [REACH], old)).toEqual([]);
    const edits = { 'shared/s.ts': `import './u';\n`, 'shared/u.ts': `import '../infra/db';\n` };
    expect(await news(edits, [REACH], old, { 'shared/u.ts': 'shared/t.ts' })).toEqual([]);
  });

  it('is none that leads back to where it passed before', async () => {
    const old = { ...base, 'shared/s.ts': `import '../infra/db';\n` };
    const edits = { 'shared/s.ts': `import '../infra/db';\nimport './t';\n`, 'shared/t.ts': `import './s';\n` };
    expect(await news(edits, [REACH], old)).toEqual([]);
  });

  it('is none where files that are denied import each other', async () => {
    const old = { ...base, 'domain/a.ts': `import '../infra/db';\n`, 'infra/cache.ts': '' };
    expect(await news({ 'infra/db.ts': `import './cache';\n` }, [REACH], old)).toEqual([]);
  });

  it('is not hidden by an old one that is as short', async () => {
    const old = { ...base, 'shared/t.ts': `import '../infra/db';\n` };
    const edits = { 'shared/s.ts': `import './t';\nimport './v';\n`, 'shared/v.ts': `import '../infra/db';\n` };
    expect(await news(edits, [REACH], old)).toEqual(['boundary/reachable shared/s.ts "./v"']);
  });

  it('is new where a step of types becomes one that runs', async () => {
    const old = { ...base, 'shared/t.ts': `import type { A } from '../infra/db';\n` };
    const rule = { ...REACH, types: 'allow' };
    expect(await news({ 'shared/t.ts': `import '../infra/db';\n` }, [rule], old)).toHaveLength(1);
  });
});

describe('a circle', () => {
  const rule: Rule = { circular: 'src/**' };
  const base: Files = { 'src/a.ts': `import './b';\n`, 'src/b.ts': `import './a';\n`, 'src/c.ts': `import './a';\n` };

  it('that was there stays silent, moved or edited', async () => {
    expect(await news({ 'src/b.ts': `import './a';\n// new\n` }, [rule], base)).toEqual([]);
    const edits = { 'src/a.ts': `import './d';\n`, 'src/d.ts': `import './a';\n` };
    expect(await news(edits, [rule], base, { 'src/d.ts': 'src/b.ts' })).toEqual([]);
  });

  it('is not hidden by an old one of the same files', async () => {
    expect(await news({ 'src/a.ts': `import './b';\nimport './c';\n` }, [rule], base)).toEqual([
      'boundary/circular src/a.ts "./c"',
    ]);
  });
});
