import type { Waiver } from '../../protocol/waivers.ts';
import type { Digest } from '../ports.ts';
import { stands, type TextOf } from './binding.ts';
import type { PlacedWaiver } from './waivers-file.ts';

/** Waivers of mutants whose code is as it was, by the mutant's id; that id speaks for the rest of what was waived. */
export function standingMutants(
  waivers: readonly PlacedWaiver[],
  textOf: TextOf,
  digest: Digest,
): ReadonlyMap<string, Waiver> {
  const own = waivers.map(({ waiver }) => waiver).filter(({ fingerprint }) => fingerprint.startsWith('m-'));
  return new Map(own.filter((waiver) => stands(waiver, textOf, digest)).map((waiver) => [waiver.fingerprint, waiver]));
}
