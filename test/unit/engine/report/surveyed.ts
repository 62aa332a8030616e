import type { Change, ChangedFile } from '../../../../src/engine/change/change.ts';
import type { CheckResult } from '../../../../src/engine/checks/result.ts';
import { buildGraph } from '../../../../src/engine/graph/build-graph.ts';
import type { LoopResult } from '../../../../src/engine/loop.ts';
import type { BlastRadius, Fate } from '../../../../src/engine/scopes/blast-radius.ts';
import { detectScopes } from '../../../../src/engine/scopes/detect-scopes.ts';
import type { Survey } from '../../../../src/engine/survey.ts';
import { memoryStore } from '../../memory-store.ts';
import { memoryTree } from '../../memory-tree.ts';
import { lineLanguage, sha256 } from '../line-language.ts';

export const CHANGED: ChangedFile = { path: 'a.l', status: 'modified', entry: 'file', untracked: false };

export function changeOf(files: readonly ChangedFile[] = [CHANGED]): Change {
  return { base: '0123456789abcdef', baseName: 'origin/main', head: 'h', files, reasons: [] };
}

export function radiusOf(more: Partial<BlastRadius> = {}): BlastRadius {
  const fates = new Map<string, Fate>([['a.l', { kind: 'mapped', scope: 'core' }]]);
  return { fates, reached: new Map([['a.l', { distance: 0 }]]), scopes: new Map([['core', 0]]), reasons: [], ...more };
}

/** A survey of one changed file, but for what is given. */
export async function surveyOf(
  more: Partial<Survey> = {},
  files: Readonly<Record<string, string>> = { 'a.l': '' },
): Promise<Survey> {
  const languages = [lineLanguage()];
  const tree = memoryTree(files);
  const graph = await buildGraph(tree, { languages, store: memoryStore(), digest: sha256 });
  const scopes = detectScopes(tree, languages, { scopes: {} });
  const base = { baseTree: async () => tree, baseGraph: async () => graph };
  return { change: changeOf(), graph, scopes, checks: [], radius: radiusOf(), ...base, ...more };
}

export async function loopOf(results: readonly CheckResult[], more: Partial<LoopResult> = {}): Promise<LoopResult> {
  return { survey: await surveyOf(), results, outside: [], moved: false, cancelled: false, ...more };
}
