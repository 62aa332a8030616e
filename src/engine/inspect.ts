import type { CheckResult } from './checks/result.ts';
import { createAnalyses } from './guards/analyses.ts';
import type { Guard, GuardContext } from './guards/guard.ts';
import { GUARDS, levelOf, runGuards } from './guards/run-guards.ts';
import type { Engine, Survey } from './survey.ts';

/** Guards alone: nothing of the repository is run. */
export async function inspectWith(
  guards: readonly Guard[],
  engine: Engine,
  found: Survey,
  everything: boolean,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  if (guards.length === 0) return [];
  return runGuards(guards, await guardContext(engine, found, everything), engine, signal);
}

/** Those that are not switched off and find in this repository what they are about. */
export async function findGuards(engine: Engine, found: Survey): Promise<readonly Guard[]> {
  const context = await guardContext(engine, found, true);
  return GUARDS.filter((guard) => levelOf(guard.id, engine.config) !== 'off' && guard.applies?.(context) !== false);
}

/** All that the guards say now, of the change and of the whole tree. */
export async function inspectAll(engine: Engine, found: Survey, signal: AbortSignal): Promise<readonly CheckResult[]> {
  const change = await inspectWith(GUARDS, engine, found, false, signal);
  return [...change, ...(await inspectWith(GUARDS, engine, found, true, signal))];
}

export function guardsNamed(ids: readonly string[]): readonly Guard[] {
  return GUARDS.filter((guard) => ids.includes(guard.id));
}

async function guardContext(engine: Engine, found: Survey, everything: boolean): Promise<GuardContext> {
  const { tree, config, languages } = engine;
  const { change, graph, scopes, baseGraph } = found;
  const baseTree = await found.baseTree();
  return {
    change,
    tree,
    baseTree,
    graph,
    baseGraph,
    scopes,
    config,
    languages,
    analyse: createAnalyses(languages, engine.grammars),
    everything,
    waivers: engine.waivers,
    digest: engine.digest,
  };
}
