import type { Extraction, Reference, Resolution } from '../language.ts';

/** Which file needs which, by position in `paths`. */
export interface ImportGraph {
  readonly paths: readonly string[];
  indexOf(path: string): number | undefined;
  /** Files that a file names; sorted, without itself. */
  dependencies(index: number): readonly number[];
  /** Files that name a file. */
  dependents(index: number): readonly number[];
  /** Whether the file names something that is only known at run time. */
  isComputed(index: number): boolean;
  /** Why a file could not be read for imports; what it needs is then unknown. */
  unanalysed(index: number): string | undefined;
  /** Whether any language reads this path. */
  isSource(index: number): boolean;
}

/** The graph with what it was made from. */
export interface SourceGraph extends ImportGraph {
  /** What a file names, as its language's cheap reading has it; nothing for files of no language. */
  references(path: string): Extraction;
  resolve(path: string, reference: Reference): Resolution;
}

/** One node as it is built and cached. */
export interface GraphNode {
  readonly edges: readonly number[];
  readonly computed: boolean;
  readonly unanalysed?: string;
}

/** @param nodes one entry a path; undefined for files of no language. */
export function createGraph(paths: readonly string[], nodes: readonly (GraphNode | undefined)[]): ImportGraph {
  const positions = new Map(paths.map((path, index) => [path, index]));
  let reverse: number[][] | undefined;
  return {
    paths,
    indexOf: (path) => positions.get(path),
    dependencies: (index) => nodes[index]?.edges ?? [],
    dependents: (index) => {
      reverse ??= invert(paths.length, nodes);
      return reverse[index] ?? [];
    },
    isComputed: (index) => nodes[index]?.computed ?? false,
    unanalysed: (index) => nodes[index]?.unanalysed,
    isSource: (index) => nodes[index] !== undefined,
  };
}

function invert(count: number, nodes: readonly (GraphNode | undefined)[]): number[][] {
  const reverse: number[][] = Array.from({ length: count }, () => []);
  nodes.forEach((node, from) => {
    for (const to of node?.edges ?? []) reverse[to]?.push(from);
  });
  return reverse;
}
