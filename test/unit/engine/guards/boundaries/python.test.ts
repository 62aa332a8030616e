import { describe, expect, it } from 'vitest';
import { type Files, judged, type Rule } from './judged.ts';

const TREE: Files = {
  'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["numpy", "requests"]\n',
  'src/shop/__init__.py': '',
  'src/shop/infra/__init__.py': '',
  'src/shop/infra/db.py': 'x = 1\n',
  'src/shop/shared/__init__.py': '',
  'src/shop/shared/ok.py': 'x = 1\n',
  'src/shop/domain/__init__.py': '',
  'src/shop/domain/deep/__init__.py': '',
  'src/shop/domain/own.py': 'x = 1\n',
  'src/loose/infra.py': 'x = 1\n',
};
const RULE: Rule = { from: 'src/shop/domain/**', deny: ['src/shop/infra/**', 'src/loose/**', 'pypi:numpy'] };

/** Where, the disguise, what is pointed at, and an innocent twin. */
const ROWS: readonly (readonly [name: string, path: string, source: string, pointed: string, twin: string])[] = [
  ['absolute import', 'a.py', 'import shop.infra.db', 'shop.infra.db', 'import shop.shared.ok'],
  ['from import', 'a.py', 'from shop.infra import db', 'shop.infra', 'from shop.shared import ok'],
  ['import of an attribute', 'a.py', 'from shop.infra.db import x', 'shop.infra.db', 'from shop.shared.ok import x'],
  ['relative import', 'a.py', 'from ..infra import db', '..infra', 'from ..shared import ok'],
  ['bare relative import', 'a.py', 'from .. import infra', '..', 'from .. import shared'],
  ['deep relative import', 'deep/a.py', 'from ...infra.db import x', '...infra.db', 'from ..own import x'],
  ['star import', 'a.py', 'from ..infra.db import *', '..infra.db', 'from ..shared.ok import *'],
  ['second of several', 'a.py', 'import os, shop.infra.db as d', 'shop.infra.db', 'import os, shop.shared.ok as d'],
  [
    'several lines',
    'a.py',
    'from shop.infra import (\n    db,\n)',
    'shop.infra',
    'from shop.shared import (\n    ok,\n)',
  ],
  ['namespace package', 'a.py', 'import loose.infra', 'loose.infra', 'import loosely.infra_docs as requests'],
  ['in a function', 'a.py', 'def f():\n    from ..infra import db', '..infra', 'def f():\n    from ..shared import ok'],
  ['in a class', 'a.py', 'class A:\n    import shop.infra.db', 'shop.infra.db', 'class A:\n    import shop.shared.ok'],
  [
    'in a try',
    'a.py',
    'try:\n    import shop.infra.db\nexcept ImportError:\n    pass',
    'shop.infra.db',
    'try:\n    pass\nexcept ImportError:\n    import shop.shared.ok',
  ],
  ['behind a semicolon', 'a.py', 'x = 1; import shop.infra.db', 'shop.infra.db', 'x = "1; import shop.infra.db"'],
  ['lazy import', 'a.py', 'lazy import shop.infra.db', 'shop.infra.db', 'lazy = "import shop.infra.db"'],
  [
    'import_module',
    'a.py',
    'import importlib\nimportlib.import_module("shop.infra.db")',
    'shop.infra.db',
    'import importlib\nimportlib.import_module("shop.shared.ok")',
  ],
  [
    'import_module by another name',
    'a.py',
    'from importlib import import_module as load\nload("shop.infra.db")',
    'shop.infra.db',
    'from json import load\nload("shop.infra.db")',
  ],
  [
    'importlib by another name',
    'a.py',
    'import importlib as i\ni.import_module("shop.infra.db")',
    'shop.infra.db',
    'import json as i\ni.loads("shop.infra.db")',
  ],
  [
    'relative import_module',
    'a.py',
    'import importlib\nimportlib.import_module("..infra.db", package="shop.domain")',
    '..infra.db',
    'import importlib\nimportlib.import_module("..shared.ok", package="shop.domain")',
  ],
  ['__import__', 'a.py', '__import__("shop.infra.db")', 'shop.infra.db', '__import__("shop.shared.ok")'],
  ['a package', 'a.py', 'import numpy as np', 'numpy', 'import requests as np'],
  ['a part of a package', 'a.py', 'from numpy.linalg import norm', 'numpy.linalg', 'from requests import get'],
];

describe.each(ROWS)('%s', (_name, file, source, pointed, twin) => {
  const path = `src/shop/domain/${file}`;

  it('is seen', async () => {
    expect(await judged({ ...TREE, [path]: `${source}\n` }, [RULE])).toEqual([`boundary/denied ${path} "${pointed}"`]);
  });

  it('has an innocent twin', async () => {
    const found = await judged({ ...TREE, [path]: `${twin}\n` }, [RULE]);
    expect(found.filter((line) => !line.startsWith('boundary/undeclared'))).toEqual([]);
  });
});

describe('TYPE_CHECKING', () => {
  const path = 'src/shop/domain/a.py';
  const source = (first: string, second: string): string =>
    `from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..${first} import x\nelse:\n    from ..${second} import x\n`;

  it('is denied as all else, in both branches', async () => {
    for (const text of [source('infra.db', 'shared.ok'), source('shared.ok', 'infra.db')])
      expect(await judged({ ...TREE, [path]: text }, [RULE])).toEqual([`boundary/denied ${path} "..infra.db"`]);
  });

  it('is let through by `types: allow`, but for what runs', async () => {
    const rule = { ...RULE, types: 'allow' };
    expect(await judged({ ...TREE, [path]: source('infra.db', 'shared.ok') }, [rule])).toEqual([]);
    expect(await judged({ ...TREE, [path]: source('shared.ok', 'infra.db') }, [rule])).toEqual([
      `boundary/denied ${path} "..infra.db"`,
    ]);
  });
});

describe('a computed module', () => {
  const path = 'src/shop/domain/a.py';

  it.each([
    ['import_module', 'import importlib\nimportlib.import_module(name)', 'name'],
    ['sum', 'import importlib\nimportlib.import_module(name + ".db")', 'name + ".db"'],
    ['__import__', '__import__(name)', 'name'],
    ['handed on', 'import importlib\nf(importlib.import_module)', 'import_module'],
  ])('%s is a finding', async (_name, source, pointed) => {
    const found = await judged({ ...TREE, [path]: source }, [RULE]);
    expect(found).toEqual([`boundary/computed ${path} "${pointed}"`]);
    expect(await judged({ ...TREE, [path]: source }, [{ ...RULE, computed: 'allow' }])).toEqual([]);
  });

  it('is none in a comment, a string or a method of another object', async () => {
    const source =
      '# importlib.import_module(name)\nx = "__import__(name)"\n"""import shop.infra.db"""\nself.import_module(name)\n';
    expect(await judged({ ...TREE, [path]: source }, [RULE])).toEqual([]);
  });
});
