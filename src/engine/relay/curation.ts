import { type Curation, curationSchema, SECTIONS, type SectionId } from '../../protocol/relay.ts';

/** Given up first what a fresh session finds by itself, last what only this one knows. */
const DROP_ORDER: readonly SectionId[] = ['look', 'constraints', 'done', 'remains', 'verify', 'stands'];
const MAX_EDIT = 200_000;
const MAX_WITHOUT = 2000;

export function defaultCuration(budget: number): Curation {
  return { order: [...SECTIONS], off: [], without: [], edits: {}, dropOrder: [...DROP_ORDER], budget, draft: '' };
}

/** What a person decided, from what was kept or sent; the default where it cannot be read. */
export function readCuration(text: string | undefined, budget: number): Curation {
  const parsed = curationSchema.safeParse(parse(text));
  return parsed.success ? normalizeCuration(parsed.data) : defaultCuration(budget);
}

/** Every section once in the order, nothing named twice, no text without end. */
export function normalizeCuration(curation: Curation): Curation {
  const edits = Object.entries(curation.edits).flatMap(([id, edit]) =>
    edit === undefined ? [] : [[id, { ...edit, text: edit.text.slice(0, MAX_EDIT) }] as const],
  );
  return {
    ...curation,
    order: [...new Set([...curation.order, ...SECTIONS])],
    off: [...new Set(curation.off)],
    without: [...new Set(curation.without)].slice(-MAX_WITHOUT),
    edits: Object.fromEntries(edits),
    dropOrder: [...new Set(curation.dropOrder)],
    draft: curation.draft.slice(0, MAX_EDIT),
  };
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    // Half a file is no decision.
    return undefined;
  }
}
