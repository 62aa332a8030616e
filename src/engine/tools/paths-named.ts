import type { Tree } from '../ports.ts';
import { nameOf } from './folders.ts';

const known = new WeakMap<Tree, Map<RegExp, readonly string[]>>();

/** Files whose name matches, looked for once a tree: each package of a large workspace asks for the same ones. */
export function pathsNamed(tree: Tree, name: RegExp): readonly string[] {
  const ofTree = known.get(tree) ?? new Map<RegExp, readonly string[]>();
  known.set(tree, ofTree);
  const found = ofTree.get(name) ?? tree.paths.filter((path) => name.test(nameOf(path)));
  ofTree.set(name, found);
  return found;
}
