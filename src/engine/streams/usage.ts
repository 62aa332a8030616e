import type { SourceGraph } from '../graph/import-graph.ts';
import type { Tree } from '../ports.ts';
import { declarationsOf } from './declarations.ts';
import { type Use, usersOf } from './users.ts';

/** Which of the files use what a file exports. */
export type UsedBy = (path: string, files: readonly string[]) => readonly string[];

/**
 * By the graph; of who has it by way of a file that passes on much else, only those in whose text a name stands that the file
 * exports.
 */
export function createUsage(tree: Tree, graph: SourceGraph): UsedBy {
  const users = new Map<string, ReadonlyMap<string, Use>>();
  const names = new Map<string, RegExp | undefined>();
  const texts = new Map<string, string>();
  const says = (path: string, user: string): boolean => {
    const text = texts.get(user) ?? tree.read(user) ?? '';
    texts.set(user, text);
    const known = names.has(path) ? names.get(path) : exportedNames(path, tree.read(path) ?? '');
    names.set(path, known);
    // A file of which no export can be read may export anything.
    return known?.test(text) ?? true;
  };
  return (path, files) => {
    const known = users.get(path) ?? usersOf(graph, path);
    users.set(path, known);
    return files.filter((file) => {
      const use = known.get(file);
      return use === 'direct' || (use === 'passed' && says(path, file));
    });
  };
}

function exportedNames(path: string, text: string): RegExp | undefined {
  const exported = declarationsOf(path, text).filter((one) => one.exported);
  if (exported.length === 0 || exported.some(({ name }) => name === '*')) return undefined;
  const words = [...new Set(exported.map(({ name }) => name.replace(/\$/g, '\\$')))];
  return new RegExp(`(?<![\\w$])(?:${words.join('|')})(?![\\w$])`);
}
