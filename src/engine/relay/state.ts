import { z } from 'zod';
import type { Curation } from '../../protocol/relay.ts';
import type { Store } from '../ports.ts';
import { readCuration } from './curation.ts';

const CURATION = 'relay/curation.json';
const LAST = 'relay/last.json';
const MAX_TEXT = 5_000_000;

const lastSchema = z.object({ markdown: z.string(), at: z.string() });

/** The hand-off that was taken last. */
export type LastHandoff = Readonly<z.infer<typeof lastSchema>>;

/** What is kept; the default where it is not there or not right. */
export function loadCuration(store: Store, budget: number): Curation {
  return readCuration(bounded(store.read(CURATION)), budget);
}

export function saveCuration(store: Store, curation: Curation): boolean {
  return store.write(CURATION, `${JSON.stringify(curation, null, 1)}\n`);
}

export function loadLast(store: Store): LastHandoff | undefined {
  try {
    return lastSchema.safeParse(JSON.parse(bounded(store.read(LAST)) ?? 'null')).data;
  } catch {
    // Half a file is none.
    return undefined;
  }
}

export function saveLast(store: Store, last: LastHandoff): boolean {
  return store.write(LAST, `${JSON.stringify(last)}\n`);
}

function bounded(text: string | undefined): string | undefined {
  return text === undefined || text.length > MAX_TEXT ? undefined : text;
}
