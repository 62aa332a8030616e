import { describe, expect, it } from 'vitest';
import { extractSuppressions } from '../../../../src/engine/guards/suppressions/extract.ts';
import { configuredDirectives, HINT, VOCABULARY } from '../../../../src/engine/guards/suppressions/vocabulary.ts';
import { guardContext } from './context.ts';

/** `tool code span` of each suppression in a text. */
async function found(path: string, text: string): Promise<readonly string[]> {
  const { analyse } = await guardContext({}, {});
  const { found } = extractSuppressions(path, text, await analyse(path, text), VOCABULARY);
  return found.map(({ tool, code, span }) => `${tool} ${code} ${span}`);
}

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ['a.ts', '// @ts-ignore\nf()', ['typescript ts-ignore line']],
  ['a.ts', '// @ts-expect-error: why\nf()', ['typescript ts-expect-error line']],
  ['a.tsx', 'x = <A>{/* @ts-ignore */}\n<B /></A>', ['typescript ts-ignore line']],
  ['a.ts', '/**\n * Why.\n * @ts-ignore\n */\nf()', ['typescript ts-ignore line']],
  ['a.ts', '// @ts-nocheck\nf()', ['typescript ts-nocheck file']],
  ['a.ts', 'f(a as any)', ['typescript as any line']],
  ['a.ts', 'f() // eslint-disable-line no-console, curly -- why, so', ['eslint no-console line', 'eslint curly line']],
  [
    'a.ts',
    '// eslint-disable-next-line @typescript-eslint/no-explicit-any\nf()',
    ['eslint @typescript-eslint/no-explicit-any line'],
  ],
  ['a.ts', '/* eslint-disable */\nf()', ['eslint * file']],
  ['a.ts', 'g()\n/* eslint-disable no-console */\nf()\n/* eslint-enable no-console */', ['eslint no-console block']],
  [
    'a.ts',
    '/* eslint no-console: 0, curly: ["off"], eqeqeq: "error" */\nf()',
    ['eslint no-console file', 'eslint curly file'],
  ],
  ['a.ts', '// oxlint-disable-next-line no-debugger\nf()', ['oxlint no-debugger line']],
  ['a.ts', '// biome-ignore lint/suspicious/noExplicitAny: why\nf()', ['biome lint/suspicious/noExplicitAny line']],
  ['a.ts', '// biome-ignore-all lint/style: why\nf()', ['biome lint/style file']],
  ['a.ts', '// prettier-ignore\nf( )', ['prettier * line']],
  [
    'a.ts',
    '// deno-lint-ignore no-explicit-any no-console\nf()',
    ['deno no-explicit-any line', 'deno no-console line'],
  ],
  ['a.ts', '// tslint:disable-next-line:no-any\nf()', ['tslint no-any line']],
  ['a.ts', '/* istanbul ignore next */\nf()', ['coverage * line']],
  ['a.ts', '/* v8 ignore next 3 */\nf()', ['coverage * line']],
  ['a.ts', '/* c8 ignore start */\nf()\n/* c8 ignore stop */', ['coverage * block']],
  ['a.ts', '// Stryker disable next-line StringLiteral: why\nf()', ['stryker StringLiteral line']],
  ['a.ts', '// Stryker disable all\nf()', ['stryker * file']],
  ['a.ts', '// fallow-ignore-next-line unused\nf()', ['fallow unused line']],
  ['a.ts', 'f() // NOSONAR', ['sonar * line']],
  ['a.ts', '// nosemgrep: a.b.c\nf()', ['semgrep a.b.c line']],
  ['a.js', '// noinspection JSUnusedLocalSymbols\nf()', ['intellij JSUnusedLocalSymbols line']],
  ['a.vue', '<template><!-- eslint-disable-next-line vue/x -->\n<p/></template>', ['eslint vue/x line']],
  ['a.py', 'f()  # type: ignore', ['mypy * line']],
  ['a.py', 'f()  # type: ignore[attr-defined, misc]  # why', ['mypy attr-defined line', 'mypy misc line']],
  ['a.py', 'f()  # noqa', ['noqa * line']],
  ['a.py', 'f()  # noqa: E501,W291', ['noqa E501 line', 'noqa W291 line']],
  ['a.py', 'f()  # type: ignore  # noqa: F401', ['mypy * line', 'noqa F401 line']],
  ['a.py', '# ruff: noqa: E501\nf()', ['noqa E501 file']],
  ['a.py', '# ruff: disable[E501]\nf()\n# ruff: enable[E501]', ['noqa E501 block']],
  ['a.py', '# mypy: ignore-errors\nf()', ['mypy * file']],
  ['a.py', 'f()  # pyright: ignore[reportX]', ['pyright reportX line']],
  ['a.py', '# pyright: basic\nf()', ['pyright * file']],
  ['a.py', 'f()  # pylint: disable=no-member,W0611', ['pylint no-member line', 'pylint W0611 line']],
  ['a.py', 'f()  # pragma: no cover', ['coverage * line']],
  ['a.py', 'f()  # nosec B101', ['bandit B101 line']],
  ['a.py', 'import a  # tach-ignore', ['tach * line']],
  ['a.py', '# fmt: off\nf( )', ['format * line']],
  [
    'a.go',
    'package p\n\nvar a = 1 //nolint:errcheck,gosec // why',
    ['golangci-lint errcheck line', 'golangci-lint gosec line'],
  ],
  ['a.go', 'package p\n\n//nolint\nvar a = 1', ['golangci-lint * line']],
  ['a.go', 'package p\n\nvar a = 1 // #nosec G101', ['gosec G101 line']],
  ['a.go', 'package p\n\n//lint:ignore SA1000 why\nvar a = 1', ['staticcheck SA1000 line']],
  ['a.rs', '#[allow(dead_code)]\nfn f() {}', ['rustc dead_code line']],
  ['a.rs', '#![allow(clippy::all)]\nfn f() {}', ['clippy all file']],
  ['A.java', '@SuppressWarnings("unchecked")\nclass A {}', ['javac unchecked line']],
  ['A.java', 'class A { int b; } // NOSONAR', ['sonar * line']],
  ['a.rb', 'f # rubocop:disable Style/A, Lint/B', ['rubocop Style/A line', 'rubocop Lint/B line']],
  ['a.sh', '# shellcheck disable=SC2086\nf $a', ['shellcheck SC2086 line']],
  ['a.yml', 'a: b # yamllint disable-line rule:x', ['yamllint rule:x line']],
  ['a.css', '/* stylelint-disable-next-line a, b */\nc {}', ['stylelint a line', 'stylelint b line']],
  ['Dockerfile', '# hadolint ignore=DL3008\nRUN a', ['hadolint DL3008 line']],
  ['a.cpp', 'f(); // NOLINT(x)', ['clang-tidy x line']],
  ['a.js', '// $FlowFixMe[x]\nf()', ['flow * line']],
  ['a.ts', '// jscpd:ignore-start\nf()\n// jscpd:ignore-end', ['jscpd * block']],
  ['a.ts', 'f() // codeql[js/x]', ['codeql js/x line']],
  ['a.py', 'f()  # ty: ignore[x]', ['ty x line']],
  ['a.py', '# pyrefly: ignore\nf()', ['pyrefly * line']],
  ['a.py', '# pyre-fixme[6]: why\nf()', ['pyre 6 line']],
  ['a.py', 'f()  # pytype: disable=x', ['pytype x line']],
  ['a.py', 'import a  # isort: skip', ['isort * line']],
  ['a.py', 'import a  # import-linter: ignore', ['import-linter * line']],
  ['a.py', 'f()  # pragma: no mutate', ['mutmut * line']],
  ['a.py', 'key = a  # gitleaks:allow', ['gitleaks * line']],
  ['a.go', 'package p\n\nvar a = 1 //revive:disable-line:x', ['revive x line']],
  ['A.java', '// CHECKSTYLE:OFF\nclass A {}\n// CHECKSTYLE:ON', ['checkstyle * block']],
  ['a.kt', 'f() // ktlint-disable no-x', ['ktlint no-x line']],
  ['a.swift', '// swiftlint:disable:next x\nf()', ['swiftlint x line']],
  ['a.php', '// @phpstan-ignore-next-line\nf();', ['phpstan * line']],
  ['a.tf', 'a = 1 # checkov:skip=CKV_1', ['checkov CKV_1 line']],
  ['a.yml', 'a: b # zizmor: ignore[x]', ['actionlint x line']],
  ['a.html', '<!-- prettier-ignore -->\n<p>', ['prettier * line']],
];

describe('each word of the vocabulary', () => {
  it.each(CASES)('%s %j', async (path, text, expected) => {
    expect(await found(path, text)).toEqual(expected);
    expect(text).toMatch(HINT);
  });

  it('is spoken by every tool there is', () => {
    const spoken = new Set(CASES.flatMap(([, , expected]) => expected.map((line) => line.split(' ')[0])));
    expect(VOCABULARY.map(({ tool }) => tool).filter((tool) => !spoken.has(tool))).toEqual([]);
  });
});

describe('what only looks like it', () => {
  it.each([
    ['a.ts', "f('// @ts-ignore'); g(`/* eslint-disable */`)"],
    ['a.ts', '// One must not write @ts-ignore or eslint-disable-next-line here.'],
    ['a.ts', '// eslint-disable-lines are counted'],
    ['a.ts', '/* eslint-enable no-console */'],
    ['a.ts', '/* eslint eqeqeq: 2 */'],
    ['a.ts', '/** Explains\n * eslint-disable-next-line to a reader.\n */'],
    ['a.ts', "const tool = 'prettier-ignore' // what prettier-ignore means"],
    ['a.ts', 'const s = "as any"; const any = 1; f(any)'],
    ['a.ts', 'f(/any as any/)'],
    ['a.ts', '// nosonar is a word; "NOSONAR" in quotes is one too'],
    ['a.ts', 'const re = /\\/\\/ @ts-ignore/'],
    ['a.py', 'f(\'# noqa\', """# type: ignore""")'],
    ['a.py', '# the type: ignored ones\n# noqa-like\n# noqae'],
    ['a.py', 'x = "pragma: no cover"  # pragmatic'],
    ['a.go', 'package p\n\nvar a = "//nolint" // nolinting is bad'],
    ['a.rs', 'fn f() { let s = "#[allow(x)]"; } // #[allow(y)]'],
    ['A.java', 'class A { String s = "@SuppressWarnings(\\"x\\")"; /* @SuppressWarnings("y") */ }'],
    ['a.rb', 'f "# rubocop:disable A/B"'],
    ['a.sh', 'echo "# shellcheck disable=SC1"'],
    ['a.yml', 'a: "# yamllint disable"'],
    ['a.css', 'a { content: "/* stylelint-disable */" }'],
  ])('%s %j', async (path, text) => {
    expect(await found(path, text)).toEqual([]);
  });
});

it('takes further words from the configuration, and survives a wrong one', async () => {
  const extra = configuredDirectives([
    { tool: 'own', pattern: 'own-ignore' },
    { tool: 'bad', pattern: '(' },
  ]);
  const text = '// so: own-ignore this\nf()';
  const { analyse } = await guardContext({}, {});
  const { found } = extractSuppressions('a.ts', text, await analyse('a.ts', text), extra);
  expect(found.map(({ tool, code, line }) => [tool, code, line])).toEqual([['own', '*', 'f()']]);
});

it('finds comments also where a file does not parse', async () => {
  expect(await found('a.ts', 'function ( {\nf() // eslint-disable-line\n')).toContain('eslint * line');
  expect(await found('a.py', 'def f(:\n  pass  # noqa\n')).toContain('noqa * line');
});
