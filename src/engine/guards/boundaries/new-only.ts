import type { RawFinding } from '../../../protocol/finding.ts';
import { detectScopes } from '../../scopes/detect-scopes.ts';
import type { ScopeMap } from '../../scopes/scope.ts';
import type { GuardContext } from '../guard.ts';
import { createFacts, type Facts } from './facts.ts';
import { inspectFile } from './inspect-file.ts';
import type { CompiledRule } from './rules.ts';
import { createSteps, type Steps } from './steps.ts';

/** The state that a change is measured from; opened only where something was found. */
export interface Baseline {
  readonly facts: Facts;
  /** As the manifests of the base have them. */
  readonly scopes: ScopeMap;
  /** The path that a file had in the base. */
  before(path: string): string;
  readonly steps: Steps;
}

export async function openBaseline(context: GuardContext): Promise<Baseline> {
  const { baseTree, languages, config, change } = context;
  const facts = createFacts(baseTree, await context.baseGraph(), languages);
  const names = new Map(change.files.map((file) => [file.path, file.from ?? file.path]));
  const before = (path: string): string => names.get(path) ?? path;
  const steps = createSteps(facts);
  for (const path of settledFirst(context, facts)) await steps.settle(before(path));
  return { facts, scopes: detectScopes(baseTree, languages, config), before, steps };
}

/** Files whose steps the cheap reading may have wrong: those that changed, and those that compute what they import. */
export function settledFirst({ change, everything }: GuardContext, facts: Facts): readonly string[] {
  const { paths, isComputed } = facts.graph;
  if (everything) return paths.filter((path) => facts.mayHide(path));
  return [...change.files.map((file) => file.path), ...paths.filter((_, index) => isComputed(index))];
}

/**
 * Leaves out what the base broke already: the same breach in the same file, counted, so that a second one is new. Where
 * file or target has moved since, it is still the same breach.
 */
export async function keepNew(
  found: readonly RawFinding[],
  rules: readonly CompiledRule[],
  context: GuardContext,
  baseline: Baseline,
): Promise<RawFinding[]> {
  const { before, facts, scopes } = baseline;
  const old = new Map<string, number>();
  for (const path of new Set(found.map((finding) => before(finding.path)))) {
    if (!context.baseTree.has(path)) continue;
    for (const finding of await inspectFile(path, facts, rules, { ...context, scopes }, true)) {
      const key = keyOf(finding);
      old.set(key, (old.get(key) ?? 0) + 1);
    }
  }
  return found.filter((finding) => {
    // What cannot be read may hide anything, every time it is written.
    if (finding.code === 'boundary/unparseable' && finding.data?.['governed'] === true) return true;
    const key = keyOf(finding, before);
    const left = old.get(key) ?? 0;
    old.set(key, left - 1);
    return left <= 0;
  });
}

/** What is written for a target changes with the place of either; the target itself says more. */
function keyOf({ code, path, data }: RawFinding, before: Baseline['before'] = (same) => same): string {
  const target = String(data?.['target'] ?? data?.['specifier'] ?? '');
  return [code, before(path), String(data?.['rule'] ?? ''), before(target)].join('\0');
}
