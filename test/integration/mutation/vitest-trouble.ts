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

/** Ways of writing tests. */
const FORMS = trap(
  {
    'src/forms.ts': `export function later(run: () => void, ms: number): void {
  setTimeout(run, ms + 1);
}
let running = 0;
let most = 0;
export async function job(ms: number): Promise<number> {
  running = running + 1;
  most = Math.max(most, running);
  await new Promise((resolve) => setTimeout(resolve, ms));
  running = running - 1;
  return most;
}
export function grade(points: number): string {
  return points >= 50 ? 'pass' : 'fail';
}
export function shown(name: string): { name: string; at: number } {
  return { name: name + '!', at: 1 + 1 };
}
export function each(values: number[], see: (value: number) => void): void {
  for (const value of values) if (value > 1) see(value);
}
let flaky = 0;
export function eventually(): number {
  flaky = flaky + 1;
  return flaky % 3;
}
export function strict(n: number): number {
  if (n < 0) throw new Error('negative');
  return n;
}
export function loaded(): number {
  return 40 + 2;
}
`,
    'src/greeting.ts': `import { loaded } from './forms.ts';
export const greeting = 'hi ' + loaded();
`,
    'test/forms.test.ts': `import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { each, eventually, grade, later, shown, strict } from '../src/forms.ts';
describe('fake timers', () => {
  afterEach(() => { vi.useRealTimers(); });
  test('later', () => {
    vi.useFakeTimers();
    const run = vi.fn();
    later(run, 100);
    vi.advanceTimersByTime(100);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
it.each([[49, 'fail'], [51, 'pass']])('grades %i', (points, expected) => { expect(grade(points)).toBe(expected); });
test('snapshot', () => { expect(shown('a')).toMatchSnapshot(); });
test('inline snapshot', () => { expect(shown('b').name).toMatchInlineSnapshot('"b!"'); });
test('assertions', () => { expect.assertions(1); each([1, 2], (value) => { expect(value).toBe(2); }); });
test('retry', { retry: 3 }, () => { expect(eventually()).toBe(2); });
test.fails('fails', () => { strict(-1); });
test('skips itself', ({ skip }) => { if (grade(80) === 'pass') skip(); throw new Error('not skipped'); });
test.todo('some day');
test.skip('never', () => { throw new Error('never'); });
`,
    'test/concurrent.test.ts': `import { describe, expect, test } from 'vitest';
import { job } from '../src/forms.ts';
describe('side by side', () => {
  test.concurrent('one', async ({ expect }) => { expect(await job(20)).toBe(2); });
  test.concurrent('two', async ({ expect }) => { expect(await job(20)).toBe(2); });
});
test('after', async () => { expect(await job(1)).toBe(2); });
`,
    'test/modules.test.ts': `import { beforeEach, expect, test, vi } from 'vitest';
beforeEach(() => { vi.resetModules(); });
test('loads anew', async () => {
  const { greeting } = await import('../src/greeting.ts');
  expect(greeting).toBe('hi 42');
});
test('mocks', async () => {
  vi.doMock('../src/forms.ts', () => ({ loaded: () => 7 }));
  const { greeting } = await import('../src/greeting.ts');
  expect(greeting).toBe('hi 7');
  vi.doUnmock('../src/forms.ts');
});
`,
    'test/__snapshots__/forms.test.ts.snap': `// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html

exports[\`snapshot 1\`] = \`
{
  "at": 2,
  "name": "a!",
}
\`;
`,
  },
  [
    ...of(
      'src/forms.ts',
      ['ms + 1', 'ms'],
      ['ms + 1', 'ms + 2'],
      ['running - 1', 'running'],
      ['running + 1', 'running'],
      ['points >= 50', 'points > 50'],
      ['points >= 50', 'points < 50'],
      ["name + '!'", 'name'],
      ['1 + 1', '1 + 2'],
      ['value > 1', 'value >= 1'],
      ['flaky % 3', 'flaky % 2'],
      ['flaky % 3', '5'],
      ['n < 0', 'false'],
      ['n < 0', 'n <= 0'],
      ['40 + 2', '40 - 2'],
    ),
    ...of('src/greeting.ts', ["'hi '", "''"]),
  ],
);

/** Configuration, and how sources are come by. */
const SETUP = trap(
  {
    'vitest.config.ts': `import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
export default defineConfig({
  resolve: { alias: { '@': at('./src') } },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'plain', include: ['test/**/*.test.{ts,tsx}'], setupFiles: [at('./setup.ts')], globals: true },
      },
      { extends: true, test: { name: 'again', include: ['test/again.test.ts'], pool: 'threads', env: { MODE_NAME: 'again' } } },
      { extends: true, test: { name: 'vm', include: ['test/vm.test.ts'], pool: 'vmThreads' } },
      'packages/*',
    ],
  },
});
`,
    'setup.ts': `import { beforeEach } from 'vitest';
import { register } from '@/setup-state.ts';
beforeEach(() => { register('each'); });
register('once');
`,
    'src/setup-state.ts': `const seen: string[] = [];
export function register(name: string): void {
  seen.push(name + ';');
}
export function registered(): string {
  return seen.join('');
}
`,
    'src/view.tsx': `declare namespace JSX { interface IntrinsicElements { [name: string]: unknown } }
const h = (name: string, props: Record<string, unknown> | null, ...children: unknown[]) => ({ name, props, children });
export function View({ count }: { count: number }) {
  return (
    <ul title="all">
      {count > 0 ? <li>{count + 1}</li> : null}
      <li>last</li>
    </ul>
  );
}
`,
    'src/mode.ts': `export function mode(): string {
  return process.env['MODE_NAME'] ?? 'none';
}
export function isNamed(): boolean {
  return mode() !== 'none';
}
`,
    'src/vm.ts': `export function isArray(value: unknown): boolean {
  return value instanceof Array && value.length > 0;
}
`,
    'tsconfig.json': '{ "compilerOptions": { "jsx": "react", "jsxFactory": "h" } }',
    'packages/lib/package.json': '{ "name": "lib", "type": "module", "exports": "./index.ts" }',
    'packages/lib/index.ts': `export function half(n: number): number {
  return n / 2;
}
`,
    'packages/lib/half.test.ts': `import { expect, test } from 'vitest';
import { half } from './index.ts';
test('half', () => { expect(half(0)).toBe(0); });
`,
    'packages/lib/vitest.config.ts': `import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { name: 'lib' } });
`,
    'packages/app/package.json': '{ "name": "app", "type": "module" }',
    'packages/app/total.js': `const { half } = require('./cut.cjs');
exports.total = (n) => half(n) + 1;
`,
    'packages/app/cut.cjs': `exports.half = (n) => n - n / 2;
`,
    'packages/app/app.test.ts': `import { createRequire } from 'node:module';
import { half } from 'lib';
import { expect, test } from 'vitest';
const { half: cut } = createRequire(import.meta.url)('./cut.cjs');
test('linked', () => { expect(half(4)).toBe(2); });
test('required', () => { expect(cut(4)).toBe(2); });
`,
    'test/state.test.ts': `import { registered } from '@/setup-state.ts';
test('registered', () => { expect(registered()).toContain('once;each;'); });
`,
    'test/view.test.tsx': `import { View } from '../src/view.tsx';
test('view', () => {
  const one = View({ count: 1 }) as { children: { children: unknown[] }[]; props: { title: string } };
  expect(one.children[0]?.children).toEqual([2]);
  expect(one.props.title).toBe('all');
});
test('empty', () => { expect(JSON.stringify(View({ count: 0 }))).toContain('last'); });
`,
    'test/again.test.ts': `import { expect, test } from 'vitest';
import { isNamed, mode } from '../src/mode.ts';
test('mode', () => { expect(['none', 'again']).toContain(mode()); expect(isNamed()).toBe(mode() === 'again'); });
`,
    'test/vm.test.ts': `import { expect, test } from 'vitest';
import { isArray } from '../src/vm.ts';
test('vm', () => { expect(isArray([1])).toBe(true); });
`,
  },
  [
    ...of('src/setup-state.ts', ["name + ';'", 'name'], ["name + ';'", "';' + name"], ["''", "','"]),
    ...of(
      'src/view.tsx',
      ['count > 0', 'count >= 0'],
      ['count > 0', 'true'],
      ['count + 1', 'count'],
      ['"all"', '""'],
      ['<li>last</li>', 'null'],
    ),
    ...of('src/mode.ts', ["mode() !== 'none'", 'true'], ["'none'", "''"], ["mode() !== 'none'", "mode() !== ''"]),
    ...of('src/vm.ts', ['value.length > 0', 'false'], ['value.length > 0', 'true']),
    ...of('packages/lib/index.ts', ['n / 2', 'n'], ['n / 2', 'n / 2 + 0']),
    ...of('packages/app/cut.cjs', ['n - n / 2', 'n / 2'], ['n - n / 2', 'n']),
  ],
);

/** Workspace packages are come by through links. */
const LINKED: Trap = { ...SETUP, links: { 'packages/app/node_modules/lib': 'packages/lib' } };

/** State of which no changed line says anything: all that is counted is as it was. */
const MEMO = trap(
  {
    'src/memo.ts': `const cache = new Map<number, number>();
export function square(n: number): number {
  if (!cache.has(n)) cache.set(n, n * n);
  return cache.get(n) ?? -1;
}
`,
    'test/memo.test.ts': `import { expect, test } from 'vitest';
import { square } from '../src/memo.ts';
test('square', () => { expect(square(3)).toBe(9); });
`,
  },
  of('src/memo.ts', ['!cache.has(n)', 'cache.has(n)']),
);

/** State that no variable of a changed module shows. */
const HIDDEN = trap(
  {
    'src/hidden.ts': `import { add, total } from './store.ts';
export const next = (() => {
  let n = 0;
  return () => {
    n = n + 1;
    return n;
  };
})();
export function buy(price: number): number {
  add(price + 1);
  return total();
}
`,
    'src/store.ts': `let sum = 0;
export function add(n: number): void { sum += n; }
export function total(): number { return sum; }
`,
    'test/hidden.test.ts': `import { expect, test } from 'vitest';
import { buy, next } from '../src/hidden.ts';
test('counts', () => { expect(next()).toBeGreaterThan(0); });
test('buys', () => { expect(buy(1)).toBeGreaterThan(0); });
`,
  },
  of('src/hidden.ts', ['n + 1', 'n'], ['price + 1', '0']),
);

export const TRAPS = { STATE, MEMO, HIDDEN, ORDER, STATIC, ENDS, FORMS, SETUP: LINKED };

/** Tests that start other programs or read sources, which see the files on the disk. */
export const OUTSIDE = trap(
  {
    'src/sum.js': `export const sum = (a, b) => a + b;
export const twice = (n) => n * 2;
`,
    'src/cli.js': `import { sum } from './sum.js';
console.log(sum(1, 2));
`,
    'test/cli.test.js': `import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { twice } from '../src/sum.js';
test('cli', () => { expect(execFileSync(process.execPath, ['src/cli.js'], { encoding: 'utf8' }).trim()).toBe('3'); });
test('twice', () => { expect(twice(2)).toBe(4); });
`,
  },
  of('src/sum.js', ['a + b', 'a - b'], ['n * 2', 'n * 3'], ['n * 2', 'n + n']),
);
