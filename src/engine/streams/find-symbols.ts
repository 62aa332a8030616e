import type { SourceGraph } from '../graph/import-graph.ts';
import type { Tree } from '../ports.ts';
import { isTestPath } from '../scopes/path-rules.ts';
import { declarationsOf } from './declarations.ts';

/** Where a name is defined in so many files, it says nothing of which is meant. */
const MAX_HOMES = 3;

/** In which files names are defined: those whose name others may use before the rest, sources before tests. */
export function findSymbols(
  names: ReadonlySet<string>,
  tree: Tree,
  graph: SourceGraph,
): ReadonlyMap<string, readonly string[]> {
  if (names.size === 0) return new Map();
  const homes = new Map<string, { path: string; rank: number }[]>();
  const any = new RegExp(`(?<![\\w$])(?:${[...names].map(inRegExp).join('|')})(?![\\w$])`);
  graph.paths.forEach((path, index) => {
    const text = graph.isSource(index) ? tree.read(path) : undefined;
    if (text === undefined || !any.test(text)) return;
    for (const { name, exported } of declarationsOf(path, text)) {
      if (!names.has(name)) continue;
      const rank = (isTestPath(path) ? 0 : 2) + (exported ? 1 : 0);
      homes.set(name, [...(homes.get(name) ?? []), { path, rank }]);
    }
  });
  return new Map([...homes].flatMap(([name, found]) => best(name, found)));
}

function best(name: string, found: readonly { path: string; rank: number }[]): [string, readonly string[]][] {
  const top = Math.max(...found.map(({ rank }) => rank));
  const paths = [...new Set(found.filter(({ rank }) => rank === top).map(({ path }) => path))];
  return paths.length > MAX_HOMES ? [] : [[name, paths]];
}

function inRegExp(name: string): string {
  return name.replace(/\$/g, '\\$');
}
