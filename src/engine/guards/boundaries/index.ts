import type { RawFinding } from '../../../protocol/finding.ts';
import { CONFIG_FILE } from '../../config/config-file.ts';
import type { Guard, GuardContext, GuardReport } from '../guard.ts';
import { createFacts } from './facts.ts';
import { inspectFile } from './inspect-file.ts';
import { keepNew } from './new-only.ts';
import { type CompiledRule, compileRules, fileEnds } from './rules.ts';
import { inspectWholes } from './wholes.ts';

/** What may import what: the rules of the configuration, and what holds without any. */
export const boundaries: Guard = { id: 'boundaries', inspect };

async function inspect(context: GuardContext, signal: AbortSignal): Promise<GuardReport> {
  const facts = createFacts(context.tree, context.graph, context.languages);
  const rules = compileRules(context.config.boundaries, context.scopes);
  const changed = new Set(context.change.files.filter((file) => file.status !== 'deleted').map((file) => file.path));
  const sources = context.graph.paths.filter((_, index) => context.graph.isSource(index));
  const paths = context.everything ? sources : sources.filter((path) => changed.has(path));
  const found: RawFinding[] = [];
  for (const path of paths) {
    signal.throwIfAborted();
    found.push(...(await inspectFile(path, facts, rules, context, !context.everything)));
  }
  found.push(...(await inspectWholes(facts, rules, context)), ...emptyRules(rules, context));
  const findings = context.everything ? found : await keepNew(found, rules, context);
  return { findings, examined: paths.length, ...(paths.length === 0 ? { idle: 'no source file changed' } : {}) };
}

/** A rule that speaks of nothing holds nothing: after a rename it would pass in silence. */
function emptyRules(rules: readonly CompiledRule[], { graph }: GuardContext): RawFinding[] {
  return rules.flatMap((rule) =>
    fileEnds(rule)
      .flatMap((set) => set.ends)
      .filter(
        (end) => (end.kind === 'glob' || end.kind === 'scope') && !graph.paths.some((path) => end.matchesFile(path)),
      )
      .map(
        (end): RawFinding => ({
          code: 'boundary/empty-rule',
          severity: 'error',
          path: CONFIG_FILE,
          message: `boundaries[${rule.index}] speaks of "${end.text}", which matches no file: the rule holds nothing`,
          data: { rule: rule.index, end: end.text },
        }),
      ),
  );
}
