import { expect, test } from 'vitest';
import type { ToolOutput } from '../../../../src/engine/checks/format.ts';
import type { FormatId } from '../../../../src/engine/parsers/index.ts';
import { fixture, parse, reading, show } from './tool-output.ts';

interface Row {
  readonly format: FormatId;
  readonly given: Partial<ToolOutput>;
  readonly examined: number | undefined;
  readonly findings: readonly string[];
}

const rows: Readonly<Record<string, Row>> = {
  'ESLint 10': {
    format: 'eslint-json',
    given: { stdout: fixture('eslint.json') },
    examined: 3,
    findings: [
      "error lint/no-unused-vars src/a.js:1:7-1:13 'unused' is assigned a value but never used.",
      "error lint/no-undef src/a.js:2:5-2:8 'foo' is not defined.",
      "warning lint/eqeqeq src/a.js:2:9-2:11 Expected '===' and instead saw '=='.",
      "error lint/no-debugger src/a.js:3:3-3:12 Unexpected 'debugger' statement.",
      "warning lint/unused-directive src/a.js:5:1-5:1 Unused eslint-disable directive (no problems were reported from 'no-console').",
      'error lint/parse-error src/broken.js:1:14-1:14 Parsing error: Unexpected token =',
      "error lint/no-unused-vars src/ok.js:1:33-1:34 'x' is assigned a value but never used.",
    ],
  },
  'ESLint behind a script runner': {
    format: 'eslint-json',
    given: { stdout: '\n> app@1.0.0 lint\n> eslint -f json [src]\n\n[]\n', exitCode: 0 },
    examined: 0,
    findings: [],
  },
  'ESLint on an ignored file': {
    format: 'eslint-json',
    given: {
      stdout: JSON.stringify([
        {
          filePath: '/work/repo/dist/x.js',
          messages: [{ fatal: false, severity: 1, message: 'File ignored because of a matching ignore pattern.' }],
        },
      ]),
      exitCode: 0,
    },
    examined: 0,
    findings: ['warning lint/ignored-file dist/x.js File ignored because of a matching ignore pattern.'],
  },
  oxlint: {
    format: 'oxlint-json',
    given: { stdout: fixture('oxlint.json') },
    examined: 3,
    findings: [
      'error lint/parse-error src/broken.js:1:14-1:14 Unexpected token',
      "warning lint/no-unused-vars src/a.js:1:7-1:7 Variable 'unused' is declared but never used. Unused variables should start with a '_'.",
      'warning lint/no-debugger src/a.js:3:3-3:3 `debugger` statement is not allowed',
      "warning lint/no-unused-vars src/ok.js:1:38-1:38 Variable 'x' is declared but never used. Unused variables should start with a '_'.",
    ],
  },
  'Biome 2.6': {
    format: 'biome',
    given: { stdout: fixture('biome.json.txt') },
    examined: 3,
    findings: [
      'warning lint/correctness/noUnusedVariables src/a.js:1:7-1:13 This variable unused is unused.',
      'warning lint/correctness/noUnusedVariables src/ok.js:1:32-1:33 This variable x is unused.',
      'error lint/suspicious/noDoubleEquals src/a.js:2:9-2:11 Using == may be unsafe if you are relying on type coercion.',
      'error lint/suspicious/noDebugger src/a.js:3:3-3:12 This is an unexpected use of the debugger statement.',
      'error lint/format src/a.js The file is not formatted.',
      "error lint/parse src/broken.js:1:14-1:15 Expected an identifier, an array pattern, or an object pattern but instead found '='.",
      'error lint/parse src/broken.js:1:16-1:17 expected `,` but instead found `;`',
      "error lint/format src/broken.js Code formatting aborted due to parsing errors. To format code with errors, enable the 'formatter.formatWithErrors' option.",
      'error lint/format src/ok.js The file is not formatted.',
    ],
  },
  'Biome with byte offsets': {
    format: 'biome',
    given: {
      stdout: JSON.stringify({
        summary: { changed: 0, unchanged: 1 },
        diagnostics: [
          {
            category: 'lint/style/useConst',
            severity: 'information',
            message: [
              { elements: [], content: 'use ' },
              { elements: [], content: 'const' },
            ],
            location: { path: { file: 'é.js' }, span: [10, 13], sourceCode: 'f("é→");\nlet x = 1;\n' },
          },
        ],
      }),
      exitCode: 0,
    },
    examined: 1,
    findings: ['info lint/style/useConst é.js:1:8-2:2 use const'],
  },
  ruff: {
    format: 'ruff-json',
    given: { stdout: fixture('ruff.json') },
    examined: undefined,
    findings: [
      'error lint/F401 pkg/a.py:1:8-1:10 `os` imported but unused',
      'error lint/invalid-syntax pkg/broken.py:1:12-1:13 Expected a parameter or the end of the parameter list',
    ],
  },
  'ruff on nothing': {
    format: 'ruff-json',
    given: { stdout: '[]', stderr: 'warning: No Python files found under the given path(s)\n', exitCode: 0 },
    examined: 0,
    findings: [],
  },
  'golangci-lint 2': {
    format: 'golangci-json',
    given: { stdout: fixture('golangci.txt') },
    examined: undefined,
    findings: [
      'error lint/errcheck root.go:5:28-5:28 Error return value of `os.Remove` is not checked',
      'error lint/unused root.go:6:6-6:6 func unusedFn is unused',
    ],
  },
  'golangci-lint on code that does not compile': {
    format: 'golangci-json',
    given: { stdout: fixture('golangci-typecheck.json') },
    examined: undefined,
    findings: [
      'error build/error broken/b.go:3:23-3:23 cannot use "a" (untyped string constant) as int value in return statement',
    ],
  },
  'golangci-lint 1, clean': {
    format: 'golangci-json',
    given: { stdout: '{"Issues":null,"Report":{}}', exitCode: 0 },
    examined: undefined,
    findings: [],
  },
  bandit: {
    format: 'bandit-json',
    given: { stdout: fixture('bandit.json') },
    examined: 1,
    findings: [
      'info security/B404 pkg/a.py:2:1-2:18 Consider possible security implications associated with the subprocess module.',
      'info security/B602 pkg/a.py:9:1-9:34 subprocess call with shell=True seems safe, but may be changed in the future, consider rewriting without shell',
      'error security/unexamined pkg/broken.py not examined: syntax error while parsing AST from file',
    ],
  },
};

test.each(Object.entries(rows))('%s', (_, { format, given, examined, findings }) => {
  const parsed = parse(format, given);
  expect(show(parsed)).toEqual(findings);
  expect(reading(parsed).examined).toBe(examined);
  expect(reading(parsed).failed).toBeUndefined();
});

test('a failure that no finding shows is kept in the words of the tool', () => {
  expect(reading(parse('oxlint-json', { stdout: fixture('oxlint-none.txt') }))).toMatchObject({
    findings: [],
    examined: 0,
    failed: 'exited with 1: No files found to lint. Please check your paths and ignore patterns.',
  });
  const warnings = JSON.stringify([
    { filePath: 'a.js', messages: [{ ruleId: 'x', severity: 1, message: 'm', line: 1, column: 1 }] },
  ]);
  const tooMany = 'ESLint found too many warnings (maximum: 0).';
  expect(reading(parse('eslint-json', { stdout: warnings, stderr: tooMany })).failed).toBe(`exited with 1: ${tooMany}`);
  const cut = { summary: { unchanged: 1, diagnosticsNotPrinted: 7 }, diagnostics: [] };
  expect(reading(parse('biome', { stdout: JSON.stringify(cut) })).failed).toBe(
    'Biome kept 7 more diagnostics to itself (--max-diagnostics)',
  );
  const report = { Issues: [], Report: { Error: 'context loading failed' } };
  expect(reading(parse('golangci-json', { stdout: JSON.stringify(report) })).failed).toBe('context loading failed');
});

test('data names the rule, and what an agent can use', () => {
  expect(reading(parse('eslint-json', { stdout: fixture('eslint.json') })).findings[4]?.data).toEqual({
    rule: 'unused-directive',
    fixable: true,
  });
  expect(reading(parse('oxlint-json', { stdout: fixture('oxlint.json') })).findings[1]?.data).toEqual({
    rule: 'no-unused-vars',
    help: 'Consider removing this declaration.',
  });
});
