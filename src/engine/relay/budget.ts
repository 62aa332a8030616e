import type { RelayItem, SectionId } from '../../protocol/relay.ts';
import { ESSENTIAL } from './item.ts';

/** An item that stands in the prompt, with what it costs there. */
export interface Candidate {
  readonly section: SectionId;
  readonly item: RelayItem;
  readonly tokens: number;
}

/**
 * What to give up so that so many tokens are saved: section after section in the given order, of each the least weight
 * first. What is essential stays, and so does what stands in a section that the order does not name.
 */
export function dropFor(
  excess: number,
  candidates: readonly Candidate[],
  dropOrder: readonly SectionId[],
): ReadonlySet<RelayItem> {
  const dropped = new Set<RelayItem>();
  let saved = 0;
  for (const section of dropOrder) {
    const own = candidates.filter((one) => one.section === section && one.item.weight < ESSENTIAL);
    for (const { item, tokens } of own.toSorted((a, b) => a.item.weight - b.item.weight)) {
      if (saved >= excess) return dropped;
      dropped.add(item);
      saved += tokens;
    }
  }
  return dropped;
}
