import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../../../src/engine/checks/result.ts';
import { detailOf, findingsOf } from '../../../../src/engine/report/details.ts';
import {
  boundedEnvelope,
  type EnvelopeInput,
  errorEnvelope,
  fullEnvelope,
} from '../../../../src/engine/report/envelope.ts';
import { envelopeSchema } from '../../../../src/protocol/envelope.ts';
import { errored, failed, passed, sampleFinding, sampleResult } from '../sample.ts';
import { changeOf, radiusOf } from './surveyed.ts';

function input(more: Partial<EnvelopeInput> = {}): EnvelopeInput {
  return {
    command: 'downforce loop',
    ok: true,
    change: changeOf(),
    radius: radiusOf(),
    results: [],
    nextActions: [],
    report: null,
    ...more,
  };
}

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const OUTCOMES: readonly CheckOutcome[] = [
  passed,
  { status: 'skipped', reason: 'x' },
  { status: 'deferred', reason: 'x' },
  { status: 'cancelled', reason: 'x' },
  { status: 'timeout', reason: 'x', findings: [] },
  errored('x'),
  failed(sampleFinding()),
];

describe('a detail', () => {
  it.each([
    [{}, 'src/a.ts:3:5 wrong [rule]'],
    [{ because: 'core knows no backend' }, 'src/a.ts:3:5 wrong [rule] — core knows no backend'],
    [{ path: '' }, 'wrong [rule]'],
    [{ code: 'test/failed' }, 'src/a.ts:3:5 wrong'],
    [{ code: 'lint/@x/no-any' }, 'src/a.ts:3:5 wrong [@x/no-any]'],
    [{ message: 'two\nlines\u001b[31m' }, 'src/a.ts:3:5 two\\nlines\\u001b[31m [rule]'],
    [{ path: 'a\nb.ts' }, 'a\\nb.ts:3:5 wrong [rule]'],
  ])('%j: %s', (more, expected) => expect(detailOf(sampleFinding('error', more))).toBe(expected));

  it('without a place names the file', () => {
    const { range: _, ...rest } = sampleFinding();
    expect(detailOf(rest)).toBe('src/a.ts wrong [rule]');
  });

  it('comes errors first, else in the order of the tool', () => {
    const findings = [
      sampleFinding('info', { message: 'i' }),
      sampleFinding('error', { message: '1' }),
      sampleFinding('warning', { message: 'w' }),
      sampleFinding('error', { message: '2' }),
    ];
    expect(findingsOf(failed(...findings)).map(({ message }) => message)).toEqual(['1', '2', 'w', 'i']);
    expect(findings[0]?.message).toBe('i');
  });
});

describe('the bounded envelope', () => {
  it.each([
    [20, 20, 0],
    [21, 20, 1],
    [70, 20, 50],
  ])('of %i checks shows %i and counts %i', (count, shown, omitted) => {
    const { result } = boundedEnvelope(
      input({ results: many(count, (index) => sampleResult(passed, { id: `lint:${index}` })) }),
    );
    expect([result?.checks.length, result?.omitted_checks, result?.summary.total]).toEqual([shown, omitted, count]);
  });

  it.each([
    [8, 8, 0],
    [9, 8, 1],
    [1000, 8, 992],
  ])('of %i findings shows %i and counts %i', (count, shown, omitted) => {
    const results = [sampleResult(failed(...many(count, (index) => sampleFinding('error', { message: `m${index}` }))))];
    const check = boundedEnvelope(input({ results })).result?.checks[0];
    expect([check?.details.length, check?.omitted_details]).toEqual([shown, omitted]);
    expect(check?.findings).toBeUndefined();
  });

  it('keeps errors before warnings where it leaves out', () => {
    const findings = [
      ...many(20, () => sampleFinding('warning', { message: 'w' })),
      sampleFinding('error', { message: 'e' }),
    ];
    expect(
      boundedEnvelope(input({ results: [sampleResult(failed(...findings))] })).result?.checks[0]?.details[0],
    ).toContain(' e ');
  });

  it('puts the failing first, and what passed last', () => {
    const results = OUTCOMES.map((outcome, index) => sampleResult(outcome, { id: `lint:${index}` }));
    const { result } = boundedEnvelope(input({ results }));
    expect(result?.checks.map(({ status }) => status)).toEqual([
      'fail',
      'error',
      'timeout',
      'cancelled',
      'deferred',
      'skipped',
      'pass',
    ]);
  });

  it('sums up what it shows and what it does not', () => {
    const results = OUTCOMES.flatMap((outcome, index) =>
      many(index + 1, (at) => sampleResult(outcome, { id: `lint:${index}.${at}` })),
    );
    expect(boundedEnvelope(input({ results })).result?.summary).toEqual({
      total: 28,
      passed: 1,
      skipped: 2,
      deferred: 3,
      cancelled: 4,
      errored: 5 + 6,
      failed: 7,
    });
  });

  it('cuts actions, scopes and reasons', () => {
    const radius = radiusOf({
      scopes: new Map(many(50, (index) => [`s${index}`, 0])),
      reasons: many(13, (index) => ({ code: 'unmapped', path: `p${index}`, text: 'x' }) as const),
    });
    const nextActions = many(9, (index) => ({ command: `c${index}`, description: '' }));
    const envelope = boundedEnvelope(input({ radius, nextActions }));
    expect(envelope.next_actions.map(({ command }) => command)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4']);
    expect(envelope.result?.scope.expanded_scopes).toHaveLength(30);
    expect([envelope.result?.scope.widening_reasons.length, envelope.result?.scope.omitted_widening_reasons]).toEqual([
      10, 3,
    ]);
    expect(envelope.result?.scope.fallback).toBe('gate');
  });

  it.each([
    'x'.repeat(1000),
    '𝒳'.repeat(300),
    '\n'.repeat(500),
    ...many(8, (shift) => `${'x'.repeat(shift)}${'👩‍👩‍👧'.repeat(100)}`),
  ])('cuts every text to 240 characters, none of them in half: %#', (text) => {
    const reasons = [{ code: 'unmapped', path: text, text }] as const;
    const results = [
      sampleResult(failed(sampleFinding('error', { message: text, path: text }))),
      sampleResult(errored(text)),
      sampleResult({ ...passed, status: 'pass', findings: [], examined: 1, note: text }),
    ];
    const { result } = boundedEnvelope(input({ results, radius: radiusOf({ reasons }) }));
    const texts = [
      ...(result?.checks ?? []).flatMap((check) => [...check.details, check.reason ?? '', check.note ?? '']),
      ...(result?.scope.widening_reasons ?? []).flatMap((reason) => [reason.text, reason.path ?? '']),
    ];
    for (const one of texts) {
      expect(one.length).toBeLessThanOrEqual(240);
      expect(one.isWellFormed()).toBe(true);
    }
  });

  it('stays within the contract, and of one size, whatever happened', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 400 });
    const finding = fc
      .record({ message: word, path: word, severity: fc.constantFrom('error', 'warning', 'info') })
      .map(({ severity, ...more }) => sampleFinding(severity, more));
    const outcome = fc.oneof(
      fc.array(finding, { maxLength: 20 }).map((all) => failed(...all)),
      word.map(errored),
      fc.constant(passed),
    );
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 30 }), (outcomes) => {
        const envelope = boundedEnvelope(input({ results: outcomes.map((one) => sampleResult(one)) }));
        expect(envelopeSchema.safeParse(envelope).error).toBeUndefined();
        expect(JSON.stringify(envelope).isWellFormed()).toBe(true);
        expect(JSON.stringify(envelope).length).toBeLessThan(20 * (9 * 500 + 1000) + 5000);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the whole envelope', () => {
  it('leaves nothing out', () => {
    const findings = many(30, (index) => sampleFinding('error', { message: `${index} ${'x'.repeat(500)}` }));
    const results = many(40, (index) => sampleResult(failed(...findings), { id: `lint:${index}` }));
    const { result } = fullEnvelope(input({ results, report: '.downforce/reports/loop.json' }));
    expect(result?.checks).toHaveLength(40);
    expect(result?.checks[0]?.findings).toEqual(findings);
    expect(result?.checks[0]?.details[29]?.length).toBeGreaterThan(500);
    expect([result?.omitted_checks, result?.checks[0]?.omitted_details, result?.report]).toEqual([
      0,
      0,
      '.downforce/reports/loop.json',
    ]);
  });

  it('is by the schema, and says what is known of each check', () => {
    const results = OUTCOMES.map((outcome, index) =>
      sampleResult(outcome, { id: `lint:${index}` }, { durationMs: 1.6, cached: index === 0 }),
    );
    const envelope = fullEnvelope(input({ results }));
    expect(envelopeSchema.parse(envelope)).toEqual(envelope);
    expect(envelope.result?.checks[0]).toEqual({
      id: 'lint:0',
      status: 'pass',
      duration_ms: 2,
      examined: 1,
      cached: true,
      details: [],
      omitted_details: 0,
      findings: [],
    });
    expect(envelope.result?.checks[1]).toMatchObject({ status: 'skipped', reason: 'x', examined: null });
  });

  it('speaks of the scope', () => {
    const radius = radiusOf({
      fates: new Map([
        ['a.md', { kind: 'inert', rule: '*', configured: false }],
        ['b', { kind: 'mapped', scope: 'core' }],
      ]),
    });
    expect(fullEnvelope(input({ radius })).result?.scope).toEqual({
      base: '0123456789ab',
      base_name: 'origin/main',
      changed_files: 1,
      inert_files: 1,
      expanded_scopes: ['core'],
      fallback: null,
      widening_reasons: [],
      omitted_widening_reasons: 0,
    });
    const change = { ...changeOf([]), base: undefined, baseName: undefined };
    expect(fullEnvelope(input({ change })).result?.scope).toMatchObject({
      base: null,
      base_name: null,
      changed_files: 0,
    });
  });
});

it('a failure of Downforce itself is an envelope', () => {
  const envelope = errorEnvelope('downforce loop', { code: 'git/none', message: 'm', hint: 'h' });
  expect(envelopeSchema.parse(envelope)).toEqual({
    schema: 'downforce.envelope/1',
    ok: false,
    command: 'downforce loop',
    error: { code: 'git/none', message: 'm', hint: 'h' },
    next_actions: [],
  });
});
