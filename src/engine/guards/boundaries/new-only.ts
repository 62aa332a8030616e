import type { RawFinding } from '../../../protocol/finding.ts';
import type { GuardContext } from '../guard.ts';
import { createFacts } from './facts.ts';
import { inspectFile } from './inspect-file.ts';
import type { CompiledRule } from './rules.ts';

/**
 * Leaves out what the base broke already: the same breach in the same file, counted, so that a second one is new.
 * Chains and circles are new where one of their steps is. The base is read only where something was found.
 */
export async function keepNew(
  found: readonly RawFinding[],
  rules: readonly CompiledRule[],
  context: GuardContext,
): Promise<RawFinding[]> {
  if (found.length === 0 || context.change.base === undefined) return [...found];
  const graph = await context.baseGraph();
  const facts = createFacts(context.baseTree, graph, context.languages);
  const nameBefore = new Map(context.change.files.map((file) => [file.path, file.from ?? file.path]));
  const before = new Map<string, number>();
  for (const path of new Set(found.map((finding) => nameBefore.get(finding.path) ?? finding.path))) {
    if (!context.baseTree.has(path)) continue;
    for (const finding of await inspectFile(path, facts, rules, context, true)) {
      const key = keyOf(finding);
      before.set(key, (before.get(key) ?? 0) + 1);
    }
  }
  return found.filter((finding) => {
    const chain = finding.data?.['chain'] ?? finding.data?.['circle'];
    if (Array.isArray(chain)) return isNewChain(chain.map(String), context, graph);
    const key = keyOf({ ...finding, path: nameBefore.get(finding.path) ?? finding.path });
    const left = before.get(key) ?? 0;
    before.set(key, left - 1);
    return left <= 0;
  });
}

function keyOf({ code, path, data }: RawFinding): string {
  return [
    code,
    path,
    String(data?.['rule'] ?? ''),
    String(data?.['specifier'] ?? ''),
    String(data?.['target'] ?? ''),
  ].join('\0');
}

function isNewChain(
  chain: readonly string[],
  context: GuardContext,
  base: Awaited<ReturnType<GuardContext['baseGraph']>>,
): boolean {
  return chain.slice(1).some((to, at) => {
    const from = chain[at] ?? '';
    if (context.scopes.get(from) !== undefined && !context.tree.has(from))
      return isNewBetweenScopes(from, to, context, base);
    const index = base.indexOf(from);
    const target = base.indexOf(to);
    return index === undefined || target === undefined || !base.dependencies(index).includes(target);
  });
}

function isNewBetweenScopes(
  from: string,
  to: string,
  { scopes }: GuardContext,
  base: Awaited<ReturnType<GuardContext['baseGraph']>>,
): boolean {
  return !base.paths.some(
    (path, index) =>
      scopes.of(path)?.id === from &&
      base.dependencies(index).some((target) => scopes.of(base.paths[target] ?? '')?.id === to),
  );
}
