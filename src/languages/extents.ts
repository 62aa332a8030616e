import type { Span } from '../engine/mutation/mutable.ts';

/** Things that lie between a first and a last place, to be found by a span around all of them. */
export class Extents<T> {
  readonly #sorted: readonly { readonly first: number; readonly last: number; readonly item: T }[];

  constructor(items: readonly { readonly first: number; readonly last: number; readonly item: T }[]) {
    this.#sorted = items.toSorted((a, b) => a.first - b.first);
  }

  within({ start, end }: Span): readonly T[] {
    const found: T[] = [];
    for (let at = this.#from(start); at < this.#sorted.length; at++) {
      const entry = this.#sorted[at];
      if (entry === undefined || entry.first >= end) break;
      if (entry.last < end) found.push(entry.item);
    }
    return found;
  }

  #from(start: number): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle]?.first ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
