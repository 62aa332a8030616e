import { expect, it } from 'vitest';
import { explainFinding, explainMutant } from '../../../../src/engine/report/explain-reported.ts';
import { judgeMutation } from '../../../../src/engine/report/mutation-check.ts';
import { sha256 } from '../line-language.ts';
import { sampleFinding } from '../sample.ts';
import { mutantOf, mutationOf, resultOf } from './mutants.ts';

const CONTEXT = { noCoverage: 'block', digest: sha256, scopeOf: () => '', waivers: new Map() } as const;

function linesOf(status: Parameters<typeof resultOf>[1], more: Parameters<typeof resultOf>[2] = {}): readonly string[] {
  const result = resultOf(mutantOf('sum ‸>', '>=', { id: 'm-0000000001' }), status, more);
  const [mutant] = judgeMutation(mutationOf([result]), CONTEXT).report.mutants;
  if (mutant === undefined) throw new Error('no mutant');
  return explainMutant(mutant).lines;
}

it('a survivor is told with its tests, its meaning and how to try it again', () => {
  expect(linesOf('survived')).toEqual([
    'src/cart.ts:3:11 in total',
    '`>` → `>=` (comparison-boundary)',
    'survived: tests ran it and none noticed',
    'run by test/cart.test.ts: total > adds; test/cart.test.ts: total > stays below the limit',
    expect.stringMatching(/broken on purpose/),
    expect.stringMatching(/^why it matters: /),
    expect.stringMatching(/^what lifts it: /),
    'to try it again: downforce mutate --only m-0000000001',
  ]);
});

it.each([
  ['killed', {}, ['killed: a test noticed', 'noticed by test/cart.test.ts: total > stays below the limit']],
  ['ignored', { reason: 'waived by Ada: same' }, ['ignored: a person waived it (waived by Ada: same)']],
  ['no-coverage', {}, ['no-coverage: no test runs it']],
] as const)('of one that is %s it says so', (status, more, expected) => {
  const lines = linesOf(status, more);
  for (const line of expected) expect(lines).toContain(line);
  expect(lines.some((line) => line.startsWith('to try it again'))).toBe(status === 'no-coverage');
});

it('many tests are counted', () => {
  const coveredBy = Array.from({ length: 8 }, (_, index) => ({ file: '', name: `t${index}` }));
  expect(linesOf('survived', { coveredBy })).toContain('run by t0; t1; t2; t3; t4 and 3 more tests');
});

it('a finding is told with its place and meaning', () => {
  const { subject, lines } = explainFinding(sampleFinding('error', { code: 'boundary/denied' }));
  expect([subject, lines[0], lines[1]]).toEqual(['f1', 'boundary/denied at src/a.ts:3:5', 'wrong']);
  expect(lines).toHaveLength(5);
});
