import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckOutcome, CheckResult } from '../../../../src/engine/checks/result.ts';
import { DEFAULT_CONFIG } from '../../../../src/engine/config/default-config.ts';
import type { MutantResult } from '../../../../src/engine/mutation/mutant.ts';
import { boundedEnvelope, type EnvelopeInput, fullEnvelope } from '../../../../src/engine/report/envelope.ts';
import { isMergeOk, mergeActions, mergeError, mergeExitStatus } from '../../../../src/engine/report/merge-verdict.ts';
import { judgeMutation } from '../../../../src/engine/report/mutation-check.ts';
import { mutationDocument } from '../../../../src/engine/report/mutation-json.ts';
import { findFaults } from '../../../../src/engine/shards/find-faults.ts';
import { joinParts } from '../../../../src/engine/shards/join-parts.ts';
import { type PartReport, toPart } from '../../../../src/engine/shards/part-report.ts';
import { shareOf } from '../../../../src/engine/shards/shard.ts';
import { planShard, reportShard } from '../../../../src/engine/shards/shard-report.ts';
import { type Envelope, envelopeSchema } from '../../../../src/protocol/envelope.ts';
import { sha256 } from '../line-language.ts';
import { CART, mutantOf, mutationOf, resultOf } from '../report/mutants.ts';
import { changeOf, radiusOf } from '../report/surveyed.ts';
import { errored, failed, passed, sampleFinding, sampleResult } from '../sample.ts';

interface Whole {
  readonly checks: Readonly<Record<string, CheckOutcome>>;
  readonly mutants: readonly MutantResult[];
  readonly tree?: string;
  readonly command?: string;
  readonly version?: string;
}

const SKIPPED: CheckOutcome = { status: 'skipped', reason: 'nothing to do' };
const MUTANTS = [
  resultOf(mutantOf('sum ‸>', '>=', { id: 'm-0000000001' }), 'survived'),
  resultOf(mutantOf('return ‸sum', '0', { id: 'm-0000000002' }), 'killed'),
  resultOf(mutantOf('return ‸limit', '0', { id: 'm-0000000003' }), 'killed'),
];
const SILENT = resultOf(mutantOf('warn(sum);', '', { id: 'm-0000000004' }), 'no-coverage');
const WHOLE: Whole = { checks: { 'lint:a': passed, 'test:a': passed, boundaries: SKIPPED }, mutants: MUTANTS };

/** The report that part `index` of `count` writes, as the gate does. */
function part(index: number, count: number, whole: Whole = WHOLE): Envelope {
  const shard = { index, count };
  const parts = Object.keys(whole.checks).map((id) => ({ id, cost: 1 }));
  const tree = { kind: 'digest', value: whole.tree ?? 'tree' } as const;
  const planned = planShard('gate', shard, parts, tree, sha256);
  const own = [...shareOf(whole.mutants, shard), SILENT];
  const mutation = mutationOf(own, { selection: whole.mutants.map(({ mutant }) => mutant.id) });
  const context = { noCoverage: 'warn', digest: sha256, scopeOf: () => '', waivers: new Map() } as const;
  const { check, report } = judgeMutation(mutation, context);
  const common = { config: DEFAULT_CONFIG.mutation, root: '/', version: '1', digest: sha256 };
  const document = mutationDocument({ results: own, sources: new Map([['src/cart.ts', CART]]), ...common });
  const results = planned.parts.map((id): CheckResult => sampleResult(whole.checks[id] ?? passed, { id }));
  const input: EnvelopeInput = {
    command: whole.command ?? 'downforce gate',
    ok: true,
    change: changeOf(),
    radius: radiusOf(),
    results: [...results, check],
    nextActions: [],
    report: 'r.json',
    mutation: { ...report, document },
    shard: reportShard(planned, mutation, { version: `${whole.version ?? '1'} v24`, digest: sha256 }),
  };
  return envelopeSchema.parse(JSON.parse(JSON.stringify(fullEnvelope(input))));
}

function read(...envelopes: readonly Envelope[]): readonly PartReport[] {
  return envelopes.map((envelope, index) => {
    const found = toPart(`${index}.json`, envelope);
    if (typeof found === 'string') throw new Error(found);
    return found;
  });
}

function all(count: number, whole: Whole = WHOLE): readonly PartReport[] {
  return read(...Array.from({ length: count }, (_, place) => part(place + 1, count, whole)));
}

describe('parts that make a whole', () => {
  it.each([1, 2, 3])('of %i', (count) => {
    const parts = all(count);
    expect(findFaults(parts, sha256)).toEqual([]);
    const { results, mutation, document } = joinParts(parts);
    expect(results.map(({ check, outcome }) => [check.id, check.kind, outcome.status]).toSorted()).toEqual([
      ['boundaries', 'guard', 'skipped'],
      ['lint:a', 'lint', 'pass'],
      ['mutation', 'mutation', 'fail'],
      ['test:a', 'test', 'pass'],
    ]);
    expect(mutation?.summary).toEqual({
      ...{ total: 4, killed: 2, survived: 1, no_coverage: 1, timeout: 0, ignored: 0, errors: 0 },
      score: 50,
    });
    expect(mutation?.mutants.map(({ id }) => id).toSorted()).toEqual([
      'm-0000000001',
      'm-0000000002',
      'm-0000000003',
      'm-0000000004',
    ]);
    expect(document?.files['src/cart.ts']?.mutants).toHaveLength(4);
    const own = results.find(({ check }) => check.id === 'mutation')?.outcome;
    expect(own).toMatchObject({
      examined: 4,
      findings: [{ fingerprint: 'm-0000000001' }, { fingerprint: 'm-0000000004' }],
    });
  });

  it('come in any order and number', () => {
    const outcome = fc.constantFrom<CheckOutcome>(passed, SKIPPED, errored('x'), failed(sampleFinding()));
    const checks = fc.dictionary(fc.constantFrom('lint:a', 'lint:b', 'types:a', 'test:a', 'test:b', 'shims'), outcome, {
      minKeys: 1,
    });
    fc.assert(
      fc.property(
        checks,
        fc.subarray(MUTANTS),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(),
        (own, mutants, count, turn) => {
          const whole = { checks: own, mutants };
          const parts = all(count, whole);
          const turned = [...parts.slice(turn % count), ...parts.slice(0, turn % count)];
          expect(findFaults(turned, sha256)).toEqual([]);
          const { results } = joinParts(turned);
          const statuses = Object.fromEntries(results.map(({ check, outcome: { status } }) => [check.id, status]));
          const { mutation, ...others } = statuses;
          expect(others).toEqual(Object.fromEntries(Object.entries(own).map(([id, { status }]) => [id, status])));
          expect(mutation).toBe(mutants.some(({ status }) => status === 'survived') ? 'fail' : 'pass');
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('parts that make no whole', () => {
  const [one, two, three] = [part(1, 3), part(2, 3), part(3, 3)];
  it.each<[string, readonly Envelope[], RegExp]>([
    ['none', [], /^there is no report$/],
    ['one missing', [one, three], /^part 2\/3 is missing$/],
    ['two missing', [two], /^part 1\/3 is missing\npart 3\/3 is missing$/],
    ['one doubled', [one, two, two, three], /^part 2\/3 is there more than once: 1\.json, 2\.json$/],
    [
      'one of another tree',
      [one, part(2, 3, { ...WHOLE, tree: 'other' }), three],
      /^1\.json is of another tree, base or configuration than 0\.json$/,
    ],
    ['one split otherwise', [one, part(2, 2), three], /^1\.json is of a run split otherwise than 0\.json$/],
    [
      'one of another command',
      [one, part(2, 3, { ...WHOLE, command: 'downforce mutate' }), three],
      /^1\.json is of another command/,
    ],
    ['one by another version', [one, part(2, 3, { ...WHOLE, version: '2' }), three], /^1\.json is by another version/],
    [
      'one of another plan',
      [one, part(2, 3, { ...WHOLE, checks: { 'lint:z': passed } }), three],
      /^1\.json is of another plan/,
    ],
    [
      'one with other mutants',
      [one, part(2, 3, { ...WHOLE, mutants: MUTANTS.slice(0, 2) }), three],
      /^1\.json chose other mutants than 0\.json$/,
    ],
    [
      'an empty one',
      [one, spoilt(two, (result) => ({ ...result, checks: [] })), three],
      /^1\.json is empty: it judged nothing$/,
    ],
    [
      'one that left out a check',
      [one, spoilt(two, (result) => ({ ...result, checks: result.checks.slice(1) })), three],
      /^1\.json was to run lint:a and says nothing of it$/,
    ],
    [
      'one that left out a mutant',
      [
        spoilt(one, (result) => ({ ...result, checks: result.checks.map((check) => ({ ...check, mutants: [] })) })),
        two,
        three,
      ],
      /^0\.json was to try m-0000000001 and says nothing of it$/,
    ],
    [
      'one that forgot a check and that it was its own',
      [one, spoilt(two, (result) => forgetful(result)), three],
      /^what the parts were to do does not make the whole$/,
    ],
    [
      'one that forgot a mutant and that it was its own',
      [spoilt(one, (result) => ({ ...result, shard: shardOf(result, { mutants: [] }) })), two, three],
      /^the mutants that the parts were to try are not all that were selected$/,
    ],
    [
      'one that speaks of what was not its part',
      [one, spoilt(two, (result) => ({ ...result, checks: [...result.checks, ...(one.result?.checks ?? [])] })), three],
      /^1\.json speaks of boundaries, which was not its part$/,
    ],
  ])('%s', (_, envelopes, expected) => expect(findFaults(read(...envelopes), sha256).join('\n')).toMatch(expected));

  it('are no parts at all', () => {
    expect(toPart('a.json', { ...one, result: undefined })).toBe('a.json holds no result: nothing was judged');
    const { shard: _, ...result } = one.result ?? {};
    expect(toPart('a.json', envelopeSchema.parse({ ...one, result }))).toContain('made without --shard');
    const bounded = boundedEnvelope({
      ...{
        command: 'downforce gate',
        ok: true,
        nextActions: [],
        report: 'r.json',
        change: changeOf(),
        radius: radiusOf(),
      },
      ...{ results: [sampleResult(passed)], ...(one.result?.shard === undefined ? {} : { shard: one.result.shard }) },
    });
    expect(toPart('a.json', bounded)).toBe('a.json is the answer with bounds; the whole is in r.json');
  });
});

type Result = NonNullable<Envelope['result']>;

function spoilt(envelope: Envelope, spoil: (result: Result) => Result): Envelope {
  if (envelope.result === undefined) throw new Error('no result');
  return { ...envelope, result: spoil(envelope.result) };
}

function shardOf({ shard }: Result, more: Partial<NonNullable<Result['shard']>>): NonNullable<Result['shard']> {
  if (shard === undefined) throw new Error('no part');
  return { ...shard, ...more };
}

function forgetful(result: Result): Result {
  return { ...result, checks: result.checks.slice(1), shard: shardOf(result, { parts: [] }) };
}

describe('the verdict on joined parts', () => {
  const judged = (whole: Whole, command = 'downforce gate') => {
    const joined = joinParts(all(2, whole));
    const ok = isMergeOk(joined, command);
    return [ok, mergeExitStatus(joined, ok), mergeError(joined, command)?.code];
  };
  const green = { checks: WHOLE.checks, mutants: MUTANTS.slice(1) };

  it.each<[string, Whole, readonly unknown[]]>([
    ['all passed', green, [true, 0, undefined]],
    ['one survived', WHOLE, [false, 1, undefined]],
    ['one failed', { ...green, checks: { ...WHOLE.checks, 'lint:a': failed(sampleFinding()) } }, [false, 1, undefined]],
    ['one could not judge', { ...green, checks: { ...WHOLE.checks, 'lint:a': errored('x') } }, [false, 3, undefined]],
    [
      'one deferred',
      { ...green, checks: { ...WHOLE.checks, 'lint:a': { status: 'deferred', reason: 'x' } } },
      [false, 3, undefined],
    ],
  ])('%s', (_, whole, expected) => expect(judged(whole)).toEqual(expected));

  it('is none where no part had anything to look at', () => {
    const idle = all(2, { checks: { a: SKIPPED, b: SKIPPED }, mutants: [] }).map((one) => ({
      ...one,
      result: { ...one.result, checks: one.result.checks.filter(({ id }) => id !== 'mutation') },
    }));
    const joined = joinParts(idle);
    expect([isMergeOk(joined, 'downforce gate'), isMergeOk(joined, 'downforce mutate')]).toEqual([false, true]);
    expect(mergeError(joined, 'downforce gate')?.code).toBe('merge/nothing-judged');
  });

  it('is not right where a part was interrupted', () => {
    const [first, second] = [part(1, 2, green), part(2, 2, green)];
    const broken = { ...second, error: { code: 'gate/files-moved', message: 'Files changed.', hint: 'Again.' } };
    const joined = joinParts(read(first, broken));
    expect(isMergeOk(joined, 'downforce gate')).toBe(false);
    expect(mergeError(joined, 'downforce gate')).toEqual({
      code: 'merge/part-unjudged',
      message: 'Part 2/2 could not judge: Files changed.',
      hint: 'Run it again: downforce gate --shard 2/2',
    });
  });

  it('leads on: after green mutants the gate, after a survivor the test', () => {
    const commands = (whole: Whole, command: string) => {
      const joined = joinParts(all(2, whole));
      return mergeActions(joined, command, isMergeOk(joined, command)).map((action) => action.command);
    };
    expect(commands(green, 'downforce gate')).toEqual([]);
    expect(commands(green, 'downforce mutate')).toEqual(['downforce gate']);
    expect(commands(WHOLE, 'downforce gate')).toEqual(['downforce mutate --only m-0000000001', 'downforce gate']);
  });
});
