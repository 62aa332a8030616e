import { createHash } from 'node:crypto';
import type { ChangedFile } from '../../../../src/engine/change/change.ts';
import { DEFAULT_CONFIG } from '../../../../src/engine/config/default-config.ts';
import { buildGraph } from '../../../../src/engine/graph/build-graph.ts';
import { createAnalyses } from '../../../../src/engine/guards/analyses.ts';
import type { Guard, GuardContext, GuardReport } from '../../../../src/engine/guards/guard.ts';
import { detectScopes } from '../../../../src/engine/scopes/detect-scopes.ts';
import type { PlacedWaiver } from '../../../../src/engine/waivers/waivers-file.ts';
import { LANGUAGES } from '../../../../src/languages/index.ts';
import { createGrammars } from '../../../../src/platform/grammars.ts';
import type { Config } from '../../../../src/protocol/config.ts';
import { memoryStore } from '../../memory-store.ts';
import { memoryTree } from '../../memory-tree.ts';

export type Files = Readonly<Record<string, string>>;

export interface ContextOptions {
  /** New path to the one in the base. */
  readonly renamed?: Readonly<Record<string, string>>;
  readonly config?: Partial<Config>;
  readonly everything?: boolean;
  /** There is no commit to compare with. */
  readonly noBase?: boolean;
  readonly waivers?: readonly PlacedWaiver[];
}

const analyse = createAnalyses(LANGUAGES, createGrammars());

/** What a guard sees of a change from one set of files to another. */
export async function guardContext(base: Files, head: Files, options: ContextOptions = {}): Promise<GuardContext> {
  const tree = memoryTree(head);
  const baseTree = memoryTree(base);
  const config: Config = { ...DEFAULT_CONFIG, ...options.config };
  const deps = { languages: LANGUAGES, store: memoryStore(), digest: sha256 };
  return {
    change: {
      base: options.noBase === true ? undefined : 'base',
      baseName: options.noBase === true ? undefined : 'main',
      head: options.noBase === true ? undefined : 'head',
      files: changedFiles(base, head, options.renamed ?? {}),
      reasons: [],
    },
    tree,
    baseTree,
    graph: await buildGraph(tree, deps),
    baseGraph: () => buildGraph(baseTree, deps),
    scopes: detectScopes(tree, LANGUAGES, config),
    config,
    languages: LANGUAGES,
    analyse,
    everything: options.everything ?? false,
    waivers: options.waivers ?? [],
    digest: sha256,
  };
}

/** What a guard says of a change. */
export async function inspect(
  guard: Guard,
  base: Files,
  head: Files,
  options: ContextOptions = {},
): Promise<GuardReport> {
  return guard.inspect(await guardContext(base, head, options), new AbortController().signal);
}

function changedFiles(base: Files, head: Files, renamed: Readonly<Record<string, string>>): readonly ChangedFile[] {
  const common = { entry: 'file', untracked: false } as const;
  const left = new Set(Object.values(renamed));
  const gone = Object.keys(base).filter((path) => !(path in head) && !left.has(path));
  const now = Object.keys(head).flatMap((path): readonly ChangedFile[] => {
    const from = renamed[path];
    if (from !== undefined) return [{ ...common, path, status: 'renamed', from, baseDigest: sha256(base[from] ?? '') }];
    const before = base[path];
    if (before === undefined) return [{ ...common, path, status: 'added' }];
    return before === head[path] ? [] : [{ ...common, path, status: 'modified', baseDigest: sha256(before) }];
  });
  const deleted = gone.map((path): ChangedFile => ({ ...common, path, status: 'deleted' }));
  return [...now, ...deleted].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
