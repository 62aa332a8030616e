import type { CheckReport } from '../../protocol/envelope.ts';
import type { MutantReport } from '../../protocol/mutation.ts';
import type { Engine } from '../survey.ts';
import { bindLines } from '../waivers/binding.ts';
import { standingMutants } from '../waivers/standing-mutants.ts';
import type { MutantFacts, OpenMutant } from './facts.ts';
import { mutantsOf, type ReportedRun } from './runs.ts';

/** What became of the mutants of the change when they were last tried; undefined where they never were. */
export function gatherMutants(
  { tree, digest, waivers }: Engine,
  runs: readonly ReportedRun[],
): MutantFacts | undefined {
  const known = mutantsOf(runs);
  if (known === undefined) return undefined;
  const textOf = (path: string): string | undefined => tree.read(path);
  const waived = standingMutants(waivers, textOf, digest);
  const isOpen = (mutant: MutantReport): boolean => {
    const text = textOf(mutant.path);
    return (
      text !== undefined &&
      !waived.has(mutant.id) &&
      bindLines(text, mutant.exchange, digest).content === mutant.content
    );
  };
  const { run, check, mutants } = known;
  const count = (...statuses: readonly MutantReport['status'][]): number =>
    mutants.filter(({ status }) => statuses.includes(status)).length;
  return {
    run: { command: run.command, at: run.at, tree: run.tree, stale: run.stale, beside: run.beside },
    ...judgementOf(check),
    total: mutants.length - count('compile-error', 'equivalent'),
    killed: count('killed', 'timeout'),
    open: mutants
      .filter(isOpen)
      .flatMap((mutant) => openOf(mutant, textOf(mutant.path) ?? ''))
      .sort(byPlace),
  };
}

function judgementOf({ status, reason }: CheckReport): Pick<MutantFacts, 'status' | 'reason'> {
  return { status, reason };
}

function openOf(mutant: MutantReport, text: string): OpenMutant[] {
  const { id, status, path, range, symbol, original, replacement, covered_by } = mutant;
  if (status !== 'survived' && status !== 'no-coverage') return [];
  const [nearest] = covered_by;
  const test =
    nearest === undefined ? undefined : [nearest.file, nearest.name].filter((part) => part !== '').join(': ');
  const { line, column } = range.start;
  const shown = text.split('\n')[line - 1]?.trim() ?? '';
  return [{ id, kind: status, path, line, column, text: shown, symbol, original, replacement, test }];
}

function byPlace(a: OpenMutant, b: OpenMutant): number {
  return a.path === b.path ? a.line - b.line || a.column - b.column : a.path < b.path ? -1 : 1;
}
