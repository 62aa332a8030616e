import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../../../../src/engine/checks/result.ts';
import { boundedEnvelope, type EnvelopeInput, errorEnvelope } from '../../../../../src/engine/report/envelope.ts';
import { toText } from '../../../../../src/engine/report/formats/text.ts';
import { errored, failed, passed, sampleFinding, sampleResult } from '../../sample.ts';
import { changeOf, radiusOf } from '../surveyed.ts';

function text(more: Partial<EnvelopeInput> = {}, color = false): string {
  const input = {
    command: 'downforce loop',
    ok: true,
    change: changeOf(),
    radius: radiusOf(),
    results: [],
    nextActions: [],
    report: null,
    ...more,
  };
  return toText(boundedEnvelope(input), { color, verbose: false });
}

/** The lines of one check. */
function lines(outcome: CheckOutcome, more: object = {}): readonly string[] {
  return text({ results: [sampleResult(outcome, {}, { durationMs: 1234, ...more })] })
    .split('\n')
    .slice(2, -3);
}

describe('a check', () => {
  it.each<[string, CheckOutcome, object, readonly string[]]>([
    ['passed', passed, {}, ['✓ lint:sample              pass · 1 examined · 1.2 s']],
    [
      'passed, from the cache',
      passed,
      { cached: true },
      ['✓ lint:sample              pass · 1 examined · from the cache: nothing changed'],
    ],
    [
      'passed on a retry',
      { ...passed, status: 'pass', findings: [], examined: 1, note: 'passed on retry 2/3: flaky' },
      { durationMs: 0 },
      ['✓ lint:sample              pass · 1 examined · passed on retry 2/3: flaky'],
    ],
    [
      'failed',
      failed(sampleFinding()),
      {},
      ['✗ lint:sample              fail · 1 examined · 1.2 s', '    src/a.ts:3:5 wrong [rule]'],
    ],
    ['could not judge', errored('gone'), {}, ['! lint:sample              error · 1.2 s', '    gone']],
    [
      'deferred',
      { status: 'deferred', reason: 'later' },
      { durationMs: 0 },
      ['… lint:sample              deferred', '    later'],
    ],
  ])('that %s', (_, outcome, more, expected) => expect(lines(outcome, more)).toEqual(expected));

  it('says how much it leaves out', () => {
    expect(lines(failed(...Array.from({ length: 11 }, () => sampleFinding()))).at(-1)).toBe('    … and 3 more');
  });
});

describe('the whole', () => {
  it('tells the change, the checks, the verdict and what next', () => {
    const nextActions = [{ command: 'downforce loop', description: 'Again.' }];
    expect(
      text({
        ok: false,
        results: [sampleResult(failed(sampleFinding())), sampleResult(passed, { id: 'types:tsc' })],
        nextActions,
        report: 'r.json',
      }).split('\n'),
    ).toEqual([
      '1 changed file since origin/main (0123456) → core',
      '',
      expect.stringMatching(/^✗ lint:sample/),
      '    src/a.ts:3:5 wrong [rule]',
      expect.stringMatching(/^✓ types:tsc/),
      '',
      'not ok  1 passed, 1 failed  r.json',
      '  → downforce loop  Again.',
      '',
    ]);
  });

  it('says why everything is checked, and of what it leaves out how much', () => {
    const reasons = Array.from(
      { length: 12 },
      (_, index) => ({ code: 'unmapped', path: `p${index}`, text: 'in no scope' }) as const,
    );
    const results = Array.from({ length: 23 }, (_, index) => sampleResult(passed, { id: `lint:${index}` }));
    const found = text({ radius: radiusOf({ reasons }), results });
    expect(found).toContain('  everything is checked: p0: in no scope\n');
    expect(found).toContain('  … and 2 more reasons\n');
    expect(found).toContain('  … and 3 more checks\n');
  });

  it('speaks of inert files, and of a repository without a base', () => {
    const radius = radiusOf({
      fates: new Map([['a.md', { kind: 'inert', rule: '*', configured: false }]]),
      scopes: new Map(),
    });
    const found = text({ radius, change: { ...changeOf(), base: undefined, baseName: undefined } });
    expect(found).toContain('1 changed file since an empty tree\n  1 file inert');
  });

  it('is a message and a hint where Downforce itself failed', () => {
    const envelope = errorEnvelope('downforce loop', { code: 'x', message: 'No repository.', hint: 'Go elsewhere.' });
    expect(toText(envelope, { color: false, verbose: false })).toBe('error No repository.\n  Go elsewhere.\n');
  });

  it('is coloured only where colours are wanted', () => {
    const results = [sampleResult(failed(sampleFinding())), sampleResult(passed)];
    expect(text({ results })).not.toContain('\u001b');
    const painted = text({ results }, true);
    expect(painted).toContain('\u001b[31m✗\u001b[0m');
    expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(text({ results }));
  });
});

describe('hostile text moves no cursor', () => {
  const HOSTILE = 'x\u001b[2J\u001b]0;owned\u0007';
  it.each<[string, Partial<EnvelopeInput>]>([
    ['a message', { results: [sampleResult(failed(sampleFinding('error', { message: HOSTILE })))] }],
    ['a path', { results: [sampleResult(failed(sampleFinding('error', { path: HOSTILE })))] }],
    ['a reason', { results: [sampleResult(errored(HOSTILE))] }],
    [
      'a reason to check everything',
      { radius: radiusOf({ reasons: [{ code: 'unmapped', path: HOSTILE, text: HOSTILE }] }) },
    ],
    ['the name of a scope', { radius: radiusOf({ scopes: new Map([[HOSTILE, 0]]) }) }],
    ['the name of a check', { results: [sampleResult(passed, { id: `lint:${HOSTILE}` })] }],
    ['a next action', { nextActions: [{ command: `downforce loop --only '${HOSTILE}'`, description: HOSTILE }] }],
  ])('in %s', (_, more) => expect(text(more)).not.toMatch(/[\u001b\u0007]/));

  it('in an error of Downforce itself', () => {
    const envelope = errorEnvelope('downforce loop', { code: 'x', message: HOSTILE, hint: HOSTILE });
    expect(toText(envelope, { color: false, verbose: false })).not.toMatch(/[\u001b\u0007]/);
  });
});

describe('what was decided', () => {
  it('is told before anything else, on a line each', () => {
    const stamp = { decisions: ['2026-11-21 core knows\n  no backend'], omitted_decisions: 2 };
    const [, first, second] = text({ stamp }).split('\n');
    expect([first, second]).toEqual(['  decided 2026-11-21 core knows\\n  no backend', '  … and 2 more decisions']);
  });

  it('is not spoken of where there is nothing', () => expect(text()).not.toMatch(/deci/));
});
