/** Who imports whom, by number. */
export interface Walk {
  readonly count: number;
  /** What a node imports. */
  edges(index: number): readonly number[];
  /** The same with some that are none, where that is cheaper. */
  rough(index: number): readonly number[];
  /** Who may import a node: the reverse of `rough`. */
  dependents(index: number): readonly number[];
}

/** Nodes from the one that imports to the one that is reached; both included. */
export type Chain = readonly number[];

/** How one may walk: through which nodes, and where one arrives. */
export interface ChainSearch {
  readonly walk: Walk;
  isStart(index: number): boolean;
  isEnd(index: number): boolean;
  /** A chain goes on only through nodes for which this holds. */
  mayPass(index: number): boolean;
  /** Where given, only chains with such a step count. */
  readonly isNew?: ((from: number, to: number) => boolean) | undefined;
}

/**
 * One shortest chain for each start from which an end is reached. Breadth first, backwards from all ends at once. A node is
 * met twice, as one from which an end is reached and as one from which it is reached by a new step.
 */
export function findChains(search: ChainSearch): Chain[] {
  const { walk, isNew } = search;
  const next = new Map<number, number>();
  const depth = new Map<number, number>();
  const queue: number[] = [];
  for (let index = 0; index < walk.count; index++) {
    if (!search.isEnd(index)) continue;
    const state = 2 * index + (isNew === undefined ? 1 : 0);
    depth.set(state, 0);
    queue.push(state);
  }
  const chains: Chain[] = [];
  for (const state of queue) {
    const index = state >> 1;
    const steps = (depth.get(state) ?? 0) + 1;
    for (const dependent of walk.dependents(index)) {
      // One import by itself is no chain, and does not stand in for one: it is reported as such.
      if (
        search.isEnd(dependent) ||
        (steps === 1 && search.isStart(dependent)) ||
        !walk.edges(dependent).includes(index)
      )
        continue;
      const counts = (state & 1) === 1 || isNew?.(dependent, index) === true;
      const before = 2 * dependent + (counts ? 1 : 0);
      if (depth.has(before)) continue;
      depth.set(before, steps);
      next.set(before, state);
      if (!search.isStart(dependent)) {
        if (search.mayPass(dependent)) queue.push(before);
      } else if (counts) chains.push(trace(before, next));
    }
  }
  // With a node met twice it is no chain but a detour: the new step leads nowhere that was not reached without it.
  return chains.filter((chain) => new Set(chain).size === chain.length);
}

function trace(from: number, next: ReadonlyMap<number, number>): Chain {
  const chain: number[] = [];
  for (let at: number | undefined = from; at !== undefined; at = next.get(at)) chain.push(at >> 1);
  return chain;
}

/** Nodes that are reached from any of those given, themselves included. */
export function reachedFrom(starts: Iterable<number>, walk: Walk): ReadonlySet<number> {
  const reached = new Set(starts);
  for (const index of reached) for (const target of walk.edges(index)) reached.add(target);
  return reached;
}
