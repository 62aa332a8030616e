import { expect, test } from 'vitest';
import type { ToolOutput } from '../../../../src/engine/checks/format.ts';
import type { FormatId } from '../../../../src/engine/parsers/index.ts';
import { fixture, parse, ROOT, reading, show } from './tool-output.ts';

type Row = readonly [
  format: FormatId,
  given: Partial<ToolOutput>,
  examined: number | undefined,
  findings: readonly string[],
];

const incompatible = 'Incompatible return value type (got "int", expected "str")';
const argument = 'Argument 1 to "f" has incompatible type "str"; expected "int"';
const assigned = [
  "error types/TS2322 a.ts:1:7-1:7 Type 'string' is not assignable to type 'number'.",
  "error types/TS2307 a.ts:4:19-4:19 Cannot find module './nope' or its corresponding type declarations.",
];
const tscLines = [
  "a.ts(1,7): error TS2322: Type 'string' is not assignable to type 'number'.",
  "a.ts(4,19): error TS2307: Cannot find module './nope' or its corresponding type declarations.",
  '',
].join('\n');

const rows: Readonly<Record<string, Row>> = {
  'mypy --output=json': [
    'mypy',
    { stdout: fixture('mypy.ndjson') },
    undefined,
    [
      `error types/return-value pkg/a.py:5:12-5:13 ${incompatible}`,
      `error types/arg-type pkg/a.py:7:3-7:6 ${argument}`,
    ],
  ],
  'mypy --output=json, syntax errors': [
    'mypy',
    { stdout: fixture('mypy-syntax.ndjson'), exitCode: 2 },
    undefined,
    [
      'error types/syntax pkg/broken.py:1:13-1:14 Expected a parameter or the end of the parameter list',
      'error types/syntax pkg/broken.py:2:2-2:3 Unexpected EOF while parsing',
    ],
  ],
  'mypy with all columns': [
    'mypy',
    { stdout: fixture('mypy-columns.txt') },
    1,
    [
      `error types/return-value pkg/a.py:5:12-5:13 ${incompatible}`,
      `error types/arg-type pkg/a.py:7:3-7:6 ${argument}`,
    ],
  ],
  'mypy without columns': [
    'mypy',
    { stdout: fixture('mypy-plain.txt') },
    1,
    [`error types/return-value pkg/a.py:5:1-5:1 ${incompatible}`, `error types/arg-type pkg/a.py:7:1-7:1 ${argument}`],
  ],
  'mypy, JSON mixed with text, notes, Windows paths': [
    'mypy',
    {
      stdout: [
        '{"file": "pkg\\\\a.py", "line": 3, "column": 0, "message": "bad", "hint": null, "code": "misc", "severity": "error"}',
        'pkg\\a.py:3: note: See https://mypy.readthedocs.io',
        'pkg\\a.py:9:5: note: Revealed type is "int"',
      ].join('\r\n'),
      stderr: 'nothing.py: error: Cannot read file: No such file or directory\n',
    },
    undefined,
    [
      'error types/misc pkg/a.py:3:1-3:1 bad',
      'info types/note pkg/a.py:9:5-9:5 Revealed type is "int"',
      'error types/mypy nothing.py Cannot read file: No such file or directory',
    ],
  ],
  'mypy, clean': ['mypy', { stdout: 'Success: no issues found in 12 source files\n', exitCode: 0 }, 12, []],
  'mypy --output=json, clean': ['mypy', { exitCode: 0 }, undefined, []],
  pyright: [
    'pyright',
    { stdout: fixture('pyright.json') },
    2,
    [
      'error types/reportReturnType pkg/a.py:5:12-5:13 Type "int" is not assignable to return type "str"',
      `error types/reportArgumentType pkg/a.py:7:3-7:6 Argument of type "Literal['a']" cannot be assigned to parameter "x" of type "int" in function "f"`,
      'error types/pyright pkg/broken.py:1:11-1:12 "(" was not closed',
    ],
  ],
  'tsc --pretty false': ['tsc', { stdout: tscLines, exitCode: 2 }, undefined, assigned],
  'tsc --listFiles': [
    'tsc',
    {
      stdout: `${tscLines}${ROOT}/node_modules/typescript/lib/lib.es5.d.ts\nbundled:///libs/lib.d.ts\n${ROOT}/a.ts\n${ROOT}/b.tsx\n`,
      exitCode: 2,
    },
    2,
    assigned,
  ],
  'tsc in a package below the root': [
    'tsc',
    { stdout: "../../shared/x.ts(2,3): error TS1005: ';' expected.\n", cwd: `${ROOT}/packages/a` },
    undefined,
    ["error types/TS1005 shared/x.ts:2:3-2:3 ';' expected."],
  ],
  'tsc, global errors': [
    'tsc',
    {
      stdout: [
        `error TS6053: File '${ROOT}/zz.ts' not found.`,
        '  The file is in the program because:',
        "    Part of 'files' list in tsconfig.json",
        "tsconfig.json(1,35): error TS5023: Unknown compiler option 'bogus'.",
      ].join('\n'),
    },
    undefined,
    [
      "error types/TS6053  File 'zz.ts' not found.",
      "error types/TS5023 tsconfig.json:1:35-1:35 Unknown compiler option 'bogus'.",
    ],
  ],
  'tsc --pretty': [
    'tsc',
    {
      stdout:
        '\u001b[96ma.ts\u001b[0m:\u001b[93m1\u001b[0m:\u001b[93m7\u001b[0m - \u001b[91merror\u001b[0m\u001b[90m TS2322: \u001b[0mNo.\n',
    },
    undefined,
    ['error types/TS2322 a.ts:1:7-1:7 No.'],
  ],
  'tsc, clean': ['tsc', { exitCode: 0 }, undefined, []],
};

test.each(Object.entries(rows))('%s', (_, [format, given, examined, findings]) => {
  const parsed = parse(format, given);
  expect(show(parsed)).toEqual(findings);
  expect(reading(parsed).examined).toBe(examined);
});

test('a type checker that fails without naming a place did not check', () => {
  expect(
    show(parse('tsc', { stderr: 'RangeError: Maximum call stack size exceeded\n    at x (tsc.js:1:1)\n' })),
  ).toEqual([
    'unparseable: tsc: no line of the output is a finding; exited with 1: RangeError: Maximum call stack size exceeded',
  ]);
  expect(show(parse('mypy', { stderr: 'mypy: command not found', exitCode: 127 }))).toEqual([
    'unparseable: mypy: no line of the output is a finding; exited with 127: mypy: command not found',
  ]);
  expect(show(parse('pyright', { stdout: 'No source files found.\n', exitCode: 3 }))).toEqual([
    'unparseable: pyright: there is no whole JSON document in the output; exited with 3: No source files found.',
  ]);
});
