import { describe, expect, it } from 'vitest';
import type { Reference } from '../../../src/engine/language.ts';
import { python } from '../../../src/languages/python/index.ts';
import { memoryTree } from '../memory-tree.ts';

const layout = {
  'pyproject.toml': '[project]\nname = "app"\n[tool.pytest.ini_options]\npythonpath = ["tools/lib"]\n',
  'src/app/__init__.py': '',
  'src/app/core/__init__.py': '',
  'src/app/core/model.py': '',
  'src/app/core/model.pyi': '',
  'src/app/plugins/__init__.py': '',
  'src/app/plugins/one.py': '',
  'src/app/plugins/two.py': '',
  'src/app/data/table.py': '',
  'src/space/part/thing.py': '',
  'src/space/part/types.py': '',
  'scripts/run.py': '',
  'scripts/side.py': '',
  'scripts/json.py': '',
  'tests/conftest.py': '',
  'tests/unit/helper.py': '',
  'tests/unit/test_a.py': '',
  'tools/lib/kit.py': '',
  'libs/other/pyproject.toml':
    '[tool.hatch.build.targets.wheel]\npackages = ["python/other"]\n[project]\nname = "other"',
  'libs/other/python/other/__init__.py': '',
  'libs/old/setup.cfg': '[options]\npackage_dir =\n  = lib\n',
  'libs/old/lib/old.py': '',
  'examples/numpy/demo.py': '',
};
const resolver = python.createResolver(memoryTree(layout));

function resolve(from: string, text: string): unknown {
  const [reference] = python.extract(from, text).references;
  const resolution = resolver.resolve(from, reference as Reference);
  if (resolution.kind === 'files') return resolution.paths;
  return resolution.kind === 'package' ? `pypi ${resolution.name} ${resolution.subpath}`.trim() : resolution.kind;
}

const app = 'src/app/__init__.py';
const core = 'src/app/core/__init__.py';
const model = ['src/app/core/model.py', 'src/app/core/model.pyi'];

describe('resolve', () => {
  it.each([
    ['tests/unit/test_a.py', 'import app.core.model', [...model, core, app]],
    ['tests/unit/test_a.py', 'from app.core import model', [...model, core, app]],
    ['tests/unit/test_a.py', 'from app.core import ATTRIBUTE', [core, app]],
    ['tests/unit/test_a.py', 'from app.core.model import Model', [...model, core, app]],
    ['tests/unit/test_a.py', 'import app.missing', 'unresolved'],
    ['tests/unit/test_a.py', 'import app.core.model.deeper', 'unresolved'],
    ['src/app/core/model.py', 'from . import missing', [core, app]],
    [
      'src/app/core/model.py',
      'from ..plugins import one',
      ['src/app/plugins/one.py', 'src/app/plugins/__init__.py', app],
    ],
    ['src/app/core/model.py', 'from .missing import x', 'unresolved'],
    ['src/app/core/model.py', 'from .. import core', [core, app]],
    ['src/app/core/model.py', 'from ....... import x', 'unresolved'],
    ['src/app/core/__init__.py', 'from . import ATTRIBUTE', [app]],
    ['src/app/core/model.py', 'from ..data.table import x', ['src/app/data/table.py', app]],
    ['src/app/core/model.py', 'from .. import data', [app]],
  ])('%s: %s', (from, text, expected) => expect(resolve(from, text)).toEqual(expected));

  it.each([
    ['namespace package', 'src/app/core/model.py', 'from space.part import thing', ['src/space/part/thing.py']],
    ['namespace without that module', 'src/app/core/model.py', 'import space.elsewhere', 'pypi space elsewhere'],
    ['folder called like a package', 'scripts/run.py', 'import numpy', 'pypi numpy'],
    ['folder of the script', 'scripts/run.py', 'import side', ['scripts/side.py']],
    ['not from elsewhere', 'src/app/core/model.py', 'import side', 'pypi side'],
    ['rootdir of tests', 'tests/unit/test_a.py', 'import helper', ['tests/unit/helper.py']],
    ['folder above a test', 'tests/unit/test_a.py', 'import conftest', ['tests/conftest.py']],
    ['pythonpath', 'tests/unit/test_a.py', 'import kit', ['tools/lib/kit.py']],
    ['hatch packages', 'scripts/run.py', 'import other', ['libs/other/python/other/__init__.py']],
    ['setup.cfg', 'scripts/run.py', 'import old', ['libs/old/lib/old.py']],
    ['standard library', 'src/app/core/model.py', 'import os.path', 'builtin'],
    ['removed from it', 'src/app/core/model.py', 'import distutils.core', 'builtin'],
    ['added to it', 'src/app/core/model.py', 'import compression.zstd', 'builtin'],
    ['shadowed by a script', 'scripts/run.py', 'import json', ['scripts/json.py']],
    ['not shadowed elsewhere', 'tests/unit/test_a.py', 'import json', 'builtin'],
    ['not shadowed by an installed namespace', 'src/space/part/thing.py', 'import types', 'builtin'],
    ['third party', 'scripts/run.py', 'from yaml.loader import x', 'pypi yaml loader'],
    ['glob', 'scripts/run.py', '__import__("app.plugins." + x)', ['src/app/plugins/one.py', 'src/app/plugins/two.py']],
    ['glob of a foreign package', 'scripts/run.py', '__import__("yaml." + x)', 'pypi yaml *'],
    ['glob that may be anything', 'scripts/run.py', '__import__(x + ".one")', 'unresolved'],
    ['glob that fits nothing', 'scripts/run.py', '__import__("app.none." + x)', 'unresolved'],
    ['computed', 'scripts/run.py', '__import__(x)', 'unresolved'],
  ])('%s', (_, from, text, expected) => expect(resolve(from, text)).toEqual(expected));

  it('prefers the nearest project and otherwise takes all', () => {
    const tree = memoryTree({
      'a/pyproject.toml': '',
      'a/tests/__init__.py': '',
      'a/tests/test_a.py': '',
      'b/setup.py': '',
      'b/tests/__init__.py': '',
      'run.py': '',
    });
    const [reference] = python.extract('x.py', 'import tests').references;
    const from = (path: string): unknown => python.createResolver(tree).resolve(path, reference as Reference);
    expect(from('a/tests/test_a.py')).toEqual({ kind: 'files', paths: ['a/tests/__init__.py'] });
    expect(from('run.py')).toEqual({ kind: 'files', paths: ['a/tests/__init__.py', 'b/tests/__init__.py'] });
  });
});

describe('findProjects', () => {
  const projects = python.findProjects(
    memoryTree({
      'pyproject.toml':
        '[tool.uv.workspace]\nmembers = ["packages/*", "un-named/[x]-*/**"]\nexclude = ["packages/none"]',
      'packages/a/pyproject.toml': `[project]
name = "My.App"
dependencies = ["Foo_Bar>=1; python_version>'3'", "b", "direct @ https://x"]
[project.optional-dependencies]
x = ["extra[y]"]
[dependency-groups]
dev = ["pytest", {include-group = "x"}]
[tool.uv.sources]
b = {workspace = true}`,
      'packages/a/requirements-dev.txt': '-r requirements/base.txt\nblack==1 # note\n# nothing\n-e .\n',
      'packages/a/requirements/base.txt': '-r ../requirements-dev.txt\ngit+https://x/y#egg=from-git\n',
      'packages/b/pyproject.toml': '[tool.ruff]\nline-length = 1',
      'packages/none/pyproject.toml': '[tool.ruff]\nline-length = 1',
      'un-named/[x]-y/z/pyproject.toml': '',
      'poetry/pyproject.toml':
        '[tool.poetry]\nname = "p"\n[tool.poetry.dependencies]\npython = "3"\nDep_A = "*"\n[tool.poetry.group.dev.dependencies]\ndepb = "*"',
      'broken/pyproject.toml': '[project]\nname = "broken"\ndependencies = [',
      'old/setup.py': "setup(name='old', install_requires=['six>=1', # 'not'\n 'b'], extras_require={'k': ['z']})",
      'ini/setup.cfg': '[metadata]\nname = ini\n[options]\ninstall_requires =\n  six>=1\n  b; python_version < "3"\n',
      'lint/setup.cfg': '[flake8]\nmax-line-length = 1',
    }),
  );

  it('finds names and what is declared', () => {
    expect(projects.map(({ root, name, declares }) => [root, name, declares.join(' ')])).toEqual([
      ['', 'root', ''],
      ['broken', 'broken', ''],
      ['ini', 'ini', 'b six'],
      ['old', 'old', 'b six z'],
      ['packages/a', 'my-app', 'b black direct extra foo-bar from-git pytest'],
      ['packages/b', 'b', ''],
      ['poetry', 'p', 'dep-a depb'],
      ['un-named/[x]-y/z', 'z', ''],
    ]);
  });

  it('names the manifest and the dependencies', () => {
    expect(projects.find(({ name }) => name === 'old')).toMatchObject({ manifest: 'old/setup.py', language: 'python' });
    expect(projects.find(({ name }) => name === 'my-app')?.dependsOn).toContain('b');
  });
});

it('knows its files', () => {
  expect(['a.py', 'a.pyi', 'a.pyx', 'py'].map(python.matches)).toEqual([true, true, false, false]);
  expect(['x/setup.cfg', 'pyproject.toml', 'x.toml'].map(python.isLayout)).toEqual([true, true, false]);
});
