import { DEFAULT_CONFIG } from '../../../../src/engine/config/default-config.ts';
import { buildGraph } from '../../../../src/engine/graph/build-graph.ts';
import { detectScopes } from '../../../../src/engine/scopes/detect-scopes.ts';
import { makePlan } from '../../../../src/engine/streams/make-plan.ts';
import { LANGUAGES } from '../../../../src/languages/index.ts';
import type { Config } from '../../../../src/protocol/config.ts';
import type { Footprint, StreamPlan } from '../../../../src/protocol/streams.ts';
import { memoryStore } from '../../memory-store.ts';
import { memoryTree } from '../../memory-tree.ts';
import { sha256 } from '../line-language.ts';

type Files = Readonly<Record<string, string>>;

/** The plan as it is made in a repository of these files. */
export async function planned(text: string, files: Files = {}, config: Partial<Config> = {}): Promise<StreamPlan> {
  const tree = memoryTree(files);
  const whole = { ...DEFAULT_CONFIG, ...config };
  const graph = await buildGraph(tree, { languages: LANGUAGES, store: memoryStore(), digest: sha256 });
  const scopes = detectScopes(tree, LANGUAGES, whole);
  return makePlan({ file: 'PLAN.md', text }, { tree, config: whole }, { graph, scopes, checks: [] });
}

/** What the only stream of a plan touches. */
export async function footprintOf(text: string, files: Files, config?: Partial<Config>): Promise<Footprint> {
  const plan = await planned(`## Streams\n\n### Only\n\n${text}\n`, files, config);
  const [stream, ...more] = plan.streams;
  if (stream === undefined || more.length > 0) throw new Error(`${plan.streams.length} streams`);
  return stream.footprint;
}

/** `line message` of each. */
export function problemsOf(plan: StreamPlan): readonly string[] {
  return plan.problems.map(({ line, message }) => `${line} ${message}`);
}
