import { describe, expect, it } from 'vitest';
import { stillWanted } from '../../../../src/runners/javascript/driver/still-wanted.ts';

describe('mutants that may still be among those wanted', () => {
  it.each<[string, readonly number[], number, readonly number[], readonly number[]]>([
    ['nothing is known', [1, 2, 3], 2, [], [1, 2, 3]],
    ['too few are met', [1, 2, 3], 2, [3], [1, 2, 3]],
    ['enough are met', [1, 2, 3, 4], 2, [1, 3], [1, 2, 3]],
    ['more than enough are met', [1, 2, 3, 4], 2, [1, 2, 4], [1, 2]],
    ['what is met is not to be tried', [1, 2, 3], 1, [9], [1, 2, 3]],
    ['they come in another order', [3, 1, 2], 1, [1, 2], [3, 1]],
  ])('%s', (_, tries, enough, met, wanted) => {
    expect(stillWanted({ tries, enough }, new Set(met))).toEqual(wanted);
  });
});
