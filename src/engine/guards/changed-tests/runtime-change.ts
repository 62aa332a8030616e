import type { Analysis } from '../../language.ts';
import type { ChangedText } from '../changed-texts.ts';
import { looksGenerated } from '../file-kinds.ts';
import type { GuardContext } from '../guard.ts';
import { type Difference, difference, isVersionOnly, isWiring } from './differences.ts';

/** A source of which something that runs is not as it was. */
export interface RuntimeChange {
  readonly file: ChangedText;
  readonly difference: Difference;
  /** Definitions that differ, as far as they have a name. */
  readonly symbols: readonly string[];
}

/** Undefined where only comments, formatting, types, names of locals or a version differ. */
export async function runtimeChange(file: ChangedText, context: GuardContext): Promise<RuntimeChange | undefined> {
  const { path, basePath, base, head } = file;
  if (looksGenerated(base ?? head ?? '')) return undefined;
  const before = base === undefined ? undefined : await context.analyse(basePath, base);
  const now = head === undefined ? undefined : await context.analyse(path, head);
  if ((before?.runtimeForm ?? '') === (now?.runtimeForm ?? '')) return undefined;
  const found = difference(before, now, 'runtime');
  if (before === undefined || now === undefined) {
    if ([...found.added, ...found.removed].every(isWiring)) return undefined;
  } else if (isVersionOnly(path, before, now, found)) return undefined;
  return { file, difference: found, symbols: symbolsOf(found, before, now) };
}

function symbolsOf(
  { added, removed }: Difference,
  before: Analysis | undefined,
  now: Analysis | undefined,
): readonly string[] {
  const names = [
    ...added.map(({ start }) => now?.symbolAt(start) ?? ''),
    ...removed.map(({ start }) => before?.symbolAt(start) ?? ''),
  ];
  const unique = [...new Set(names)].filter((name) => name !== '');
  // What contains another that changed says less than that one.
  return unique.filter((name) => !unique.some((other) => other.startsWith(`${name}.`)));
}
