import { expect, test } from 'vitest';
import { fixture, parse, ROOT, reading, show } from './tool-output.ts';

const goMod = 'module example.com/probe // the module\n';

function events(...list: readonly object[]): string {
  return list.map((event) => JSON.stringify(event)).join('\n');
}

function failing(name: string, text: string): string {
  const Test = name;
  const Package = 'example.com/probe/calc';
  return events({ Action: 'output', Package, Test, Output: text }, { Action: 'fail', Package, Test, Elapsed: 0 });
}

test('clippy', () => {
  const parsed = parse('cargo-json', { stdout: fixture('clippy.ndjson'), exitCode: 101 });
  expect(show(parsed)).toEqual([
    'warning lint/unused_variables src/lib.rs:4:9-4:15 unused variable: `unused`',
    'warning lint/clippy::needless_return src/lib.rs:6:5-6:17 unneeded `return` statement',
    'warning lint/clippy::needless_ifs src/lib.rs:5:5-5:18 this `if` branch is empty',
    'error lint/clippy::eq_op src/lib.rs:5:8-5:14 equal expressions as operands to `==`',
  ]);
  expect(reading(parsed).examined).toBe(1);
});

test('cargo check, from a crate below the workspace root', () => {
  const stdout = fixture('cargo-check.ndjson')
    .replaceAll(`${ROOT}/Cargo.toml`, `${ROOT}/crates/a/Cargo.toml`)
    .replaceAll('"src/deep.rs"', '"crates/a/src/deep.rs"')
    .replaceAll('"src/lib.rs"', '"crates/a/src/lib.rs"');
  expect(show(parse('cargo-json', { stdout, cwd: `${ROOT}/crates/a` }))).toEqual([
    'error build/E0308 crates/a/src/deep.rs:1:23-1:26 mismatched types',
    'warning lint/unused_variables crates/a/src/lib.rs:4:9-4:15 unused variable: `unused`',
  ]);
});

test('a problem inside a foreign macro is told where the macro is called', () => {
  const caller = { file_name: 'src/a.rs', line_start: 3, line_end: 3, column_start: 5, column_end: 9 };
  const span = { file_name: '/rustc/abc/library/std/macros.rs', is_primary: true, expansion: { span: caller } };
  const message = { message: 'no', level: 'error', code: { code: 'E0277' }, spans: [span] };
  expect(show(parse('cargo-json', { stdout: events({ reason: 'compiler-message', message }) }))).toEqual([
    'error build/E0277 src/a.rs:3:5-3:9 no',
  ]);
});

test('cargo that does not get as far as compiling is unparseable', () => {
  const stderr = 'error: key with no value, expected `=`\n --> Cargo.toml:5:7\n';
  expect(show(parse('cargo-json', { stderr, exitCode: 101 }))).toEqual([
    'unparseable: cargo-json: there is no message of cargo in the output; exited with 101: error: key with no value, expected `=`',
  ]);
});

test('a test binary that dies fails the run', () => {
  const stdout = `${events({ reason: 'build-finished', success: true })}\nrunning 2 tests\n`;
  const stderr =
    "error: test failed, to rerun pass `--lib`\n\nCaused by:\n  process didn't exit successfully: `x` (signal: 11, SIGSEGV)\n";
  expect(reading(parse('cargo-json', { stdout, stderr, exitCode: 101 })).failed).toBe(
    "exited with 101: process didn't exit successfully: `x` (signal: 11, SIGSEGV)",
  );
});

test('Rust before 1.73 put the message before the place', () => {
  const stdout = [
    events({ reason: 'build-finished', success: true }),
    'test tests::a ... FAILED',
    '---- tests::a stdout ----',
    "thread 'tests::a' panicked at 'boom', src/lib.rs:17:9",
    'test result: FAILED. 0 passed; 1 failed; 0 ignored',
  ].join('\n');
  expect(show(parse('cargo-json', { stdout }))).toEqual(['error test/failed src/lib.rs:17:9-17:9 tests::a — boom']);
});

test('go vet', () => {
  expect(show(parse('go-vet', { stderr: fixture('go-vet.txt') }))).toEqual([
    'error build/error broken/b.go:3:23-3:23 cannot use "a" (untyped string constant) as int value in return statement',
    'error lint/vet vetty/v.go:5:24-5:24 fmt.Printf format %d has arg "a" of wrong type string',
  ]);
  expect(show(parse('go-vet', { stderr: 'stat /work/repo/nonexist: directory not found\n' }))[0]).toMatch(
    /^unparseable/,
  );
});

test('compiler lines that go on are one finding', () => {
  const stderr = '# m\n./a.go:3:9: not enough arguments in call to f\n\thave ()\n\twant (int)\n';
  expect(show(parse('go-vet', { stderr }))).toEqual([
    'error lint/vet a.go:3:9-3:9 not enough arguments in call to f have () want (int)',
  ]);
});

test.each([
  ['with go.mod', { reports: [goMod] }, 'calc/calc_test.go:9:1-9:1 TestA — bad'],
  ['below the root', { reports: [goMod], cwd: `${ROOT}/backend` }, 'backend/calc/calc_test.go:9:1-9:1 TestA — bad'],
  ['by the name of the folder', { root: '/x/probe', cwd: '/x/probe' }, 'calc/calc_test.go:9:1-9:1 TestA — bad'],
  ['without any hint', {}, ' TestA — bad (calc_test.go:9)'],
])("a Go test's file, %s", (_, given, expected) => {
  const stdout = failing('TestA', '    calc_test.go:9: bad\n');
  expect(show(parse('go-json', { stdout, ...given }))).toEqual([`error test/failed ${expected}`]);
});

test('testify says it in a table', () => {
  const table = [
    '    calc_test.go:9: ',
    `        \tError Trace:\t${ROOT}/calc/calc_test.go:9`,
    '        \tError:      \tNot equal: ',
    '        \t            \texpected: 3',
    '        \t            \tactual  : 2',
    '        \tTest:       \tTestA',
    '--- FAIL: TestA (0.00s)',
    '',
  ].join('\n');
  expect(show(parse('go-json', { stdout: failing('TestA', table), reports: [goMod] }))).toEqual([
    'error test/failed calc/calc_test.go:9:1-9:1 TestA — Not equal: expected: 3 actual : 2',
  ]);
});

test('a Go package can fail without a failing test', () => {
  const Package = 'example.com/probe/empty';
  const stdout = events(
    { Action: 'start', Package },
    { Action: 'output', Package, Output: 'exit status 3\n' },
    { Action: 'output', Package, Output: `FAIL\t${Package}\t0.002s\n` },
    { Action: 'fail', Package, Elapsed: 0.002 },
  );
  expect(show(parse('go-json', { stdout }))).toEqual([
    `error test/suite-error  ${Package} — exit status 3 FAIL ${Package} 0.002s`,
  ]);
});

test('Go before 1.24 said on stderr what does not build', () => {
  const stdout = events({ Action: 'fail', Package: 'm/a', Elapsed: 0 });
  expect(show(parse('go-json', { stdout, stderr: '# m/a\na/x.go:1:2: undefined: y\n' }))).toContain(
    'error build/error a/x.go:1:2-1:2 undefined: y',
  );
});
