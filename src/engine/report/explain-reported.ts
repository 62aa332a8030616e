import type { Finding } from '../../protocol/finding.ts';
import type { MutantReport } from '../../protocol/mutation.ts';
import type { MutantStatus, TestName } from '../mutation/mutant.ts';
import { plural } from '../text.ts';
import { type Explanation, explainCode } from './explain.ts';
import { wordsOf } from './mutant-findings.ts';

/** A finding of the last reports: where it is, what it says, what its code means. */
export function explainFinding({ code, fingerprint, path, range, message }: Finding): Explanation {
  const at = range === undefined ? path : `${path}:${range.start.line}:${range.start.column}`;
  const meaning = explainCode(code)?.lines ?? [];
  return { subject: fingerprint, kind: 'finding', lines: [`${code} at ${at}`, message, ...meaning] };
}

const MEANING: Readonly<Record<MutantStatus, string>> = {
  killed: 'a test noticed',
  survived: 'tests ran it and none noticed',
  'no-coverage': 'no test runs it',
  timeout: 'the tests hung with it, which counts as noticed',
  'compile-error': 'it does not compile, so it is no mutant',
  equivalent: 'it is the same program, so it is no mutant',
  ignored: 'a person waived it',
  error: 'it could not be judged',
  pending: 'it was not tried',
};

/** A mutant of the last reports: what it changes, how it fared, which tests had to do with it, what would lift it. */
export function explainMutant(mutant: MutantReport): Explanation {
  const { id, path, range, symbol, operator, original, replacement, status, reason } = mutant;
  const edit = { start: 0, end: 0, text: replacement };
  const isOpen = status === 'survived' || status === 'no-coverage';
  return {
    subject: id,
    kind: 'mutant',
    lines: [
      `${path}:${range.start.line}:${range.start.column}${symbol === '' ? '' : ` in ${symbol}`}`,
      `${wordsOf({ original, edit })} (${operator})`,
      `${status}: ${MEANING[status]}${reason === undefined ? '' : ` (${reason})`}`,
      ...(mutant.killed_by.length > 0 ? [`noticed by ${namesOf(mutant.killed_by)}`] : []),
      ...(mutant.covered_by.length > 0 ? [`run by ${namesOf(mutant.covered_by)}`] : []),
      ...(isOpen ? (explainCode(`mutant/${status}`)?.lines ?? []) : []),
      ...(isOpen ? [`to try it again: downforce mutate --only ${id}`] : []),
    ],
  };
}

const SHOWN = 5;

function namesOf(tests: readonly TestName[]): string {
  const shown = tests.slice(0, SHOWN).map(({ file, name }) => (file === '' ? name : `${file}: ${name}`));
  const more = tests.length > SHOWN ? ` and ${plural(tests.length - SHOWN, 'more test')}` : '';
  return `${shown.join('; ')}${more}`;
}
