/** One part of a run that is split: `2/4` is the second of four. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** More parts than any host starts for one run. */
const MAX_COUNT = 256;

/** Undefined for what is no `i/n` with i from 1 to n. */
export function parseShard(text: string): Shard | undefined {
  const match = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/.exec(text);
  if (match === null) return undefined;
  const [index, count] = [Number(match[1]), Number(match[2])];
  return index <= count && count <= MAX_COUNT ? { index, count } : undefined;
}

/** Of a list whose order all parts agree on, every so manieth. */
export function shareOf<T>(items: readonly T[], { index, count }: Shard): readonly T[] {
  return items.filter((_, place) => place % count === index - 1);
}

/** What a part's report is called: `gate-2-of-4`. */
export function shardName(name: string, shard: Shard | undefined): string {
  return shard === undefined ? name : `${name}-${shard.index}-of-${shard.count}`;
}
