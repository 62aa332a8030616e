import type { Walk } from './chains.ts';
import type { Facts } from './facts.ts';
import { filesOf, type Import } from './imports.ts';
import { isContainment } from './named-targets.ts';

/** The steps that chains are made of: the graph's, made exact file by file as chains lead through them. */
export interface Steps {
  readonly facts: Facts;
  /** The best that is known of what a file imports. */
  imports(path: string): readonly Import[];
  /** Reads a file exactly. False where nothing more could be learned. */
  settle(path: string): Promise<boolean>;
  /** @param allowTypes whether type-only imports are no steps */
  walk(allowTypes: boolean): Walk;
}

export function createSteps(facts: Facts): Steps {
  const { graph } = facts;
  const settled = new Map<number, readonly Import[]>();
  const added = new Map<number, Set<number>>();
  const walks = new Map<boolean, { walk: Walk; known: Map<number, readonly number[]> }>();
  const targets = (imports: readonly Import[], own: number): number[] => {
    const found = imports.flatMap((one) => (isContainment(one.reference) ? [] : filesOf(one)));
    return [...new Set(found.flatMap((path) => graph.indexOf(path) ?? []))].filter((target) => target !== own);
  };
  const imports = (path: string): readonly Import[] => settled.get(graph.indexOf(path) ?? -1) ?? facts.cheap(path);
  const createWalk = (allowTypes: boolean): { walk: Walk; known: Map<number, readonly number[]> } => {
    const known = new Map<number, readonly number[]>();
    const edges = (index: number): readonly number[] => {
      const cached = known.get(index);
      if (cached !== undefined) return cached;
      const path = graph.paths[index] ?? '';
      const plain = !settled.has(index) && !allowTypes && isPlain(path, index, facts);
      const counted = plain ? [] : imports(path).filter(({ reference }) => !(allowTypes && reference.typeOnly));
      const found = plain ? graph.dependencies(index) : targets(counted, index);
      known.set(index, found);
      return found;
    };
    const rough = (index: number): readonly number[] => {
      const exact = settled.get(index);
      return exact === undefined ? graph.dependencies(index) : targets(exact, index);
    };
    const dependents = (index: number): readonly number[] => [...graph.dependents(index), ...(added.get(index) ?? [])];
    return { walk: { count: graph.paths.length, edges, rough, dependents }, known };
  };
  return {
    facts,
    imports,
    settle: async (path) => {
      const index = graph.indexOf(path);
      if (index === undefined || settled.has(index) || facts.isExact(path)) return false;
      const reading = await facts.exact(path);
      // Of a file that cannot be read exactly, the cheap reading is all there is.
      settled.set(index, reading.unanalysed === undefined ? reading.imports : facts.cheap(path));
      const before = new Set(graph.dependencies(index));
      for (const target of targets(reading.imports, index))
        if (!before.has(target)) added.set(target, (added.get(target) ?? new Set()).add(index));
      for (const { known } of walks.values()) known.delete(index);
      return true;
    },
    walk: (allowTypes) => {
      const found = walks.get(allowTypes) ?? createWalk(allowTypes);
      walks.set(allowTypes, found);
      return found.walk;
    },
  };
}

/** Whether the graph's edges are all uses: none is containment, none leads to the initializer of a package above. */
function isPlain(path: string, index: number, { graph }: Facts): boolean {
  if (/\.(?:go|rs)$/.test(path)) return false;
  if (!/\.pyi?$/.test(path)) return true;
  return !graph.dependencies(index).some((target) => /(?:^|\/)__init__\.pyi?$/.test(graph.paths[target] ?? ''));
}
