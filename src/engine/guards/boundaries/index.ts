import type { RawFinding } from '../../../protocol/finding.ts';
import { CONFIG_FILE } from '../../config/config-file.ts';
import type { Guard, GuardContext, GuardReport } from '../guard.ts';
import { createFacts } from './facts.ts';
import { inspectFile } from './inspect-file.ts';
import { movedLayouts } from './moved-layouts.ts';
import { type Baseline, keepNew, openBaseline } from './new-only.ts';
import { inspectPackageCircles } from './package-circles.ts';
import { type CompiledRule, compileRules, fileEnds } from './rules.ts';
import { inspectWholes } from './wholes.ts';

/** What may import what: the rules of the configuration, and what holds without any. */
export const boundaries: Guard = { id: 'boundaries', inspect };

async function inspect(context: GuardContext, signal: AbortSignal): Promise<GuardReport> {
  const facts = createFacts(context.tree, context.graph, context.languages);
  const rules = compileRules(context.config.boundaries, context.scopes);
  const baseline = openOnce(context);
  const paths = [...examinedPaths(context, rules)];
  const direct: RawFinding[] = [];
  for (const [path, closely] of paths) {
    signal.throwIfAborted();
    direct.push(...(await inspectFile(path, facts, rules, context, closely)));
  }
  const base = direct.length === 0 ? undefined : await baseline();
  const kept = base === undefined ? direct : await keepNew(direct, rules, context, base);
  signal.throwIfAborted();
  const wholes = await inspectWholes(facts, rules, context, baseline);
  const circles = await inspectPackageCircles(facts, context, baseline);
  return {
    findings: [...kept, ...wholes, ...circles, ...emptyRules(rules, context)],
    examined: paths.length,
    ...(paths.length === 0 ? { idle: 'no source file changed' } : {}),
  };
}

/** The base, where there is one and it matters. */
function openOnce(context: GuardContext): () => Promise<Baseline | undefined> {
  let opened: Promise<Baseline> | undefined;
  return async () => {
    if (context.everything || context.change.base === undefined) return undefined;
    opened ??= openBaseline(context);
    return opened;
  };
}

/** Files to look at, and whether closely: those that changed, and those whose imports mean something else by the change. */
function examinedPaths(context: GuardContext, rules: readonly CompiledRule[]): ReadonlyMap<string, boolean> {
  const { graph, change, everything } = context;
  const sources = graph.paths.filter((_, index) => graph.isSource(index));
  if (everything) return new Map(sources.map((path) => [path, false]));
  const changed = new Set(change.files.filter((file) => file.status !== 'deleted').map((file) => file.path));
  const folders = movedLayouts(context);
  const strict = rules.some((rule) => rule.kind === 'strict' && rule.unresolvable);
  const all = strict && change.files.some((file) => ['deleted', 'renamed', 'type'].includes(file.status));
  const examined = sources.filter(
    (path) => changed.has(path) || all || folders.some((folder) => folder === '' || path.startsWith(`${folder}/`)),
  );
  return new Map(examined.map((path) => [path, changed.has(path)]));
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
          ...(rule.because === undefined ? {} : { because: rule.because }),
          data: { rule: rule.index, end: end.text },
        }),
      ),
  );
}
