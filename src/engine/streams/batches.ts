import type { Overlap, PlannedStream } from '../../protocol/streams.ts';
import { isUnknown } from './overlaps.ts';

type Streams = readonly PlannedStream[];
type Batches = readonly (readonly string[])[];

/**
 * Streams that may run side by side, batch after batch: each goes into the first batch after all that it waits for in which it
 * overlaps with nothing. Tried in three orders, of which the one with the fewest batches is taken; the same plan gives the same.
 */
export function makeBatches(streams: Streams, overlaps: readonly Overlap[]): Batches {
  const apart = new Map<string, Set<string>>(streams.map(({ id }) => [id, new Set()]));
  for (const { a, b } of overlaps) {
    apart.get(a)?.add(b);
    apart.get(b)?.add(a);
  }
  const degree = ({ id }: PlannedStream): number => apart.get(id)?.size ?? 0;
  const height = heights(streams);
  const orders = [
    streams,
    streams.toSorted((a, b) => degree(b) - degree(a)),
    streams.toSorted((a, b) => (height.get(b.id) ?? 0) - (height.get(a.id) ?? 0) || degree(b) - degree(a)),
  ];
  // Of what nothing is known is left for last: until then a person may have said more.
  const [best = []] = orders
    .map((order) => fill([...order.filter((one) => !isUnknown(one)), ...order.filter(isUnknown)], apart))
    .sort((a, b) => a.length - b.length);
  const place = new Map(streams.map(({ id }, index) => [id, index]));
  return best.map((batch) => batch.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)));
}

function fill(order: Streams, apart: ReadonlyMap<string, ReadonlySet<string>>): Batches {
  const batches: string[][] = [];
  const placed = new Map<string, number>();
  const waiting = [...order];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ after }) => after.every((id) => placed.has(id)));
    const [stream] = waiting.splice(Math.max(0, next), 1);
    if (stream === undefined) break;
    const earliest = Math.max(0, ...stream.after.map((id) => (placed.get(id) ?? -1) + 1));
    const fits = (batch: readonly string[]): boolean => batch.every((id) => apart.get(stream.id)?.has(id) !== true);
    const found = batches.findIndex((batch, index) => index >= earliest && fits(batch));
    const at = found < 0 ? Math.max(earliest, batches.length) : found;
    while (batches.length <= at) batches.push([]);
    batches[at]?.push(stream.id);
    placed.set(stream.id, at);
  }
  return batches.filter((batch) => batch.length > 0);
}

/** How long the chain of streams is that wait for a stream. */
function heights(streams: Streams): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  const heightOf = (id: string): number => {
    const height = known.get(id);
    if (height !== undefined) return height;
    known.set(id, 0);
    const above = streams.filter(({ after }) => after.includes(id)).map((stream) => heightOf(stream.id) + 1);
    const found = Math.max(0, ...above);
    known.set(id, found);
    return found;
  };
  for (const { id } of streams) heightOf(id);
  return known;
}
