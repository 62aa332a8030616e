import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Durations } from '../../../../src/engine/checks/durations.ts';
import type { PlannedCheck } from '../../../../src/engine/checks/plan.ts';
import type { CheckResult } from '../../../../src/engine/checks/result.ts';
import { schedule } from '../../../../src/engine/checks/schedule.ts';
import { passed, planned, sampleResult } from '../sample.ts';

const PER_FILE = 1000;
const STARTUP = 500;

const durations: Durations = {
  estimate: () => 0,
  ofFile: () => PER_FILE,
  startup: () => STARTUP,
  learn: () => {},
};

interface Setting {
  readonly budget?: number;
  readonly concurrency?: number;
  /** What checks really take; as expected where left out. */
  readonly takes?: Readonly<Record<string, number>>;
  /** Aborts as soon as this check starts. */
  readonly abortAt?: string;
}

/** Runs a plan against a clock that stands still but for the checks themselves. */
async function run(plan: readonly PlannedCheck[], setting: Setting = {}) {
  const { budget = 10_000, concurrency = 1, takes = {}, abortAt } = setting;
  const controller = new AbortController();
  const log: string[] = [];
  const limits: number[] = [];
  let now = 0;
  let running = 0;
  let most = 0;
  const ended: CheckResult[] = [];
  const results = await schedule(
    plan,
    {
      durations,
      concurrency,
      deadline: budget,
      now: () => now,
      run: async (item, limitMs) => {
        limits.push(limitMs);
        most = Math.max(most, ++running);
        if (item.check.id === abortAt) controller.abort();
        await Promise.resolve();
        now += takes[item.check.id] ?? item.estimateMs;
        running--;
        return sampleResult(passed, item.check);
      },
      onStart: ({ check, target }) =>
        log.push(`${check.id}${target.kind === 'files' ? `(${target.paths.join(' ')})` : ''}`),
      onEnd: (result) => ended.push(result),
    },
    controller.signal,
  );
  const told = results.map(({ check, outcome }) => `${check.id} ${outcome.status}`);
  const reasons = results.flatMap(({ outcome }) => ('reason' in outcome ? [outcome.reason] : []));
  return { started: log, told, reasons, ended, results, limits, most };
}

function item(id: string, estimateMs: number, more: Partial<PlannedCheck> = {}): PlannedCheck {
  return planned({ id }, { estimateMs, ...more });
}

function tests(id: string, count: number): PlannedCheck {
  const paths = Array.from({ length: count }, (_, index) => `t${index}`);
  const target = { kind: 'files', paths } as const;
  return planned({ id, kind: 'test', narrowing: 'affected' }, { estimateMs: STARTUP + count * PER_FILE, target });
}

describe('the order', () => {
  it('is that of the plan', async () => {
    const { started, told } = await run([item('b', 100), item('a', 50), item('c', 10)]);
    expect(started).toEqual(['b', 'a', 'c']);
    expect(told).toEqual(['b pass', 'a pass', 'c pass']);
  });

  it('tells each end once, as it comes', async () => {
    const { ended, results } = await run([item('a', 100), item('b', 20_000), item('c', 10)]);
    expect(ended).toEqual(results);
  });

  it.each([
    [1, 1],
    [2, 2],
    [3, 3],
    [9, 5],
    [0, 1],
  ])('runs %i at once: %i', async (concurrency, most) => {
    const plan = ['a', 'b', 'c', 'd', 'e'].map((id) => item(id, 10));
    const found = await run(plan, { concurrency });
    expect(found.most).toBe(most);
    expect(found.told).toHaveLength(5);
  });

  it('gives nothing for nothing', async () => {
    expect((await run([])).told).toEqual([]);
  });
});

describe('the budget', () => {
  it('defers what is not expected to fit, and goes on with what does', async () => {
    const { told, reasons } = await run([item('a', 4000), item('b', 7000), item('c', 5000)]);
    expect(told).toEqual(['a pass', 'b deferred', 'c pass']);
    expect(reasons).toEqual(['expected to take 7.0 s, 6.0 s are left']);
  });

  it('takes what fits exactly', async () => {
    expect((await run([item('a', 10_000)])).told).toEqual(['a pass']);
    expect((await run([item('a', 10_001)])).told).toEqual(['a deferred']);
  });

  it('starts nothing in the last second', async () => {
    const { told, reasons } = await run([item('a', 9001), item('b', 1), tests('c', 1)]);
    expect(told).toEqual(['a pass', 'b deferred', 'c deferred']);
    expect(reasons).toEqual(['the budget is spent', 'the budget is spent']);
  });

  it('is told to each check as what is left', async () => {
    expect((await run([item('a', 4000), item('b', 1000)])).limits).toEqual([10_000, 6000]);
  });

  it('counts what checks really took', async () => {
    const { told } = await run([item('a', 100), item('b', 5000)], { takes: { a: 8000 } });
    expect(told).toEqual(['a pass', 'b deferred']);
  });

  it('without end defers nothing', async () => {
    const { told } = await run([item('a', 1e9), tests('b', 500)], { budget: Number.POSITIVE_INFINITY });
    expect(told).toEqual(['a pass', 'b pass']);
  });

  it('cuts a long test run to its nearest files', async () => {
    const { started, told, reasons } = await run([tests('t', 12)]);
    expect(started).toEqual(['t(t0 t1 t2 t3 t4 t5 t6 t7 t8)']);
    expect(told).toEqual(['t+rest deferred', 't pass']);
    expect(reasons).toEqual(['3 farther test files beyond the budget; the nearest 9 are run']);
  });

  it.each([
    ['a run of everything', { ...tests('t', 12), target: { kind: 'all' } } as const],
    ['a linter', { ...tests('t', 12), check: planned({ id: 't', narrowing: 'changed' }).check }],
    ['a run of which no file fits', { ...tests('t', 12), estimateMs: 20_000 }],
  ])('does not cut %s', async (name, plan) => {
    const first = name.includes('no file') ? [item('a', 8700)] : [];
    expect((await run([...first, plan])).told.at(-1)).toBe('t deferred');
  });

  it('never runs more than was planned, nor loses any of it', async () => {
    const plan = fc.array(
      fc.oneof(
        fc.nat(15_000).map((ms) => item('x', ms)),
        fc.integer({ min: 1, max: 30 }).map((count) => tests('t', count)),
      ),
    );
    await fc.assert(
      fc.asyncProperty(plan, fc.nat(20_000), fc.integer({ min: 1, max: 4 }), async (items, budget, concurrency) => {
        const named = items.map((one, index) => ({ ...one, check: { ...one.check, id: `${one.check.id}${index}` } }));
        const { told, limits } = await run(named, { budget, concurrency });
        expect(new Set(told.map((line) => line.replace(/(\+rest)? .*/, '')))).toEqual(
          new Set(named.map(({ check }) => check.id)),
        );
        expect(told.filter((line) => !line.includes('+rest'))).toHaveLength(named.length);
        for (const limit of limits) expect(limit).toBeGreaterThanOrEqual(1000);
      }),
    );
  });
});

describe('an interruption', () => {
  it('cancels what has not begun', async () => {
    const { started, told, reasons } = await run([item('a', 10), item('b', 10), tests('c', 50)], { abortAt: 'a' });
    expect(started).toEqual(['a']);
    expect(told).toEqual(['a pass', 'b cancelled', 'c cancelled']);
    expect(reasons).toEqual(['interrupted', 'interrupted']);
  });

  it('before the start cancels all', async () => {
    const deps = {
      durations,
      concurrency: 2,
      deadline: 1e6,
      now: () => 0,
      run: () => Promise.reject(new Error('ran')),
    };
    const results = await schedule([item('a', 1), item('b', 1)], deps, AbortSignal.abort());
    expect(results.map(({ outcome }) => outcome.status)).toEqual(['cancelled', 'cancelled']);
  });
});
