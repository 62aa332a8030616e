import type { Finding } from '../../protocol/finding.ts';
import type { CheckResult } from '../checks/result.ts';
import type { Digest } from '../ports.ts';
import type { TextOf } from './binding.ts';
import { type FoundSubject, subjectOf } from './subject.ts';

/**
 * A guard's finding by its fingerprint or the beginning of it, as something to be waived.
 * @param present what the guards say now.
 * @param reported what the last reports hold, of any check.
 */
export function findFinding(
  id: string,
  present: readonly CheckResult[],
  reported: readonly Finding[],
  textOf: TextOf,
  digest: Digest,
): FoundSubject {
  const isMeant = ({ fingerprint }: Finding): boolean => fingerprint.startsWith(id);
  const open = present.flatMap(findingsIn).filter((finding) => finding.severity !== 'info' && isMeant(finding));
  const prints = new Set(open.map(({ fingerprint }) => fingerprint));
  if (prints.size > 1) return { kind: 'refused', why: `${id} begins more than one finding: ${[...prints].join(', ')}` };
  const [first] = open;
  if (first !== undefined) return { kind: 'found', subject: subjectOf(first, textOf, digest) };
  if (present.flatMap(waivedIn).some(isMeant)) return { kind: 'refused', why: `${id} is waived already` };
  const other = reported.find(isMeant);
  if (other === undefined) return { kind: 'none' };
  return { kind: 'refused', why: whyNot(other) };
}

function findingsIn({ outcome }: CheckResult): readonly Finding[] {
  return 'findings' in outcome ? outcome.findings : [];
}

function waivedIn({ outcome }: CheckResult): readonly Finding[] {
  return 'waived' in outcome ? (outcome.waived ?? []) : [];
}

/** A tool has its own way of allowing something, in its own words, which other tools respect. */
function whyNot({ fingerprint, code }: Finding): string {
  const area = code.slice(0, code.indexOf('/'));
  if (area === 'test') return `${fingerprint} is a failing test: mend it`;
  const isTools = ['lint', 'types', 'build', 'security', 'check'].includes(area);
  if (isTools) return `${fingerprint} (${code}) is a tool's: allow it there, where whoever reads the code sees it`;
  return `${fingerprint} (${code}) is not found any more`;
}
