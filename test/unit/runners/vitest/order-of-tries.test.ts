import { describe, expect, it } from 'vitest';
import { createPlaces } from '../../../../src/runners/javascript/driver/places.ts';
import { Switchboard } from '../../../../src/runners/javascript/driver/switchboard.ts';
import type { Desk } from '../../../../src/runners/vitest/driver/desk.ts';
import { Docket } from '../../../../src/runners/vitest/driver/docket.ts';
import { OrderOfTries, type WholeOutcome } from '../../../../src/runners/vitest/driver/order-of-tries.ts';

const FINE: WholeOutcome = { failed: false, doubt: undefined, overtime: false };
const FAILED: WholeOutcome = { ...FINE, failed: true };
const DOUBTFUL: WholeOutcome = { ...FINE, doubt: 'another way' };

function desk(tries: readonly number[], killed = new Set<number>()) {
  const told: string[] = [];
  const limits = { hitsFactor: 1, hitsBase: 1, timeFactor: 1, timeBaseMs: 1 };
  const made = {
    ...{ board: new Switchboard(9), places: createPlaces([]), key: '|f', tries },
    request: { limits } as Desk['request'],
    tell: (message: { type: string; number?: number; status?: string }) =>
      told.push([message.type, message.number, message.status].filter((part) => part !== undefined).join(' ')),
    isKilled: (number: number) => killed.has(number),
    setKilled: (number: number) => killed.add(number),
    meet: (numbers: readonly number[]) => new Set(numbers),
  };
  return { desk: made as Desk, told };
}

function attempt(passed: boolean) {
  return { test: 't', attempt: { hits: new Uint32Array(10), ms: 1, cutOff: false, passed } };
}

/** Plays all tries through; what is asked for, in turn. */
function play(
  order: OrderOfTries,
  docket: Docket,
  outcomes: Record<number, WholeOutcome>,
  controls: WholeOutcome[] = [],
) {
  const asked: number[] = [];
  for (let number = order.next(); number !== undefined && asked.length < 20; number = order.next()) {
    asked.push(number);
    const outcome = number === 0 ? (controls.shift() ?? FINE) : (outcomes[number] ?? FINE);
    if (number > 0) docket.note(number, attempt(!outcome.failed));
    order.done(number, outcome);
  }
  return asked;
}

describe('the order of tries', () => {
  it('ends with a control, and says nothing before it', () => {
    const { desk: made, told } = desk([1, 2]);
    const docket = new Docket(made, 'f');
    const order = new OrderOfTries(docket, [1, 2], false);
    expect([order.next(), order.done(1, FINE), told.length]).toEqual([1, undefined, 0]);
    expect(play(order, docket, {})).toEqual([2, 0]);
    expect(told).toEqual(['try 1 survived', 'try 2 survived']);
  });

  it('has a control after each that fails', () => {
    const { desk: made, told } = desk([1, 2, 3]);
    const docket = new Docket(made, 'f');
    expect(play(new OrderOfTries(docket, [1, 2, 3], false), docket, { 2: FAILED })).toEqual([1, 2, 0, 3, 0]);
    expect(told).toEqual(['try 1 survived', 'try 2 killed', 'try 3 survived']);
  });

  it('says nothing sure where a control goes another way, and tries no more', () => {
    const { desk: made, told } = desk([1, 2, 3]);
    const docket = new Docket(made, 'f');
    const order = new OrderOfTries(docket, [1, 2, 3], true);
    expect(play(order, docket, { 2: FAILED }, [FINE, DOUBTFUL])).toEqual([0, 1, 2, 0]);
    expect([order.broken, told]).toEqual(['another way', []]);
    expect(docket.openOf()).toEqual([1, 2, 3]);
  });

  it('begins with a control where it is asked to', () => {
    const { desk: made } = desk([1]);
    const docket = new Docket(made, 'f');
    expect(play(new OrderOfTries(docket, [1], true), docket, {}, [DOUBTFUL])).toEqual([0]);
    expect(play(new OrderOfTries(docket, [], true), docket, {})).toEqual([]);
  });

  it('puts off what is in doubt by itself', () => {
    const { desk: made, told } = desk([1, 2]);
    const docket = new Docket(made, 'f');
    expect(play(new OrderOfTries(docket, [1, 2], false), docket, { 1: DOUBTFUL })).toEqual([1, 0, 2, 0]);
    docket.handOver();
    expect(told).toEqual(['try 2 survived', 'defer 1']);
  });

  it('stops where something still runs in the background', () => {
    const { desk: made, told } = desk([1, 2]);
    const docket = new Docket(made, 'f');
    const order = new OrderOfTries(docket, [1, 2], false);
    expect(play(order, docket, { 1: { ...FAILED, overtime: true } })).toEqual([1]);
    expect([order.broken, told]).toEqual(['a test with a mutant in it did not come to an end', []]);
  });

  it('leaves out what another file has killed meanwhile', () => {
    const killed = new Set([2]);
    const { desk: made } = desk([1, 2, 3], killed);
    const docket = new Docket(made, 'f');
    expect(play(new OrderOfTries(docket, [1, 2, 3], false), docket, {})).toEqual([1, 3, 0]);
  });
});

describe('the docket', () => {
  it('takes up again what was put off, as if it had not been tried', () => {
    const { desk: made, told } = desk([1, 2]);
    const docket = new Docket(made, 'f');
    docket.note(1, attempt(false));
    docket.defer([1], 'why');
    expect(docket.openOf()).toEqual([2]);
    expect(docket.reopen()).toEqual([1]);
    docket.note(1, attempt(true));
    docket.conclude(1);
    docket.handOver();
    expect(told).toEqual(['try 1 survived']);
  });

  it('lets other files know what it kills', () => {
    const killed = new Set<number>();
    const { desk: made } = desk([1], killed);
    const docket = new Docket(made, 'f');
    docket.note(1, attempt(false));
    docket.conclude(1);
    expect([...killed]).toEqual([1]);
  });
});
