import type { Language } from '../language.ts';
import type { SourceGraph } from './import-graph.ts';

/** The graph as it is with another text of one file; who names that file stays as it was. */
export function withFile(graph: SourceGraph, path: string, text: string, language: Language): SourceGraph {
  const own = graph.indexOf(path);
  const extraction = language.extract(path, text);
  const edges = new Set<number>();
  for (const reference of extraction.references) {
    const resolution = graph.resolve(path, reference);
    if (resolution.kind !== 'files') continue;
    for (const target of resolution.paths) {
      const index = graph.indexOf(target);
      if (index !== undefined && index !== own) edges.add(index);
    }
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const computed = extraction.references.some((reference) => reference.specifier === undefined);
  return {
    ...graph,
    dependencies: (index) => (index === own ? sorted : graph.dependencies(index)),
    isComputed: (index) => (index === own ? computed : graph.isComputed(index)),
    unanalysed: (index) => (index === own ? extraction.unanalysed : graph.unanalysed(index)),
    references: (name) => (name === path ? extraction : graph.references(name)),
  };
}
