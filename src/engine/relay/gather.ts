import type { Change } from '../change/change.ts';
import type { CheckResult } from '../checks/result.ts';
import { governing } from '../decisions/governing.ts';
import { readDecisions } from '../decisions/read-decisions.ts';
import { GUARDS } from '../guards/run-guards.ts';
import { inspectWith } from '../inspect.ts';
import { quote } from '../report/commands.ts';
import { detailOf, findingsOf } from '../report/details.ts';
import { type Engine, type Survey, survey } from '../survey.ts';
import { inputsName, treeName } from '../verdicts/tree-name.ts';
import type { GuardFacts, RelayFacts, TouchedFile, TouchedScope } from './facts.ts';
import { gatherChecks } from './gather-checks.ts';
import { gatherFiles } from './gather-files.ts';
import { gatherMutants } from './gather-mutants.ts';
import { gatherNeighbours } from './gather-neighbours.ts';
import { gatherLimits, gatherRules } from './gather-rules.ts';
import type { History } from './history.ts';
import { gatherExcerpts } from './instructions.ts';
import { openPlanItems } from './plan-file.ts';
import { type Now, readRuns, verdictsOf } from './runs.ts';

/**
 * Reads what the harness knows of the work as it stands. Nothing of the repository is run.
 * @param asked the base that the user named beside the configuration, to be named again in commands.
 */
export async function gatherFacts(
  engine: Engine,
  history: History,
  asked: string | undefined,
  signal: AbortSignal,
): Promise<RelayFacts> {
  const tree = treeName(engine);
  const found = await survey(engine);
  signal.throwIfAborted();
  const files = await gatherFiles(engine, found, history, signal);
  const guards = await inspectWith(GUARDS, engine, found, false, signal);
  signal.throwIfAborted();
  return {
    tree,
    at: engine.clock.date(),
    name: engine.root.split(/[\\/]/).at(-1) ?? '',
    ...changeFacts(found, history, asked),
    ...(await reportedFacts(engine, { tree, inputs: inputsName(engine, found.graph) })),
    ...ruleFacts(engine, found, files),
    files,
    guards: guards.map(guardFacts),
    called: gatherChecks(engine, found),
    plan: openPlanItems(engine.tree, engine.config.relay.plan),
    neighbours: gatherNeighbours(found, engine.tree, files),
  };
}

type Told<K extends keyof RelayFacts> = Pick<RelayFacts, K>;

function changeFacts(
  { change, radius }: Survey,
  { counts: _, ...history }: History,
  asked: string | undefined,
): Told<'head' | 'base' | 'baseName' | 'options' | 'operation' | 'widened' | 'history' | 'expanded'> {
  return {
    head: change.head?.slice(0, 9),
    base: change.base?.slice(0, 9),
    baseName: change.baseName,
    options: optionsOf(asked, change),
    operation: change.operation,
    widened: radius.reasons.map(({ text, path }) => (path === undefined ? text : `${text}: ${path}`)),
    history,
    expanded: [...radius.scopes.keys()],
  };
}

async function reportedFacts(engine: Engine, now: Now): Promise<Told<'runs' | 'verdicts' | 'mutants'>> {
  const runs = await readRuns(engine.store, now);
  return {
    runs: runs.filter(({ partial }) => !partial).map(({ checks: _, partial: __, ...run }) => run),
    verdicts: verdictsOf(runs),
    mutants: gatherMutants(engine, runs),
  };
}

function ruleFacts(
  { tree, config }: Engine,
  { scopes }: Survey,
  files: readonly TouchedFile[],
): Told<'scopes' | 'rules' | 'limits' | 'excerpts' | 'decisions'> {
  const touched = touchedScopes(files);
  const decisions = readDecisions(tree, config.decisions, scopes);
  return {
    scopes: touched,
    rules: gatherRules(config, scopes, files),
    limits: gatherLimits(config),
    excerpts: gatherExcerpts(tree, files, config.relay.instructions),
    decisions: governing(decisions, new Set(touched.map(({ id }) => id))),
  };
}

/** A name that moves with every commit says another thing to whoever comes next: `HEAD~5` becomes the commit it is now. */
function optionsOf(asked: string | undefined, { base, baseName }: Change): string {
  const moves = /^HEAD\b|[~^@{]/.test(asked ?? baseName ?? '');
  if (moves && base !== undefined) return ` --base ${base.slice(0, 12)}`;
  return asked === undefined ? '' : ` --base ${quote(asked)}`;
}

function touchedScopes(files: readonly TouchedFile[]): readonly TouchedScope[] {
  const groups = Map.groupBy(files, ({ scope }) => scope);
  return [...groups].map(([id, members]) => ({ id, files: members.length })).sort((a, b) => b.files - a.files);
}

function guardFacts({ check, outcome }: CheckResult): GuardFacts {
  return {
    id: check.id,
    status: outcome.status,
    reason: 'reason' in outcome ? outcome.reason : undefined,
    findings: findingsOf(outcome).map((finding) => ({ text: detailOf(finding), blocks: finding.severity === 'error' })),
  };
}
