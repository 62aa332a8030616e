import type { Engine } from '../loop.ts';
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
