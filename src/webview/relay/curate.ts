import type { Curation, SectionId } from '../../protocol/relay.ts';

/** What a person may do to a hand-off: each takes what is decided and answers what is decided then. */

export function withSwitch(curation: Curation, id: SectionId, on: boolean): Curation {
  const off = curation.off.filter((other) => other !== id);
  return { ...curation, off: on ? off : [...off, id] };
}

/** Moves by `by` places; past either end it stays there. */
export function withMoved(curation: Curation, id: SectionId, by: number): Curation {
  return { ...curation, order: moved(curation.order, id, by) };
}

/** Puts it where `target` stands now, as a drop on it does. */
export function withPlacedAt(curation: Curation, id: SectionId, target: SectionId): Curation {
  const by = curation.order.indexOf(target) - curation.order.indexOf(id);
  return withMoved(curation, id, by);
}

export function withDropMoved(curation: Curation, id: SectionId, by: number): Curation {
  return { ...curation, dropOrder: moved(curation.dropOrder, id, by) };
}

export function withItem(curation: Curation, item: string, kept: boolean): Curation {
  const without = curation.without.filter((other) => other !== item);
  return { ...curation, without: kept ? without : [...without, item] };
}

/** @param basis digest of what was generated when the person began; that of an edit already there stays. */
export function withEdit(curation: Curation, id: SectionId, text: string, basis: string): Curation {
  const before = curation.edits[id];
  return { ...curation, edits: { ...curation.edits, [id]: { text, basis: before?.basis ?? basis } } };
}

/** The person has seen what is generated now and keeps their own words. */
export function withOwnWords(curation: Curation, id: SectionId, basis: string): Curation {
  const before = curation.edits[id];
  if (before === undefined) return curation;
  return { ...curation, edits: { ...curation.edits, [id]: { text: before.text, basis } } };
}

export function withoutEdit(curation: Curation, id: SectionId): Curation {
  const { [id]: _given, ...edits } = curation.edits;
  return { ...curation, edits };
}

const LEAST_BUDGET = 200;
const MOST_BUDGET = 1_000_000;

/** As typed; undefined where it is no number of tokens that a budget can have. */
export function parseBudget(typed: string): number | undefined {
  const digits = typed.replaceAll(/[\s.,_'’]/g, '');
  if (!/^\d{1,7}$/.test(digits)) return undefined;
  const budget = Number(digits);
  return budget >= LEAST_BUDGET && budget <= MOST_BUDGET ? budget : undefined;
}

function moved(order: readonly SectionId[], id: SectionId, by: number): SectionId[] {
  const from = order.indexOf(id);
  if (from < 0) return [...order];
  const rest = order.filter((other) => other !== id);
  const to = Math.max(0, Math.min(rest.length, from + by));
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}
