import { describe, expect, it } from 'vitest';
import type { Check } from '../../../../src/engine/checks/check.ts';
import type { PlannedCheck } from '../../../../src/engine/checks/plan.ts';
import { type RunDeps, runCheck } from '../../../../src/engine/checks/run-check.ts';
import type { CachedVerdict, VerdictCache } from '../../../../src/engine/checks/verdict-cache.ts';
import type { Command, ProcessOutcome } from '../../../../src/engine/ports.ts';
import { sha256 } from '../line-language.ts';
import { exited, failed, parsed, passed, planned, rawFinding, sampleCheck, sampleFinding } from '../sample.ts';

/** One try takes this long. */
const TOOK = 1000;

interface Setting {
  readonly limitMs?: number;
  readonly cached?: CachedVerdict;
  readonly reports?: readonly string[];
  readonly noScratch?: boolean;
  readonly abortAfter?: number;
}

/** Runs a check whose process ends so, one outcome a try; the last one again and again. */
async function run(item: PlannedCheck, outcomes: readonly ProcessOutcome[], setting: Setting = {}) {
  const controller = new AbortController();
  const commands: Command[] = [];
  const put: string[] = [];
  const asked: (readonly string[])[] = [];
  let now = 0;
  let open = 0;
  const cache: VerdictCache = {
    key: () => 'k',
    get: () => setting.cached,
    put: (_, { status }) => put.push(status),
    commit: () => {},
  };
  const deps: RunDeps = {
    root: '/r',
    clock: { now: () => now, date: () => '' },
    digest: sha256,
    cache,
    absolute: (path) => `/r/${path}`,
    searchPath: ({ cwd }) => `/r/${cwd}/bin`,
    createScratch: () => {
      if (setting.noScratch === true) throw new Error('disk full');
      open++;
      const watch = (patterns: readonly string[]): void => {
        asked.push(patterns);
      };
      return { dir: '/scratch', watch, read: () => setting.reports ?? [], dispose: () => open-- };
    },
    processes: {
      run: async (command) => {
        commands.push(command);
        now += TOOK;
        if (commands.length === setting.abortAfter) controller.abort();
        return outcomes[commands.length - 1] ?? outcomes.at(-1) ?? exited(0);
      },
    },
  };
  const result = await runCheck(item, setting.limitMs ?? 100_000, deps, controller.signal);
  expect(open).toBe(0);
  return { result, commands, put, asked, status: result.outcome.status };
}

/** Fails by its exit status, as a test runner would. */
const TESTS: Partial<Check> = {
  id: 'test:x',
  kind: 'test',
  parse: ({ exitCode }) =>
    exitCode === 9 ? { kind: 'unparseable', reason: 'crash' } : parsed(exitCode === 0 ? [] : [rawFinding('error')], 1),
};
const PASS = exited(0);
const FAIL = exited(1);
const CRASH = exited(9);
const TIMEOUT: ProcessOutcome = { kind: 'timeout', stdout: '', stderr: '', truncated: false, durationMs: TOOK };
const CANCELLED: ProcessOutcome = { kind: 'cancelled', stdout: '', stderr: '', truncated: false, durationMs: TOOK };

function noteOf(result: { readonly outcome: object }): unknown {
  return 'note' in result.outcome ? result.outcome.note : undefined;
}

describe('a run', () => {
  it('is in the folder of the check, with its variables and programs, within its time-out', async () => {
    const invoke: Check['invoke'] = () => ({ kind: 'run', argv: ['/bin/x', 'a'], env: { A: '1' } });
    const { commands, result } = await run(planned({ ...TESTS, cwd: 'core', timeoutMs: 5000, invoke }), [PASS]);
    const env = expect.objectContaining({ PATH: '/r/core/bin', A: '1' });
    const maxBytes = expect.any(Number);
    expect(commands).toEqual([{ argv: ['/bin/x', 'a'], cwd: '/r/core', env, timeoutMs: 5000, maxBytes }]);
    expect(result).toMatchObject({ durationMs: TOOK, cached: false, distance: 0, outcome: passed });
  });

  it.each([
    [60_000, 3000, 3000],
    [2000, 90_000, 2000],
    [60_000, 0, 1],
    [60_000, Number.POSITIVE_INFINITY, 60_000],
  ])('with a time-out of %i ms and %i ms left may take %i ms', async (timeoutMs, limitMs, expected) => {
    expect((await run(planned({ ...TESTS, timeoutMs }), [PASS], { limitMs })).commands[0]?.timeoutMs).toBe(expected);
  });

  it.each([
    [60_000, 3000, 'the budget was spent'],
    [2000, 90_000, 'its time-out of 2 s was spent'],
  ])('stopped with a time-out of %i ms and %i ms left says which it was', async (timeoutMs, limitMs, said) => {
    const { result } = await run(planned({ ...TESTS, timeoutMs }), [TIMEOUT], { limitMs });
    expect(result.outcome).toMatchObject({ status: 'timeout', reason: expect.stringContaining(said) });
  });

  it('hands context and reports to the parser, in that order', async () => {
    const seen: (readonly string[])[] = [];
    const check: Partial<Check> = {
      invoke: (_, scratch) => ({ kind: 'run', argv: ['/bin/x'], context: 'go.mod', reports: [`${scratch}/r.xml`] }),
      parse: ({ reports }) => {
        seen.push(reports);
        return parsed([], 1);
      },
    };
    const { asked } = await run(planned(check), [PASS], { reports: ['<xml>'] });
    expect(seen).toEqual([['go.mod', '<xml>']]);
    expect(asked).toEqual([['/scratch/r.xml']]);
  });

  it.each<[string, Partial<Check>, object]>([
    [
      'a tool that is missing',
      { invoke: () => ({ kind: 'missing', program: 'eslint', hint: 'npm i -D eslint' }) },
      { status: 'error', reason: 'eslint is used here (sample.config) but not installed: npm i -D eslint' },
    ],
    [
      'nothing to do',
      { invoke: () => ({ kind: 'nothing', reason: 'all ignored' }) },
      { status: 'skipped', reason: 'all ignored' },
    ],
  ])('starts no process for %s', async (_, check, expected) => {
    const { result, commands } = await run(planned(check), [PASS]);
    expect(result.outcome).toMatchObject(expected);
    expect(commands).toEqual([]);
  });

  it('is an error where there is no room for its reports', async () => {
    const { result } = await run(planned(TESTS), [PASS], { noScratch: true });
    expect(result.outcome).toMatchObject({ status: 'error', reason: 'no temporary folder: disk full' });
  });
});

describe('retries', () => {
  it.each<[string, number, readonly ProcessOutcome[], number, string, unknown]>([
    ['none after a pass', 2, [PASS], 1, 'pass', undefined],
    ['none where none is wanted', 0, [FAIL, PASS], 1, 'fail', undefined],
    ['a pass on the second try', 2, [FAIL, PASS], 2, 'pass', 'passed on retry 2/3: flaky'],
    ['a pass on the last try', 2, [FAIL, FAIL, PASS], 3, 'pass', 'passed on retry 3/3: flaky'],
    ['a failure to the end', 2, [FAIL], 3, 'fail', undefined],
    ['after a crash', 1, [CRASH, PASS], 2, 'pass', 'passed on retry 2/2: flaky'],
    ['after a time-out', 1, [TIMEOUT, PASS], 2, 'pass', 'passed on retry 2/2: flaky'],
    ['none after an interruption', 2, [CANCELLED, PASS], 1, 'cancelled', undefined],
    ['a failure, then a crash', 1, [FAIL, CRASH], 2, 'fail', undefined],
    ['a failure, then a time-out', 1, [FAIL, TIMEOUT], 2, 'fail', undefined],
  ])('%s', async (_, retries, outcomes, tries, status, note) => {
    const found = await run(planned({ ...TESTS, retries }), outcomes);
    expect([found.commands.length, found.status, noteOf(found.result)]).toEqual([tries, status, note]);
  });

  it('end with the budget, and with an interruption', async () => {
    const item = planned({ ...TESTS, retries: 5 });
    expect((await run(item, [FAIL], { limitMs: 2 * TOOK })).commands).toHaveLength(2);
    expect((await run(item, [FAIL], { abortAfter: 1 })).commands).toHaveLength(1);
  });
});

describe('the fallback', () => {
  const fallback = sampleCheck({ ...TESTS, tool: 'second', invoke: () => ({ kind: 'run', argv: ['/bin/second'] }) });
  it.each<[string, readonly ProcessOutcome[], number, string, unknown]>([
    ['after a crash', [CRASH, PASS], 2, 'pass', expect.stringMatching(/^by the fallback second: .*could not be read/)],
    ['after a crash, failing', [CRASH, FAIL], 2, 'fail', expect.stringMatching(/^by the fallback/)],
    ['that crashes too', [CRASH, CRASH], 2, 'error', undefined],
    ['not after a failure', [FAIL, PASS], 1, 'fail', undefined],
    ['not after a pass', [PASS, FAIL], 1, 'pass', undefined],
    ['not after a time-out', [TIMEOUT, PASS], 1, 'timeout', undefined],
    ['not after an interruption', [CANCELLED, PASS], 1, 'cancelled', undefined],
  ])('%s', async (_, outcomes, tries, status, note) => {
    const found = await run(planned({ ...TESTS, fallback }), outcomes);
    expect([found.commands.length, found.status, noteOf(found.result)]).toEqual([tries, status, note]);
  });

  it('stands in for a tool that is missing', async () => {
    const invoke: Check['invoke'] = () => ({ kind: 'missing', program: 'first', hint: '' });
    expect((await run(planned({ ...TESTS, fallback, invoke }), [PASS])).status).toBe('pass');
  });

  it('is not begun after an interruption or when the budget is spent', async () => {
    expect((await run(planned({ ...TESTS, fallback }), [CRASH, PASS], { abortAfter: 1 })).commands).toHaveLength(1);
    expect((await run(planned({ ...TESTS, fallback }), [CRASH, PASS], { limitMs: TOOK })).commands).toHaveLength(1);
  });
});

describe('the cache', () => {
  it('answers without a run', async () => {
    const cached = { outcome: failed(sampleFinding()), durationMs: 77 };
    const { result, commands, put } = await run(planned(TESTS), [PASS], { cached });
    expect(result).toMatchObject({ outcome: cached.outcome, durationMs: 77, cached: true });
    expect([commands, put]).toEqual([[], []]);
  });

  it.each<[string, readonly ProcessOutcome[], readonly string[]]>([
    ['a pass', [PASS], ['pass']],
    ['a failure', [FAIL], ['fail']],
    ['no flaky pass', [FAIL, PASS], []],
  ])('is given %s', async (_, outcomes, expected) => {
    expect((await run(planned({ ...TESTS, retries: 1 }), outcomes)).put).toEqual(expected);
  });

  it('is not given the verdict of a fallback', async () => {
    expect((await run(planned({ ...TESTS, fallback: sampleCheck(TESTS) }), [CRASH, PASS])).put).toEqual([]);
  });
});
