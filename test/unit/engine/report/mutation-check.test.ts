import { describe, expect, it } from 'vitest';
import type { MutationResult } from '../../../../src/engine/mutation/run-mutation.ts';
import { boundedEnvelope, type EnvelopeInput, fullEnvelope } from '../../../../src/engine/report/envelope.ts';
import { toGithub } from '../../../../src/engine/report/formats/github.ts';
import { toGitlab } from '../../../../src/engine/report/formats/gitlab.ts';
import { toSarif } from '../../../../src/engine/report/formats/sarif.ts';
import { toText } from '../../../../src/engine/report/formats/text.ts';
import { type JudgeContext, judgeMutation, summaryOf } from '../../../../src/engine/report/mutation-check.ts';
import { envelopeSchema } from '../../../../src/protocol/envelope.ts';
import type { Waiver } from '../../../../src/protocol/waivers.ts';
import { sha256 } from '../line-language.ts';
import { ADDS, LIMITS, mutantOf, mutationOf, resultOf } from './mutants.ts';
import { changeOf, radiusOf } from './surveyed.ts';

const BOUNDARY = mutantOf('sum ‸>', '>=', { id: 'm-0000000001' });
const REMOVED = mutantOf('warn(sum);', '', { id: 'm-0000000002', operator: 'call-removal' });
const RETURNED = mutantOf('return ‸limit', '0', { id: 'm-0000000003' });
const TOTAL = mutantOf('return ‸sum', '0', { id: 'm-0000000004' });

const CONTEXT: JudgeContext = { noCoverage: 'block', digest: sha256, scopeOf: () => 'core', waivers: new Map() };

function judged(result: MutationResult, more: Partial<JudgeContext> = {}) {
  return judgeMutation(result, { ...CONTEXT, ...more });
}

function input(result: MutationResult): EnvelopeInput {
  const { check, report } = judged(result);
  const common = { command: 'downforce mutate', ok: false, nextActions: [], report: null };
  return { ...common, change: changeOf(), radius: radiusOf(), results: [check], mutation: report };
}

const SURVIVED = mutationOf([resultOf(BOUNDARY, 'survived'), resultOf(TOTAL, 'killed')]);

describe('a survivor', () => {
  it('says what was changed, which tests ran it, and what to do', () => {
    const { outcome } = judged(SURVIVED).check;
    expect(outcome).toMatchObject({
      status: 'fail',
      examined: 2,
      note: '1 noticed, 1 survived · vitest, all mutants in one run',
      findings: [
        {
          code: 'mutant/survived',
          severity: 'error',
          path: 'src/cart.ts',
          scope: 'core',
          fingerprint: 'm-0000000001',
          range: { start: { line: 3, column: 11 }, end: { line: 3, column: 12 } },
          message: '`>` → `>=` survived: 2 tests ran this and none noticed (m-0000000001)',
          data: {
            id: 'm-0000000001',
            operator: 'comparison-boundary',
            symbol: 'total',
            original: '>',
            replacement: '>=',
            tests: [ADDS, LIMITS],
            omitted_tests: 0,
            advice: 'make test/cart.test.ts fail with this change, then `downforce mutate --only m-0000000001`',
          },
        },
      ],
    });
    const diff = 'findings' in outcome ? outcome.findings[0]?.data?.['diff'] : undefined;
    expect(diff).toContain('\n-  if (sum > limit) {\n+  if (sum >= limit) {\n');
  });

  it.each([
    [
      resultOf(REMOVED, 'survived', { coveredBy: [ADDS] }),
      '`warn(sum);` removed survived: 1 test ran this and did not notice',
    ],
    [resultOf(BOUNDARY, 'survived', { coveredBy: [] }), '`>` → `>=` survived: no test noticed'],
    [resultOf(mutantOf('sum ‸> limit', ' > limit &&\n\tx', {}), 'survived'), '`> limit` → `> limit && x` survived'],
  ])('is told in one line', (result, expected) => {
    const { outcome } = judged(mutationOf([result])).check;
    expect('findings' in outcome ? outcome.findings[0]?.message : '').toContain(expected);
  });

  it('names ten tests at most, and counts the others', () => {
    const coveredBy = Array.from({ length: 14 }, (_, index) => ({ file: 'a.test.ts', name: `${index}` }));
    const { outcome } = judged(mutationOf([resultOf(BOUNDARY, 'survived', { coveredBy })])).check;
    const data = 'findings' in outcome ? outcome.findings[0]?.data : undefined;
    expect(data?.['tests']).toHaveLength(10);
    expect(data?.['omitted_tests']).toBe(4);
  });
});

describe('lines that no test runs', () => {
  const silent = mutationOf([RETURNED, REMOVED, TOTAL].map((mutant) => resultOf(mutant, 'no-coverage')));

  it('are one finding where they follow each other', () => {
    const { outcome } = judged(silent).check;
    const findings = 'findings' in outcome ? outcome.findings : [];
    expect(
      findings.map(({ message, range, severity }) => [message, range?.start.line, range?.end.line, severity]),
    ).toEqual([
      ['no test runs these 2 lines of total (m-0000000002 and 1 more)', 4, 5, 'error'],
      ['no test runs this line of total (m-0000000004)', 7, 7, 'error'],
    ]);
    expect(findings[0]?.data?.['mutants']).toEqual(['m-0000000002', 'm-0000000003']);
  });

  it.each([
    ['block', 'fail', 2],
    ['warn', 'pass', 2],
    ['off', 'pass', 0],
  ] as const)('under "%s" make it a %s', (noCoverage, status, count) => {
    const { outcome } = judged(silent, { noCoverage }).check;
    expect([outcome.status, 'findings' in outcome ? outcome.findings.length : -1]).toEqual([status, count]);
  });
});

describe('the verdict on mutants', () => {
  const one = (status: Parameters<typeof resultOf>[1]) =>
    mutationOf([resultOf(BOUNDARY, status), resultOf(TOTAL, 'killed')]);
  it.each<[string, MutationResult, string]>([
    ['all killed', one('killed'), 'pass'],
    ['one hangs', one('timeout'), 'pass'],
    ['one waived', one('ignored'), 'pass'],
    ['one that does not compile', one('compile-error'), 'pass'],
    ['one survived', one('survived'), 'fail'],
    ['one not judged', one('error'), 'error'],
    ['one not tried', one('pending'), 'error'],
    ['a survivor and one not judged', mutationOf([resultOf(BOUNDARY, 'survived'), resultOf(TOTAL, 'error')]), 'fail'],
    ['none left', mutationOf([]), 'skipped'],
    ['nothing changed that runs', mutationOf([], { stage: 'nothing', reason: 'r' }), 'skipped'],
    ['nothing that could be read', mutationOf([], { stage: 'nothing', notes: ['a.ts: broken'] }), 'error'],
    ['red tests', mutationOf([], { stage: 'red', reason: 'r' }), 'error'],
    ['no way', mutationOf([], { stage: 'unfit', reason: 'r' }), 'error'],
    ['files moved', mutationOf([], { stage: 'moved', reason: 'r' }), 'error'],
    ['interrupted', mutationOf([], { stage: 'cancelled' }), 'cancelled'],
  ])('%s', (_, result, status) => expect(judged(result).check.outcome.status).toBe(status));

  it('repeats the word of whoever waived a mutant', () => {
    const waiver = { reason: 'both bounds give the same', who: 'Ada' } as Waiver;
    const { report } = judged(one('ignored'), { waivers: new Map([[BOUNDARY.id, waiver]]) });
    expect(report.mutants[0]).toMatchObject({ status: 'ignored', reason: 'waived by Ada: both bounds give the same' });
  });

  it('counts what was judged', () => {
    const all = ['killed', 'killed', 'timeout', 'survived', 'no-coverage', 'ignored', 'error', 'equivalent'] as const;
    expect(summaryOf(all.map((status) => ({ status })))).toEqual({
      ...{ total: 7, killed: 2, survived: 1, no_coverage: 1, timeout: 1, ignored: 1, errors: 1 },
      score: 60,
    });
    expect(summaryOf([{ status: 'ignored' }])).not.toHaveProperty('score');
  });
});

describe('in the envelope', () => {
  it('the summary is in both, each mutant in the report alone', () => {
    const [bounded, full] = [boundedEnvelope(input(SURVIVED)), fullEnvelope(input(SURVIVED))];
    for (const envelope of [bounded, full]) {
      expect(envelopeSchema.parse(envelope)).toEqual(envelope);
      expect(envelope.result?.mutation).toMatchObject({ total: 2, killed: 1, survived: 1, score: 50 });
    }
    expect(bounded.result?.checks[0]?.mutants).toBeUndefined();
    expect(full.result?.checks[0]?.mutants).toEqual([
      expect.objectContaining({ id: BOUNDARY.id, status: 'survived', covered_by: [ADDS, LIMITS], killed_by: [] }),
      expect.objectContaining({ id: TOTAL.id, status: 'killed', killed_by: [LIMITS], duration_ms: 12 }),
    ]);
  });
});

describe('the formats', () => {
  const { results } = input(SURVIVED);

  it('text shows the diff, the tests that ran it and the commands', () => {
    const text = toText(boundedEnvelope(input(SURVIVED)), { color: false, verbose: false }, results);
    expect(text.split('\n').slice(2, 11)).toEqual([
      expect.stringMatching(/^✗ mutation .*fail · 2 examined · 0\.4 s · 1 noticed, 1 survived/),
      expect.stringMatching(/^ {4}src\/cart\.ts:3:11 `>` → `>=` survived/),
      '      -  if (sum > limit) {',
      '      +  if (sum >= limit) {',
      '      ran by test/cart.test.ts: total > adds',
      '      ran by test/cart.test.ts: total > stays below the limit',
      '      → downforce mutate --only m-0000000001',
      '      → downforce waive m-0000000001 --reason "…"',
      '',
    ]);
  });

  it('text moves no cursor, whatever a test is called', () => {
    const evil = resultOf(BOUNDARY, 'survived', { coveredBy: [{ file: 'a', name: '\u001b[2J' }] });
    const { results: own } = input(mutationOf([evil]));
    expect(toText(boundedEnvelope(input(mutationOf([evil]))), { color: false, verbose: false }, own)).not.toContain(
      '\u001b',
    );
  });

  it('GitHub gets the diff below the message', () => {
    expect(toGithub(results)).toContain(
      'title=mutant/survived::`>` → `>=` survived: 2 tests ran this and none noticed (m-0000000001)%0A-  if (sum > limit) {%0A+  if (sum >= limit) {%0Aran by test/cart.test.ts: total > adds%0A',
    );
  });

  it('SARIF gets the diff, the tests and words about the rule', () => {
    const [run] = toSarif(results, '1.0.0', undefined, 'downforce mutate').runs;
    expect(run?.automationDetails?.id).toBe('downforce/mutate/');
    expect(run?.results?.[0]?.message.text).toContain(
      '\n-  if (sum > limit) {\n+  if (sum >= limit) {\n\nRan by test/cart.test.ts',
    );
    expect(run?.results?.[0]?.partialFingerprints).toEqual({ 'downforce/1': 'm-0000000001' });
    expect(run?.tool.driver.rules?.[0]?.shortDescription?.text).toMatch(/broken on purpose/);
  });

  it('GitLab gets the mutant as the fingerprint', () => {
    expect(toGitlab(results)[0]).toMatchObject({
      check_name: 'mutant/survived',
      fingerprint: 'm-0000000001',
      severity: 'major',
    });
  });
});
