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

const rows: Readonly<Record<string, Row>> = {
  'Vitest 5': [
    'vitest-json',
    { reports: [fixture('vitest.json')] },
    7,
    [
      'error test/failed test/a.test.js:6:3-6:3 half is wrong — expected 2 to be 3',
      'error test/failed test/a.test.js:9:3-9:3 half throws — negative: -1',
      'error test/failed test/a.test.js:12:3-12:3 half deep — expected { a: 1, b: [ 1, 2, 3 ] } to deeply equal { a: 1, b: [ 1, 2, 4 ] }',
      'error test/failed test/a.test.js:18:1-18:1 snap — Snapshot `snap 1` mismatched',
      'error test/failed test/a.test.js:19:1-19:1 slow — TestTimeoutError: Test timed out in 50ms.',
      'error test/snapshot test/a.test.js obsolete snapshot: gone 1',
      'error test/suite-error test/empty.test.js No test suite found in file test/empty.test.js',
      'error test/suite-error test/hook.test.js hook broke',
      "error test/suite-error test/suite.test.js Cannot find module './missing.js' imported from test/suite.test.js",
      'error test/suite-error test/syntax.test.js:2:11-2:11 Parse failure: Parse failed with 1 error: Unexpected token',
    ],
  ],
  'Jest 30': [
    'jest-json',
    { stdout: fixture('jest.json') },
    6,
    [
      'error test/failed test/a.test.js:6:21-6:21 half is wrong — expect(received).toBe(expected) (expected 3, received 2)',
      'error test/failed src.js:2:20-2:20 half throws — negative: -1',
      'error test/failed test/a.test.js:12:36-12:36 half deep — expect(received).toEqual(expected) (- 4, + 3,)',
      'error test/failed test/a.test.js:17:36-17:36 snap — expect(received).toMatchSnapshot() (expected 5, received 2)',
      'error test/failed test/a.test.js:18:1-18:1 slow — thrown: "Exceeded timeout of 50 ms for a test.',
      "error test/suite-error test/suite.test.js:1:11-1:11 Cannot find module './missing.js' from 'test/suite.test.js'",
      'error test/suite-error test/syntax.test.js:2:11-2:11 SyntaxError: Unexpected token',
      'error test/suite-error test/empty.test.js Your test suite must contain at least one test.',
      'error test/snapshot test/a.test.js obsolete snapshot: gone 1',
    ],
  ],
  'Mocha 11, on stdout with noise around it': [
    'mocha-json',
    { stdout: `noise before {"a": 1}\nnoise {"stats": \n${fixture('mocha.json')}noise after }\n`, exitCode: 4 },
    4,
    [
      'error test/failed a.spec.js:6:12-6:12 half is wrong — Expected values to be strictly equal: 2 !== 3',
      'error test/failed a.spec.js:8:29-8:29 half deep — Expected values to be strictly deep-equal: + a: 1 - a: 2',
      'error test/failed a.spec.js half slow — Timeout of 20ms exceeded. For async tests and hooks, ensure "done()" is called; if returning a Promise, ensure it resolves. (a.spec.js)',
      'error test/suite-error a.spec.js:11:49-11:49 half hook "before all" hook for "never" — hook broke',
    ],
  ],
  'node --test, TAP': [
    'tap',
    { stdout: fixture('node.tap') },
    4,
    [
      'error test/failed a.test.mjs:5:3-5:3 half > is wrong — Expected values to be strictly equal: 2 !== 3',
      'error test/failed a.test.mjs:8:3-8:3 half > throws — boom',
      'error test/failed b.test.mjs:1:1-1:1 b.test.mjs — test failed',
    ],
  ],
  'node-tap': [
    'tap',
    { stdout: fixture('tap.tap') },
    3,
    [
      'error test/failed t.test.cjs:2:27-2:27 half > is wrong — -3 +2',
      'error test/failed t.test.cjs:2:54-2:54 half > should be equivalent — - "a": 2, + "a": 1,',
    ],
  ],
  'TAP that bails out': [
    'tap',
    { stdout: 'TAP version 13\n1..3\nok 1 - a\nBail out! no database\n' },
    1,
    ['error test/suite-error  bailed out: no database'],
  ],
  'cargo test': [
    'cargo-json',
    { stdout: fixture('cargo-test.txt'), exitCode: 101 },
    6,
    [
      'warning lint/unused_variables src/lib.rs:4:9-4:15 unused variable: `unused`',
      'error test/failed  tests::errs — "not good"',
      'error test/failed src/lib.rs:24:8-24:8 tests::no_panic — test did not panic as expected',
      'error test/failed src/lib.rs:17:9-17:9 tests::is_wrong — assertion `left == right` failed: half of four (left: 2, right: 3)',
      'error test/failed tests/integ.rs:2:14-2:14 integ — boom',
      'error test/failed src/deep.rs:2:1-2:1 src/deep.rs - deep::one (line 2) — assertion `left == right` failed (left: 1, right: 2)',
    ],
  ],
  'go test': [
    'go-json',
    { stdout: fixture('go-test.ndjson'), reports: ['module example.com/probe\n\ngo 1.26\n'] },
    6,
    [
      'error build/error broken/b.go:3:23-3:23 cannot use "a" (untyped string constant) as int value in return statement',
      'error lint/vet vetty/v.go:5:24-5:24 fmt.Printf format %d has arg "a" of wrong type string',
      'error test/failed root_test.go:7:1-7:1 TestRoot — Root() = 1, want 2',
      'error test/failed calc/calc_test.go:15:1-15:1 TestTable/wrong_one — Half(4) = 2 want 3',
      'error test/failed calc/calc.go:5:1-5:1 TestZPanic — panic: negative',
    ],
  ],
};

test.each(Object.entries(rows))('%s', (_, [format, given, examined, findings]) => {
  const parsed = parse(format, given);
  expect(show(parsed)).toEqual(findings);
  expect(reading(parsed).examined).toBe(examined);
  expect(reading(parsed).failed).toBeUndefined();
});

test('Vitest hides unhandled errors from its report, but not from its exit status', () => {
  const given = { reports: [fixture('vitest-unhandled.json')] };
  expect(reading(parse('vitest-json', given)).failed).toBe('exited with 1');
  const stderr = fixture('vitest-unhandled.stderr.txt');
  const parsed = reading(parse('vitest-json', { ...given, stderr }));
  expect(parsed).toMatchObject({ findings: [], examined: 1, failed: 'exited with 1: unhandled error: Error: late' });
  expect(reading(parse('vitest-json', { ...given, exitCode: 0 })).failed).toBeUndefined();
});

test('obsolete snapshots are findings of their file', () => {
  const parsed = parse('vitest-json', { reports: [fixture('vitest-obsolete.json')] });
  expect(show(parsed)).toEqual(['error test/snapshot test/a.test.js obsolete snapshot: gone 1']);
  expect(reading(parsed).examined).toBe(1);
});

test('a report that says it failed without saying why has failed', () => {
  const stdout = '{"numTotalTests":0,"success":false,"testResults":[]}';
  expect(reading(parse('vitest-json', { stdout }))).toMatchObject({ examined: 0, failed: 'no test was run' });
  const one = { name: `${ROOT}/a.test.js`, status: 'passed', message: '', assertionResults: [{ status: 'passed' }] };
  const report = JSON.stringify({ numTotalTests: 1, success: false, testResults: [one] });
  const stderr = 'Jest: "global" coverage threshold for lines (99%) not met: 66.66%\n\nRan all test suites.\n';
  expect(reading(parse('jest-json', { stdout: report, stderr })).failed).toBe(
    'exited with 1: Jest: "global" coverage threshold for lines (99%) not met: 66.66%',
  );
  expect(reading(parse('jest-json', { stdout: report, exitCode: 0 })).failed).toBe(
    'the report says the run failed, but no test did',
  );
});

test('durations are milliseconds by test file', () => {
  expect(reading(parse('vitest-json', { reports: [fixture('vitest.json')] })).durations).toEqual({
    'test/a.test.js': 60,
    'test/empty.test.js': 0,
    'test/hook.test.js': 0,
    'test/rej.test.js': 1,
    'test/suite.test.js': 0,
    'test/syntax.test.js': 0,
  });
  expect(reading(parse('mocha-json', { reports: [fixture('mocha.json')] })).durations).toEqual({ 'a.spec.js': 22 });
});

test('data tells the test, its file, and where it threw', () => {
  expect(reading(parse('vitest-json', { reports: [fixture('vitest.json')] })).findings[1]?.data).toEqual({
    test: 'half throws',
    file: 'test/a.test.js',
    at: 'src.js:2:20',
  });
});

test('a TAP plan that is not kept fails', () => {
  const parsed = reading(parse('tap', { stdout: 'TAP version 13\n1..3\nok 1\n', exitCode: 0 }));
  expect(parsed).toMatchObject({
    findings: [],
    examined: 1,
    failed: 'the TAP stream is not whole: incorrect number of tests',
  });
});
