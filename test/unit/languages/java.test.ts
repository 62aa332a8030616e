import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { java } from '../../../src/languages/java/index.ts';
import { countEffort } from '../../effort.ts';

/** Each reference as `kind specifier names`; `?` for a computed specifier. */
function read(text: string, path = 'src/main/java/p/Mod.java'): readonly string[] {
  return java
    .extract(path, text)
    .references.map(({ kind, specifier, names }) => [kind, specifier ?? '?', ...(names ?? [])].join(' '));
}

describe('extract', () => {
  it.each([
    ['class', 'package p; import a.b.C;', ['static a.b.C']],
    ['nested', 'import a.b.C.D;', ['static a.b.C.D']],
    ['static', 'import static a.b.C.m;', ['static a.b.C.m']],
    [
      'wildcard with what is used',
      'import a.b.*; import c.D; class X { Foo f; D d; }',
      ['static a.b.* Foo', 'static c.D', 'implicit Foo'],
    ],
    ['static wildcard', 'import static a.b.C.*;', ['static a.b.C.*']],
    ['module', 'import module java.base;', ['static java.base']],
    ['blanks and comments', 'import\n  a . b /* x */ . C ;', ['static a.b.C']],
    ['same package', 'package p.q; class X extends Base<T> {}', ['implicit p.q.Base', 'implicit p.q.T']],
    ['no package', 'class X extends Base {}', ['implicit Base']],
    ['each name once', 'package p; class X { A a; A b; }', ['implicit p.A']],
    ['annotation', 'package p; @Mark class X {}', ['implicit p.Mark']],
    ['qualified', 'class X { com.acme.Foo f; }', ['static com.acme.Foo']],
    ['qualified, nested', 'class X { com.acme.Foo.Bar f = com.acme.Foo.Bar.LIMIT; }', ['static com.acme.Foo.Bar']],
    ['qualified annotation', '@com.acme.Mark class X {}', ['static com.acme.Mark']],
    ['qualified, in own family', 'package zoo.p; class X { zoo.q.Foo f; }', ['static zoo.q.Foo']],
    ['fields of an object', 'class X { int y = box.size.Max; }', ['implicit box.size.Max']],
    ['constant of an object', 'class X { int y = app.limits.MAX; }', ['implicit app.limits.MAX']],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected));

  it.each([
    ['comments', '// import a.B;\n/* import a.B; */ /** {@link Foo} */'],
    ['string', 'class X { String s; }'.replace('String s', 'var s = "import a.B; \\" Foo"')],
    ['text block', 'class X { var s = """\n import a.B;\n Foo \\""" Bar\n """; }'],
    ['characters', "class X { char a = '\"', b = '\\''; /* Foo */ char c = '\"'; }"],
    ['members', 'class X { { this.Foo = x().Bar; super.Baz(); } }'],
    ['own types', 'class X { interface Y {} enum Z { } record W(Y y, Z z, X x) {} }'],
    ['constants', 'class X { int MAX_VALUE = 0xFF; }'],
    ['words that start alike', 'class X { int imports = important; }'],
  ])('not: %s', (_, text) => expect(read(text)).toEqual([]));

  it.each([
    ['literal', 'Class.forName("a.b.C$D")', 'dynamic a.b.C$D'],
    ['computed', 'Class.forName(name)', 'dynamic ?'],
    ['choice', 'Class.forName(x ? "a.B" : "c.D")', 'dynamic ?'],
    ['sum', 'Class.forName("a." + "b.C", true, loader)', 'dynamic a.b.C'],
    ['pattern', 'Class.forName("a.b." + name)', 'dynamic a.b.*'],
    ['qualified', 'java.lang.Class.forName("a.B")', 'dynamic a.B'],
    ['handed on', 'f(Class::forName)', 'dynamic ?'],
    ['class loader', 'getLoader().loadClass("a.B")', 'dynamic a.B'],
  ])('by string: %s', (_, code, expected) => {
    expect(read(`class X { { ${code}; } }`).filter((line) => line.startsWith('dynamic'))).toEqual([expected]);
  });

  it.each([
    ['another forName', 'Charset.forName("a.B")'],
    ['a computed load', 'loader.loadClass(name)'],
    ['a string', 'f("Class.forName(\\"a.B\\")")'],
  ])('not by string: %s', (_, code) => {
    expect(read(`class X { { ${code}; } }`).filter((line) => line.startsWith('dynamic'))).toEqual([]);
  });

  it('reads module descriptors', () => {
    const text = 'module a.b { requires transitive c.d; requires static e; exports a.b; uses com.acme.Spi; }';
    expect(read(text, 'module-info.java')).toEqual(['static c.d', 'static e', 'static com.acme.Spi']);
    expect(read('class X { int requires = 1; }')).toEqual([]);
  });

  it('covers the specifier with its offsets', () => {
    const text = 'import static a . B; class X { Foo f = Class.forName("c.D"); }';
    const covered = java.extract('X.java', text).references.map(({ start, end }) => text.slice(start, end));
    expect(covered).toEqual(['a . B', 'Foo', 'Class', 'c.D']);
  });

  it.each([
    ['unterminated string', 'class X { var a = "x\n; }'],
    ['unterminated string', 'class X { var a = """x"; }'],
    ['unterminated comment', 'class X { /* }'],
    ['an import cannot be read', 'import ;'],
  ])('says what it could not read: %s', (unanalysed, text) => {
    expect(java.extract('X.java', text)).toMatchObject({ unanalysed });
  });

  it('says nothing of sound text', () =>
    expect(java.extract('X.java', 'class X {} // end')).not.toHaveProperty('unanalysed'));
});

describe('garbage', () => {
  const pieces = 'import ,package ,class ,.,(,),",\',""",{,},\n,\\,//,/*,*/,Class.forName(,"x",a.b.C,Foo,:,;,*,=,+,é';
  const texts = fc.array(fc.oneof(fc.constantFrom(...pieces.split(','), ','), fc.string()), { maxLength: 60 });

  it('never throws, and keeps its offsets in the text', () => {
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        for (const { start, end } of java.extract('X.java', text).references) {
          expect(start <= end && end <= text.length).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each(['Class.forName(', 'x.loadClass("x"+', 'a . ', 'import ', '"""', '/*'])('stays linear: %j', (piece) => {
    const effort = countEffort();
    java.extract('X.java', piece.repeat(30_000));
    expect(effort()).toBeLessThan(500);
  });
});
