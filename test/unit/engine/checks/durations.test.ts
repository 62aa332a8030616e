import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check, Target } from '../../../../src/engine/checks/check.ts';
import { readDurations } from '../../../../src/engine/checks/durations.ts';
import type { CheckResult } from '../../../../src/engine/checks/result.ts';
import { memoryStore } from '../../memory-store.ts';
import { errored, failed, passed, sampleCheck, sampleFinding, sampleResult } from '../sample.ts';

const RUNS = 'history/checks.jsonl';
const FILES = 'history/test-files.json';
const ALL: Target = { kind: 'all' };

function on(...paths: readonly string[]): Target {
  return { kind: 'files', paths };
}

/** What a store expects of a check, after it learned these results on this target. */
function learned(target: Target, results: readonly CheckResult[], more: Partial<Check> = {}) {
  const store = memoryStore();
  const check = sampleCheck(more);
  for (const result of results) {
    readDurations(store).learn([result], new Map([[result.check.id, { check, target }]]));
  }
  return { store, durations: readDurations(store) };
}

function took(durationMs: number, check: Partial<Check> = {}): CheckResult {
  return sampleResult(passed, check, { durationMs });
}

describe('where nothing is known', () => {
  it.each<[Partial<Check>, Target, number]>([
    [{ kind: 'lint' }, ALL, 3000],
    [{ kind: 'types', narrowing: 'whole' }, on('a'), 8000],
    [{ kind: 'build' }, ALL, 20_000],
    [{ kind: 'security' }, ALL, 10_000],
    [{ kind: 'test' }, ALL, 5000],
    [{ kind: 'lint' }, on('a', 'b'), 3000],
    [{ kind: 'test', narrowing: 'affected' }, on('a', 'b'), 1500 + 2 * 400],
  ])('%j on %j: %i ms', (check, target, expected) => {
    expect(readDurations(memoryStore()).estimate(sampleCheck(check), target)).toBe(expected);
  });
});

describe('what was learned', () => {
  it.each<[string, readonly number[], number]>([
    ['one run', [700], 700],
    ['the middle one', [900, 100, 500], 500],
    ['the last five only', [90_000, 90_000, 90_000, 100, 200, 300, 400, 500], 300],
  ])('of runs of everything: %s', (_, times, expected) => {
    const { durations } = learned(
      ALL,
      times.map((ms) => took(ms)),
    );
    expect(durations.estimate(sampleCheck(), ALL)).toBe(expected);
  });

  it('is kept apart by check, and a run of a few files says nothing of a run of all', () => {
    const { durations } = learned(on('a'), [took(700)]);
    expect(durations.estimate(sampleCheck(), ALL)).toBe(3000);
    expect(durations.estimate(sampleCheck(), on('b'))).toBe(700);
    expect(durations.estimate(sampleCheck({ id: 'lint:other' }), on('b'))).toBe(3000);
  });

  it('of a check that knows no narrowing is of everything', () => {
    const { durations } = learned(on('a'), [took(700)], { narrowing: 'whole' });
    expect(durations.estimate(sampleCheck({ narrowing: 'whole' }), ALL)).toBe(700);
  });

  it('of test files adds up, halfway from what was known to what was seen', () => {
    const outcome = (ms: number) => ({ ...passed, durations: { 'a.test': ms } });
    const check = { id: 'test:x', kind: 'test', narrowing: 'affected' } as const;
    const { durations } = learned(on('a.test'), [
      sampleResult(outcome(1000), check, { durationMs: 1000 }),
      sampleResult(outcome(2000), check, { durationMs: 1000 }),
    ]);
    expect(durations.ofFile('a.test')).toBe(1500);
    expect(durations.ofFile('b.test')).toBe(400);
    expect(durations.estimate(sampleCheck(check), on('a.test', 'b.test'))).toBe(
      durations.startup(sampleCheck(check)) + 1900,
    );
  });

  it.each<[string, CheckResult, number]>([
    ['a failure', sampleResult(failed(sampleFinding()), {}, { durationMs: 700 }), 700],
    [
      'a time-out takes longer than it was given',
      sampleResult({ status: 'timeout', reason: 'x', findings: [] }, {}, { durationMs: 1000 }),
      1500,
    ],
    ['not an error', sampleResult(errored('x'), {}, { durationMs: 7 }), 3000],
    ['not an answer from the cache', sampleResult(passed, {}, { durationMs: 7, cached: true }), 3000],
    ['not what was deferred', sampleResult({ status: 'deferred', reason: 'x' }, {}, { durationMs: 7 }), 3000],
  ])('comes from real runs: %s', (_, result, expected) => {
    expect(learned(ALL, [result]).durations.estimate(sampleCheck(), ALL)).toBe(expected);
  });

  it('is nothing for a check whose target is unknown', () => {
    const store = memoryStore();
    readDurations(store).learn([took(7)], new Map());
    expect(store.texts.size).toBe(0);
  });
});

describe('a history', () => {
  it.each([
    '',
    'x',
    '{"id":',
    '{"id":7}\n{"ms":1}',
    '[]\nnull\n7\n"x"',
    '{"id":"lint:sample","ms":"1","target":"all"}',
  ])('with a broken line is read without it: %j', (line) => {
    const good = '{"id":"lint:sample","ms":700,"target":"all","files":0}';
    const durations = readDurations(memoryStore({ [RUNS]: `${line}\n${good}\n`, [FILES]: line }));
    expect(durations.estimate(sampleCheck(), ALL)).toBe(700);
    expect(durations.ofFile('a')).toBe(400);
  });

  it.each(['{"a.test":"soon"}', '{"a.test":null}', '{"a.test":-5}'])(
    'of files with nonsense in it is not believed: %s',
    (text) => {
      expect(readDurations(memoryStore({ [FILES]: text })).ofFile('a.test')).toBe(400);
    },
  );

  it.each(['constructor', 'toString', '__proto__'])('knows no file of the name %s', (path) => {
    expect(readDurations(memoryStore({ [FILES]: '{}' })).ofFile(path)).toBe(400);
  });

  it('that grew long is cut to its last lines', () => {
    const lines = Array.from({ length: 9000 }, (_, index) =>
      JSON.stringify({ id: `lint:${index}`, ms: index, target: 'all', files: 0 }),
    );
    const store = memoryStore({ [RUNS]: `${lines.join('\n')}\n` });
    readDurations(store);
    expect(store.texts.get(RUNS)).toBe(`${lines.slice(-1000).join('\n')}\n`);
  });

  it('gives an estimate of some time, whatever it holds', () => {
    const run = fc.record({
      id: fc.constant('lint:sample'),
      ms: fc.nat(1e6),
      target: fc.constantFrom('all', 'files'),
      files: fc.nat(50),
    });
    fc.assert(
      fc.property(
        fc.array(run),
        fc.constantFrom('changed', 'affected', 'whole'),
        fc.boolean(),
        (runs, narrowing, all) => {
          const durations = readDurations(memoryStore({ [RUNS]: runs.map((one) => JSON.stringify(one)).join('\n') }));
          const estimate = durations.estimate(sampleCheck({ narrowing }), all ? ALL : on('a'));
          expect(Number.isFinite(estimate) && estimate >= 0).toBe(true);
        },
      ),
    );
  });
});
