import { expect, it } from 'vitest';
import { createPatternParser } from '../../../src/engine/parsers/index.ts';
import { matchLines } from '../../../src/platform/match-lines.ts';

it('matches each line by itself', () => {
  const found = matchLines('^(\\w+):(\\d+)?', ['a:1', 'none', 'b:']);
  expect(found?.map((match) => match && [...match])).toEqual([['a:1', 'a', '1'], undefined, ['b:', 'b', undefined]]);
});

it('says that what backtracks without end could not be judged', () => {
  const output = { stderr: '', reports: [], exitCode: 0, truncated: false, root: '/r', cwd: '/r' };
  const parse = createPatternParser({ regexp: '^(a+)+$', file: 1, line: 1, message: 1 }, matchLines);
  expect(parse({ ...output, stdout: `${'a'.repeat(60)}!` })).toEqual({
    kind: 'unparseable',
    reason: 'problem-matcher: matching the regexp did not end in time',
  });
});
