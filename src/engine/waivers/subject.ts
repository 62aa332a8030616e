import type { Finding } from '../../protocol/finding.ts';
import type { Waiver } from '../../protocol/waivers.ts';
import type { Digest } from '../ports.ts';
import { bindFinding, type TextOf } from './binding.ts';

/** What is to be waived; who says so and why comes from a person. */
export type Subject = Omit<Waiver, 'reason' | 'who' | 'when'>;

export type FoundSubject =
  | { readonly kind: 'found'; readonly subject: Subject }
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly why: string };

/** A guard's finding. */
export function subjectOf(finding: Finding, textOf: TextOf, digest: Digest): Subject {
  const { fingerprint, code, path, message } = finding;
  return { fingerprint, code, path, text: message, ...bindFinding(finding, textOf, digest) };
}
