import type { Handoff, RelaySection } from '../../protocol/relay.ts';
import type { Digest } from '../ports.ts';
import { draftItems } from './draft.ts';
import type { RelayFacts } from './facts.ts';
import { constraintsSection } from './sections/constraints.ts';
import { doneSection } from './sections/done.ts';
import { lookSection } from './sections/look.ts';
import { remainsSection } from './sections/remains.ts';
import { standsSection } from './sections/stands.ts';
import { verifySection } from './sections/verify.ts';

/** Facts, and what the session said, as the sections of a hand-off. Pure. */
export function createHandoff(facts: RelayFacts, draft: string, digest: Digest): Handoff {
  const sections: readonly RelaySection[] = [
    { id: 'stands', items: standsSection(facts) },
    { id: 'done', items: doneSection(facts, draftItems(draft, facts, digest)) },
    { id: 'remains', items: remainsSection(facts) },
    { id: 'constraints', items: constraintsSection(facts) },
    { id: 'verify', items: verifySection(facts) },
    { id: 'look', items: lookSection(facts) },
  ];
  const { tree, head, base, at, history } = facts;
  return { tree, branch: history.branch, head, base, at, sections: sections.map(distinct) };
}

/** One id speaks of one thing: of two the first stays. */
function distinct({ id, items }: RelaySection): RelaySection {
  const seen = new Set<string>();
  return { id, items: items.filter((one) => !seen.has(one.id) && seen.add(one.id) !== undefined) };
}
