import { describe, expect, it } from 'vitest';
import { rank, type SelectionHistory } from '../../../../src/engine/mutation/select.ts';
import { mutantAt } from './hand-made.ts';

const NO_HISTORY: SelectionHistory = { chosen: new Set(), operators: new Map() };
const ids = (mutants: ReturnType<typeof rank>): readonly string[] => mutants.map(({ id }) => id);

describe('the order of mutants', () => {
  it('is breadth first: files, functions, lines, then a second on a line', () => {
    const all = [
      mutantAt('a', 1, { symbol: 'f', operator: 'x' }),
      mutantAt('a', 1, { symbol: 'f', operator: 'y' }),
      mutantAt('a', 2, { symbol: 'f', operator: 'x' }),
      mutantAt('a', 9, { symbol: 'g', operator: 'x' }),
      mutantAt('b', 1, { symbol: 'h', operator: 'x' }),
    ];
    const order = rank(all, NO_HISTORY).map(({ path, range, operator }) => `${path}${range.start.line}${operator}`);
    expect(order).toEqual(['a1x', 'b1x', 'a9x', 'a2x', 'a1y']);
  });

  it('takes of a line what is most likely to survive', () => {
    const all = [mutantAt('a', 1, { operator: 'string' }), mutantAt('a', 1, { operator: 'statement-removal' })];
    expect(rank(all, NO_HISTORY)[0]?.operator).toBe('statement-removal');
  });

  it('learns from what survived and was then killed', () => {
    const all = [mutantAt('a', 1, { operator: 'string' }), mutantAt('a', 1, { operator: 'statement-removal' })];
    const operators = new Map([['string', { fixed: 30, tried: 40 }]]);
    expect(rank(all, { chosen: new Set(), operators })[0]?.operator).toBe('string');
  });

  it('puts what runs while modules load behind', () => {
    const all = [mutantAt('a', 1, { atLoad: true }), mutantAt('a', 2)];
    expect(ids(rank(all, NO_HISTORY))).toEqual(['m-a-2-unary', 'm-a-1-unary']);
  });

  it('keeps what was chosen before ahead of everything new', () => {
    const old = mutantAt('z', 50, { atLoad: true });
    const all = [mutantAt('a', 1, { operator: 'statement-removal' }), mutantAt('b', 1), old];
    expect(rank(all, { ...NO_HISTORY, chosen: new Set([old.id]) })[0]?.id).toBe(old.id);
  });

  it('does not depend on the order of the input', () => {
    const all = Array.from({ length: 40 }, (_, index) =>
      mutantAt(`f${index % 3}`, index % 7, { symbol: `s${index % 2}`, operator: `o${index}` }),
    );
    expect(ids(rank(all.toReversed(), NO_HISTORY))).toEqual(ids(rank(all, NO_HISTORY)));
  });

  it('loses none', () => {
    const all = Array.from({ length: 40 }, (_, index) =>
      mutantAt(`f${index % 3}`, index % 7, { operator: `o${index}` }),
    );
    expect(new Set(ids(rank(all, NO_HISTORY))).size).toBe(40);
  });
});
