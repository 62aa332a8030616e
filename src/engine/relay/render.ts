import { estimateTokenCount } from 'tokenx';
import type {
  Curation,
  Handoff,
  Redaction,
  RelayItem,
  RelaySection,
  RelayView,
  RenderedSection,
  SectionId,
} from '../../protocol/relay.ts';
import type { Digest } from '../ports.ts';
import { type Candidate, dropFor } from './budget.ts';
import { diffOf } from './diff.ts';
import { listOf, promptOf, TITLES } from './markdown.ts';
import { visible } from './quote.ts';
import { redactedIn } from './redact.ts';
import type { LastHandoff } from './state.ts';

/** What is to be rendered; secrets have been taken out of all of it. */
export interface Rendering {
  readonly handoff: Handoff;
  /** Of the repository's folder. */
  readonly name: string;
  readonly curation: Curation;
  readonly last: LastHandoff | undefined;
}

/** The hand-off as curated, within its budget where that can be. Pure. */
export function renderRelay({ handoff, name, curation, last }: Rendering, digest: Digest): RelayView {
  const { sections, ...head } = handoff;
  const ordered = curation.order.flatMap((id) => sections.find((section) => section.id === id) ?? []);
  const write = (dropped: ReadonlySet<RelayItem>): Written => {
    const rendered = ordered.map((section) => renderSection(section, curation, dropped, digest));
    const markdown = promptOf(
      head,
      name,
      rendered.filter(({ on }) => on),
    );
    return { rendered, markdown, tokens: estimateTokenCount(markdown) };
  };
  const { rendered, markdown, tokens } = within(write, candidatesOf(ordered, curation), curation);
  return {
    handoff: head,
    curation,
    sections: rendered,
    markdown,
    tokens,
    over: Math.max(0, tokens - curation.budget),
    redactions: redactionsOf(rendered.filter(({ on }) => on)),
    diff: last === undefined ? undefined : diffOf(last, markdown),
    lastAt: last?.at,
  };
}

interface Written {
  readonly rendered: readonly RenderedSection[];
  readonly markdown: string;
  readonly tokens: number;
}

/** Counts are estimates, and do not add up exactly: what is still over is given up in a further round. */
function within(
  write: (dropped: ReadonlySet<RelayItem>) => Written,
  candidates: readonly Candidate[],
  { budget, dropOrder }: Curation,
): Written {
  const dropped = new Set<RelayItem>();
  let written = write(dropped);
  while (written.tokens > budget) {
    const left = candidates.filter(({ item }) => !dropped.has(item));
    const more = dropFor(written.tokens - budget, left, dropOrder);
    if (more.size === 0) return written;
    for (const item of more) dropped.add(item);
    written = write(dropped);
  }
  return written;
}

/** What may be given up: nothing that a person wrote, or has left out already. */
function candidatesOf(sections: readonly RelaySection[], { off, edits, without }: Curation): readonly Candidate[] {
  const open = sections.filter(({ id }) => !off.includes(id) && edits[id] === undefined);
  return open.flatMap(({ id, items }) =>
    items
      .filter((item) => !without.includes(item.id))
      .map((item) => ({ section: id, item, tokens: estimateTokenCount(listOf([item], 0)) + 1 })),
  );
}

function renderSection(
  { id, items }: RelaySection,
  { off, edits, without }: Curation,
  given: ReadonlySet<RelayItem>,
  digest: Digest,
): RenderedSection {
  const kept = items.filter((item) => !without.includes(item.id));
  const standing = kept.filter((item) => !given.has(item));
  const edit = edits[id];
  const dropped = edit === undefined ? kept.length - standing.length : 0;
  const text = edit === undefined ? listOf(standing, dropped) : visible(edit.text);
  // Neither the budget nor what is left out makes a text another one: only what there is to say does.
  const basis = digest(listOf(items, 0)).slice(0, 16);
  return {
    id,
    title: TITLES[id],
    on: !off.includes(id),
    text,
    tokens: estimateTokenCount(text),
    edited: edit !== undefined,
    newer: edit === undefined || edit.basis === basis ? undefined : listOf(kept, 0),
    basis,
    items: items.map((item) => ({
      ...item,
      kept: kept.includes(item),
      dropped: edit === undefined && given.has(item),
    })),
    dropped,
  };
}

function redactionsOf(sections: readonly { readonly id: SectionId; readonly text: string }[]): readonly Redaction[] {
  return sections.flatMap(({ id, text }) =>
    [...redactedIn(text)].map(([kind, count]) => ({ kind, section: id, count })),
  );
}
