import type { Span } from './mutable.ts';

/** Spans of a text, asked by place. */
export class SpanIndex<T extends Span> {
  /** By start. */
  readonly #spans: readonly T[];
  /** The furthest end of each and those before it. */
  readonly #reach: readonly number[];

  constructor(spans: readonly T[]) {
    this.#spans = spans.toSorted((a, b) => a.start - b.start);
    let furthest = 0;
    this.#reach = this.#spans.map(({ end }) => {
      furthest = Math.max(furthest, end);
      return furthest;
    });
  }

  /** Those that hold a span, from the nearest start backwards. */
  *around({ start, end }: Span): Iterable<T> {
    for (let at = this.#firstBeyond(start) - 1; at >= 0 && (this.#reach[at] ?? 0) >= end; at--) {
      const span = this.#spans[at];
      if (span !== undefined && span.end >= end) yield span;
    }
  }

  /** Those that begin in a span. */
  *beginningIn({ start, end }: Span): Iterable<T> {
    for (let at = this.#firstBeyond(start - 1); at < this.#spans.length; at++) {
      const span = this.#spans[at];
      if (span === undefined || span.start > end) return;
      yield span;
    }
  }

  #firstBeyond(start: number): number {
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spans[middle]?.start ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
