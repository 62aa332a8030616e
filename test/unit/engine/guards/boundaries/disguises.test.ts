import { describe, expect, it } from 'vitest';
import { type Files, judged, type Rule } from './judged.ts';

const TREE: Files = {
  'pyproject.toml': '[project]\nname = "arr"\ndependencies = ["numpy"]\n',
  'src/arr/__init__.py': '',
  'src/arr/_backend.py': 'import numpy as np\nimport numpy as xp_impl\nxp = np\n',
  'src/arr/core/__init__.py': '',
  'package.json': JSON.stringify({ name: 'web', dependencies: { lodash: '4', jax: '1' } }),
  'web/backend.ts': `import _ from 'lodash'; export { _ }; export const other = 1;`,
  'web/core/own.ts': '',
};

describe('names', () => {
  const python: Rule = { from: 'src/arr/core/**', deny: 'pypi:numpy', also: ['names'] };
  const script: Rule = { from: 'web/core/**', deny: 'npm:lodash', also: ['names'] };

  it.each<[string, Rule, string, string, string, string]>([
    [
      'a proxy object',
      python,
      'src/arr/core/a.py',
      'from .._backend import np\n',
      '.._backend',
      'from .._backend import other\n',
    ],
    [
      'a proxy given another name',
      python,
      'src/arr/core/a.py',
      'from .._backend import np as fast\n',
      '.._backend',
      'from .._backend import npy as fast\n',
    ],
    [
      'another name given the known one',
      python,
      'src/arr/core/a.py',
      'from .._backend import xp as np\n',
      '.._backend',
      'from .._backend import xp as other\n',
    ],
    [
      'a list of names',
      python,
      'src/arr/core/a.py',
      'from .._backend import (\n    a,\n    xp as np,\n)\n',
      '.._backend',
      '"""from .._backend import np"""\n',
    ],
    [
      'the package in the tree',
      python,
      'src/arr/core/a.py',
      'from .._backend import numpy\n',
      '.._backend',
      '# from .._backend import numpy\n',
    ],
    [
      'a re-exported default',
      script,
      'web/core/a.ts',
      `import { _ } from '../backend';`,
      '../backend',
      `import { other } from '../backend';`,
    ],
    [
      'one given the known name',
      script,
      'web/core/a.ts',
      `import { other as _ } from '../backend';`,
      '../backend',
      `import { other as o } from '../backend';`,
    ],
    ['a re-export', script, 'web/core/a.ts', `export { _ } from '../backend';`, '../backend', `export * from './own';`],
    [
      'a namespace',
      script,
      'web/core/a.ts',
      `import * as lodash from '../backend';`,
      '../backend',
      `import { lodash } from 'jax';`,
    ],
  ])('%s is seen, its twin is not', async (_name, rule, path, source, pointed, twin) => {
    expect(await judged({ ...TREE, [path]: source }, [rule])).toEqual([`boundary/named ${path} "${pointed}"`]);
    expect(await judged({ ...TREE, [path]: source }, [{ ...rule, also: [] }])).toEqual([]);
    expect(await judged({ ...TREE, [path]: twin }, [rule])).toEqual([]);
  });

  it('that are imported straight from what is denied are denied, not named', async () => {
    const files = { ...TREE, 'src/arr/core/a.py': 'import numpy as np\n' };
    expect(await judged(files, [python])).toEqual(['boundary/denied src/arr/core/a.py "numpy"']);
  });
});

describe('literals', () => {
  const rule: Rule = { from: 'core/**', deny: ['pypi:numpy', 'npm:pg', 'infra/**'], also: ['literals'] };
  const tree: Files = { 'infra/db.ts': '', 'core/own.ts': '', 'package.json': JSON.stringify({ name: 'x' }) };

  it.each<[string, string, string, string, string]>([
    ['Python', 'a.py', 'load("numpy")\n', 'numpy', '# load("numpy")\nload("numpyro", "my numpy")\n'],
    ['single quotes', 'a.py', "load('numpy.linalg')\n", 'numpy.linalg', '"""Loads "numpy" or \'numpy\'."""\n'],
    ['raw strings', 'a.py', 'x = r"numpy"\n', 'numpy', 'x = "not \\"numpy\\""\n'],
    ['a docstring', 'a.py', 'x = {"backend": "numpy"}\n', 'numpy', 'def f():\n    "numpy"\n'],
    ['JavaScript', 'a.ts', `load('pg');`, 'pg', `// load('pg')\nload('page', 'a pg b');`],
    ['a path', 'a.ts', `load("../infra/db");`, '../infra/db', `load("../infrastructure/db"); const r = /"infra"/;`],
    ['a template', 'a.ts', 'load(`infra/db`);', 'infra/db', 'load(`see infra/db`); /* `infra` */'],
    ['Go', 'a.go', 'package core\n\nvar x = "infra"\n', 'infra', 'package core\n\n// "infra"\nvar x = `"infra"`\n'],
    ['Rust', 'a.rs', 'const X: &str = r#"infra"#;\n', 'infra', 'fn f<\'a>(x: &\'a str) {} // "infra"\n'],
    ['Java', 'A.java', 'class A { String s = "infra"; }\n', 'infra', 'class A { /* "infra" */ char c = \'"\'; }\n'],
  ])('in %s are seen, their twins are not', async (_name, file, source, pointed, twin) => {
    const path = `core/${file}`;
    expect(await judged({ ...tree, [path]: source }, [rule])).toEqual([`boundary/literal ${path} "${pointed}"`]);
    expect(await judged({ ...tree, [path]: source }, [{ ...rule, also: [] }])).toEqual([]);
    expect(await judged({ ...tree, [path]: twin }, [rule])).toEqual([]);
  });

  it('of imports are judged as imports', async () => {
    const files = { ...tree, 'core/a.ts': `import '../infra/db';` };
    expect(await judged(files, [rule])).toEqual(['boundary/denied core/a.ts "../infra/db"']);
    expect(await judged(files, [{ ...rule, except: 'infra/db.ts' }])).toEqual([]);
  });
});
