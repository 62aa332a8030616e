import type { RawFinding } from '../../../protocol/finding.ts';
import type { GuardContext } from '../guard.ts';
import type { Facts } from './facts.ts';
import { filesOf, findingAt, type Import } from './imports.ts';
import { isContainment } from './named-targets.ts';
import { type Baseline, settledFirst } from './new-only.ts';
import { outsideImport } from './outside.ts';
import type { CompiledRule } from './rules.ts';
import type { Whole } from './search.ts';
import { searchWhole } from './search-wholes.ts';
import { createSteps, type Steps } from './steps.ts';

/** What no import breaks by itself: chains through third files, and circles. */
export async function inspectWholes(
  facts: Facts,
  rules: readonly CompiledRule[],
  context: GuardContext,
  baseline: () => Promise<Baseline | undefined>,
): Promise<RawFinding[]> {
  const speaking = rules.filter((rule) => !(rule.kind === 'allow' || rule.kind === 'strict' || isDirect(rule)));
  const unchanged = !context.everything && context.change.base !== undefined && context.change.files.length === 0;
  if (speaking.length === 0 || unchanged) return [];
  const steps = createSteps(facts);
  for (const path of settledFirst(context, facts)) await steps.settle(path);
  const touched = touchedFiles(context, facts);
  const found: RawFinding[] = [];
  for (const rule of speaking) {
    const wholes = await confirmedWholes(rule, steps, touched, baseline);
    found.push(...wholes.flatMap((whole) => wholeFinding(whole, rule, steps)));
  }
  return found;
}

/** Where files only changed in content, those alone have new steps; where any came, went or moved, an import may mean another. */
function touchedFiles({ change, everything, languages }: GuardContext, facts: Facts): ReadonlySet<number> | undefined {
  const known = change.files.every(
    ({ path, status }) => status === 'modified' && !languages.some((language) => language.isLayout(path)),
  );
  if (everything || change.base === undefined || !known) return undefined;
  return new Set(change.files.flatMap((file) => facts.graph.indexOf(file.path) ?? []));
}

function isDirect(rule: CompiledRule): boolean {
  return rule.kind === 'deny' && !rule.reachable;
}

/** A chain and the step of it that the finding is put at. */
interface Placed extends Whole {
  readonly at: number;
  /** How many more chains lead over the same step. */
  readonly others: number;
}

/**
 * Every file on a chain is read exactly before the chain counts, so that no comment makes one; what that changes may open
 * other chains, so the search is repeated until all files met have been read.
 */
async function confirmedWholes(
  rule: CompiledRule,
  steps: Steps,
  touched: ReadonlySet<number> | undefined,
  baseline: () => Promise<Baseline | undefined>,
): Promise<Placed[]> {
  for (;;) {
    const any = searchWhole(rule, steps, undefined, touched);
    if (any.length === 0) return [];
    const base = await baseline();
    const wholes = base === undefined ? any : searchWhole(rule, steps, base, touched);
    if (await settleAll(wholes, steps)) continue;
    return base === undefined ? wholes.map((whole) => ({ ...whole, at: 0, others: 0 })) : grouped(wholes);
  }
}

async function settleAll(wholes: readonly Whole[], steps: Steps): Promise<boolean> {
  let learned = false;
  for (const path of new Set(wholes.flatMap(({ files }) => files))) learned = (await steps.settle(path)) || learned;
  return learned;
}

/** One for each new step: what it opens to many files is one mistake, and the shortest chain shows it best. */
function grouped(wholes: readonly Whole[]): Placed[] {
  const byStep = Map.groupBy(wholes, ({ files, newAt }) => `${files[newAt]}\0${files[newAt + 1] ?? ''}`);
  return [...byStep.values()].flatMap((group) => {
    const [best] = group.toSorted((a, b) => a.files.length - b.files.length);
    return best === undefined ? [] : [{ ...best, at: best.newAt, others: group.length - 1 }];
  });
}

function wholeFinding(whole: Placed, rule: CompiledRule, steps: Steps): RawFinding[] {
  const { files, outside, at, others } = whole;
  const found = stepImport(whole, rule, steps);
  if (found === undefined) return [];
  const chain = [...files, ...(outside === undefined ? [] : [outside])];
  const more = others === 0 ? '' : ` (and ${others} more ${others === 1 ? 'file' : 'files'} by the same import)`;
  return [
    findingAt(found, steps.facts.tree.read(found.path) ?? '', {
      code: whole.code,
      message: `${whole.message}: ${chain.join(' → ')}${more}`,
      because: rule.because,
      data: { rule: rule.index, chain, ...(at > 0 ? { step: at } : {}) },
    }),
  ];
}

function stepImport({ files, at }: Placed, rule: CompiledRule, steps: Steps): Import | undefined {
  const [from = '', to] = files.slice(at);
  if (to === undefined) return rule.kind === 'deny' ? outsideImport(from, rule, steps) : undefined;
  return steps
    .imports(from)
    .find(
      (found) =>
        !(rule.allowTypes && found.reference.typeOnly) &&
        !isContainment(found.reference) &&
        filesOf(found).includes(to),
    );
}
