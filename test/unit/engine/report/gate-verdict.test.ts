import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../../src/cli/args.ts';
import type { CheckOutcome, CheckResult } from '../../../../src/engine/checks/result.ts';
import { DEFAULT_CONFIG } from '../../../../src/engine/config/default-config.ts';
import type { GateResult } from '../../../../src/engine/gate.ts';
import type { MutateResult } from '../../../../src/engine/mutate.ts';
import type { MutationResult } from '../../../../src/engine/mutation/run-mutation.ts';
import { gateActions, gateError, gateExitStatus, isGateOk } from '../../../../src/engine/report/gate-verdict.ts';
import { loopActions } from '../../../../src/engine/report/loop-verdict.ts';
import { judgeMutation, MUTATION_IDENTITY } from '../../../../src/engine/report/mutation-check.ts';
import { mutationDocument } from '../../../../src/engine/report/mutation-json.ts';
import { isMutateOk, mutateActions, mutateExitStatus } from '../../../../src/engine/report/mutation-verdict.ts';
import type { NextAction } from '../../../../src/protocol/envelope.ts';
import { sha256 } from '../line-language.ts';
import { errored, failed, passed, sampleFinding, sampleResult } from '../sample.ts';
import { mutantOf, mutationOf, resultOf } from './mutants.ts';
import { loopOf, surveyOf } from './surveyed.ts';

const FAIL = failed(sampleFinding());
const SKIPPED: CheckOutcome = { status: 'skipped', reason: 'x' };
const DEFERRED: CheckOutcome = { status: 'deferred', reason: 'x' };
const SURVIVOR = resultOf(mutantOf('sum ‸>', '>=', { id: 'm-0000000001' }), 'survived');
const SILENT = resultOf(mutantOf('warn(sum);', '', { id: 'm-0000000002' }), 'no-coverage');
const KILLED = resultOf(mutantOf('return ‸sum', '0', { id: 'm-0000000003' }), 'killed');

const CONTEXT = { noCoverage: 'block', digest: sha256, scopeOf: () => '', waivers: new Map() } as const;

function gateOf(outcomes: readonly CheckOutcome[], more: Partial<GateResult> = {}): GateResult {
  const results = outcomes.map((outcome, index) => sampleResult(outcome, { id: `lint:${index}` }));
  return { results, moved: false, cancelled: false, ...more } as GateResult;
}

async function mutateOf(
  mutation: MutationResult,
  more: Partial<Omit<MutateResult, 'report'>> = {},
): Promise<MutateResult> {
  const { check, report, results } = judgeMutation(mutation, CONTEXT);
  const common = { config: DEFAULT_CONFIG.mutation, root: '', version: '', digest: sha256 };
  const document = mutationDocument({ results, sources: mutation.sources, ...common });
  const options = { only: [], useCache: true };
  const survey = await surveyOf();
  return { survey, options, mutation, results: [check], report: { ...report, document }, cancelled: false, ...more };
}

const commands = (actions: readonly NextAction[]): readonly string[] => actions.map(({ command }) => command);

describe('the verdict of a gate', () => {
  it.each<[string, readonly CheckOutcome[], Partial<GateResult>, readonly [boolean, number, string | undefined]]>([
    ['all passed', [passed, passed], {}, [true, 0, undefined]],
    ['some had nothing to do', [passed, SKIPPED], {}, [true, 0, undefined]],
    ['one failed', [passed, FAIL], {}, [false, 1, undefined]],
    ['one could not judge', [passed, errored('x')], {}, [false, 3, undefined]],
    ['one deferred', [passed, DEFERRED], {}, [false, 3, undefined]],
    ['one cancelled', [passed, { status: 'cancelled', reason: 'x' }], {}, [false, 3, undefined]],
    ['one timed out', [passed, { status: 'timeout', reason: 'x', findings: [] }], {}, [false, 3, undefined]],
    ['all had nothing to do', [SKIPPED, SKIPPED], {}, [false, 3, 'gate/nothing-to-run']],
    ['no check at all', [], {}, [false, 3, 'gate/nothing-to-run']],
    ['files moved', [passed], { moved: true }, [false, 3, 'gate/files-moved']],
    ['files moved, and one failed', [FAIL], { moved: true }, [false, 1, 'gate/files-moved']],
    ['interrupted', [passed], { cancelled: true }, [false, 130, 'gate/interrupted']],
    ['a part with nothing to do', [SKIPPED], { shard: {} as never }, [true, 0, undefined]],
  ])('%s', (_, outcomes, more, expected) => {
    const result = gateOf(outcomes, more);
    expect([isGateOk(result), gateExitStatus(result), gateError(result)?.code]).toEqual(expected);
  });
});

describe('the verdict on mutants', () => {
  it.each<[string, MutationResult, readonly [boolean, number]]>([
    ['all noticed', mutationOf([KILLED]), [true, 0]],
    ['nothing to try', mutationOf([], { stage: 'nothing' }), [true, 0]],
    ['one survived', mutationOf([KILLED, SURVIVOR]), [false, 1]],
    ['a line without a test', mutationOf([KILLED, SILENT]), [false, 1]],
    ['red tests', mutationOf([], { stage: 'red', reason: 'x' }), [false, 3]],
    ['not judged', mutationOf([{ ...KILLED, status: 'error' }]), [false, 3]],
  ])('%s', async (_, mutation, expected) => {
    const result = await mutateOf(mutation);
    expect([isMutateOk(result), mutateExitStatus(result)]).toEqual(expected);
  });

  it('interrupted is 130', async () => {
    const result = await mutateOf(mutationOf([KILLED]), { cancelled: true });
    expect([isMutateOk(result), mutateExitStatus(result)]).toEqual([false, 130]);
  });
});

describe('the next step', () => {
  it('after a green loop is mutate, where what runs has changed', async () => {
    expect(commands(loopActions(await loopOf([sampleResult(passed)])))).toEqual(['downforce mutate']);
    const change = { path: 'docs/a.md', status: 'modified', entry: 'file', untracked: false } as const;
    const survey = await surveyOf({}, { 'a.l': '', 'docs/a.md': '' });
    const told = { ...survey, change: { ...survey.change, files: [change] } };
    expect(loopActions(await loopOf([sampleResult(passed)], { survey: told }))).toEqual([]);
    expect(commands(loopActions(await loopOf([sampleResult(passed), sampleResult(DEFERRED)])))).not.toContain(
      'downforce mutate',
    );
  });

  it('after a survivor is the test to strengthen, and that mutant again', async () => {
    expect(mutateActions(await mutateOf(mutationOf([SURVIVOR, KILLED])))).toEqual([
      {
        command: 'downforce mutate --only m-0000000001',
        description: 'Strengthen test/cart.test.ts until it notices src/cart.ts:3, then try this mutant again.',
      },
      { command: 'downforce mutate', description: 'Then try all of them.' },
    ]);
  });

  it('after a line without a test is to write one', async () => {
    const [first] = mutateActions(await mutateOf(mutationOf([SILENT])));
    expect(first?.description).toContain('Write a test that runs src/cart.ts:4');
  });

  it.each<[string, MutationResult, Partial<MutateResult['options']>, readonly string[]]>([
    ['green mutants is the gate', mutationOf([KILLED]), {}, ['downforce gate']],
    ['one green mutant is all of them', mutationOf([KILLED]), { only: ['m-0000000003'] }, ['downforce mutate']],
    [
      'red tests is the loop',
      mutationOf([], { stage: 'red', reason: 'x' }),
      {},
      ['downforce loop', 'downforce mutate'],
    ],
    [
      'a part is the merge',
      mutationOf([KILLED]),
      { shard: { index: 1, count: 4 } },
      ['downforce merge .downforce/reports/mutate-*-of-4.json'],
    ],
  ])('after %s', async (_, mutation, more, expected) => {
    const result = await mutateOf(mutation);
    expect(commands(mutateActions({ ...result, options: { ...result.options, ...more } }))).toEqual(expected);
  });

  it.each<[string, readonly CheckResult[], readonly string[]]>([
    ['a green gate is nothing', [sampleResult(passed)], []],
    [
      'a failing check is that check on everything',
      [sampleResult(FAIL, { id: 'lint:a b' })],
      ["downforce loop --only 'lint:a b' --all", 'downforce gate'],
    ],
    [
      'what could not judge is why',
      [sampleResult(errored('x'), { id: 'lint:a' })],
      ['downforce explain lint:a', 'downforce gate'],
    ],
    [
      'mutants that could not be tried is to try them',
      [{ ...sampleResult(errored('x')), check: MUTATION_IDENTITY }],
      ['downforce mutate', 'downforce gate'],
    ],
  ])('after %s', (_, results, expected) => {
    const actions = commands(gateActions(gateOf([], { results })));
    expect(actions).toEqual(expected);
    // A person's shell makes words of them; quoted ones are no concern here.
    for (const command of actions.filter((text) => !text.includes("'")))
      expect(() => parseArguments(command.split(' ').slice(1))).not.toThrow();
  });

  it('after a survivor in the gate is that mutant', async () => {
    const { results } = await mutateOf(mutationOf([SURVIVOR]));
    expect(commands(gateActions(gateOf([], { results })))).toEqual([
      'downforce mutate --only m-0000000001',
      'downforce gate',
    ]);
  });
});
