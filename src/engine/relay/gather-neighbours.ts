import type { Tree } from '../ports.ts';
import { isTestPath } from '../scopes/path-rules.ts';
import type { Survey } from '../survey.ts';
import type { Neighbour, TouchedFile } from './facts.ts';

const TESTS = 8;
const DEPENDENTS = 10;
/** Of those that name nothing that changed. */
const MERE = 3;
const USES = 5;
/** Files whose text is looked into for names, and how large one may be. */
const READ = 300;
const MAX_BYTES = 300_000;

/** Unchanged files that need a changed one: those that name what changed first, then those that lie nearest. */
export function gatherNeighbours(found: Survey, tree: Tree, files: readonly TouchedFile[]): readonly Neighbour[] {
  const needs = dependentsOf(found, files);
  const names = new Map(files.map((file) => [file.path, namesOf(file)]));
  const all = [...needs].slice(0, READ).flatMap(([path, of]): Neighbour[] => {
    const uses = usesIn(tree.read(path, MAX_BYTES) ?? '', new Set(of.flatMap((one) => names.get(one) ?? [])));
    // One package may tie all of its files together: then only those count that name something.
    if (uses.length === 0 && !importsOne(path, of, found)) return [];
    return [{ path, test: isTestPath(path), of, uses }];
  });
  all.sort(
    (a, b) =>
      b.uses.length - a.uses.length ||
      nearness(b) - nearness(a) ||
      b.of.length - a.of.length ||
      (a.path < b.path ? -1 : 1),
  );
  return [...shown(all, false, DEPENDENTS), ...shown(all, true, TESTS)];
}

function shown(all: readonly Neighbour[], test: boolean, max: number): readonly Neighbour[] {
  const own = all.filter((neighbour) => neighbour.test === test);
  const named = own.filter(({ uses }) => uses.length > 0).length;
  return own.slice(0, Math.min(max, named + MERE));
}

function dependentsOf({ graph }: Survey, files: readonly TouchedFile[]): ReadonlyMap<string, readonly string[]> {
  const changed = new Set(files.map(({ path }) => path));
  const needs = new Map<string, string[]>();
  for (const { path, test, made } of files) {
    const index = graph.indexOf(path);
    if (index === undefined || test || made) continue;
    for (const dependent of graph.dependents(index)) {
      const name = graph.paths[dependent] ?? '';
      if (!changed.has(name)) needs.set(name, [...(needs.get(name) ?? []), path]);
    }
  }
  return needs;
}

/** What others may name: definitions at the top, and members whose names are no everyday words. */
function namesOf({ symbols }: TouchedFile): readonly string[] {
  return symbols.flatMap((symbol) => {
    const [first = '', ...rest] = symbol.split(/[.:#]+/);
    const last = rest.at(-1);
    if (last === undefined) return first.length > 2 ? [first] : [];
    return last.length >= 8 && last !== 'constructor' ? [last] : [];
  });
}

function usesIn(text: string, names: ReadonlySet<string>): readonly string[] {
  if (names.size === 0) return [];
  const found = new Set<string>();
  for (const [word] of text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) {
    if (names.has(word)) found.add(word);
    if (found.size === USES) break;
  }
  return [...found];
}

function importsOne(path: string, of: readonly string[], { graph }: Survey): boolean {
  return graph.references(path).references.some((reference) => {
    if (reference.kind === 'implicit') return false;
    const resolved = graph.resolve(path, reference);
    return resolved.kind === 'files' && resolved.paths.some((target) => of.includes(target));
  });
}

/** How much of the path it shares with what it needs. */
function nearness({ path, of: [first = ''] }: Neighbour): number {
  const [own, other] = [stem(path).split('/'), stem(first).split('/')];
  const differs = own.findIndex((part, index) => part !== other[index]);
  return (differs < 0 ? own.length : differs) + (own.at(-1) === other.at(-1) ? 10 : 0);
}

/** `test/cart.test.ts` and `src/cart.ts` are of one name. */
function stem(path: string): string {
  return path.replace(/(^|\/)test_([^/]*)$/, '$1$2').replace(/([._-](test|spec))?\.\w+$/, '');
}
