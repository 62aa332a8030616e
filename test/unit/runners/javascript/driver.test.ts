import { describe, expect, it } from 'vitest';
import { createPlaces } from '../../../../src/runners/javascript/driver/places.ts';
import { installSwitchboard, Switchboard } from '../../../../src/runners/javascript/driver/switchboard.ts';
import {
  type Attempt,
  concludeTry,
  doubtOfControl,
  doubtOfTry,
} from '../../../../src/runners/javascript/driver/verdict.ts';

const LIMITS = { hitsFactor: 10, hitsBase: 5000, timeFactor: 4, timeBaseMs: 1000 };

function mutant(number: number, start: number, form: 'expression' | 'statement' = 'expression') {
  return { number, start, end: start + 4, form, replacement: 'x', atLoad: false };
}

const PLACES = createPlaces([{ mutants: [mutant(1, 0), mutant(3, 0), mutant(2, 10)] }, { mutants: [mutant(4, 0)] }]);

function attempt(hits: readonly number[], rest: Partial<Attempt> = {}): Attempt {
  return { hits: Uint32Array.from(hits), ms: 1, cutOff: false, passed: true, ...rest };
}

/** As schemata do. */
function run(board: Switchboard, place: number, times: number): void {
  for (let count = 0; count < times; count++) {
    const left = (board.fuel[place] ?? 0) - 1;
    board.fuel[place] = left;
    if (left < 0) board.over(place);
  }
}

describe('the switchboard', () => {
  it('counts what is run between start and stop', () => {
    const board = new Switchboard(3);
    run(board, 2, 5);
    board.start(0);
    run(board, 2, 7);
    expect([...board.stop().hits]).toEqual([0, 0, 7, 0]);
  });

  it('has a mutant in force between start and stop only', () => {
    const board = new Switchboard(3);
    board.start(2);
    expect(board.active).toBe(2);
    board.stop();
    expect(board.active).toBe(0);
  });

  it('lets a place run as often as the limits say and no more', () => {
    const board = new Switchboard(3);
    const first = attempt([0, 100, 0, 0]);
    board.start(1, { first, limits: LIMITS });
    run(board, 1, 6000);
    expect(board.look().cutOff).toBe(false);
    expect(() => run(board, 1, 1)).toThrow('does not come to an end');
    expect(board.stop().cutOff).toBe(true);
  });

  it('ends code that catches everything at any other place', () => {
    const board = new Switchboard(3);
    board.start(1, { first: attempt([0, 0, 0, 0]), limits: LIMITS });
    expect(() => run(board, 0, 5001)).toThrow();
    expect(() => run(board, 3, 1)).toThrow();
    board.start(2, { first: attempt([0, 0, 0, 0]), limits: LIMITS });
    expect(() => run(board, 3, 1)).not.toThrow();
  });

  it('looks at the clock where single rounds are slow', () => {
    const board = new Switchboard(1);
    board.start(1, { first: attempt([0, 0]), limits: { ...LIMITS, hitsBase: 1e9, timeBaseMs: -100 } });
    expect(() => run(board, 1, 2000)).not.toThrow();
    expect(() => run(board, 1, 1)).toThrow();
  });

  it('stays where modules are kept from one test file to the next', () => {
    const scope = {};
    const board = installSwitchboard(scope, 3);
    expect(installSwitchboard(scope, 3)).toBe(board);
    expect(Object.keys(scope)).toEqual([]);
  });
});

describe('places', () => {
  it('are shared by mutants of one exchange', () => {
    expect(PLACES.reached(Uint32Array.from([9, 1, 0, 0, 0]))).toEqual([1, 3]);
    expect(PLACES.count(Uint32Array.from([9, 6, 0, 0, 0]), 3)).toBe(6);
  });

  it('are told apart by form and file', () => {
    const places = createPlaces([{ mutants: [mutant(1, 0), mutant(2, 0, 'statement')] }, { mutants: [mutant(3, 0)] }]);
    expect(places.reached(Uint32Array.from([0, 0, 1, 0]))).toEqual([2]);
  });

  it('are the same where all but the loops ran equally often', () => {
    expect(PLACES.same(Uint32Array.from([1, 2, 0, 0, 0]), Uint32Array.from([8, 2, 0, 0, 0]))).toBe(true);
    expect(PLACES.same(Uint32Array.from([1, 2, 0, 0, 0]), Uint32Array.from([1, 3, 0, 0, 0]))).toBe(false);
  });
});

describe('doubt', () => {
  const first = attempt([0, 2, 0, 0, 0]);

  it('is cast by a control that fails or takes another way', () => {
    expect(doubtOfControl(first, attempt([5, 2, 0, 0, 0]), PLACES)).toBeUndefined();
    expect(doubtOfControl(first, attempt([0, 2, 0, 0, 0], { passed: false }), PLACES)).toMatch(/fails/);
    expect(doubtOfControl(first, attempt([0, 1, 0, 0, 0]), PLACES)).toMatch(/another way/);
  });

  it('is cast by a place that is not run again', () => {
    expect(doubtOfTry(first, attempt([0, 1, 0, 0, 0]), 3, PLACES)).toBeUndefined();
    expect(doubtOfTry(first, attempt([0, 0, 1, 0, 0]), 3, PLACES)).toMatch(/not run again/);
    expect(doubtOfTry(first, attempt([0, 0, 0, 0, 0]), 2, PLACES)).toBeUndefined();
  });
});

describe('a mutant in one test file', () => {
  const pass = { test: 'a', attempt: attempt([0]) };
  const fail = { test: 'b', attempt: attempt([0], { passed: false, message: 'no' }) };

  it('survives if all tests pass', () => {
    expect(concludeTry(4, 'f', [pass, { ...pass, test: 'c' }])).toEqual({
      ...{ type: 'try', number: 4, file: 'f', status: 'survived', killedBy: [], ran: ['a', 'c'], ms: 2 },
    });
  });

  it('survives unsurely if one of them is in doubt', () => {
    expect(concludeTry(4, 'f', [pass, { ...pass, doubt: 'why' }])).toMatchObject({ status: 'survived', unsure: 'why' });
  });

  it('is killed by a failure, for sure unless that is in doubt', () => {
    const sure = concludeTry(4, 'f', [{ ...pass, doubt: 'why' }, fail]);
    expect(sure).toMatchObject({ status: 'killed', killedBy: ['b'], ran: ['a', 'b'], message: 'no' });
    expect(sure).not.toHaveProperty('unsure');
    expect(concludeTry(4, 'f', [{ ...fail, doubt: 'why' }])).toMatchObject({ status: 'killed', unsure: 'why' });
    expect(concludeTry(4, 'f', [{ ...fail, doubt: 'why' }, fail])).not.toHaveProperty('unsure');
  });

  it('times out if it was cut off, though the test passed', () => {
    const cut = { test: 'a', attempt: attempt([0], { cutOff: true }) };
    expect(concludeTry(4, 'f', [cut])).toMatchObject({ status: 'timeout', killedBy: ['a'] });
  });
});
