import { describe, expect, it } from 'vitest';
import type { Reference } from '../../../src/engine/language.ts';
import { java } from '../../../src/languages/java/index.ts';
import { memoryTree } from '../memory-tree.ts';

const paths = [
  'core/pom.xml',
  'core/src/main/java/module-info.java',
  'core/src/main/java/org/acme/core/Core.java',
  'core/src/main/java/org/acme/core/Util.java',
  'core/src/test/java/org/acme/core/CoreTest.java',
  'web/pom.xml',
  'web/src/main/java/module-info.java',
  'web/src/main/java/org/acme/web/Page.java',
  'web/src/main/java/org/acme/web/Main.java',
  'shop/pom.xml',
  'shop/src/main/java/org/acme/web/Main.java',
  'third/src/main/java/org/acme/other/Third.java',
  'plain/com/acme/Plain.java',
  'plain/Top.java',
  'plain/Side.java',
];
const resolver = java.createResolver(memoryTree(Object.fromEntries(paths.map((path) => [path, '']))));
const core = 'core/src/main/java/org/acme/core/';
const web = 'web/src/main/java/org/acme/web/';
const mains = [`${web}Main.java`, 'shop/src/main/java/org/acme/web/Main.java'];

function resolve(from: string, text: string): unknown {
  const [reference] = java.extract(from, text).references;
  const resolution = resolver.resolve(from, reference as Reference);
  if (resolution.kind === 'files') return resolution.paths;
  return resolution.kind === 'package' ? `maven ${resolution.name} ${resolution.subpath}`.trim() : resolution.kind;
}

describe('resolve', () => {
  it.each([
    ['class', `${web}Page.java`, 'import org.acme.core.Core;', [`${core}Core.java`]],
    ['nested class', `${web}Page.java`, 'import org.acme.core.Core.Part.Deep;', [`${core}Core.java`]],
    ['static member', `${web}Page.java`, 'import static org.acme.core.Core.make;', [`${core}Core.java`]],
    ['members', `${web}Page.java`, 'import static org.acme.core.Core.*;', [`${core}Core.java`]],
    [
      'package, what is used',
      `${web}Page.java`,
      'import org.acme.core.*; class Page { Util u; }',
      [`${core}Util.java`],
    ],
    ['package, unused', `${core}Util.java`, 'import org.acme.web.*;', [...mains, `${web}Page.java`].sort()],
    [
      'same package, tests',
      'core/src/test/java/org/acme/core/CoreTest.java',
      'package org.acme.core; @Util class X {}',
      [`${core}Util.java`],
    ],
    ['same module first', `${web}Page.java`, 'import org.acme.web.Main;', [`${web}Main.java`]],
    ['else all', `${core}Core.java`, 'import org.acme.web.Main;', mains.toSorted()],
    ['root not known', `${core}Core.java`, 'import com.acme.Plain;', ['plain/com/acme/Plain.java']],
    ['root known', `${core}Core.java`, 'import acme.web.Page;', 'maven acme.web Page'],
    ['no package', 'plain/Top.java', 'class Top extends Side {}', ['plain/Side.java']],
    ['no package, elsewhere', `${core}Core.java`, 'class Core extends Side {}', 'builtin'],
    ['java.lang', `${core}Core.java`, 'package org.acme.core; class Core extends String {}', 'builtin'],
    ['JDK', `${core}Core.java`, 'import java.util.*;', 'builtin'],
    ['JDK, other family', `${core}Core.java`, 'import org.w3c.dom.Node;', 'builtin'],
    ['generated', `${core}Core.java`, 'import org.acme.core.Generated;', 'unresolved'],
    [
      'third party',
      `${core}Core.java`,
      'import com.google.common.collect.Lists;',
      'maven com.google.common collect.Lists',
    ],
    ['third party, short', `${core}Core.java`, 'import org.junit.Test;', 'maven org.junit Test'],
    ['third party, wildcard', `${core}Core.java`, 'import static org.junit.Assert.*;', 'maven org.junit Assert'],
    [
      'module',
      'web/src/main/java/module-info.java',
      'module w { requires org.acme.core; }',
      ['core/src/main/java/module-info.java'],
    ],
    ['module of the JDK', 'web/src/main/java/module-info.java', 'module w { requires java.sql; }', 'builtin'],
  ])('%s', (_, from, text, expected) => expect(resolve(from, text)).toEqual(expected));

  it.each([
    ['nested', 'Class.forName("org.acme.core.Core$Part")', [`${core}Core.java`]],
    ['pattern', 'Class.forName("org.acme.core.U" + x)', [`${core}Util.java`]],
    ['pattern of any package', 'Class.forName(x + ".Core")', 'unresolved'],
    ['computed', 'Class.forName(x)', 'unresolved'],
  ])('by string: %s', (_, code, expected) => {
    const { references } = java.extract(`${web}Page.java`, code);
    const reference = references.find(({ kind }) => kind === 'dynamic') as Reference;
    const resolution = resolver.resolve(`${web}Page.java`, reference);
    expect(resolution.kind === 'files' ? resolution.paths : resolution.kind).toEqual(expected);
  });
});

describe('findProjects', () => {
  const projects = java.findProjects(
    memoryTree({
      'pom.xml':
        '<project><parent><artifactId>up</artifactId></parent><artifactId>parent</artifactId><modules><module>a</module></modules></project>',
      'a/pom.xml': `<project><parent><groupId>org.acme</groupId><artifactId>parent</artifactId></parent>
        <artifactId>a</artifactId><properties><lib>guava</lib></properties>
        <dependencyManagement><dependencies><dependency><groupId>m</groupId><artifactId>m</artifactId></dependency></dependencies></dependencyManagement>
        <dependencies><!-- <dependency><groupId>x</groupId><artifactId>x</artifactId></dependency> -->
          <dependency><groupId>\${project.groupId}</groupId><artifactId>b</artifactId></dependency>
          <dependency><groupId>com.google</groupId><artifactId>\${lib}</artifactId></dependency></dependencies></project>`,
      'broken/pom.xml': '<project><artifactId>broken</artifactId><dependencies',
      'g/settings.gradle':
        "rootProject.name = 'top'\ninclude ':app', ':libs:foo-bar' // include ':none'\nproject(':app').projectDir = file('application')",
      'g/build.gradle': '',
      'g/application/build.gradle.kts':
        'dependencies {\n  implementation(projects.libs.fooBar)\n  api("com.google:guava:1.0")\n  testImplementation(libs.junit.api)\n  // api("no:no:1")\n}',
      'g/libs/foo-bar/build.gradle': "dependencies { implementation project(':app')\n runtimeOnly 'a:b:1' }",
      'gradle/libs.versions.toml': '[libraries]\njunit-api = { module = "org.junit:junit-api", version = "5" }',
    }),
  );

  it('reads Maven', () => {
    expect(projects.slice(0, 3)).toMatchObject([
      { name: 'a', root: 'a', declares: ['org.acme:b', 'com.google:guava'], dependsOn: ['b', 'guava'] },
      { name: 'broken', root: 'broken', manifest: 'broken/pom.xml' },
      { name: 'parent', root: '', declares: [] },
    ]);
  });

  it('reads Gradle', () => {
    expect(projects.slice(3)).toMatchObject([
      {
        name: 'app',
        root: 'g/application',
        declares: ['com.google:guava', 'org.junit:junit-api'],
        dependsOn: ['libs:foo-bar'],
      },
      { name: 'top', root: 'g', declares: [], dependsOn: [] },
      { name: 'libs:foo-bar', root: 'g/libs/foo-bar', declares: ['a:b'], dependsOn: ['app'] },
    ]);
  });
});

it('knows its files', () => {
  expect(['a/B.java', 'B.kt'].map(java.matches)).toEqual([true, false]);
  expect(['pom.xml', 'a/build.gradle.kts', 'x.gradle', 'gradle.properties'].map(java.isLayout)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
