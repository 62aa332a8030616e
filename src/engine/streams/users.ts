import type { SourceGraph } from '../graph/import-graph.ts';
import type { Reference } from '../language.ts';

/** A file through which others may come by what is asked about, and under which names; undefined for all. */
interface Way {
  readonly path: string;
  readonly names: ReadonlySet<string> | undefined;
}

const PACKAGE = /(^|\/)__init__\.pyi?$/;

/** `direct`: it names the file. `passed`: it names another that passes on what the file exports, beside much else maybe. */
export type Use = 'direct' | 'passed';

/** Files that may use what a file exports, the file itself left out. */
export function usersOf(graph: SourceGraph, path: string): ReadonlyMap<string, Use> {
  const users = new Map<string, Use>();
  const queue: Way[] = [{ path, names: undefined }];
  for (let at = 0; at < queue.length; at++) {
    const way = queue[at];
    const index = way === undefined ? undefined : graph.indexOf(way.path);
    if (way === undefined || index === undefined) continue;
    for (const dependent of graph.dependents(index)) {
      const user = graph.paths[dependent] ?? '';
      if (users.has(user) || user === path || !takesFrom(graph, user, way)) continue;
      users.set(user, way.path === path ? 'direct' : 'passed');
      const passed = passedOn(graph, user, way);
      if (passed !== undefined) queue.push(passed);
    }
  }
  return users;
}

/** Whoever imports a module of a Python package names the package, too, without taking anything of it. */
function takesFrom(graph: SourceGraph, user: string, { path, names }: Way): boolean {
  if (names === undefined && !PACKAGE.test(path)) return true;
  return referencesTo(graph, user, path).some(
    ({ reference, paths }) =>
      reference.kind !== 'implicit' && !leadsIn(reference, paths) && meet(reference.names, names),
  );
}

/** `import p.c` names the package on its way to what it is about. */
function leadsIn({ names }: Reference, paths: readonly string[]): boolean {
  return names === undefined && paths.length > 1;
}

function meet(taken: readonly string[] | undefined, offered: ReadonlySet<string> | undefined): boolean {
  if (taken === undefined || offered === undefined || taken.includes('*')) return true;
  return taken.some((name) => offered.has(name));
}

function passedOn(graph: SourceGraph, user: string, { path }: Way): Way | undefined {
  const isPackage = PACKAGE.test(user);
  const passing = referencesTo(graph, user, path)
    .map(({ reference }) => reference)
    .filter(({ kind }) => kind === 'reexport' || (isPackage && kind === 'static'));
  if (passing.length === 0) return undefined;
  const all = passing.some(({ names }) => names === undefined || names.includes('*'));
  return { path: user, names: all ? undefined : new Set(passing.flatMap(({ names }) => names ?? [])) };
}

interface Led {
  readonly reference: Reference;
  /** All that it names. */
  readonly paths: readonly string[];
}

function referencesTo(graph: SourceGraph, user: string, path: string): readonly Led[] {
  return graph.references(user).references.flatMap((reference) => {
    const resolution = graph.resolve(user, reference);
    return resolution.kind === 'files' && resolution.paths.includes(path)
      ? [{ reference, paths: resolution.paths }]
      : [];
  });
}
