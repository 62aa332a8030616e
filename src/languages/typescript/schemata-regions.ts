import type { Span } from '../../engine/mutation/mutable.ts';

/** A piece of the text that is written anew around what is nested in it. */
export interface Region extends Span {
  /** Of two with the same span the lower is the outer one. */
  readonly rank: number;
  render(inner: string, around: Span | undefined): string;
}

/** The text with all regions rendered; they lie inside or beside each other. */
export function renderRegions(text: string, regions: readonly Region[]): string {
  const ordered = [...regions].sort(
    (a, b) => a.start - b.start || order(a) - order(b) || b.end - a.end || a.rank - b.rank,
  );
  let next = 0;
  const renderSpan = (span: Span, around: Region | undefined): string => {
    let rendered = '';
    let at = span.start;
    for (let region = ordered[next]; region !== undefined && isInside(region, span); region = ordered[next]) {
      next++;
      rendered += text.slice(at, region.start) + region.render(renderSpan(region, region), around);
      at = region.end;
    }
    return rendered + text.slice(at, span.end);
  };
  return renderSpan({ start: 0, end: text.length + 1 }, undefined);
}

/** Insertions come before what begins where they are. */
function order({ start, end }: Span): number {
  return start === end ? 0 : 1;
}

/** An insertion behind something is not in it. */
function isInside({ start, end }: Span, outer: Span): boolean {
  return start >= outer.start && start < outer.end && end <= outer.end;
}
