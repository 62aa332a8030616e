import type { Overlap, PlannedStream } from '../../protocol/streams.ts';
import { plural } from '../text.ts';
import { mayMeet } from './path-pattern.ts';
import type { UsedBy } from './usage.ts';

/** Why any two streams are better not worked on at the same time; of two that come one after the other, only that. */
export function findOverlaps(streams: readonly PlannedStream[], usedBy: UsedBy): readonly Overlap[] {
  const comesAfter = orderOf(streams);
  const overlaps: Overlap[] = [];
  streams.forEach((a, index) => {
    for (const b of streams.slice(index + 1)) overlaps.push(...between(a, b, comesAfter, usedBy));
  });
  return overlaps;
}

type ComesAfter = (stream: PlannedStream, other: PlannedStream) => boolean;

function between(a: PlannedStream, b: PlannedStream, comesAfter: ComesAfter, usedBy: UsedBy): readonly Overlap[] {
  const [first, second] = comesAfter(a, b) ? [b, a] : [a, b];
  if (comesAfter(second, first)) {
    if (!second.after.includes(first.id)) return [];
    return [overlap(first, second, 'order', [], `"${second.title}" comes after "${first.title}": the plan says so.`)];
  }
  const unknown = [a, b].filter(isUnknown);
  if (unknown.length > 0) {
    const names = unknown.map(({ title }) => `"${title}"`).join(' or ');
    return [overlap(a, b, 'unknown', [], `Nothing tells what ${names} touches: name its paths (Paths: …).`)];
  }
  return [...sameFiles(a, b, usedBy), ...exportsUsed(a, b, usedBy), ...exportsUsed(b, a, usedBy)];
}

export function isUnknown({ footprint }: PlannedStream): boolean {
  return footprint.files.length + footprint.fresh.length === 0;
}

function sameFiles(a: PlannedStream, b: PlannedStream, usedBy: UsedBy): readonly Overlap[] {
  const own = new Set(a.footprint.files);
  const files = b.footprint.files.filter((path) => own.has(path));
  const fresh = a.footprint.fresh.filter((path) => b.footprint.fresh.some((other) => mayMeet(path, other)));
  const both = [...files, ...fresh];
  if (both.length === 0) return [];
  const used = files
    .map((path) => ({ path, count: usedBy(path, b.footprint.files).length }))
    .sort((x, y) => y.count - x.count)[0];
  const text =
    used !== undefined && used.count > 0
      ? `"${a.title}" and "${b.title}" both change the exports of ${used.path}, on which ${plural(used.count, 'file')} of "${b.title}" ${used.count === 1 ? 'depends' : 'depend'}${rest(both.length - 1)}.`
      : `"${a.title}" and "${b.title}" both change ${listed(both)}.`;
  return [overlap(a, b, 'same-file', both, text)];
}

function exportsUsed(a: PlannedStream, b: PlannedStream, usedBy: UsedBy): readonly Overlap[] {
  const others = new Set(b.footprint.files);
  const hits = a.footprint.files
    .filter((path) => !others.has(path))
    .map((path) => ({ path, users: usedBy(path, b.footprint.files) }))
    .filter(({ users }) => users.length > 0)
    .sort((x, y) => y.users.length - x.users.length);
  const [most] = hits;
  if (most === undefined) return [];
  const files = hits.map(({ path }) => path);
  const count = most.users.length;
  const text = `"${a.title}" changes ${most.path}, on whose exports ${plural(count, 'file')} of "${b.title}" ${count === 1 ? 'depends' : 'depend'} (${listed(most.users)})${rest(hits.length - 1)}.`;
  return [overlap(a, b, 'export-used', files, text)];
}

const MAX_NAMED = 3;

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, MAX_NAMED).join(', ');
  return paths.length > MAX_NAMED ? `${shown} and ${paths.length - MAX_NAMED} more` : shown;
}

function rest(count: number): string {
  return count > 0 ? `; so it is with ${plural(count, 'more file')}` : '';
}

function overlap(
  a: PlannedStream,
  b: PlannedStream,
  kind: Overlap['kind'],
  files: readonly string[],
  text: string,
): Overlap {
  return { a: a.id, b: b.id, kind, files, text };
}

/** Whether a stream comes after another, directly or by way of others. */
function orderOf(streams: readonly PlannedStream[]): ComesAfter {
  const byId = new Map(streams.map((stream) => [stream.id, stream]));
  const before = new Map<string, Set<string>>();
  const gather = (id: string): Set<string> => {
    const known = before.get(id);
    if (known !== undefined) return known;
    const all = new Set<string>();
    before.set(id, all);
    for (const next of byId.get(id)?.after ?? []) for (const one of [next, ...gather(next)]) all.add(one);
    return all;
  };
  return (stream, other) => gather(stream.id).has(other.id);
}
