import type { SourceGraph } from '../../graph/import-graph.ts';
import type { EndSet } from './ends.ts';

/** Files of a shortest chain from one that `from` holds to one that the rule forbids; both ends included. */
export type Chain = readonly string[];

/** How one may walk: through which files, and where one arrives. */
export interface ChainSearch {
  readonly graph: SourceGraph;
  /** Targets of a file; a subset of the graph's where some imports do not count. */
  edges(index: number): readonly number[];
  isStart(path: string): boolean;
  isEnd(path: string): boolean;
  /** A chain goes on only through files for which this holds. */
  mayPass(path: string): boolean;
  /** Chains of fewer imports are left out: a direct breach is reported as such. */
  readonly leastImports: number;
}

/**
 * One shortest chain for each start from which an end is reached. Breadth first, backwards from all ends at once, so that the graph is walked once.
 */
export function findChains(search: ChainSearch): Chain[] {
  const { graph } = search;
  const next = new Map<number, number>();
  const depth = new Map<number, number>();
  const queue: number[] = [];
  graph.paths.forEach((path, index) => {
    if (!search.isEnd(path)) return;
    depth.set(index, 0);
    queue.push(index);
  });
  const chains: Chain[] = [];
  for (let at = 0; at < queue.length; at++) {
    const index = queue[at] ?? 0;
    const steps = depth.get(index) ?? 0;
    for (const dependent of graph.dependents(index)) {
      if (depth.has(dependent) || !search.edges(dependent).includes(index)) continue;
      const path = graph.paths[dependent] ?? '';
      depth.set(dependent, steps + 1);
      next.set(dependent, index);
      if (search.isStart(path)) {
        if (steps + 1 >= search.leastImports) chains.push(trace(dependent, next, graph));
      } else if (search.mayPass(path)) queue.push(dependent);
    }
  }
  return chains;
}

function trace(from: number, next: ReadonlyMap<number, number>, graph: SourceGraph): Chain {
  const chain = [graph.paths[from] ?? ''];
  for (let at = next.get(from); at !== undefined; at = next.get(at)) chain.push(graph.paths[at] ?? '');
  return chain;
}

/** Circles among the given files: one shortest circle a strongly connected component (Tarjan 1972, without recursion). */
export function findCircles(graph: SourceGraph, edges: (index: number) => readonly number[], among: EndSet): Chain[] {
  const inside = graph.paths.map((path) => among.matchesFile(path));
  const targets = (index: number): readonly number[] => edges(index).filter((target) => inside[target] === true);
  return components(graph.paths.length, targets, (index) => inside[index] === true)
    .filter((component) => component.length > 1)
    .map((component) => shortestCircle(component, targets).map((index) => graph.paths[index] ?? ''));
}

function components(
  count: number,
  targets: (index: number) => readonly number[],
  included: (index: number) => boolean,
): number[][] {
  const order = new Array<number>(count).fill(-1);
  const low = new Array<number>(count).fill(0);
  const onStack = new Array<boolean>(count).fill(false);
  const stack: number[] = [];
  const found: number[][] = [];
  let counter = 0;
  const enter = (index: number): { index: number; rest: readonly number[]; at: number } => {
    order[index] = low[index] = counter++;
    stack.push(index);
    onStack[index] = true;
    return { index, rest: targets(index), at: 0 };
  };
  for (let start = 0; start < count; start++) {
    if (order[start] !== -1 || !included(start)) continue;
    const work = [enter(start)];
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const target = frame.rest[frame.at++];
      const own = frame.index;
      if (target === undefined) {
        work.pop();
        const parent = work.at(-1);
        if (parent !== undefined) low[parent.index] = Math.min(low[parent.index] ?? 0, low[own] ?? 0);
        if (low[own] === order[own]) found.push(popComponent(stack, onStack, own));
      } else if (order[target] === -1) work.push(enter(target));
      else if (onStack[target] === true) low[own] = Math.min(low[own] ?? 0, order[target] ?? 0);
    }
  }
  return found;
}

function popComponent(stack: number[], onStack: boolean[], root: number): number[] {
  const component: number[] = [];
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    onStack[index] = false;
    component.push(index);
    if (index === root) break;
  }
  return component.sort((a, b) => a - b);
}

/** From the component's first file back to it. */
function shortestCircle(component: readonly number[], targets: (index: number) => readonly number[]): number[] {
  const members = new Set(component);
  const start = component[0] ?? 0;
  const from = new Map<number, number>();
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    const index = queue[at] ?? start;
    for (const target of targets(index)) {
      if (target === start) return walkBack(index, from, start);
      if (!members.has(target) || from.has(target)) continue;
      from.set(target, index);
      queue.push(target);
    }
  }
  return [start];
}

function walkBack(last: number, from: ReadonlyMap<number, number>, start: number): number[] {
  const path = [start];
  const middle: number[] = [];
  for (let at: number | undefined = last; at !== undefined && at !== start; at = from.get(at)) middle.push(at);
  return [...path, ...middle.reverse(), start];
}
