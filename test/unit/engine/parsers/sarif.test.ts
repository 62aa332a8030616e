import { expect, test } from 'vitest';
import { fixture, parse, ROOT, reading, show } from './tool-output.ts';

function log(run: object): string {
  return JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'Probe' } }, ...run }] });
}

function at(artifactLocation: object, region: object = { startLine: 2 }): object[] {
  return [{ physicalLocation: { artifactLocation, region } }];
}

test('gitleaks gives no level, so it warns; that it failed is kept', () => {
  const parsed = parse('sarif', { reports: [fixture('gitleaks.sarif')], stderr: 'WRN leaks found: 1\n' });
  expect(show(parsed)).toEqual([
    'warning security/github-pat a.js:2:15-2:54 github-pat has detected secret for file a.js.',
  ]);
  expect(reading(parsed)).toMatchObject({ examined: undefined, failed: 'exited with 1: WRN leaks found: 1' });
});

test('ruff', () => {
  expect(show(parse('sarif', { stdout: fixture('ruff.sarif') }))).toEqual([
    'error lint/F401 pkg/a.py:1:8-1:10 `os` imported but unused',
    'error lint/invalid-syntax pkg/broken.py:1:12-1:13 Expected a parameter or the end of the parameter list',
  ]);
});

test('what is suppressed, unchanged or passed is no finding', () => {
  const result = { ruleId: 'R', message: { text: 'm' } };
  const results = [
    { ...result, baselineState: 'unchanged' },
    { ...result, baselineState: 'absent' },
    { ...result, kind: 'pass' },
    { ...result, suppressions: [{ kind: 'inSource' }] },
    { ...result, suppressions: [{ kind: 'external', status: 'accepted' }] },
    { ...result, suppressions: [{ kind: 'external', status: 'rejected' }], message: { text: 'rejected' } },
    { ...result, baselineState: 'new', level: 'note', message: { text: 'new' } },
  ];
  expect(show(parse('sarif', { stdout: log({ results }), exitCode: 0 }))).toEqual([
    'warning lint/R  rejected',
    'info lint/R  new',
  ]);
});

test('level and message come from the rule where the result has none', () => {
  const rule = {
    id: 'S1',
    defaultConfiguration: { level: 'error' },
    messageStrings: { hit: { text: 'found {0} in {1}' } },
    properties: { 'security-severity': '8.1' },
  };
  const results = [{ ruleIndex: 0, message: { id: 'hit', arguments: ['x', 'y'] } }];
  const stdout = log({ tool: { driver: { name: 'Probe', rules: [rule] } }, results });
  expect(show(parse('sarif', { stdout }))).toEqual(['error security/S1  found x in y']);
});

test.each([
  ['an absolute URI', { uri: `file://${ROOT}/a%20b.js` }, 'a b.js'],
  ['a relative URI', { uri: 'src/a.js' }, 'pkg/src/a.js'],
  ['an undefined base', { uri: 'src/a.js', uriBaseId: '%SRCROOT%' }, 'src/a.js'],
  ['a defined base', { uri: 'a.js', uriBaseId: 'LIB' }, 'lib/a.js'],
  ['a base upon a base', { uri: 'a.js', uriBaseId: 'DEEP' }, 'lib/deep/a.js'],
  ['a base that is its own', { uri: 'a.js', uriBaseId: 'LOOP' }, 'a.js'],
  ['an artifact by its number', { index: 0 }, 'pkg/by-number.js'],
])('%s', (_, location, path) => {
  const stdout = log({
    originalUriBaseIds: {
      LIB: { uri: `file://${ROOT}/lib/` },
      DEEP: { uri: 'deep/', uriBaseId: 'LIB' },
      LOOP: { uriBaseId: 'LOOP' },
    },
    artifacts: [{ location: { uri: 'by-number.js' } }],
    results: [{ ruleId: 'R', level: 'error', message: { text: 'm' }, locations: at(location) }],
  });
  expect(show(parse('sarif', { stdout, cwd: `${ROOT}/pkg` }))).toEqual([`error lint/R ${path}:2:1-2:1 m`]);
});

test('a run that did not finish has failed; one without results is none', () => {
  const invocations = [
    { executionSuccessful: false, toolExecutionNotifications: [{ message: { text: 'out of memory' } }] },
  ];
  const parsed = parse('sarif', { stdout: log({ invocations, results: [] }), exitCode: 0 });
  expect(reading(parsed)).toMatchObject({ findings: [], failed: 'the tool says its run failed: out of memory' });
  expect(show(parse('sarif', { stdout: log({}), exitCode: 0 }))).toEqual([
    'unparseable: sarif: a run has no results; exited with 0',
  ]);
});
