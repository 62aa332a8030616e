import { describe, expect, it } from 'vitest';
import { type Files, judged, type Rule } from './judged.ts';

/** Where, the disguise, what is pointed at, and an innocent twin. */
type Row = readonly [name: string, path: string, source: string, pointed: string, twin: string];

function expectRows(tree: Files, rule: Rule, rows: readonly Row[]): void {
  it.each(rows)('%s is seen, its twin is not', async (_name, path, source, pointed, twin) => {
    expect(await judged({ ...tree, [path]: source }, [rule])).toEqual([`boundary/denied ${path} "${pointed}"`]);
    expect(await judged({ ...tree, [path]: twin }, [rule])).toEqual([]);
  });
}

describe('Go', () => {
  const infra = 'a.io/shop/infra';
  const go = (line: string): string => `package domain\n\n${line}\n`;
  expectRows(
    {
      'go.mod':
        'module a.io/shop\n\ngo 1.22\n\nrequire (\n\tgithub.com/lib/pq v1.0.0\n\tb.io/db v0.0.0\n)\n\nreplace b.io/db => ./third/db\n',
      'infra/db.go': 'package infra\n',
      'infra/internal/x/x.go': 'package x\n',
      'shared/ok.go': 'package shared\n',
      'third/db/go.mod': 'module b.io/db\n',
      'third/db/db.go': 'package db\n',
      'domain/own.go': 'package domain\n',
    },
    { from: 'domain/**', deny: ['infra/**', 'third/**', 'go:github.com/lib/pq', 'go:net/http'] },
    [
      ['plain', 'domain/a.go', go(`import "${infra}"`), infra, go('import "a.io/shop/shared"')],
      [
        'group',
        'domain/a.go',
        go(`import (\n\t"fmt"\n\t"${infra}"\n)`),
        infra,
        go('import (\n\t"fmt"\n\t"a.io/shop/shared"\n)'),
      ],
      ['alias', 'domain/a.go', go(`import db "${infra}"`), infra, go('import infra "a.io/shop/shared"')],
      ['blank', 'domain/a.go', go(`import _ "${infra}"`), infra, go('import _ "a.io/shop/shared"')],
      ['dot', 'domain/a.go', go(`import . "${infra}"`), infra, go('import . "a.io/shop/shared"')],
      ['raw string', 'domain/a.go', go(`import \`${infra}\``), infra, go(`var s = \`import "${infra}"\``)],
      [
        'internal',
        'domain/a.go',
        go(`import "${infra}/internal/x"`),
        `${infra}/internal/x`,
        go(`// import "${infra}/internal/x"`),
      ],
      [
        'build tag',
        'domain/a_linux.go',
        `//go:build linux\n\n${go(`import "${infra}"`)}`,
        infra,
        `//go:build linux\n\n${go('import "a.io/shop/shared"')}`,
      ],
      ['test', 'domain/a_test.go', go(`import "${infra}"`), infra, go('import "testing"')],
      ['replaced module', 'domain/a.go', go('import "b.io/db"'), 'b.io/db', go(`/* import "b.io/db" */`)],
      ['package', 'domain/a.go', go('import "github.com/lib/pq/oid"'), 'github.com/lib/pq/oid', go('import "strings"')],
      [
        'standard library',
        'domain/a.go',
        go('import "net/http/httptest"'),
        'net/http/httptest',
        go('import "net/url"'),
      ],
    ],
  );
});

describe('Rust', () => {
  const path = 'src/domain/a.rs';
  expectRows(
    {
      'Cargo.toml': '[package]\nname = "shop"\nedition = "2021"\n[dependencies]\ndiesel = "2"\nserde = "1"\n',
      'src/lib.rs': 'mod domain;\nmod infra;\nmod shared;\n',
      'src/domain/mod.rs': 'mod a;\n',
      'src/infra/mod.rs': 'pub mod db;\n',
      'src/infra/db.rs': 'pub fn open() {}\n',
      'src/shared/mod.rs': 'pub fn ok() {}\n',
    },
    { from: 'src/domain/**', deny: ['src/infra/**', 'crate:diesel', 'std:fs'] },
    [
      ['use', path, 'use crate::infra::db;', 'crate::infra::db', 'use crate::shared::ok;'],
      ['group', path, 'use crate::{shared::ok, infra::db::open};', 'infra::db::open', 'use crate::{shared::{ok}};'],
      ['super', path, 'use super::super::infra::db;', 'super::super::infra::db', 'use super::super::shared::ok;'],
      ['alias', path, 'use crate::infra as i;', 'crate::infra', 'use crate::shared as infra;'],
      [
        'path in code',
        path,
        'fn f() { crate::infra::db::open() }',
        'crate::infra::db::open',
        'fn f() { crate::shared::ok() }',
      ],
      [
        'path in a macro',
        path,
        'fn f() { println!("{}", crate::infra::db::open()) }',
        'crate::infra::db::open',
        'fn f() { println!("crate::infra::db::open()") }',
      ],
      [
        're-export',
        path,
        'pub use crate::infra::db::open;',
        'crate::infra::db::open',
        '// pub use crate::infra::db::open;',
      ],
      ['#[path]', path, '#[path = "../infra/db.rs"]\nmod db;', 'mod db', '#[path = "../shared/mod.rs"]\nmod db;'],
      [
        'extern crate as',
        path,
        'extern crate diesel as d;',
        'extern crate diesel as d',
        'extern crate serde as diesel_like;',
      ],
      ['crate', path, 'use diesel::prelude::*;', 'diesel::prelude::*', 'use serde::Serialize;'],
      ['standard library', path, 'use std::fs::File;', 'std::fs::File', 'use std::fmt;'],
    ],
  );
});

describe('Java', () => {
  const java = (line: string): string => `package com.shop.domain;\n\n${line}\n\nclass A {}\n`;
  const path = 'src/main/java/com/shop/domain/A.java';
  expectRows(
    {
      'pom.xml': '<project><artifactId>shop</artifactId></project>',
      'src/main/java/com/shop/infra/Db.java': 'package com.shop.infra;\npublic class Db { public static int x; }\n',
      'src/main/java/com/shop/shared/Ok.java': 'package com.shop.shared;\npublic class Ok {}\n',
      'src/main/java/com/shop/domain/Legacy.java': 'package com.shop.domain;\nclass Legacy {}\n',
    },
    { from: '**/domain/A.java', deny: ['**/infra/**', '**/Legacy.java', 'maven:org.hibernate', 'java:java.sql'] },
    [
      ['import', path, java('import com.shop.infra.Db;'), 'com.shop.infra.Db', java('import com.shop.shared.Ok;')],
      [
        'static',
        path,
        java('import static com.shop.infra.Db.x;'),
        'com.shop.infra.Db.x',
        java('import java.util.List;'),
      ],
      ['wildcard', path, java('import com.shop.infra.*;'), 'com.shop.infra.*', java('import com.shop.shared.*;')],
      [
        'no import',
        path,
        java('class B { com.shop.infra.Db d; }'),
        'com.shop.infra.Db',
        java('class B { com.shop.shared.Ok d; }'),
      ],
      [
        'Class.forName',
        path,
        java('class B { Object o = Class.forName("com.shop.infra.Db"); }'),
        'com.shop.infra.Db',
        java('class B { String s = "com.shop.infra.Db"; }'),
      ],
      [
        'same package',
        path,
        java('class B { Legacy l; }'),
        'Legacy',
        java('class B { /* Legacy */ String l = "Legacy"; }'),
      ],
      [
        'package',
        path,
        java('import org.hibernate.Session;'),
        'org.hibernate.Session',
        java('// import org.hibernate.Session;'),
      ],
      ['JDK', path, java('import java.sql.Connection;'), 'java.sql.Connection', java('import java.util.Map;')],
    ],
  );

  it('takes a computed class for a finding', async () => {
    const files = { 'A.java': 'class A { Object o = Class.forName(name); }', 'B.java': 'class B {}' };
    expect(await judged(files, [{ from: 'A.java', deny: 'B.java' }])).toEqual(['boundary/computed A.java "forName"']);
  });
});
