import type { Check } from '../checks/check.ts';
import type { SourceGraph } from '../graph/import-graph.ts';
import type { Tree } from '../ports.ts';
import type { Survey } from '../survey.ts';

/** A check whose tests may notice a mutant of the changed sources. */
export interface RelevantTests {
  readonly check: Check;
  /** Relative to the root: those that killed before, then the nearest; empty for all that the check runs. */
  readonly files: readonly string[];
}

/**
 * Test files that reach a changed source through imports, nearest first; where no import says, those that the change reaches
 * otherwise; where nothing does, all of a check of the same scope: whatever is uncertain resolves toward more tests.
 */
export function relevantTests(
  { checks, graph, scopes, radius }: Survey,
  sources: readonly string[],
  tree: Tree,
  killers: ReadonlySet<string>,
): readonly RelevantTests[] {
  const distances = reach(graph, sources);
  const around = new Set(sources.map((path) => scopes.of(path)?.id));
  return checks
    .filter((check) => check.kind === 'test')
    .flatMap((check): RelevantTests[] => {
      const files = [...distances].filter(([path]) => check.covers(path) && tree.has(path)).sort(byDistance);
      if (check.narrowing === 'whole') return files.length > 0 || around.has(check.scope) ? [{ check, files: [] }] : [];
      const reached = files.map(([path]) => path);
      if (reached.length > 0) return [{ check, files: firstKillers(reached, killers) }];
      const otherwise = [...radius.reached.keys()].filter((path) => check.covers(path) && tree.has(path));
      if (otherwise.length > 0) return [{ check, files: firstKillers(otherwise, killers) }];
      return around.has(check.scope) ? [{ check, files: [] }] : [];
    });
}

function byDistance([a, near]: readonly [string, number], [b, far]: readonly [string, number]): number {
  return near - far || (a < b ? -1 : 1);
}

function firstKillers(files: readonly string[], killers: ReadonlySet<string>): readonly string[] {
  return [...files.filter((file) => killers.has(file)), ...files.filter((file) => !killers.has(file))];
}

/** Steps along reversed imports from the nearest of the sources. */
function reach(graph: SourceGraph, sources: readonly string[]): ReadonlyMap<string, number> {
  const distances = new Map<string, number>(sources.map((path) => [path, 0]));
  for (const [path, distance] of distances) {
    const index = graph.indexOf(path);
    if (index === undefined) continue;
    for (const dependent of graph.dependents(index)) {
      const name = graph.paths[dependent] ?? '';
      if (!distances.has(name)) distances.set(name, distance + 1);
    }
  }
  return distances;
}
