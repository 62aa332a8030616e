import type { Finding } from '../../protocol/finding.ts';
import type { Waiver } from '../../protocol/waivers.ts';
import type { Digest } from '../ports.ts';
import { bindFinding, type TextOf } from './binding.ts';

export interface Split {
  readonly kept: readonly Finding[];
  /** With who waived it and why in `data.waiver`. */
  readonly waived: readonly Finding[];
}

/** Takes out what a person has waived. One waiver is for one finding: a second one like it needs a second word. */
export function splitWaived(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  textOf: TextOf,
  digest: Digest,
): Split {
  const left = new Set(waivers);
  const waiverOf = (finding: Finding): Waiver | undefined => {
    const own = [...left].filter(({ fingerprint }) => fingerprint === finding.fingerprint);
    if (own.length === 0) return undefined;
    const { lines, content } = bindFinding(finding, textOf, digest);
    const found = own.find((waiver) => waiver.lines === lines && waiver.content === content);
    if (found !== undefined) left.delete(found);
    return found;
  };
  const kept: Finding[] = [];
  const waived: Finding[] = [];
  for (const finding of findings) {
    const waiver = waiverOf(finding);
    if (waiver === undefined) kept.push(finding);
    else waived.push({ ...finding, data: { ...finding.data, waiver: wordOf(waiver) } });
  }
  return { kept, waived };
}

/** What a report repeats of a waiver. */
export function wordOf({ reason, who, when }: Waiver): Pick<Waiver, 'reason' | 'who' | 'when'> {
  return { reason, who, when };
}
