import type { Tree } from '../engine/ports.ts';

/** A tree in which one file has the text that stands in an editor. */
export function overlayTree(tree: Tree, path: string, text: string, digest: (text: string) => string): Tree {
  const paths = tree.has(path) ? tree.paths : [...tree.paths, path].sort();
  return {
    paths,
    has: (name) => name === path || tree.has(name),
    digest: (name) => (name === path ? digest(text) : tree.digest(name)),
    read: (name, maxBytes) => (name === path ? text : tree.read(name, maxBytes)),
  };
}
