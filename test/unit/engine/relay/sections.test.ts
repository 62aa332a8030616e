import { describe, expect, it } from 'vitest';
import type { MutantFacts, OpenMutant, RelayFacts } from '../../../../src/engine/relay/facts.ts';
import { createHandoff } from '../../../../src/engine/relay/handoff.ts';
import type { RelayItem, SectionId } from '../../../../src/protocol/relay.ts';
import { called, digest, FRESH, OLD, openMutant, sampleFacts, sampleFile, verdict } from './sample-facts.ts';

function items(id: SectionId, facts: Partial<RelayFacts>): readonly RelayItem[] {
  return createHandoff(sampleFacts(facts), '', digest).sections.find((section) => section.id === id)?.items ?? [];
}

const textsOf = (id: SectionId, facts: Partial<RelayFacts>) => items(id, facts).map(({ text }) => text);

function tried(open: readonly OpenMutant[], more: Partial<MutantFacts> = {}): Partial<RelayFacts> {
  const run = { ...FRESH, command: 'mutate' } as const;
  return { mutants: { run, status: 'fail', reason: undefined, total: 9, killed: 9 - open.length, open, ...more } };
}

describe('what remains', () => {
  it('a failing check, and whether the change is likely to blame', () => {
    const details = { details: ['a.test.ts:1 x', 'b', 'c', 'd'], findings: 6 };
    const elsewhere = verdict('test:core', 'fail', FRESH, { ...details, paths: ['test/a.test.ts'] });
    expect(textsOf('remains', { verdicts: [elsewhere] })[0]).toBe(
      [
        '`test:core` fails; by `downforce loop` at 2026-11-21 15:02 UTC, on this tree; none of it in a file that the change touches',
        '- `a.test.ts:1 x`',
        '- `b`',
        '- `c`',
        '- and 3 more in `.downforce/reports/loop.json`',
      ].join('\n'),
    );
    const here = { ...elsewhere, paths: ['test/a.test.ts', 'src/core/cart.ts'] };
    expect(textsOf('remains', { verdicts: [here] })[0]).not.toContain('none of it');
  });

  it('survivors by line, each to be tried again, with what was asked for as the base', () => {
    const two = [openMutant(), openMutant({ id: 'm-9876543210', column: 20, original: 'limit', replacement: '' })];
    const [text = ''] = textsOf('remains', {
      ...tried([...two, openMutant({ id: 'm-1111111111', line: 9, test: undefined })]),
      options: ' --base x',
    });
    expect(text.split('\n')).toEqual([
      'No test notices at `src/core/cart.ts:7` in `total`, `return total > limit;` (tried 2026-11-21 15:02 UTC, on this tree):',
      '- `>` → `>=` (nearest test that runs it: `test/cart.test.ts: adds up`), column 12',
      '- `limit` taken out (nearest test that runs it: `test/cart.test.ts: adds up`), column 20',
      '- again: `downforce mutate --only m-0123456789 --only m-9876543210 --base x`',
    ]);
    expect(textsOf('remains', tried([openMutant({ test: undefined })]))[0]).toBe(
      'No test notices at `src/core/cart.ts:7` in `total` (tried 2026-11-21 15:02 UTC, on this tree): `>` → `>=`. Again: `downforce mutate --only m-0123456789`',
    );
  });

  it('lines that no test runs, once for each file', () => {
    const silent = [3, 7, 7, 5].map((line, index) => openMutant({ kind: 'no-coverage', line, id: `m-${index}` }));
    expect(textsOf('remains', tried(silent))).toContainEqual(
      'No test runs these changed lines: `src/core/cart.ts` 3, 5, 7; by `downforce mutate` at 2026-11-21 15:02 UTC, on this tree.',
    );
  });

  it('what was never run, what was put off, what cannot be run; a pass of another tree is none', () => {
    const facts = {
      called: [
        ...called('test:core', 'lint:a', 'types:b', 'build:c'),
        {
          ...called('lint:gone')[0],
          id: 'lint:gone',
          kind: 'lint',
          scope: '',
          cwd: '',
          command: undefined,
          problem: 'gone is not installed',
        },
      ],
      verdicts: [
        verdict('test:core', 'pass'),
        verdict('lint:a', 'pass', OLD),
        verdict('types:b', 'deferred'),
        verdict('lint:gone', 'error'),
      ],
      mutants: { ...tried([]).mutants, status: 'pass', open: [] } as MutantFacts,
    };
    expect(textsOf('remains', facts)).toEqual([
      'Put off for want of time: `types:b`; `downforce loop --budget 0` runs them.',
      'Not run on this tree: `lint:a`, `build:c`; `downforce loop` would tell.',
      'Cannot be run here: `lint:gone` (`gone is not installed`).',
    ]);
  });

  it('nothing, where all was run and passed', () => {
    const facts = {
      called: called('test:core'),
      verdicts: [verdict('test:core', 'pass')],
      ...tried([], { status: 'pass' }),
    };
    expect(items('remains', facts).map(({ id }) => id)).toEqual(['remains:nothing']);
    expect(textsOf('remains', facts)[0]).toMatch(/was run on this tree and passed\.$/);
    expect(textsOf('remains', { ...facts, called: [], verdicts: [] })).toEqual([
      'Nothing that the harness knows of; but it knows of no check that the change calls for.',
    ]);
    expect(items('remains', { ...facts, verdicts: [verdict('test:core', 'pass', OLD)] }).map(({ id }) => id)).toEqual([
      'remains:never-run',
    ]);
  });
});

it('every item says of which tree it is, and is stale where that has changed', () => {
  const facts = {
    verdicts: [verdict('test:a', 'fail', OLD), verdict('test:b', 'pass', OLD), verdict('test:c', 'pass')],
    files: [sampleFile()],
  };
  const all = (['stands', 'done', 'remains', 'look'] as const).flatMap((id) => items(id, facts));
  const stale = all.filter((one) => one.stale).map(({ id, tree }) => [id, tree]);
  expect(stale).toEqual([
    ['passed:loop', OLD.tree],
    ['check:test:a', OLD.tree],
  ]);
  expect(all.find(({ id }) => id === 'passing:loop')).toMatchObject({ tree: FRESH.tree, stale: false });
});

it('one id speaks of one thing', () => {
  const plan = [1, 2].map((line) => ({ file: 'PLAN.md', line, text: 'the same' }));
  const ids = items('remains', { plan }).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
