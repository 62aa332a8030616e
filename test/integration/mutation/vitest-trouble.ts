import type { PlannedMutant } from './trial.ts';

/** A small repository that misleads whoever runs tests more than once in a process, and mutants to be misled about. */
export interface Trap {
  readonly files: Readonly<Record<string, string>>;
  readonly mutants: readonly PlannedMutant[];
  /** Links below the repository: path to what it leads to, both relative to the root. */
  readonly links?: Readonly<Record<string, string>>;
}

const PACKAGE = JSON.stringify({
  name: 'trouble',
  type: 'module',
  scripts: { test: 'vitest run' },
  devDependencies: { vitest: '*' },
});

function trap(files: Readonly<Record<string, string>>, mutants: readonly PlannedMutant[]): Trap {
  return { files: { 'package.json': PACKAGE, '.gitignore': 'node_modules\n', ...files }, mutants };
}

type Planned = readonly [find: string, replace: string, form?: PlannedMutant['form'], nth?: number];

function of(path: string, ...mutants: readonly Planned[]): PlannedMutant[] {
  return mutants.map(([find, replace, form = 'expression', nth = 1]) => ({ path, find, replace, form, nth }));
}

/** What modules keep from one run to the next. */
const STATE = trap(
  {
    'src/state.ts': `let next = 0;
export function id(): number {
  next = next + 1;
  return next;
}
const cache = new Map<number, number>();
export function square(n: number): number {
  if (!cache.has(n)) cache.set(n, n * n);
  return cache.get(n) ?? -1;
}
let instance: { limit: number } | undefined;
export function config(): { limit: number } {
  instance ??= { limit: 5 };
  return instance;
}
export const handlers: string[] = [];
export function on(name: string): void {
  handlers.push(name.trim());
}
let locked = false;
export function locking<T>(run: () => T): T {
  if (locked) {
    locked = false;
    throw new Error('locked');
  }
  locked = true;
  const result = run();
  locked = false;
  return result;
}
export function twice(n: number): number {
  return locking(() => n + n);
}
`,
    'test/state.test.ts': `import { expect, test } from 'vitest';
import { config, handlers, id, locking, on, square, twice } from '../src/state.ts';
test('id', () => { expect(id()).toBe(1); expect(id()).toBe(2); });
test('square', () => { expect(square(3)).toBe(9); });
test('square again', () => { expect(square(3)).toBeGreaterThan(0); });
test('config', () => { expect(config().limit).toBe(5); });
test('on', () => { on(' a '); expect(handlers).toEqual(['a']); });
test('lock', () => { expect(locking(() => 1)).toBe(1); });
test('twice', () => { expect(twice(2)).toBe(4); });
`,
  },
  of(
    'src/state.ts',
    ['next + 1', 'next + 2'],
    ['next + 1', 'next - -1'],
    ['n * n', 'n + n'],
    ['n * n', 'n * n * 1'],
    ['cache.get(n) ?? -1', 'cache.get(n) ?? 1'],
    ['5', '6'],
    ['name.trim()', 'name'],
    ['name.trim()', 'name.trim().trim()'],
    ['n + n', 'n * n'],
    ['n + n', 'n - n'],
    ['locked = true;', ';', 'statement'],
    ['locked = false;', ';', 'statement', 3],
  ),
);

/** What tests keep for those after them. */
const ORDER = trap(
  {
    'src/order.ts': `function shift(): number {
  return 3;
}
export function encode(text: string): number[] {
  return [...text].map((char) => char.charCodeAt(0) + shift());
}
export function decode(codes: number[]): string {
  return codes.map((code) => String.fromCharCode(code - shift())).join('');
}
export function add(cart: { total: number }, price: number): void {
  cart.total = cart.total + price;
}
export function build(n: number): number[] {
  return Array.from({ length: n + 1 }, (_, index) => index * 2);
}
let open = 0;
export function acquire(): void {
  open = open + 1;
}
export function release(): void {
  open = open - 1;
}
export function leaked(): number {
  return open;
}
`,
    'test/order.test.ts': `import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { acquire, add, build, decode, encode, leaked, release } from '../src/order.ts';
let saved: number[] = [];
test('encode', () => { saved = encode('a'); expect(saved).toHaveLength(1); });
test('roundtrip', () => { expect(decode(saved)).toBe('a'); });
const cart = { total: 0 };
describe('cart', () => {
  test('add', () => { cart.total = 0; add(cart, 2); });
  test('total', () => { expect(cart.total).toBe(2); });
});
describe('table', () => {
  let table: number[] = [];
  beforeAll(() => { table = build(2); });
  test('has entries', () => { expect(table.length).toBeGreaterThan(2); });
  describe('inside', () => {
    let copy: number[] = [];
    beforeEach(() => { copy = [...table, ...build(0)]; });
    test('is doubled', () => { expect(copy[2]).toBe(4); });
  });
});
describe('resources', () => {
  beforeEach(() => { acquire(); });
  afterEach(() => { release(); expect(leaked()).toBe(0); });
  test('one', () => { expect(leaked()).toBe(1); });
  test('two', () => { expect(leaked()).toBe(1); });
});
`,
  },
  of(
    'src/order.ts',
    ['3', '4'],
    ['code - shift()', 'code + shift()'],
    ['char.charCodeAt(0) + shift()', 'char.charCodeAt(0) - shift()'],
    ['cart.total + price', 'cart.total - price'],
    ['n + 1', 'n'],
    ['n + 1', 'n + 2'],
    ['index * 2', 'index'],
    ['open - 1', 'open'],
    ['open + 1', 'open'],
  ),
);

/** What runs once, while modules are loaded. */
const STATIC = trap(
  {
    'src/static.ts': `export const LIMIT = 10;
const NAMES = ['a', 'b'];
export function double(n: number): number {
  return n * 2;
}
export const TABLE = [1, 2].map(double);
export class Shelf {
  static readonly size = 4 + 4;
  count = 1;
  has(name: string): boolean {
    return NAMES.includes(name);
  }
}
export const unseen = 1 + 1;
export function late(n = 7): number {
  return n;
}
`,
    'src/other.ts': `import { LIMIT } from './static.ts';
export const half = LIMIT / 2;
`,
    'test/static.test.ts': `import { expect, test } from 'vitest';
import { double, late, LIMIT, Shelf, TABLE } from '../src/static.ts';
test('limit', () => { expect(LIMIT).toBeGreaterThan(9); });
test('table', () => { expect(TABLE[0]).toBe(double(1)); expect(TABLE[1]).toBe(double(2)); });
test('shelf', () => { expect(Shelf.size).toBe(8); expect(new Shelf().has('b')).toBe(true); expect(new Shelf().count).toBe(1); });
test('late', () => { expect(late()).toBe(7); });
`,
    'test/other.test.ts': `import { expect, test } from 'vitest';
import { half } from '../src/other.ts';
test('half', () => { expect(half).toBeLessThan(6); });
`,
  },
  of(
    'src/static.ts',
    ['10', '11'],
    ['10', '12'],
    ['10', '9'],
    ["'b'", "''"],
    ["'a'", "''"],
    ['n * 2', 'n * 3'],
    ['n * 2', 'n / 0'],
    ['4 + 4', '4 - 4'],
    ['1 + 1', '1 - 1'],
    ['7', '8'],
  ),
);

/** What does not come to an end, or takes the process along. */
const ENDS = trap(
  {
    'src/ends.ts': `import { walk } from './walk.ts';
export function count(n: number): number {
  let i = 0;
  while (i < n) i = i + 1;
  return i;
}
export async function poll(ready: () => boolean): Promise<number> {
  let turns = 0;
  while (!ready()) {
    turns = turns + 1;
    await Promise.resolve();
  }
  return turns;
}
export async function wait(ms: number): Promise<string> {
  return await new Promise((resolve) => {
    if (ms > 0) setTimeout(() => resolve('done'), ms);
  });
}
export function grow(n: number): number {
  const all: number[][] = [];
  while (all.length < n) all.push(new Array(10).fill(n));
  return all.length;
}
export function step(): number {
  return 1;
}
export function total(n: number): number {
  return walk(n, step());
}
export function leave(code: number): number {
  if (code > 5) process.exit(code);
  return code;
}
export function crash(broken: boolean): number {
  if (broken === true) process.kill(process.pid, 'SIGKILL');
  return 1;
}
export function lose(missing: boolean): number {
  if (missing === true) void Promise.reject(new Error('lost'));
  return 1;
}
export function loseLater(tardy: boolean): number {
  if (tardy === true) setTimeout(() => { throw new Error('lost later'); }, 5);
  return 1;
}
export function depth(n: number): number {
  return n === 0 ? 0 : 1 + depth(n - 1);
}
export function swallow(n: number): number {
  let i = 0;
  while (i < n) {
    try {
      i = i + 1;
    } catch {
      i = 0;
    }
  }
  return i;
}
`,
    'src/walk.ts': `export function walk(n: number, step: number): number {
  let at = 0;
  while (at < n) at += step;
  return at;
}
`,
    'test/ends.test.ts': `import { expect, test } from 'vitest';
import { count, crash, depth, grow, leave, lose, loseLater, poll, swallow, total, wait } from '../src/ends.ts';
test('count', () => { expect(count(3)).toBe(3); });
test('poll', async () => { let turns = 0; expect(await poll(() => ++turns > 3)).toBe(3); });
test('wait', async () => { expect(await wait(5)).toBe('done'); });
test('grow', () => { expect(grow(4)).toBe(4); });
test('leave', () => { expect(leave(1)).toBe(1); });
test('lose', () => { expect(lose(false)).toBe(1); });
test('loseLater', async () => { expect(loseLater(false)).toBe(1); await new Promise((resolve) => setTimeout(resolve, 20)); });
test('depth', () => { expect(depth(5)).toBe(5); });
test('swallow', () => { expect(swallow(3)).toBe(3); });
`,
    'test/crash.test.ts': `import { expect, test } from 'vitest';
import { count, crash } from '../src/ends.ts';
test('crash', () => { expect(crash(false)).toBe(1); });
test('count', () => { expect(count(2)).toBe(2); });
`,
    'test/total.test.ts': `import { expect, test } from 'vitest';
import { total } from '../src/ends.ts';
test('total', () => { expect(total(3)).toBe(3); });
`,
  },
  of(
    'src/ends.ts',
    ['i < n', 'true'],
    ['i = i + 1;', ';', 'statement'],
    ['!ready()', 'true'],
    ['turns + 1', 'turns'],
    ['ms > 0', 'false'],
    ['ms > 0', 'ms >= 0'],
    ['all.length < n', 'true'],
    ['code > 5', 'code < 5'],
    ['code > 5', 'code >= 5'],
    ['n === 0', 'false'],
    ['return 1;', 'return 0;', 'statement'],
    ['broken === true', 'broken !== true'],
    ['missing === true', 'missing !== true'],
    ['tardy === true', 'tardy !== true'],
    ['i + 1', 'i', 'expression', 2],
  ),
);

export const TRAPS = { STATE, ORDER, STATIC, ENDS };
