import type { Store } from '../ports.ts';
import type { MutantResult } from './mutant.ts';
import type { SelectionHistory } from './select.ts';

const FILE = 'history/mutants.json';
const KEEP = 3000;
const KEEP_BASES = 20;

interface Known {
  readonly status: MutantResult['status'];
  readonly operator: string;
  readonly path: string;
  /** It survived once and was killed later: it was worth a person's time. */
  readonly fixed: boolean;
  /** Ids of tests. */
  readonly killedBy: readonly string[];
  /** Test files, relative to the root. */
  readonly files: readonly string[];
}

interface Stored {
  readonly mutants: Readonly<Record<string, Known>>;
  /** By base commit, ids that were chosen. */
  readonly chosen: Readonly<Record<string, readonly string[]>>;
}

export interface MutantHistory extends SelectionHistory {
  /** Ids of tests that killed this mutant, or others of its file, before. */
  likelyKillers(id: string, path: string): readonly string[];
  /** Test files that killed a mutant of these sources. */
  killerFiles(paths: readonly string[]): ReadonlySet<string>;
  /** @param selected ids of all that were chosen, tried now or not. */
  learn(results: readonly MutantResult[], selected: readonly string[]): void;
}

/** What mutants did before, from `.downforce/history`. */
export function readHistory(store: Store, base: string): MutantHistory {
  const stored = parse(store.read(FILE));
  const known = new Map(Object.entries(stored.mutants));
  return {
    chosen: new Set(stored.chosen[base] ?? []),
    operators: tally([...known.values()]),
    likelyKillers: (id, path) => {
      const own = known.get(id)?.killedBy ?? [];
      const others = [...known.values()].filter((other) => other.path === path).flatMap((other) => other.killedBy);
      return [...new Set([...own, ...others])].slice(0, 20);
    },
    killerFiles: (paths) =>
      new Set([...known.values()].filter(({ path }) => paths.includes(path)).flatMap(({ files }) => files)),
    learn: (results, selected) => {
      for (const result of results) remember(known, result);
      const mutants = Object.fromEntries([...known].slice(-KEEP));
      const bases = Object.entries(stored.chosen).filter(([name]) => name !== base);
      const chosen = Object.fromEntries([...bases.slice(1 - KEEP_BASES), [base, selected]]);
      store.write(FILE, JSON.stringify({ mutants, chosen }));
    },
  };
}

function remember(known: Map<string, Known>, { mutant, status, killedBy, killedByIds }: MutantResult): void {
  const before = known.get(mutant.id);
  const fixed = before?.fixed === true || (before?.status === 'survived' && status === 'killed');
  known.delete(mutant.id);
  known.set(mutant.id, {
    status,
    operator: mutant.operator,
    path: mutant.path,
    fixed,
    killedBy: killedByIds.slice(0, 3),
    files: [...new Set(killedBy.map(({ file }) => file))].slice(0, 3),
  });
}

function tally(known: readonly Known[]): SelectionHistory['operators'] {
  const counts = new Map<string, { fixed: number; tried: number }>();
  for (const { operator, fixed } of known) {
    const count = counts.get(operator) ?? { fixed: 0, tried: 0 };
    counts.set(operator, { fixed: count.fixed + (fixed ? 1 : 0), tried: count.tried + 1 });
  }
  return counts;
}

function parse(text: string | undefined): Stored {
  try {
    const value = JSON.parse(text ?? '{}') as Partial<Stored> | null;
    return { mutants: value?.mutants ?? {}, chosen: value?.chosen ?? {} };
  } catch {
    // Learned again from the next runs.
    return { mutants: {}, chosen: {} };
  }
}
