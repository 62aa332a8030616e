import type { Chain, Walk } from './chains.ts';

type Targets = (index: number) => readonly number[];

/**
 * Circles among the nodes inside: one shortest circle a strongly connected component; where `isNew` is given, one for
 * each node with a new step that lies on a circle, so that an old circle does not hide a new one.
 * @param matters nodes one of which a circle has to pass to be of interest; all where not given
 */
export function findCircles(
  walk: Walk,
  inside: (index: number) => boolean,
  isNew?: (from: number, to: number) => boolean,
  matters: (index: number) => boolean = () => true,
): Chain[] {
  const nodes = Array.from({ length: walk.count }, (_, index) => index).filter(inside);
  // What is on no circle of the rough steps is on none of the true ones, which are dearer to know.
  const rough = components(walk.count, nodes, (index) => walk.rough(index).filter(inside));
  const candidates = new Set(rough.filter((component) => component.length > 1 && component.some(matters)).flat());
  if (candidates.size === 0) return [];
  const targets: Targets = (index) => walk.edges(index).filter((target) => candidates.has(target));
  return components(walk.count, [...candidates], targets)
    .filter((component) => component.length > 1)
    .flatMap((component) =>
      isNew === undefined ? [anyCircle(component, targets)] : newCircles(component, targets, isNew),
    );
}

function anyCircle(component: readonly number[], targets: Targets): Chain {
  const [start = 0] = component;
  const members = new Set(component);
  const circles = targets(start)
    .filter((target) => members.has(target))
    .map((target) => circleThrough(start, target, members, targets));
  return shortest(circles) ?? [start];
}

function newCircles(
  component: readonly number[],
  targets: Targets,
  isNew: (from: number, to: number) => boolean,
): Chain[] {
  const members = new Set(component);
  const circles = new Map<string, Chain>();
  for (const from of component) {
    const steps = targets(from).filter((to) => members.has(to) && isNew(from, to));
    const circle = shortest(steps.map((to) => circleThrough(from, to, members, targets)));
    if (circle === undefined) continue;
    const key = [...new Set(circle)].sort((a, b) => a - b).join();
    if (!circles.has(key)) circles.set(key, circle);
  }
  return [...circles.values()];
}

function shortest(circles: readonly Chain[]): Chain | undefined {
  return circles.reduce<Chain | undefined>(
    (best, circle) => (best === undefined || circle.length < best.length ? circle : best),
    undefined,
  );
}

/** From a node by the step to another one the shortest way back. */
function circleThrough(from: number, to: number, members: ReadonlySet<number>, targets: Targets): Chain {
  const previous = new Map<number, number>([[to, from]]);
  for (const index of previous.keys()) {
    for (const target of targets(index)) {
      if (target === from) return [from, ...wayBack(index, from, previous), from];
      if (members.has(target) && !previous.has(target)) previous.set(target, index);
    }
  }
  return [from, to, from];
}

function wayBack(last: number, from: number, previous: ReadonlyMap<number, number>): number[] {
  const way: number[] = [];
  for (let at = last; at !== from; at = previous.get(at) ?? from) way.push(at);
  return way.reverse();
}

interface Frame {
  readonly index: number;
  readonly rest: readonly number[];
  at: number;
}

/** Strongly connected components (Tarjan 1972, without recursion). */
function components(count: number, nodes: readonly number[], targets: Targets): number[][] {
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const stack: number[] = [];
  const found: number[][] = [];
  let counter = 0;
  const enter = (index: number): Frame => {
    order[index] = low[index] = counter++;
    stack.push(index);
    onStack[index] = 1;
    return { index, rest: targets(index), at: 0 };
  };
  const lower = (index: number, value: number | undefined): void => {
    low[index] = Math.min(low[index] ?? 0, value ?? 0);
  };
  for (const start of nodes) {
    if (order[start] !== -1) continue;
    const work = [enter(start)];
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const target = frame.rest[frame.at++];
      const own = frame.index;
      if (target === undefined) {
        work.pop();
        const parent = work.at(-1);
        if (parent !== undefined) lower(parent.index, low[own]);
        if (low[own] === order[own]) found.push(popComponent(stack, onStack, own));
      } else if (order[target] === -1) work.push(enter(target));
      else if (onStack[target] === 1) lower(own, order[target]);
    }
  }
  return found;
}

function popComponent(stack: number[], onStack: Uint8Array, root: number): number[] {
  const component: number[] = [];
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    onStack[index] = 0;
    component.push(index);
    if (index === root) break;
  }
  return component.sort((a, b) => a - b);
}
