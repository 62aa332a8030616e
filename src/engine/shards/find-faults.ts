import type { Digest } from '../ports.ts';
import { MUTATION_CHECK } from '../report/envelope.ts';
import type { PartReport } from './part-report.ts';
import { planDigest, selectionDigest } from './shard-report.ts';

/** Why reports do not make one whole: a part missing, doubled, empty, or of something else. Empty where they do. */
export function findFaults(parts: readonly PartReport[], digest: Digest): readonly string[] {
  const strange = foreign(parts);
  // Parts of different runs need no further word about what each of those lacks.
  if (strange.length > 0) return strange;
  const gaps = [...missingOrDoubled(parts), ...parts.flatMap(unfinished)];
  return gaps.length > 0 ? gaps : unplanned(parts, digest);
}

/** What has to be the same in all parts, with the words for it. */
const SAME: readonly (readonly [(part: PartReport) => unknown, string])[] = [
  [({ command }) => command, 'of another command'],
  [({ shard }) => shard.count, 'of a run split otherwise'],
  [({ shard }) => shard.version, 'by another version of Downforce'],
  [({ shard }) => shard.tree, 'of another tree, base or configuration'],
  [({ shard }) => shard.plan, 'of another plan'],
];

function foreign(parts: readonly PartReport[]): readonly string[] {
  const [first, ...rest] = parts;
  if (first === undefined) return ['there is no report'];
  const faults = rest.flatMap((part) => {
    const difference = SAME.find(([of]) => of(part) !== of(first));
    return difference === undefined ? [] : [`${part.file} is ${difference[1]} than ${first.file}`];
  });
  return faults;
}

function missingOrDoubled(parts: readonly PartReport[]): readonly string[] {
  const count = parts[0]?.shard.count ?? 0;
  return Array.from({ length: count }, (_, place) => place + 1).flatMap((index) => {
    const own = parts.filter(({ shard }) => shard.index === index).map(({ file }) => file);
    if (own.length === 1) return [];
    return [
      own.length === 0
        ? `part ${index}/${count} is missing`
        : `part ${index}/${count} is there more than once: ${own.join(', ')}`,
    ];
  });
}

function unfinished({ file, result, shard }: PartReport): readonly string[] {
  const done = new Set(result.checks.map(({ id }) => id));
  if (done.size === 0) return [`${file} is empty: it judged nothing`];
  const undone = shard.parts.filter((id) => !done.has(id));
  const tried = new Set(result.checks.flatMap(({ mutants }) => mutants ?? []).map(({ id }) => id));
  const untried = shard.mutants.filter((id) => !tried.has(id));
  const stray = result.checks.filter(({ id }) => id !== MUTATION_CHECK && !shard.parts.includes(id));
  return [
    ...undone.map((id) => `${file} was to run ${id} and says nothing of it`),
    ...untried.map((id) => `${file} was to try ${id} and says nothing of it`),
    ...stray.map(({ id }) => `${file} speaks of ${id}, which was not its part`),
  ];
}

/** The plan and the selection made anew from what the parts say was theirs. */
function unplanned(parts: readonly PartReport[], digest: Digest): readonly string[] {
  const sorted = [...parts].sort((a, b) => a.shard.index - b.shard.index);
  const shards = sorted.map(({ shard }) => shard);
  const [first] = sorted;
  if (first === undefined) return [];
  const command = first.command.replace(/^downforce /, '');
  const plan = planDigest(
    command,
    shards.map((shard) => shard.parts),
    digest,
  );
  if (plan !== first.shard.plan) return ['what the parts were to do does not make the whole'];
  const known = sorted.filter(({ shard }) => shard.selection !== null);
  const odd = known.find(({ shard }) => shard.selection !== known[0]?.shard.selection);
  if (odd !== undefined) return [`${odd.file} chose other mutants than ${known[0]?.file}`];
  if (known.length < sorted.length) return [];
  const whole = interleaved(shards.map(({ mutants }) => mutants));
  const agrees = selectionDigest(whole, digest) === first.shard.selection;
  return agrees ? [] : ['the mutants that the parts were to try are not all that were selected'];
}

/** Undoes `shareOf`. */
function interleaved(shares: readonly (readonly string[])[]): readonly string[] {
  const longest = Math.max(0, ...shares.map((share) => share.length));
  return Array.from({ length: longest }, (_, turn) => shares.flatMap((share) => share[turn] ?? [])).flat();
}
