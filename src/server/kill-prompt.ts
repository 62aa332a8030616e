import { mutantDiff } from '../engine/report/mutant-diff.ts';
import type { MutantRecord } from './mutant-records.ts';

/** Asks an agent for a test that would have noticed. Repository text is quoted, so that it stays data. */
export function killPrompt({ result, text }: MutantRecord): string {
  const { mutant, coveredBy } = result;
  const where = `${mutant.path}:${mutant.range.start.line}`;
  const tests = coveredBy.map(({ file, name }) => `- ${file}: ${JSON.stringify(name)}`);
  const ran =
    tests.length === 0
      ? ['No test runs this line.']
      : ['These tests ran it and still passed, nearest first:', ...tests];
  return [
    `The behaviour of ${where}${mutant.symbol === '' ? '' : ` (${mutant.symbol})`} is not pinned down by any test: the following fault was put in, and nothing noticed.`,
    '',
    '```diff',
    mutantDiff(text, mutant).trimEnd(),
    '```',
    '',
    ...ran,
    '',
    'Write or strengthen one test that passes as the code is and fails with this fault. Assert observable behaviour, not the',
    'implementation; do not change the code under test, and do not weaken or skip other tests. If the fault makes no',
    'difference that any caller could see, say so and change nothing: a person then decides.',
    '',
    `Afterwards \`downforce mutate --only ${mutant.id}\` must exit 0.`,
    '',
  ].join('\n');
}
