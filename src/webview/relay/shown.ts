import type { Curation, RelayView, RenderedSection, SectionId } from '../../protocol/relay.ts';

/** A section as it is shown: as rendered, with what the person decided since. */
export interface ShownSection extends RenderedSection {
  /** 1-based. */
  readonly place: number;
  readonly of: number;
}

/** In the person's order; sections that an older order does not know come last. */
export function shownSections(view: RelayView, curation: Curation): readonly ShownSection[] {
  const rank = (id: SectionId): number => {
    const at = curation.order.indexOf(id);
    return at < 0 ? curation.order.length : at;
  };
  const sorted = [...view.sections].sort((a, b) => rank(a.id) - rank(b.id));
  return sorted.map((section, index) => {
    const edit = curation.edits[section.id];
    return {
      ...section,
      place: index + 1,
      of: sorted.length,
      on: !curation.off.includes(section.id),
      edited: edit !== undefined,
      text: edit?.text ?? section.text,
      newer: edit === undefined || edit.basis === section.basis ? undefined : section.newer,
      items: section.items.map((item) => ({ ...item, kept: !curation.without.includes(item.id) })),
    };
  });
}

export interface Fit {
  readonly tokens: number;
  readonly budget: number;
  /** 0 to 100. */
  readonly percent: number;
  /** Tokens too many after everything that may be dropped was. */
  readonly over: number;
  /** What was left out for the budget, most first. */
  readonly dropped: readonly { readonly title: string; readonly count: number }[];
  /** Of the sections that still have something to lose, the one that loses first; none where all is lost already. */
  readonly next: string | undefined;
}

export function fitOf(view: RelayView, curation: Curation): Fit {
  const { tokens, over } = view;
  const sections = shownSections(view, curation).filter(({ on }) => on);
  const dropped = sections.filter((section) => section.dropped > 0).sort((a, b) => b.dropped - a.dropped);
  return {
    tokens,
    budget: curation.budget,
    percent: Math.min(100, Math.round((tokens / curation.budget) * 100)),
    over,
    dropped: dropped.map((section) => ({ title: section.title, count: section.dropped })),
    next: over > 0 ? undefined : nextToLose(sections, curation),
  };
}

function nextToLose(sections: readonly ShownSection[], curation: Curation): string | undefined {
  for (const id of curation.dropOrder) {
    const section = sections.find((candidate) => candidate.id === id);
    if (section === undefined || section.edited) continue;
    if (section.items.some(({ kept, dropped }) => kept && !dropped)) return section.title;
  }
  return undefined;
}
