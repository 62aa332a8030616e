import type { ChangedFile } from '../engine/change/change.ts';
import { withFile } from '../engine/graph/with-file.ts';
import { guardsNamed, inspectWith } from '../engine/inspect.ts';
import type { Engine, Survey } from '../engine/survey.ts';
import type { Finding } from '../protocol/finding.ts';
import { overlayTree } from './overlay-tree.ts';

/** Those that say something of one file alone. */
const ON_TYPE_IDS = ['boundaries', 'suppressions', 'file-size'];
const ON_TYPE = guardsNamed(ON_TYPE_IDS);

/** Whether a check is one that looks at text as it is typed. */
export function isOnType(id: string): boolean {
  return ON_TYPE_IDS.includes(id);
}

/** What the guards say of one file with the text of an editor, the rest of the tree as it was surveyed. */
export async function inspectText(
  engine: Engine,
  found: Survey,
  path: string,
  text: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const language = engine.languages.find((candidate) => candidate.matches(path));
  const tree = overlayTree(engine.tree, path, text, engine.digest);
  const known = found.graph.indexOf(path) !== undefined && language !== undefined;
  const graph = known ? withFile(found.graph, path, text, language) : found.graph;
  const change = { ...found.change, files: [changedFile(found, path, engine)] };
  const results = await inspectWith(ON_TYPE, { ...engine, tree, change }, { ...found, graph, change }, false, signal);
  return results
    .flatMap(({ outcome }) => ('findings' in outcome ? outcome.findings : []))
    .filter((f) => f.path === path);
}

function changedFile({ change }: Survey, path: string, { tree }: Engine): ChangedFile {
  const told = change.files.find((file) => file.path === path);
  if (told !== undefined) return told;
  const digest = tree.digest(path);
  const common = { path, entry: 'file', untracked: digest === undefined } as const;
  return digest === undefined ? { ...common, status: 'added' } : { ...common, status: 'modified', baseDigest: digest };
}
