import { describe, expect, it } from 'vitest';
import { isReached, type Testimony, verdictOf } from '../../../../src/engine/mutation/verdict.ts';
import { testOf, tryOf } from './hand-made.ts';

const told = (more: Partial<Testimony>): Testimony => ({
  tests: [],
  loads: new Map(),
  tries: [],
  coverage: 'known',
  ...more,
});
const reaching = [testOf('t', 'one', [1])];

describe('the verdict on a mutant', () => {
  const TABLE: readonly (readonly [what: string, testimonies: readonly Testimony[], status: string])[] = [
    ['no test runs it', [told({ tests: [testOf('t', 'one', [2])] })], 'no-coverage'],
    ['a test noticed', [told({ tests: reaching, tries: [tryOf(1, 't', 'killed')] })], 'killed'],
    ['none noticed', [told({ tests: reaching, tries: [tryOf(1, 't', 'survived')] })], 'survived'],
    [
      'one of two files noticed',
      [told({ tests: reaching, tries: [tryOf(1, 't', 'survived'), tryOf(1, 'u', 'killed')] })],
      'killed',
    ],
    [
      'one of two checks noticed',
      [
        told({ tests: reaching, tries: [tryOf(1, 't', 'survived')] }),
        told({ tests: reaching, tries: [tryOf(1, 't', 'killed')] }),
      ],
      'killed',
    ],
    ['it went on for ever', [told({ tests: reaching, tries: [tryOf(1, 't', 'timeout')] })], 'timeout'],
    ['it does not compile', [told({ tests: reaching, tries: [tryOf(1, '', 'compile-error')] })], 'compile-error'],
    ['reached and never tried', [told({ tests: reaching })], 'error'],
    [
      'an unsure kill is none',
      [told({ tests: reaching, tries: [tryOf(1, 't', 'killed', { unsure: 'state' })] })],
      'error',
    ],
    [
      'an unsure survival is none',
      [told({ tests: reaching, tries: [tryOf(1, 't', 'survived', { unsure: 'state' })] })],
      'error',
    ],
    [
      'a sure kill settles an unsure survival',
      [told({ tests: reaching, tries: [tryOf(1, 't', 'survived', { unsure: 'state' }), tryOf(1, 'u', 'killed')] })],
      'killed',
    ],
    [
      'an error among survivals',
      [told({ tests: reaching, tries: [tryOf(1, 't', 'survived'), tryOf(1, 'u', 'error')] })],
      'error',
    ],
    [
      'coverage unknown, survived and ran',
      [told({ coverage: 'unknown', tries: [tryOf(1, '', 'survived', { ran: ['x'] })] })],
      'survived',
    ],
    [
      'coverage unknown, survived unseen',
      [told({ coverage: 'unknown', tries: [tryOf(1, '', 'survived')] })],
      'no-coverage',
    ],
  ];
  it.each(TABLE)('%s', (_, testimonies, status) => {
    expect(verdictOf(1, testimonies).status).toBe(status);
  });

  it('names the tests that ran it and those that noticed', () => {
    const tests = [testOf('t', 'one', [1]), testOf('t', 'two', [1]), testOf('t', 'far', [])];
    const verdict = verdictOf(1, [told({ tests, tries: [tryOf(1, 't', 'killed', { killedBy: ['t#two'] })] })]);
    expect(verdict.coveredBy.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(verdict.killedBy).toEqual([{ file: 't', name: 'two' }]);
  });
});

describe('reach', () => {
  it('counts what runs while files are loaded', () => {
    expect(isReached(1, told({ loads: new Map([['t', [1]]]) }))).toBe(true);
  });

  it('is assumed where nothing is known of coverage', () => {
    expect(isReached(1, told({ coverage: 'unknown' }))).toBe(true);
    expect(isReached(1, told({}))).toBe(false);
  });
});
