import type { ChangedFile, WideningReason } from '../../../../src/engine/change/change.ts';
import { buildGraph } from '../../../../src/engine/graph/build-graph.ts';
import type { Project } from '../../../../src/engine/language.ts';
import type { BlastRadius } from '../../../../src/engine/scopes/blast-radius.ts';
import { detectScopes } from '../../../../src/engine/scopes/detect-scopes.ts';
import { expand } from '../../../../src/engine/scopes/expand.ts';
import { createInertRules } from '../../../../src/engine/scopes/path-rules.ts';
import { memoryStore } from '../../memory-store.ts';
import { memoryTree } from '../../memory-tree.ts';
import { lineLanguage, sha256 } from '../line-language.ts';

export type Files = Readonly<Record<string, string>>;

export interface Situation {
  readonly files: Files;
  /** The tree before the change, where something was deleted or renamed. */
  readonly before?: Files;
  /** Folder → names it needs; each folder is a scope of its last part, `.` the root. Default: the root alone. */
  readonly packages?: Readonly<Record<string, readonly string[]>>;
  /** Paths that were modified, or whole changes. */
  readonly changed: readonly (string | ChangedFile)[];
  readonly inert?: readonly string[];
  readonly toolConfig?: readonly string[];
  readonly reasons?: readonly WideningReason[];
}

export async function blast(situation: Situation): Promise<BlastRadius> {
  const { files, before, packages = { '.': [] }, changed, inert = [], toolConfig = [], reasons = [] } = situation;
  const projects = Object.entries(packages).map(([folder, dependsOn]): Project => {
    const root = folder === '.' ? '' : folder;
    const manifest = root === '' ? 'package.json' : `${root}/package.json`;
    const name = root === '' ? 'root' : (root.split('/').at(-1) ?? root);
    return { name, root, manifest, language: 'typescript', dependsOn, declares: [] };
  });
  const languages = [lineLanguage([], projects)];
  const graphOf = (texts: Files) => buildGraph(memoryTree(texts), { languages, store: memoryStore(), digest: sha256 });
  const tree = memoryTree(files);
  return expand({
    change: {
      base: 'b',
      baseName: 'main',
      head: 'h',
      reasons,
      files: changed.map((file) => (typeof file === 'string' ? modified(file) : file)),
    },
    tree,
    graph: await graphOf(files),
    baseGraph: before === undefined ? undefined : await graphOf(before),
    scopes: detectScopes(tree, languages, { scopes: {} }),
    inert: createInertRules(inert),
    toolConfig: new Set(toolConfig),
  });
}

export function modified(path: string, more: Partial<ChangedFile> = {}): ChangedFile {
  return { path, status: 'modified', entry: 'file', untracked: false, ...more };
}

export function deleted(path: string): ChangedFile {
  return modified(path, { status: 'deleted' });
}

export function renamed(from: string, path: string): ChangedFile {
  return modified(path, { status: 'renamed', from });
}

/** `path distance`, and `why via` where it was not changed itself; sorted by path. */
export function reachedOf(radius: BlastRadius): readonly string[] {
  return [...radius.reached]
    .map(([path, { distance, via }]) => `${path} ${distance}${via === undefined ? '' : ` ${via.why} ${via.path}`}`)
    .toSorted();
}

/** What became of each changed path. */
export function fatesOf(radius: BlastRadius): readonly string[] {
  return [...radius.fates].map(([path, fate]) => {
    if (fate.kind === 'mapped') return `${path} in ${fate.scope ?? 'no scope'}`;
    return `${path} ${fate.kind} ${fate.kind === 'inert' ? fate.rule : fate.reason.code}`;
  });
}
