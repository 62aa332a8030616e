import type { PlannedMutant } from './trial.ts';

/** Code with state, a memo, loops and a constant, and tests of it that fit `describe`, `it` and `node:assert`. */
export const CART = `
let calls = 0;
const memo = new Map();
function total(prices) {
  let sum = 0;
  for (const price of prices) sum += price;
  return sum;
}
function discount(sum) {
  return sum > 100 ? sum - 10 : sum;
}
function slow(n) {
  if (!memo.has(n)) memo.set(n, n * 2);
  return memo.get(n);
}
function next() {
  calls = calls + 1;
  return calls;
}
function count(n) {
  let i = 0;
  while (i < n) i++;
  return i;
}
function unused() { return 1; }
const RATE = 3 + 4;
async function later(ok) {
  if (!ok) throw new Error('no');
  return 'yes';
}
`;

export const NAMES = 'total, discount, slow, next, count, unused, RATE, later';

export const TESTS = `
describe('cart', () => {
  beforeEach(() => {});
  it('adds up', () => assert.equal(total([1, 2, 3]), 6));
  it('gives a discount', () => {
    assert.equal(discount(200), 190);
    assert.equal(discount(10), 10);
  });
  it('remembers', () => assert.equal(slow(21), 42));
  it('counts calls', () => assert.equal(next(), 1));
  it('counts', () => assert.equal(count(5), 5));
  it('has a rate', () => assert.equal(RATE, 7));
  it('waits', async () => assert.equal(await later(true), 'yes'));
  it('does not look', () => { discount(100); });
});
`;

const PLANS: readonly (readonly [find: string, replace: string, form?: PlannedMutant['form']])[] = [
  ['sum += price', 'sum -= price'],
  ['sum > 100', 'sum >= 100'],
  ['sum > 100', 'sum < 100'],
  ['sum - 10', 'sum + 10'],
  ['n * 2', 'n / 2'],
  ['!memo.has(n)', 'true'],
  ['calls + 1', 'calls + 2'],
  ['i < n', 'true'],
  ['i < n', 'i <= n'],
  ['3 + 4', '3 - 4'],
  ['!ok', 'ok'],
  ['return 1;', 'return 2;', 'statement'],
  ["'yes'", 'new Promise(() => {})'],
  ['memo.get(n)', 'process.exit(3)'],
];

export function cartMutants(path: string): readonly PlannedMutant[] {
  return PLANS.map(([find, replace, form = 'expression']) => ({ path, find, replace, form }));
}
