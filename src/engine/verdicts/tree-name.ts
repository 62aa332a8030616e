import type { ImportGraph } from '../graph/import-graph.ts';
import type { Tree } from '../ports.ts';
import { createInertRules } from '../scopes/path-rules.ts';
import type { Engine } from '../survey.ts';
import { treeDigest } from './tree-digest.ts';

const LENGTH = 12;

type Named = Pick<Engine, 'tree' | 'change' | 'config' | 'waivers' | 'version' | 'digest' | 'hasSubmodules' | 'state'>;

/**
 * A short name of the working tree, by which a reader sees whether two things were said of the same: of contents, as
 * `treeDigest`; where those cannot all be named, of what git says of the working tree.
 */
export function treeName(engine: Named): string {
  const tree = treeDigest(engine);
  const value =
    tree.kind === 'digest' ? tree.value : engine.digest(JSON.stringify([engine.state(), engine.change.base]));
  return value.slice(0, LENGTH);
}

/**
 * A short name of what checks may read: the tree without the files that a rule calls inert and nothing imports. A note or a
 * decision written down does not change it.
 */
export function inputsName(engine: Named, graph: ImportGraph): string {
  const rules = createInertRules(engine.config.inert);
  const isInert = (path: string): boolean => {
    if (rules.configured(path) !== undefined) return true;
    const index = graph.indexOf(path);
    return rules.builtIn(path) !== undefined && (index === undefined || graph.dependents(index).length === 0);
  };
  const paths = engine.tree.paths.filter((path) => !isInert(path));
  return treeName({ ...engine, tree: { ...reading(engine.tree), paths } });
}

/** A tree may be an object of a class, whose methods a spread leaves behind. */
function reading(tree: Tree): Tree {
  return {
    paths: tree.paths,
    has: (path) => tree.has(path),
    digest: (path) => tree.digest(path),
    read: (path, max) => tree.read(path, max),
  };
}
