import type { CheckReport, Envelope } from '../../protocol/envelope.ts';
import type { MutantReport } from '../../protocol/mutation.ts';
import type { Store } from '../ports.ts';
import { countsOf } from '../report/mutation-check.ts';
import { plural } from '../text.ts';
import type { CheckVerdict, Run } from './facts.ts';

/** A report with what it says of each check and mutant. */
export interface ReportedRun extends Run {
  readonly checks: readonly CheckReport[];
  /** Of a few checks or mutants by name, not of the change. */
  readonly partial: boolean;
}

/** Names of the working tree as it stands. */
export interface Now {
  readonly tree: string;
  readonly inputs: string;
}

const REPORTS = ['loop', 'loop-only', 'mutate', 'mutate-only', 'gate'];

/** The last reports of each command, newest first; what cannot be read is none. */
export async function readRuns(store: Store, now: Now): Promise<readonly ReportedRun[]> {
  const texts = REPORTS.flatMap((name) => {
    const text = store.read(`reports/${name}.json`);
    return text === undefined ? [] : [{ name, text }];
  });
  if (texts.length === 0) return [];
  const { envelopeSchema } = await import('../../protocol/envelope.ts');
  const runs = texts.flatMap(({ name, text }) => {
    const envelope: Envelope | undefined = envelopeSchema.safeParse(parse(text)).data;
    return envelope?.result === undefined ? [] : [runOf(envelope, envelope.result, now, name.endsWith('-only'))];
  });
  return runs.sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
}

function runOf(
  { command, ok, error }: Envelope,
  { checks, summary, mutation, at, tree, inputs }: NonNullable<Envelope['result']>,
  now: Now,
  partial: boolean,
): ReportedRun {
  const name = /\b(loop|mutate|gate)\b/.exec(command)?.[1];
  const failed = checks.filter(({ status }) => status === 'fail').length;
  const unjudged = summary.errored > 0 ? `, ${summary.errored} could not judge` : '';
  const deferred = summary.deferred > 0 ? `, ${summary.deferred} deferred` : '';
  const tried = mutation === undefined ? '' : `mutants: ${countsOf(mutation) || 'none'}`;
  const judged = `${failed === 0 ? 'none' : failed} of ${plural(summary.total, 'check')} failed${unjudged}${deferred}`;
  return {
    command: name === 'mutate' || name === 'gate' ? name : 'loop',
    ok,
    at,
    tree,
    stale: tree !== now.tree && (inputs === undefined || inputs !== now.inputs),
    beside: tree !== now.tree && inputs === now.inputs,
    // The mutants are one check, and of it the counts say more.
    summary: name === 'mutate' && tried !== '' ? tried : [judged, tried].filter((part) => part !== '').join('; '),
    error: error?.message,
    checks,
    partial,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half a file is no report.
    return undefined;
  }
}

const PATHS = 50;
const JUDGED: readonly CheckReport['status'][] = ['pass', 'fail', 'error', 'timeout'];

/** Of each check of a tool what is known best: of this tree before any other, judged before put off, newest first. */
export function verdictsOf(runs: readonly ReportedRun[]): readonly CheckVerdict[] {
  const known = new Map<string, { readonly run: ReportedRun; readonly check: CheckReport }>();
  const rank = (run: ReportedRun, check: CheckReport): number =>
    (run.stale ? 0 : 2) + (JUDGED.includes(check.status) ? 1 : 0);
  for (const run of runs) {
    for (const check of run.checks.filter(({ id }) => id.includes(':'))) {
      const best = known.get(check.id);
      if (best === undefined || rank(best.run, best.check) < rank(run, check)) known.set(check.id, { run, check });
    }
  }
  return [...known.values()].map(({ run, check }) => verdictOf(check, run));
}

function verdictOf(check: CheckReport, { command, at, tree, stale, beside }: ReportedRun): CheckVerdict {
  const findings = check.findings ?? [];
  return {
    id: check.id,
    status: check.status,
    examined: check.examined ?? undefined,
    reason: check.reason,
    details: check.details.slice(0, 5),
    findings: findings.length,
    paths: [...new Set(findings.map(({ path }) => path).filter((path) => path !== ''))].slice(0, PATHS),
    durationMs: check.cached === true ? undefined : check.duration_ms,
    run: { command, at, tree, stale, beside },
  };
}

/** The newest run that tried the mutants of the change, and what single tries after it have changed. */
export function mutantsOf(
  runs: readonly ReportedRun[],
): { readonly run: ReportedRun; readonly check: CheckReport; readonly mutants: readonly MutantReport[] } | undefined {
  const whole = runs.flatMap((run) => {
    const check = run.partial ? undefined : run.checks.find(({ id }) => id === 'mutation');
    return check === undefined ? [] : [{ run, check }];
  });
  const best = whole.find(({ run }) => !run.stale) ?? whole[0];
  if (best === undefined) return undefined;
  const since = runs.filter((run) => run.partial && (run.at ?? '') > (best.run.at ?? ''));
  const later = new Map(
    since.flatMap((run) => run.checks.flatMap(({ mutants }) => mutants ?? [])).map((mutant) => [mutant.id, mutant]),
  );
  const mutants = (best.check.mutants ?? []).map((mutant) => later.get(mutant.id) ?? mutant);
  return { ...best, mutants };
}
