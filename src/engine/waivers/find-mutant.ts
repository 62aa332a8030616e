import type { MutantReport } from '../../protocol/mutation.ts';
import type { Digest } from '../ports.ts';
import { wordsOf } from '../report/mutant-findings.ts';
import { offsetAt } from '../text.ts';
import { bindLines, type TextOf } from './binding.ts';
import type { FoundSubject, Subject } from './subject.ts';

/** A mutant of the last reports by its id or the beginning of it, as something to be waived. */
export function findMutant(
  id: string,
  reported: readonly MutantReport[],
  textOf: TextOf,
  digest: Digest,
): FoundSubject {
  const matching = reported.filter((mutant) => mutant.id.startsWith(id));
  const ids = new Set(matching.map((mutant) => mutant.id));
  if (ids.size > 1) return { kind: 'refused', why: `${id} begins more than one: ${[...ids].slice(0, 5).join(', ')}` };
  if (ids.size === 0) return { kind: 'none' };
  // An older report may know it from another place of its file.
  const current = matching.filter((mutant) => isThere(mutant, textOf(mutant.path), digest));
  const [mutant] = current.length > 0 ? current : matching;
  if (mutant === undefined) return { kind: 'none' };
  if (current.length === 0)
    return { kind: 'refused', why: `the code of ${mutant.id} in ${mutant.path} has changed since it was reported` };
  const open = current.find(({ status }) => status === 'survived' || status === 'no-coverage');
  if (open === undefined)
    return { kind: 'refused', why: `${mutant.id} is ${mutant.status}: there is nothing to waive` };
  return { kind: 'found', subject: subjectOfMutant(open, textOf(open.path) ?? '', digest) };
}

function isThere(
  { range, original, exchange, content }: MutantReport,
  text: string | undefined,
  digest: Digest,
): boolean {
  if (text === undefined || !text.startsWith(original, offsetAt(text, range.start))) return false;
  return bindLines(text, exchange, digest).content === content;
}

function subjectOfMutant(mutant: MutantReport, text: string, digest: Digest): Subject {
  const { id, status, path, symbol, original, replacement, exchange, range } = mutant;
  const line = text.split('\n')[range.start.line - 1]?.trim() ?? '';
  return {
    fingerprint: id,
    code: `mutant/${status}`,
    path,
    ...(symbol === '' ? {} : { symbol }),
    text: `${wordsOf({ original, edit: { start: 0, end: 0, text: replacement } })} in ${line}`,
    ...bindLines(text, exchange, digest),
  };
}
