import { expect, test } from 'vitest';
import { createPatternParser } from '../../../../src/engine/parsers/index.ts';
import { matchPlainly } from '../../memory-workspace.ts';
import { parse, ROOT, reading, show, toolOutput } from './tool-output.ts';

const shellcheck = {
  regexp: '^(.+):(\\d+):(\\d+): (error|warning|note): (.+) \\[(SC\\d+)\\]$',
  file: 1,
  line: 2,
  column: 3,
  severity: 4,
  message: 5,
  code: 6,
};

test('a pattern of capture groups', () => {
  const stdout = `a.sh:3:5: warning: Double quote it. [SC2086]\nnoise\n${'x'.repeat(2_001)}: error\n`;
  const stderr = `${ROOT}/b.sh:1:1: note: Fine. [SC1]\n`;
  expect(show(createPatternParser(shellcheck, matchPlainly)(toolOutput({ stdout, stderr, exitCode: 0 })))).toEqual([
    'warning lint/SC2086 a.sh:3:5-3:5 Double quote it.',
    'info lint/SC1 b.sh:1:1-1:1 Fine.',
  ]);
});

test('a pattern may know less, or more, and may be of another area', () => {
  const least = createPatternParser(
    { regexp: '^(\\S+) (\\d+) (.*)$', file: 1, line: 2, message: 3 },
    matchPlainly,
    'build',
  );
  expect(show(least(toolOutput({ stdout: 'a.c 7 no such thing\nb.c 0 what\n' })))).toEqual([
    'error build/problem a.c:7:1-7:1 no such thing',
    'error build/problem b.c what',
  ]);
  const regexp = '^(\\S+):(\\d+):(\\d+)-(\\d+):(\\d+) (.*)$';
  const most = createPatternParser(
    { regexp, file: 1, line: 2, column: 3, endLine: 4, endColumn: 5, message: 6 },
    matchPlainly,
  );
  expect(show(most(toolOutput({ stdout: 'a.c:1:2-3:4 m' })))).toEqual(['error lint/problem a.c:1:2-3:4 m']);
});

test('a pattern that is none, or matches nothing of a failure, is unparseable', () => {
  const broken = createPatternParser({ ...shellcheck, regexp: '(' }, matchPlainly);
  expect(show(broken(toolOutput({ exitCode: 0 })))[0]).toMatch(
    /^unparseable: problem-matcher: the regexp is not valid/,
  );
  expect(show(createPatternParser(shellcheck, matchPlainly)(toolOutput({ stdout: 'boom' })))).toEqual([
    'unparseable: problem-matcher: no line of the output is a finding; exited with 1: boom',
  ]);
});

test.each([
  [{ exitCode: 0, stderr: 'warning' }, []],
  [{ exitCode: 2 }, ['error check/failed  exited with 2']],
  [
    { stdout: 'building\n\u001b[31mundefined symbol x\u001b[0m\n-----\n', exitCode: 2 },
    ['error check/failed  exited with 2: building | undefined symbol x'],
  ],
  [
    {
      stdout: 'ok',
      stderr: 'a\nb\nc\nd\n    at f (x.js:1:1)\nnpm error code 1\nmake: *** [all] Error 1\n',
      truncated: true,
    },
    ['error check/failed  exited with 1: b | c | d'],
  ],
])('the exit status alone: %j', (given, findings) => {
  const parsed = parse('exit-code', given);
  expect(show(parsed)).toEqual(findings);
  expect(reading(parsed)).toMatchObject({ examined: undefined });
});
