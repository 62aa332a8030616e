import type { PlannedMutant } from './trial.ts';

/** Modules that keep something where nobody sees it: a mutant that is tried after the first run finds it there. */
export const HIDDEN: Readonly<Record<string, string>> = {
  'src/hidden.js': `import { add, total } from './total.js';
export const next = (() => {
  let n = 0;
  return () => {
    n = n + 1;
    return n;
  };
})();
class Counter {
  #n = 0;
  up() {
    this.#n = 1 + this.#n;
    return this.#n;
  }
}
export const counter = new Counter();
const marks = new WeakMap();
export function mark(key) {
  marks.set(key, Math.max(marks.get(key) ?? 0, key.size * 2));
  return marks.get(key);
}
export function buy(price) {
  add(price + 5);
  return total();
}
`,
  'src/total.js': `let sum = 0;
export function add(n) {
  sum += n;
}
export function total() {
  return sum;
}
`,
};

export const HIDDEN_TESTS = `
const key = { size: 2 };
it('counts', () => assert.ok(next() > 0));
it('counts in a field', () => assert.ok(counter.up() > 0));
it('marks', () => assert.equal(mark(key), 4));
it('buys', () => assert.ok(buy(1) > 0));
`;

export const HIDDEN_NAMES = 'next, counter, mark, buy';

export const hiddenMutants: readonly PlannedMutant[] = [
  { path: 'src/hidden.js', find: 'n + 1', replace: 'n' },
  { path: 'src/hidden.js', find: '1 + this.#n', replace: 'this.#n' },
  { path: 'src/hidden.js', find: 'key.size * 2', replace: 'key.size' },
  { path: 'src/hidden.js', find: 'price + 5', replace: '0' },
];

/** What a test leaves in a variable of the tests, or outside of all modules, is looked at by others. */
const LEFT = `
export function add(a, b) {
  return a + b;
}
export function close(box) {
  box.open = box.open - 1;
}
`;

const LEFT_TESTS = `
const box = { open: 1 };
let result;
after(() => { close(box); assert.equal(box.open, 0); box.open = 1; });
it('computes', () => { result = add(1, 2); });
it('looks', () => assert.equal(result, 3));
`;

const leftMutants: readonly PlannedMutant[] = [
  { path: 'src/left.js', find: 'a + b', replace: 'a - b' },
  { path: 'src/left.js', find: 'box.open - 1', replace: 'box.open - 0' },
];

const OUTSIDE = `
export function level(n) {
  process.env.LEVEL = String(Math.max(Number(process.env.LEVEL ?? 0), n + 1));
  return process.env.LEVEL;
}
export function most(n) {
  globalThis.most = { is: Math.max(globalThis.most?.is ?? 0, n * 2) };
  return globalThis.most.is;
}
`;

const OUTSIDE_TESTS = `
it('has a level', () => assert.equal(level(1), '2'));
it('has a most', () => assert.equal(most(2), 4));
`;

const outsideMutants: readonly PlannedMutant[] = [
  { path: 'src/outside.js', find: 'n + 1', replace: 'n' },
  { path: 'src/outside.js', find: 'n * 2', replace: 'n' },
];

/** Traps for whoever runs tests again in modules that ran before. */
export interface Trap {
  readonly name: string;
  /** ES modules. */
  readonly files: Readonly<Record<string, string>>;
  readonly planned: readonly PlannedMutant[];
}

/** @param head what makes `it` and `after` known, where the runner has no globals. */
export function traps(head = ''): readonly Trap[] {
  const testOf = (names: string, path: string, tests: string): string =>
    `import assert from 'node:assert';\n${head}import { ${names} } from '../${path}';\n${tests}`;
  return [
    {
      name: 'modules keep what nobody sees',
      files: { ...HIDDEN, 'test/hidden.test.js': testOf(HIDDEN_NAMES, 'src/hidden.js', HIDDEN_TESTS) },
      planned: hiddenMutants,
    },
    {
      name: 'a test looks at what another left',
      files: { 'src/left.js': LEFT, 'test/left.test.js': testOf('add, close', 'src/left.js', LEFT_TESTS) },
      planned: leftMutants,
    },
    {
      name: 'tests change what all modules share',
      files: {
        'src/outside.js': OUTSIDE,
        'test/outside.test.js': testOf('level, most', 'src/outside.js', OUTSIDE_TESTS),
      },
      planned: outsideMutants,
    },
  ];
}
