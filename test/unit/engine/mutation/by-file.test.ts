import { describe, expect, it } from 'vitest';
import { byFile } from '../../../../src/engine/mutation/programs/by-file.ts';
import { testOf, tryOf } from './hand-made.ts';

const TESTS = [testOf('a_test.go', 'A', [1]), testOf('a_test.go', 'B', [1]), testOf('b_test.go', 'C', [1])];
const [A = '', B = '', C = ''] = TESTS.map(({ id }) => id);

describe('what was tried on whole programs', () => {
  it.each([
    ['survived with all of its tests', tryOf(1, '', 'survived', { ran: [A, B, C] }), ['a_test.go', 'b_test.go']],
    ['survived with what no file is known of', tryOf(1, '', 'survived', { ran: [A, 'doc'] }), ['']],
    ['survived with nothing', tryOf(1, '', 'survived', { ran: [] }), ['']],
    ['killed', tryOf(1, '', 'killed', { ran: [A, C], killedBy: [C] }), ['b_test.go']],
    ['killed by nobody knows whom', tryOf(1, '', 'killed', { ran: [], killedBy: [] }), ['']],
    ['timeout', tryOf(1, '', 'timeout', { ran: [A, C], killedBy: [] }), ['b_test.go']],
    ['compile-error', tryOf(1, '', 'compile-error', { ran: [] }), ['']],
  ])('is told of the files that have a part in it: %s', (_, result, files) => {
    expect(byFile(result, TESTS).map(({ file }) => file)).toEqual(files);
  });

  it('keeps what was run in each, and the time it took in all', () => {
    const told = byFile(tryOf(1, '', 'survived', { ran: [A, B, C], durationMs: 30 }), TESTS);
    expect(told.map(({ ran }) => ran)).toEqual([[A, B], [C]]);
    expect(told.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBe(30);
  });
});
