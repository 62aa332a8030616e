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

/** Code whose tests depend on state, on each other, on hooks and on other processes. */
export const SHOP = `
const listeners = [];
export const seen = { orders: 0 };
let open = false;
export function start() { open = true; listeners.push('log'); return listeners.length; }
export function stop() { open = false; listeners.length = 0; }
export function isOpen() { return open; }
export function order(price) {
  seen.orders += 1;
  if (price < 0) Promise.reject(new Error('negative'));
  return price + 1;
}
export function tax(price) { return price * 2; }
export function label(text) { return text + '!'; }
export function wait(ms) { return new Promise((resolve) => setTimeout(() => resolve(ms), ms)); }
export function twice(n) { for (let i = 0; i < 2; i++) n += 1; return n; }
export function never(n) { return n - 1; }
`;

export const SHOP_NAMES = 'seen, start, stop, isOpen, order, tax, label, wait, twice, never';

export const SHOP_PROGRAM = `
import { tax } from './shop.js';
process.stdout.write(String(tax(21)));
`;

/** Needs `before`, `after` and so on under Mocha's names, node:test's where they differ. */
export const SHOP_TESTS = `
describe('shop', () => {
  before(() => { start(); });
  after(() => { stop(); });
  it('is open', () => assert.equal(isOpen(), true));
  describe('orders', () => {
    let price;
    beforeEach(() => { price = label('a').length; });
    it('takes one', () => assert.equal(order(price), 3));
    it('has taken one, or more', () => assert.ok(seen.orders >= 1));
    it('has taken one', () => { seen.was ??= seen.orders; assert.equal(seen.orders, seen.was); });
  });
  it('knows its tax in another process', () => {
    const out = execFileSync(process.execPath, [program], { encoding: 'utf8' });
    assert.equal(out, '42');
  });
  it('waits', async () => assert.equal(await wait(3), 3));
  it('adds two', () => assert.equal(twice(1), 3));
});
`;

const SHOP_PLANS: readonly (readonly [find: string, replace: string])[] = [
  ['open = true', 'open = false'],
  ["listeners.push('log')", "listeners.push('log', 'log')"],
  ['listeners.length = 0', 'listeners.length = 1'],
  ['seen.orders += 1', 'seen.orders -= 1'],
  ['price < 0', 'price > 0'],
  ['price + 1', 'price - 1'],
  ['price * 2', 'price / 2'],
  ["text + '!'", "text + ''"],
  ['setTimeout(() => resolve(ms), ms)', 'setTimeout(() => {}, ms)'],
  ['i < 2', 'i < 3'],
  ['i++', 'i--'],
  ['n - 1', 'n - 2'],
];

export function shopMutants(path: string): readonly PlannedMutant[] {
  return SHOP_PLANS.map(([find, replace]) => ({ path, find, replace }));
}
