import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../../src/cli/args.ts';
import type { CheckOutcome } from '../../../../src/engine/checks/result.ts';
import type { LoopResult } from '../../../../src/engine/loop.ts';
import { exitStatusOf, isLoopOk, isVacuous, loopActions } from '../../../../src/engine/report/loop-verdict.ts';
import { errored, failed, passed, sampleFinding, sampleResult } from '../sample.ts';
import { changeOf, loopOf, radiusOf, surveyOf } from './surveyed.ts';

const FAIL = failed(sampleFinding());
const TIMEOUT: CheckOutcome = { status: 'timeout', reason: 'x', findings: [] };
const DEFERRED: CheckOutcome = { status: 'deferred', reason: 'x' };
const SKIPPED: CheckOutcome = { status: 'skipped', reason: 'x' };
const CANCELLED: CheckOutcome = { status: 'cancelled', reason: 'x' };

async function ended(outcomes: readonly CheckOutcome[], more: Partial<LoopResult> = {}): Promise<LoopResult> {
  return loopOf(
    outcomes.map((outcome, index) => sampleResult(outcome, { id: `lint:${index}` })),
    more,
  );
}

describe('the verdict', () => {
  it.each<[string, readonly CheckOutcome[], boolean, number]>([
    ['all passed', [passed, passed], true, 0],
    ['some deferred', [passed, DEFERRED], true, 0],
    ['some skipped', [passed, SKIPPED], true, 0],
    ['one failed', [passed, FAIL], false, 1],
    ['one could not judge', [passed, errored('x')], false, 3],
    ['one timed out', [passed, TIMEOUT], false, 3],
    ['one failed, one could not judge', [errored('x'), FAIL], false, 1],
    ['one cancelled', [passed, CANCELLED], false, 3],
    ['none called for', [], false, 3],
  ])('%s', async (_, outcomes, ok, status) => {
    const result = await ended(outcomes);
    expect([isLoopOk(result), exitStatusOf(result)]).toEqual([ok, status]);
  });

  it.each([[[passed]], [[FAIL]], [[errored('x')]], [[]]])(
    'interrupted is 130, whatever there was: %j',
    async (outcomes) => {
      const result = await ended(outcomes, { cancelled: true });
      expect([isLoopOk(result), exitStatusOf(result)]).toEqual([false, 130]);
    },
  );

  it('of files that moved under it is no verdict on them', async () => {
    const result = await ended([passed], { moved: true });
    expect([isLoopOk(result), exitStatusOf(result)]).toEqual([false, 3]);
  });
});

describe('no check at all', () => {
  const reasons = [{ code: 'no-base', text: 'x' }] as const;
  it.each([
    ['for nothing changed', radiusOf({ fates: new Map() }), false],
    [
      'for inert changes',
      radiusOf({ fates: new Map([['a.md', { kind: 'inert', rule: '*', configured: false }]]) }),
      false,
    ],
    ['for a change that matters', radiusOf(), true],
    ['where everything was to be checked', radiusOf({ fates: new Map(), reasons }), true],
  ])('%s', async (_, radius, vacuous) => {
    const result = await ended([], { survey: await surveyOf({ radius }) });
    expect([isVacuous(result), isLoopOk(result)]).toEqual([vacuous, !vacuous]);
  });

  it.each([
    [[SKIPPED], true],
    [[SKIPPED, SKIPPED], true],
    [[SKIPPED, passed], false],
    [[DEFERRED], false],
    [[FAIL], false],
  ])('is as good as checks that all had nothing to do: %j', async (outcomes, vacuous) => {
    expect(isVacuous(await ended(outcomes))).toBe(vacuous);
  });
});

describe('the next actions', () => {
  const commands = async (outcomes: readonly CheckOutcome[], more: Partial<LoopResult> = {}) =>
    loopActions(await ended(outcomes, more)).map(({ command }) => command);

  it.each<[string, readonly CheckOutcome[], Partial<LoopResult>, readonly string[]]>([
    [
      'after a failure: that check alone, then all',
      [passed, FAIL],
      {},
      ['downforce loop --only lint:1', 'downforce loop'],
    ],
    [
      'after many: the first two',
      [FAIL, FAIL, FAIL],
      {},
      ['downforce loop --only lint:0', 'downforce loop --only lint:1', 'downforce loop'],
    ],
    ['after an error: why', [errored('x')], {}, ['downforce explain lint:0', 'downforce loop']],
    [
      'after a time-out: why',
      [TIMEOUT, FAIL],
      {},
      ['downforce loop --only lint:1', 'downforce explain lint:0', 'downforce loop'],
    ],
    [
      'deferred: those, with time',
      [passed, DEFERRED, DEFERRED],
      {},
      ['downforce loop --only lint:1 --only lint:2 --budget 30m'],
    ],
    [
      'deferred, with a failure: the failure first',
      [DEFERRED, FAIL],
      {},
      ['downforce loop --only lint:1', 'downforce loop'],
    ],
    ['files moved: again', [passed], { moved: true }, ['downforce loop']],
    [
      'files moved, with a failure: again once',
      [FAIL],
      { moved: true },
      ['downforce loop --only lint:0', 'downforce loop'],
    ],
    ['no check was called for: see what there is', [], {}, ['downforce doctor']],
  ])('%s', async (_, outcomes, more, expected) => expect(await commands(outcomes, more)).toEqual(expected));

  it('after no change: judge the last commit', async () => {
    const survey = await surveyOf({ change: changeOf([]), radius: radiusOf({ fates: new Map() }) });
    expect(await commands([], { survey })).toEqual(['downforce loop --base HEAD~1']);
  });

  it('name no command that does not exist yet', async () => {
    const known = new RegExp(`^downforce (${COMMANDS.join('|')})( |$)`);
    for (const outcome of [passed, FAIL, errored('x'), TIMEOUT, DEFERRED, SKIPPED, CANCELLED]) {
      for (const command of await commands([outcome])) expect(command).toMatch(known);
    }
  });

  it.each([
    ['test:core+rest', 'downforce loop --only test:core --budget 30m'],
    ['lint:my tool', "downforce loop --only 'lint:my tool' --budget 30m"],
    ["lint:it's", "downforce loop --only 'lint:it'\\''s' --budget 30m"],
    ['lint:$(rm -rf .)', "downforce loop --only 'lint:$(rm -rf .)' --budget 30m"],
    ['lint:a\nb', "downforce loop --only 'lint:a\nb' --budget 30m"],
  ])('are safe to paste into a shell: %j', async (id, expected) => {
    expect(loopActions(await loopOf([sampleResult(DEFERRED, { id })])).map(({ command }) => command)).toEqual([
      expected,
    ]);
  });

  it('name a check once, though it was cut', async () => {
    const results = [sampleResult(DEFERRED, { id: 'test:a+rest' }), sampleResult(DEFERRED, { id: 'test:a' })];
    expect(loopActions(await loopOf(results))[0]?.command).toBe('downforce loop --only test:a --budget 30m');
  });

  it('speak of as many deferred checks as they name', async () => {
    const [action] = loopActions(await ended(Array.from({ length: 6 }, () => DEFERRED)));
    const named = action?.command.match(/--only/g)?.length ?? 6;
    expect(action?.description).toBe(`Run the ${named} deferred checks.`);
  });
});
