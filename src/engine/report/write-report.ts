import type { Store } from '../ports.ts';
import { type EnvelopeDraft, type EnvelopeInput, fullEnvelope } from './envelope.ts';

/**
 * Writes the whole of an answer to `.downforce/reports/NAME.json`, for the next look, `explain`, `waive` and a hand-off.
 * @returns the answer with the place of its report; null where it could not be written.
 */
export function writeReport(draft: EnvelopeDraft, name: string, store: Store): EnvelopeInput {
  const file = `reports/${name}.json`;
  const input = { ...draft, report: `.downforce/${file}` };
  const written = store.write(file, `${JSON.stringify(fullEnvelope(input), null, 1)}\n`);
  return written ? input : { ...input, report: null };
}
