import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../../../src/engine/checks/result.ts';
import { judgeMutation } from '../../../../src/engine/report/mutation-check.ts';
import { findFinding } from '../../../../src/engine/waivers/find-finding.ts';
import { findMutant } from '../../../../src/engine/waivers/find-mutant.ts';
import type { Finding } from '../../../../src/protocol/finding.ts';
import type { MutantReport } from '../../../../src/protocol/mutation.ts';
import { sha256 } from '../line-language.ts';
import { CART, mutantOf, mutationOf, resultOf } from '../report/mutants.ts';
import { sampleFinding, sampleResult } from '../sample.ts';

const BOUNDARY = mutantOf('sum ‸>', '>=', { id: 'm-aaaa000001' });
const TOTAL = mutantOf('return ‸sum', '0', { id: 'm-aaaa000002' });
const KILLED = mutantOf('return ‸limit', '0', { id: 'm-bbbb000003' });

const CONTEXT = { noCoverage: 'block', digest: sha256, scopeOf: () => '', waivers: new Map() } as const;
const { report } = judgeMutation(
  mutationOf([resultOf(BOUNDARY, 'survived'), resultOf(TOTAL, 'no-coverage'), resultOf(KILLED, 'killed')]),
  CONTEXT,
);

function mutant(id: string, text: string | undefined = CART, reported: readonly MutantReport[] = report.mutants) {
  return findMutant(id, reported, (path) => (path === 'src/cart.ts' ? text : undefined), sha256);
}

describe('a mutant to be waived', () => {
  it.each(['m-aaaa000001', 'm-aaaa000001'.slice(0, -1).concat('1')])('is found by its id: %s', (id) => {
    expect(mutant(id)).toEqual({
      kind: 'found',
      subject: {
        fingerprint: 'm-aaaa000001',
        code: 'mutant/survived',
        path: 'src/cart.ts',
        symbol: 'total',
        text: '`>` → `>=` in if (sum > limit) {',
        lines: 1,
        content: sha256('if (sum > limit) {').slice(0, 16),
      },
    });
  });

  it('is found by the beginning of its id, where that is enough', () => {
    expect(mutant('m-aaaa000002')).toMatchObject({ kind: 'found', subject: { code: 'mutant/no-coverage' } });
    expect(mutant('m-aaaa')).toEqual({ kind: 'refused', why: expect.stringContaining('begins more than one') });
    expect(mutant('m-bbbb')).toEqual({ kind: 'refused', why: 'm-bbbb000003 is killed: there is nothing to waive' });
    expect(mutant('m-cccc')).toEqual({ kind: 'none' });
  });

  it.each([[CART.replace('sum >', 'sum <')], [CART.replace('> limit', '> 2 * limit')], [`\n${CART}`]])(
    'is refused where its code is not what was reported',
    (text) => {
      expect(mutant('m-aaaa000001', text)).toEqual({
        kind: 'refused',
        why: expect.stringContaining('has changed since'),
      });
    },
  );

  it('is taken from the report that knows where it stands now', () => {
    const moved = report.mutants.map((one) => {
      const down = ({ line, column }: { line: number; column: number }) => ({ line: line + 1, column });
      const shift = ({ start, end }: MutantReport['range']) => ({ start: down(start), end: down(end) });
      return { ...one, range: shift(one.range), exchange: shift(one.exchange) };
    });
    expect(mutant('m-aaaa000001', `\n${CART}`, [...report.mutants, ...moved])).toMatchObject({ kind: 'found' });
  });
});

describe('a finding to be waived', () => {
  const text = 'one\ntwo\nthree\n';
  const denied = sampleFinding('error', { code: 'boundary/denied', path: 'a.ts', fingerprint: 'feedface00000001' });
  const failing = (...findings: readonly Finding[]): CheckOutcome => ({ status: 'fail', findings, examined: 1 });
  const found = (id: string, outcome: CheckOutcome, reported: readonly Finding[] = []) =>
    findFinding(id, [sampleResult(outcome)], reported, () => text, sha256);

  it('is found by the beginning of its fingerprint', () => {
    expect(found('feedface', failing(denied))).toEqual({
      kind: 'found',
      subject: {
        fingerprint: 'feedface00000001',
        code: 'boundary/denied',
        path: 'a.ts',
        text: 'wrong',
        lines: 1,
        content: sha256('three').slice(0, 16),
      },
    });
  });

  it.each<[string, CheckOutcome, readonly Finding[], string]>([
    [
      'two begin so',
      failing(denied, { ...denied, fingerprint: 'feedface00000002' }),
      [],
      'begins more than one finding',
    ],
    ['it is waived', { status: 'pass', findings: [], examined: 1, waived: [denied] }, [], 'is waived already'],
    ['it is a failing test', failing(), [{ ...denied, code: 'test/failed' }], 'is a failing test: mend it'],
    ['it is a linter’s', failing(), [{ ...denied, code: 'lint/no-any' }], "is a tool's: allow it there"],
    ['it is gone', failing(), [denied], 'is not found any more'],
    ['it is no accusation', failing({ ...denied, severity: 'info' }), [denied], 'is not found any more'],
  ])('is refused where %s', (_, outcome, reported, why) => {
    expect(found('feedface', outcome, reported)).toEqual({ kind: 'refused', why: expect.stringContaining(why) });
  });

  it('may be none', () => expect(found('feedface', failing())).toEqual({ kind: 'none' }));
});
