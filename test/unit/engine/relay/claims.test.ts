import { describe, expect, it } from 'vitest';
import { type ClaimKind, findClaims } from '../../../../src/engine/relay/claim-patterns.ts';
import { judgeClaims } from '../../../../src/engine/relay/claims.ts';
import type { RelayFacts } from '../../../../src/engine/relay/facts.ts';
import { countEffort } from '../../../effort.ts';
import { called, FRESH, OLD, openMutant, sampleFacts, sampleFile, verdict } from './sample-facts.ts';

describe('what is a claim', () => {
  it.each<[string, ...ClaimKind[]]>([
    ['All tests pass', 'tests'],
    ['all tests are passing now', 'tests'],
    ['The tests pass.', 'tests'],
    ['Tests: green', 'tests'],
    ['the test suite is green', 'tests'],
    ['test suite passes', 'tests'],
    ['unit tests pass locally', 'tests'],
    ['All 42 tests pass', 'tests'],
    ['42/42 tests passing', 'tests'],
    ['12/12 pass', 'tests'],
    ['every test still passes', 'tests'],
    ['npm test passes', 'tests'],
    ['pytest is green', 'tests'],
    ['no failing tests', 'tests'],
    ['no test failures', 'tests'],
    ['There are zero regressions', 'tests'],
    ['tests all came back green', 'tests'],
    ['✅ tests passing', 'tests'],
    ['**All tests pass**', 'tests'],
    ['`npm test` passes', 'tests'],
    ['I ran the tests and they all pass', 'tests'],
    ['lint is clean', 'lint'],
    ['Lint clean', 'lint'],
    ['no lint errors', 'lint'],
    ['no linting issues left', 'lint'],
    ['ESLint passes', 'lint'],
    ['eslint and biome are happy', 'lint'],
    ['clippy has no warnings', 'lint'],
    ['0 lint warnings', 'lint'],
    ['types check', 'types'],
    ['the types all check', 'types'],
    ['no type errors', 'types'],
    ['type checks', 'types'],
    ['typecheck passes', 'types'],
    ['type-checking is green', 'types'],
    ['tsc is clean', 'types'],
    ['mypy passes', 'types'],
    ['No TypeScript errors remain', 'types'],
    ['it compiles', 'build'],
    ['the build is green', 'build'],
    ['Build passes', 'build'],
    ['no build errors', 'build'],
    ['all checks pass', 'everything'],
    ['CI is green', 'everything'],
    ['downforce gate is green', 'everything'],
    ['everything is green', 'everything'],
    ['everything passes', 'everything'],
    ['all mutants are killed', 'mutants'],
    ['no surviving mutants', 'mutants'],
    ['no mutants survived', 'mutants'],
    ['there are no survivors', 'mutants'],
    ['100% coverage', 'coverage'],
    ['test coverage is 100 %', 'coverage'],
    ['full test coverage', 'coverage'],
    ['Coverage of the changed lines is 100 %.', 'coverage'],
    ['coverage: 100%', 'coverage'],
    ['the new code is fully tested', 'coverage'],
    ['every branch is covered', 'coverage'],
    ['no TODOs left', 'reminders'],
    ['there are no more TODOs', 'reminders'],
    ['zero FIXMEs remain', 'reminders'],
    ['all TODOs are resolved', 'reminders'],
    ['no placeholders', 'reminders'],
    ['added tests for the cart', 'tests-added'],
    ['Added unit tests', 'tests-added'],
    ['I wrote three regression tests', 'tests-added'],
    ['tests were added', 'tests-added'],
    ['created a test for it', 'tests-added'],
    ['extended the existing tests', 'tests-added'],
    ['no suppressions', 'suppressions'],
    ['no new eslint-disable comments', 'suppressions'],
    ['without any ts-ignore', 'suppressions'],
    ['everything is committed', 'committed'],
    ['All changes have been committed', 'committed'],
    ['working tree is clean', 'committed'],
    ['no uncommitted changes', 'committed'],
    ['everything is pushed', 'pushed'],
    ['the branch has been pushed', 'pushed'],
    ['no merge conflicts', 'conflicts'],
    ['conflicts are resolved', 'conflicts'],
    ['everything is done', 'finished'],
    ['The feature is complete', 'finished'],
    ['all items in PLAN.md are done', 'finished'],
    ['nothing left to do', 'finished'],
    ['nothing remains', 'finished'],
    ['All tests pass, lint is clean and there are no type errors.', 'tests', 'lint', 'types'],
    ['The parser was slow, but all tests pass', 'tests'],
    ['Did not touch the lexer. All tests pass.', 'tests'],
  ])('%s', (text, ...kinds) => {
    expect(
      findClaims(text)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual([...kinds].sort());
  });

  it.each([
    ['tests do not pass yet'],
    ["the tests aren't passing"],
    ['not all tests pass'],
    ['I need to make all tests pass'],
    ['next: get the tests green'],
    ['once all tests pass, commit'],
    ['all tests should pass after that'],
    ['make sure that lint is clean'],
    ['run the tests until they are green'],
    ['tests are failing'],
    ['some tests pass'],
    ['lint complains about a.ts'],
    ['add tests for the cart'],
    ['I was about to write tests'],
    ['no tests yet'],
    ['types are checked by tsc'],
    ['the type of total is wrong'],
    ['not committed yet'],
    ['the build script copies files'],
    ['TODO: no idea why this is slow'],
    ['we pass the token to the test helper'],
    ['coverage is at 80%'],
    ['most tests pass'],
    ['if everything is green, push'],
    ['resolve the conflicts'],
    ['the feature is not complete'],
    ['should be done by now'],
    [''],
  ])('none: %s', (text) => {
    expect(findClaims(text)).toEqual([]);
  });

  it('takes no time over a line made to be slow', () => {
    const effort = countEffort();
    findClaims(`${'all tests are now all still '.repeat(400)}!`);
    findClaims(`no ${'more '.repeat(3000)}x`);
    findClaims('the tests '.repeat(2000));
    expect(effort()).toBeLessThan(200);
  });
});

describe('what the harness knows of it', () => {
  const red = { verdicts: [verdict('test:core', 'fail'), verdict('test:ui', 'pass')] };

  it.each<[string, Partial<RelayFacts>, string, RegExp]>([
    [
      'all tests pass',
      red,
      'contradicted',
      /^`test:core` failed \(`downforce loop` at 2026-11-21 15:02 UTC, on this tree\)$/,
    ],
    ['the ui tests pass', red, 'agreed', /`test:ui` passed on this tree/],
    ['the core tests pass', red, 'contradicted', /test:core/],
    ['test:ui passes: all tests pass', red, 'agreed', /test:ui/],
    ['all tests pass', { called: called('test:core') }, 'unverified', /^`test:core` was not run on this tree$/],
    ['all tests pass', { verdicts: [verdict('test:core', 'pass', OLD)] }, 'unverified', /not run on this tree$/],
    [
      'all tests pass',
      { verdicts: [verdict('test:core', 'fail', OLD)] },
      'unverified',
      /the last time, before files changed, `test:core` failed .*earlier tree \(bbbbbbbbbbbb\)/,
    ],
    [
      'all tests pass',
      { verdicts: [verdict('test:core', 'pass')], called: called('test:core', 'test:ui') },
      'unverified',
      /`test:ui` was not run/,
    ],
    ['all tests pass', { verdicts: [verdict('test:core', 'deferred')] }, 'unverified', /test:core/],
    ['all tests pass', { verdicts: [verdict('test:core', 'timeout')] }, 'contradicted', /did not end/],
    ['all tests pass', {}, 'unknowable', /no check/],
    ['lint is clean', { verdicts: [verdict('lint:eslint', 'error')] }, 'contradicted', /could not judge/],
    [
      'eslint is clean',
      { verdicts: [verdict('lint:eslint', 'pass'), verdict('lint:ruff', 'fail')] },
      'agreed',
      /lint:eslint/,
    ],
    ['types check', { called: called('types:tsc') }, 'unverified', /types:tsc/],
    ['it compiles', { verdicts: [verdict('types:tsc', 'fail')] }, 'contradicted', /types:tsc/],
    ['all checks pass', { verdicts: [verdict('lint:eslint', 'fail')] }, 'contradicted', /lint:eslint/],
    [
      'everything is green',
      { verdicts: [verdict('test:core', 'pass')], called: called('lint:eslint') },
      'unverified',
      /lint:eslint/,
    ],
    ['all mutants are killed', {}, 'unverified', /no mutant was tried/],
    ['all mutants are killed', mutants(1), 'contradicted', /1 mutant survived/],
    ['all mutants are killed', mutants(0), 'agreed', /4 of 4/],
    ['100% coverage', mutants(0, 'no-coverage'), 'contradicted', /no test runs `src\/core\/cart.ts:7`/],
    ['100% coverage', {}, 'unverified', /not measured/],
    [
      'no TODOs left',
      { files: [sampleFile({ reminders: [{ line: 4, text: '// TODO' }] })] },
      'contradicted',
      /`src\/core\/cart.ts:4`/,
    ],
    ['no TODOs left', {}, 'agreed', /no TODO/],
    ['added tests', {}, 'contradicted', /no test file/],
    ['added tests', { files: [sampleFile({ test: true, path: 'a.test.ts' })] }, 'agreed', /a\.test\.ts/],
    ['added tests', { files: [sampleFile({ test: true, status: 'deleted' })] }, 'contradicted', /no test file/],
    [
      'added tests',
      {
        files: [sampleFile({ test: true })],
        guards: [
          { id: 'changed-tests', status: 'fail', reason: undefined, findings: [{ text: 'no test', blocks: true }] },
        ],
      },
      'contradicted',
      /changed-tests/,
    ],
    [
      'no suppressions',
      {
        guards: [
          {
            id: 'suppressions',
            status: 'pass',
            reason: undefined,
            findings: [{ text: 'a.ts:3 as any', blocks: false }],
          },
        ],
      },
      'contradicted',
      /as any/,
    ],
    [
      'everything is committed',
      { history: { ...sampleFacts().history, uncommitted: ['a.ts'] } },
      'contradicted',
      /`a.ts`/,
    ],
    ['everything is committed', {}, 'agreed', /uncommitted/],
    ['everything is pushed', {}, 'contradicted', /no upstream/],
    [
      'everything is pushed',
      { history: { ...sampleFacts().history, upstream: { name: 'o/x', ahead: 2, behind: 0 } } },
      'contradicted',
      /2 commits ahead/,
    ],
    [
      'no merge conflicts',
      { history: { ...sampleFacts().history, conflicts: ['a.ts'] } },
      'contradicted',
      /in conflict/,
    ],
    ['conflicts are resolved', { operation: 'rebase' }, 'contradicted', /rebase/],
    [
      'everything is done',
      { plan: [{ file: 'PLAN.md', line: 2, text: 'x' }] },
      'contradicted',
      /1 open item in `PLAN.md`/,
    ],
    ['everything is done', red, 'contradicted', /test:core/],
    ['everything is done', { called: called('test:core') }, 'unverified', /test:core/],
  ])('%s', (line, facts, kind, text) => {
    expect(judgeClaims(line, sampleFacts(facts))[0]).toMatchObject({ kind, text: expect.stringMatching(text) });
  });

  it('puts the worst first', () => {
    const kinds = judgeClaims('types check and all tests pass', sampleFacts({ ...red, called: called('types:tsc') }));
    expect(kinds.map(({ kind }) => kind)).toEqual(['contradicted', 'unverified']);
  });
});

function mutants(survived: number, kind: 'survived' | 'no-coverage' = 'survived'): Partial<RelayFacts> {
  const open = kind === 'no-coverage' ? [openMutant({ kind })] : Array.from({ length: survived }, () => openMutant());
  return {
    mutants: {
      run: { ...FRESH, command: 'mutate' },
      status: open.length > 0 ? 'fail' : 'pass',
      reason: undefined,
      total: 4,
      killed: 4 - open.length,
      open,
    },
  };
}
