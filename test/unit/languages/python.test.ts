import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { python } from '../../../src/languages/python/index.ts';
import { countEffort } from '../../effort.ts';

/** Each reference as `kind specifier names`; `?` for a computed specifier, `types` for one that never runs. */
function read(text: string, path = 'pkg/mod.py'): readonly string[] {
  return python
    .extract(path, text)
    .references.map(({ kind, specifier, names, typeOnly }) =>
      [kind, specifier ?? '?', ...(names ?? []), ...(typeOnly ? ['types'] : [])].join(' '),
    );
}

describe('import statements', () => {
  it.each([
    ['several', 'import a.b as c, d', ['static a.b', 'static d']],
    ['from', 'from a.b import c, d as e', ['static a.b c d']],
    ['package itself', 'from . import x', ['static . x']],
    ['relative', 'from ..pkg.mod import (a, b as c,)', ['static ..pkg.mod a b']],
    ['no blanks', 'from.x import(y)', ['static .x y']],
    ['ellipsis', 'from ...x import y', ['static ...x y']],
    ['star', 'from m import *', ['static m *']],
    ['comments in the list', 'from m import (  # one\n  a,  # two)\n  b\n)\nimport c', ['static m a b', 'static c']],
    ['joined lines', 'from m \\\n  import a, \\\n  b\nimport \\\r\n c', ['static m a b', 'static c']],
    ['blanks around dots', 'import a . b', ['static a.b']],
    ['semicolons', 'x = 1; import a; from b import c', ['static a', 'static b c']],
    ['one-line blocks', 'try: import a\nexcept E: from b import c', ['static a', 'static b c']],
    ['in functions', 'def f():\n\timport a\n\tclass C:\n\t\tfrom b import c', ['static a', 'static b c']],
    ['lazy (3.15)', 'lazy import a\nlazy from b import c', ['static a', 'static b c']],
    ['carriage returns', 'import a\rimport b\r\nimport c', ['static a', 'static b', 'static c']],
    ['byte order mark', '\ufeffimport a', ['static a']],
    ['compatibility letters', 'import ｏｓ', ['static os']],
    ['after a form feed', '\fimport a', ['static a']],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected));

  it.each([
    ['docstring', '"""\nimport a\n"""'],
    ['doctest', 'def f():\n  """\n  >>> import a\n  """'],
    ['raw string that ends in a backslash', String.raw`x = r'\'; import a; \''`],
    ['escaped quote', `x = 'it\\'s'; y = "\\\nimport a"`],
    ['comment', '# import a\nx = 1  # import b'],
    ['names that start alike', 'importlib = 1\nfrom_ = 2\nimports.x()\nimport_ = 3'],
    ['lazy as a name', 'lazy = 1\nlazy.imports()'],
    ['raise from, yield from', 'raise E from err\nx = yield from gen'],
    ['in brackets', 'x = [\nimport_a,\n]'],
    ['nested f-string', 'x = f"{y["import a"]}"\n# import'],
    ['f-string specification', 'x = f"{y:\'>10}"; z = "import a"'],
  ])('not: %s', (_, text) => expect(read(text)).toEqual([]));

  it('covers the specifier with its offsets', () => {
    const text = 'from ..a . b import c; import_module("x.y"); import d . e as f';
    const covered = python.extract('m.py', text).references.map(({ start, end }) => text.slice(start, end));
    expect(covered).toEqual(['..a . b', 'x.y', 'd . e']);
  });

  it.each([
    ['unterminated string', 'import a\nx = """\nimport b'],
    ['unbalanced brackets', 'x = (\nimport b'],
    ['unbalanced brackets', 'x = )\nimport b'],
    ['an import cannot be read', 'from x import'],
  ])('says what it could not read: %s', (unanalysed, text) => {
    expect(python.extract('m.py', text)).toMatchObject({ unanalysed });
  });

  it('says nothing of sound text', () => expect(python.extract('m.py', 'import a')).not.toHaveProperty('unanalysed'));
});

describe('TYPE_CHECKING', () => {
  it.each([
    ['if', 'if TYPE_CHECKING:\n  import a\nimport b', ['static a types', 'static b']],
    ['attribute', 'if typing.TYPE_CHECKING:\n  import a', ['static a types']],
    ['brackets', 'if (TYPE_CHECKING):\n  import a', ['static a types']],
    ['else', 'if TYPE_CHECKING:\n  import a\nelse:\n  import b', ['static a types', 'static b']],
    [
      'elif',
      'if x:\n  import a\nelif TYPE_CHECKING:\n  import b\nelse:\n  import c',
      ['static a', 'static b types', 'static c'],
    ],
    ['not', 'if not TYPE_CHECKING:\n  import a\nelse:\n  import b', ['static a', 'static b types']],
    ['and', 'if TYPE_CHECKING and x:\n  import a', ['static a types']],
    ['or is no guard', 'if TYPE_CHECKING or x:\n  import a', ['static a']],
    ['one line', 'if TYPE_CHECKING: import a; import b\nimport c', ['static a types', 'static b types', 'static c']],
    ['nested', 'if TYPE_CHECKING:\n  if x:\n    import a\n  else:\n    import b', ['static a types', 'static b types']],
    ['in a function', 'def f():\n  if TYPE_CHECKING:\n    import a\n  import b', ['static a types', 'static b']],
    ['comment further left', 'if TYPE_CHECKING:\n# note\n  import a', ['static a types']],
    ['idiom without typing', 'TYPE_CHECKING = False\nif TYPE_CHECKING:\n  import a', ['static a types']],
    ['set to run', 'TYPE_CHECKING = True\nif TYPE_CHECKING:\n  import a', ['static a']],
    ['other name', 'if NOT_TYPE_CHECKING:\n  import a', ['static a']],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected));
});

describe('imports by string', () => {
  it.each([
    ['import_module', 'importlib.import_module("a.b")', ['dynamic a.b']],
    ['single quotes, raw, joined', 'importlib.import_module("a" r\'.b\')', ['dynamic a.b']],
    ['escapes', String.raw`importlib.import_module("a\x2eb")`, ['dynamic a.b']],
    ['keyword', 'importlib.import_module(package=None, name="a")', ['dynamic a']],
    ['own package', 'importlib.import_module(".x", package=__package__)', ['dynamic .x']],
    ['literal package', 'importlib.import_module("..x", package="a.b")', ['dynamic a.x']],
    ['unknown package', 'importlib.import_module(".x", package=p)', ['dynamic ?']],
    ['computed', 'importlib.import_module(name)', ['dynamic ?']],
    ['choice', 'importlib.import_module("a" if x else "b")', ['dynamic ?']],
    ['sum', 'importlib.import_module("a." + name)', ['dynamic a.*']],
    ['f-string', 'importlib.import_module(f"a.{name}.b")', ['dynamic a.*.b']],
    ['percent', 'importlib.import_module("a.%s" % name)', ['dynamic a.*']],
    ['format', 'importlib.import_module("a.{}".format(name))', ['dynamic a.*']],
    ['f-string without fields', 'importlib.import_module(f"a.b")', ['dynamic a.b']],
    ['__import__', '__import__("a", globals(), locals(), ["b"], 1)', ['dynamic .a b']],
    ['__import__ computed', '__import__(name)', ['dynamic ?']],
    ['in an f-string', 'x = f"{importlib.import_module(\'a\')}"', ['dynamic a']],
    ['importorskip', 'pytest.importorskip("a")', ['dynamic a']],
    ['method of another', 'loader.import_module("a.b")', ['dynamic a.b']],
    ['plugins', 'pytest_plugins = [\n  "a.b",  # note\n  "pytester",\n]', ['dynamic a.b', 'dynamic _pytest.pytester']],
    ['one plugin', 'pytest_plugins = "a"; x = "b"', ['dynamic a']],
    ['annotated plugins', 'pytest_plugins: list[str] = ["a"]', ['dynamic a']],
    ['computed plugins', 'pytest_plugins = find_plugins()', ['dynamic ?']],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected));

  it.each([
    ['alias', 'from importlib import import_module as load\nload("a")', 'dynamic a'],
    ['alias of the module', 'import importlib as il\nil.import_module(name)', 'dynamic ?'],
    ['handed on', 'import importlib\nload = importlib.import_module', 'dynamic ?'],
  ])('%s', (_, text, expected) => expect(read(text).at(-1)).toBe(expected));

  it.each([
    ['definition', 'def import_module(name): ...\ndef __import__(x): ...'],
    ['string', 'x = "importlib.import_module(\'a\')"'],
    ['comment', 'x = 1  # importlib.import_module("a")'],
    ['computed, of another object', 'loader.import_module(name)'],
    ['patched', 'builtins.__import__ = hook'],
    ['comparison of plugins', 'pytest_plugins == ["a"]'],
    ['other name', 'my_pytest_plugins = ["a"]; reimport_module("a")'],
  ])('not: %s', (_, text) => expect(read(text)).toEqual([]));

  it('marks patterns', () => {
    expect(python.extract('m.py', '__import__("a." + b)').references[0]).toMatchObject({ glob: true, kind: 'dynamic' });
  });

  it('takes __name__ for the package in an initializer only', () => {
    const text = 'importlib.import_module(".x", __name__)';
    expect([read(text, 'pkg/__init__.py'), read(text, 'pkg/mod.py')]).toEqual([['dynamic .x'], ['dynamic ?']]);
  });
});

describe('garbage', () => {
  const pieces =
    'import ,from ,lazy ,.,(,),",\',""",f"{,{,},\n,\\,#,__import__(,import_module("x",if TYPE_CHECKING:,:,;,*,=,+,%,é';
  const texts = fc.array(fc.oneof(fc.constantFrom(...pieces.split(','), ','), fc.string()), { maxLength: 60 });

  it('never throws, and keeps its offsets in the text', () => {
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        for (const { start, end } of python.extract('m.py', text).references) {
          expect(start <= end && end <= text.length).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each(['__import__(', 'import_module("a".format(', 'f"{f\'{', 'if TYPE_CHECKING:\n import a\n ', '"""', 'x = ['])(
    'stays linear: %j',
    (piece) => {
      const effort = countEffort();
      python.extract('m.py', `import a\n${piece.repeat(30_000)}`);
      expect(effort()).toBeLessThan(500);
    },
  );
});
