import { describe, expect, it } from 'vitest';
import { explainCheck, explainCode, explainPath } from '../../../../src/engine/report/explain.ts';
import type { Fate, Reach } from '../../../../src/engine/scopes/blast-radius.ts';
import { sampleCheck } from '../sample.ts';
import { radiusOf, surveyOf } from './surveyed.ts';

const FILES = { 'a.l': '', 'b.l': 'needs a.l', 'c.l': 'needs b.l\nneeds ?', 'd.l': '!broken', 'e.l': '' };
const REACHED = new Map<string, Reach>([
  ['a.l', { distance: 0 }],
  ['b.l', { distance: 1, via: { path: 'a.l', why: 'imports' } }],
  ['c.l', { distance: 2, via: { path: 'b.l', why: 'imports' } }],
]);

async function path(
  subject: string,
  fate?: Fate,
  reasons: readonly { code: 'lock-file'; path: string; text: string }[] = [],
) {
  const fates = new Map<string, Fate>(fate === undefined ? [] : [[subject, fate]]);
  const checks = [sampleCheck({ covers: (one) => one !== 'e.l' })];
  return explainPath(subject, await surveyOf({ radius: radiusOf({ reached: REACHED, fates, reasons }), checks }, FILES))
    ?.lines;
}

describe('a path', () => {
  it('is told the chain back to the change', async () => {
    expect(await path('c.l')).toEqual([
      'scope: root (the root)',
      'affected, 2 steps from the change:',
      '  c.l imports b.l',
      '  b.l imports a.l',
      '  a.l changed',
      'imports b.l',
      'names something only known at run time: counts as needing all of its scope',
      'covered by: lint:sample',
    ]);
  });

  it.each<[string, string, Fate | undefined, string]>([
    ['changed', 'a.l', { kind: 'mapped', scope: 'root' }, 'changed itself'],
    ['not affected', 'e.l', undefined, 'not affected by this change'],
    ['covered by nothing', 'e.l', undefined, 'no check covers it'],
    ['unreadable', 'd.l', undefined, 'could not be read for imports (broken): counts as needing all of its scope'],
    [
      'inert',
      'a.l',
      { kind: 'inert', rule: '**/*.md', configured: false },
      'changed, and inert by the built-in rule **/*.md: no check runs for it',
    ],
    [
      'inert as configured',
      'a.l',
      { kind: 'inert', rule: 'x', configured: true },
      'changed, and inert by the configured rule x: no check runs for it',
    ],
    [
      'widening',
      'a.l',
      { kind: 'widened', reason: { code: 'lock-file', text: 'a lock file changed' } },
      'changed, and calls for everything: a lock file changed',
    ],
  ])('says what it is: %s', async (_, subject, fate, expected) =>
    expect(await path(subject, fate)).toContain(expected),
  );

  it('is told that everything is checked anyway', async () => {
    expect(await path('e.l', undefined, [{ code: 'lock-file', path: 'x.lock', text: 'changed' }])).toContain(
      'everything is checked anyway: x.lock changed',
    );
  });

  it('that nobody knows has no explanation', async () => expect(await path('none')).toBeUndefined());
});

describe('a check', () => {
  it.each([
    ['called for', { covers: () => true }, 'called for by 1 file, the nearest a.l'],
    [
      'called for from afar',
      { covers: (one: string) => one === 'c.l', narrowing: 'affected' as const },
      'called for by 1 file, the nearest c.l',
    ],
    ['not called for', { covers: () => false }, 'not called for by this change: it covers no affected file'],
    ['its command', {}, 'command: /bin/sample .'],
    [
      'missing',
      { invoke: () => ({ kind: 'missing', program: 'x', hint: 'get it' }) as const },
      'not installed: x; get it',
    ],
    [
      'nothing to do',
      { invoke: () => ({ kind: 'nothing', reason: 'all ignored' }) as const },
      'nothing to do: all ignored',
    ],
    ['its evidence', {}, 'found by: sample.config'],
    ['its configuration', { config: ['x.json'] }, 'its configuration: x.json'],
    ['retries', { retries: 2 }, 'stopped after 60 s; retried up to 2 times'],
  ])('says: %s', async (_, more, expected) => {
    const survey = await surveyOf({ radius: radiusOf({ reached: REACHED }) }, FILES);
    expect(explainCheck(sampleCheck(more), survey, '/s').lines).toContain(expected);
  });

  it('says what makes everything checked', async () => {
    const reasons = [{ code: 'no-base', text: 'no base' }] as const;
    const survey = await surveyOf({ radius: radiusOf({ reasons }) }, FILES);
    expect(explainCheck(sampleCheck(), survey, '/s').lines).toContain('called for: everything is checked (no base)');
  });
});

describe('a code', () => {
  it.each([
    ['test/failed', /^A test failed/],
    ['lint/no-undef', /^A linter of the repository/],
    ['lint/parse-error', /could not parse/],
    ['types/TS2345', /^A type checker/],
    ['security/aws-key', /scanner/],
  ])('%s', (code, expected) => {
    const explanation = explainCode(code);
    expect(explanation?.subject).toBe(code);
    expect(explanation?.lines[0]).toMatch(expected);
    expect(explanation?.lines).toHaveLength(3);
  });

  it.each(['none/x', '', 'test/unknown', '/*'])('of no catalogue has no explanation: %j', (code) =>
    expect(explainCode(code)).toBeUndefined(),
  );
});
