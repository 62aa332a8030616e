import { expect, test } from 'vitest';
import { fixture, parse, reading, show } from './tool-output.ts';

interface Row {
  readonly reports: readonly string[];
  readonly examined: number;
  readonly durations: Readonly<Record<string, number>>;
  readonly findings: readonly string[];
}

const pytest = [
  "error test/failed tests/test_a.py:8:1-8:1 tests.test_a.test_bad — dicts differ (assert {'x': 1} == {'x': 2})",
  'error test/failed tests/test_a.py:12:1-12:1 tests.test_a.test_fix — RuntimeError: no db',
  'error test/failed tests/test_a.py:24:1-24:1 tests.test_a.TestK.test_p[2] — assert 2 == 1',
];
const collection =
  "error test/suite-error tests/test_err.py:1:1-1:1 tests.test_err — ModuleNotFoundError: No module named 'nothing_here'";

const rows: Readonly<Record<string, Row>> = {
  'pytest, its default family': { reports: [fixture('pytest.xml')], examined: 5, durations: {}, findings: pytest },
  'pytest, xunit1': {
    reports: [fixture('pytest-xunit1.xml')],
    examined: 5,
    durations: { 'tests/test_a.py': 3 },
    findings: pytest,
  },
  'several reports': {
    reports: [fixture('pytest.xml'), '', fixture('pytest-collection.xml')],
    examined: 6,
    durations: {},
    findings: [...pytest, collection],
  },
  'node --test': {
    reports: [fixture('node-junit.xml')],
    examined: 4,
    durations: { 'a.test.mjs': 2, 'b.test.mjs': 32 },
    findings: [
      'error test/failed b.test.mjs b.test.mjs — test failed',
      'error test/failed a.test.mjs:5:35-5:35 half > is wrong — Expected values to be strictly equal: 2 !== 3',
      'error test/failed a.test.mjs:8:32-8:32 half > throws — boom',
    ],
  },
  Vitest: {
    reports: [fixture('vitest-junit.xml')],
    examined: 6,
    durations: { 'test/a.test.js': 63 },
    findings: [
      'error test/failed test/a.test.js:7:21-7:21 half > is wrong — expected 2 to be 3',
      'error test/failed src.js:2:20-2:20 half > throws — negative: -1',
      'error test/failed test/a.test.js:13:36-13:36 half > deep — expected { a: 1, b: [ 1, 2, 3 ] } to deeply equal { a: 1, b: [ 1, 2, 4 ] }',
      'error test/failed test/a.test.js:18:36-18:36 snap — Snapshot `snap 1` mismatched',
      'error test/failed test/a.test.js:19:1-19:1 slow — Test timed out in 50ms.',
      'error test/suite-error test/a.test.js test/a.test.js — Obsolete snapshots found when no snapshot update is expected.',
    ],
  },
  gotestsum: {
    reports: [fixture('gotestsum.xml')],
    examined: 6,
    durations: {},
    findings: [
      'error test/failed  example.com/probe.TestRoot — Root() = 1, want 2 (root_test.go:7)',
      'error test/failed  example.com/probe/calc.TestTable/wrong_one — Half(4) = 2 want 3 (calc_test.go:15)',
      'error test/failed calc/calc.go:5:1-5:1 example.com/probe/calc.TestZPanic — panic: negative',
    ],
  },
  Surefire: {
    reports: [fixture('surefire.xml')],
    examined: 3,
    durations: {},
    findings: [
      'error test/failed  com.example.CalcTest.isWrong — expected: <3> but was: <2> (CalcTest.java:12)',
      'error test/failed  com.example.CalcTest.throwsNothing — java.lang.NullPointerException: half is null (CalcTest.java:18)',
    ],
  },
  'line attributes, counted from one by all but pytest': {
    reports: [
      '<testsuite name="x" file="a.rb"><testcase name="t" line="7"><failure>no</failure></testcase></testsuite>',
    ],
    examined: 1,
    durations: { 'a.rb': 0 },
    findings: ['error test/failed a.rb:7:1-7:1 t — no'],
  },
};

test.each(Object.entries(rows))('%s', (_, { reports, examined, durations, findings }) => {
  const parsed = parse('junit', { reports });
  expect(show(parsed)).toEqual(findings);
  expect(reading(parsed)).toMatchObject({ examined, durations });
});

test('nothing was run where nothing was collected', () => {
  const reports = ['<?xml version="1.0"?><testsuites><testsuite name="pytest" tests="0" /></testsuites>'];
  expect(reading(parse('junit', { reports, exitCode: 5, stdout: '6 deselected in 0.01s' }))).toMatchObject({
    findings: [],
    examined: 0,
    failed: 'exited with 5: 6 deselected in 0.01s',
  });
});

const bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>';

test.each([
  ['a document type', bomb, 'a report with a document type is not read'],
  ['XML of another kind', '<html><body/></html>', 'there is no test suite in the document'],
  ['a broken end', fixture('pytest.xml').slice(0, 900), 'unexpected content'],
  ['no report', '', 'no report was written'],
])('%s is unparseable', (_, report, reason) => {
  expect(show(parse('junit', { reports: [report] }))[0]).toContain(`unparseable: junit: ${reason}`);
});

test('entities that XML does not have stay as they are written', () => {
  const reports = [
    '<testsuite><testcase name="a &lt;b&gt; &#x41;&#66; &amp;lt; &x;"><failure/></testcase></testsuite>',
  ];
  expect(show(parse('junit', { reports }))).toEqual(['error test/failed  a <b> AB &lt; &x; — failed']);
});
