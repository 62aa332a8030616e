import type { Mutant } from './mutant.ts';

/**
 * Shares of mutants that survive, by operator, from Google's study of 16.9 million (Petrović et al., TSE 2021) where it names them; the
 * rest by likeness. Only the order matters.
 */
const PRIOR: Readonly<Record<string, number>> = {
  'statement-removal': 0.126,
  'call-removal': 0.126,
  'block-removal': 0.12,
  'comparison-boundary': 0.12,
  unary: 0.095,
};
const USUAL = 0.08;
/** Static code needs a process of its own, and most of it is a constant. */
const AT_LOAD = 0.5;

export interface SelectionHistory {
  /** Ids of the last selection for this base: no new ones after a fix. */
  readonly chosen: ReadonlySet<string>;
  /** By operator, how often it survived and was then killed by a better test, and how often it was tried. */
  readonly operators: ReadonlyMap<string, { readonly fixed: number; readonly tried: number }>;
}

/**
 * All mutants in the order of their worth: those chosen before, then breadth (every function of every file before a second
 * line of any, every line before a second mutant on any), within that by what is likely to survive. The same for the same input.
 */
export function rank(mutants: readonly Mutant[], history: SelectionHistory): readonly Mutant[] {
  const worth = (mutant: Mutant): number => worthOf(mutant, history);
  const byWorth = (a: Mutant, b: Mutant): number => worth(b) - worth(a) || inPlace(a, b);
  const kept = mutants.filter((mutant) => history.chosen.has(mutant.id)).sort(byWorth);
  const rest = mutants.filter((mutant) => !history.chosen.has(mutant.id));
  return [...kept, ...spread(rest, byWorth)];
}

function worthOf({ operator, atLoad }: Mutant, { operators }: SelectionHistory): number {
  const prior = PRIOR[operator] ?? USUAL;
  const seen = operators.get(operator) ?? { fixed: 0, tried: 0 };
  // The prior counts like ten tries.
  const share = (prior * 10 + seen.fixed) / (10 + seen.tried);
  return atLoad ? share * AT_LOAD : share;
}

function inPlace(a: Mutant, b: Mutant): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.edit.start - b.edit.start || (a.id < b.id ? -1 : 1);
}

type Compare = (a: Mutant, b: Mutant) => number;

/** Takes turns among the lines, the lines take turns among functions, the functions among files. */
function spread(mutants: readonly Mutant[], byWorth: Compare): readonly Mutant[] {
  const lines = groups(mutants, ({ path, range }) => `${path}\0${range.start.line}`).map((line) => line.sort(byWorth));
  const rounds: Mutant[] = [];
  for (let depth = 0; lines.some((line) => line.length > depth); depth++) {
    const heads = lines.flatMap((line) => line[depth] ?? []);
    const functions = groups(heads, ({ path, symbol }) => `${path}\0${symbol}`).map((group) => group.sort(byWorth));
    rounds.push(...takeTurns(groups(takeTurns(functions.sort(byFirst(byWorth))), ({ path }) => path)));
  }
  return rounds;
}

function byFirst(byWorth: Compare): (a: readonly Mutant[], b: readonly Mutant[]) => number {
  return ([a], [b]) => (a === undefined || b === undefined ? 0 : byWorth(a, b));
}

function groups(mutants: readonly Mutant[], key: (mutant: Mutant) => string): Mutant[][] {
  return [...Map.groupBy(mutants, key).values()];
}

function takeTurns(queues: readonly (readonly Mutant[])[]): Mutant[] {
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  return Array.from({ length: longest }, (_, turn) => queues.flatMap((queue) => queue[turn] ?? [])).flat();
}
