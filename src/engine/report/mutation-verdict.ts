import type { NextAction } from '../../protocol/envelope.ts';
import type { Finding } from '../../protocol/finding.ts';
import type { CheckResult } from '../checks/result.ts';
import type { MutateResult } from '../mutate.ts';
import type { TestName } from '../mutation/mutant.ts';
import type { MutationResult } from '../mutation/run-mutation.ts';
import type { Shard } from '../shards/shard.ts';
import { shardName } from '../shards/shard.ts';
import { findingsOf } from './details.ts';
import type { MutationReport } from './envelope.ts';

/** Nothing survived, and nothing was left unjudged. */
export function isMutateOk({ results, cancelled }: Pick<MutateResult, 'results' | 'cancelled'>): boolean {
  return !cancelled && results.every(({ outcome }) => outcome.status === 'pass' || outcome.status === 'skipped');
}

/** 0 all right · 1 findings · 3 could not judge · 130 interrupted. */
export function mutateExitStatus(result: Pick<MutateResult, 'results' | 'cancelled'>): 0 | 1 | 3 | 130 {
  if (result.cancelled) return 130;
  if (result.results.some(({ outcome }) => outcome.status === 'fail')) return 1;
  return isMutateOk(result) ? 0 : 3;
}

/** After a survivor the test to strengthen, then that mutant again; after a green run of all the gate. */
export function mutateActions({ results, mutation, options }: MutateResult): NextAction[] {
  const { shard, only } = options;
  const actions = [...results.flatMap(mendActions), ...unjudgedActions(mutation)];
  if (shard !== undefined) return [...actions, mergeAction('mutate', shard)];
  if (actions.length > 0 || only.length > 0)
    return [...actions, { command: 'downforce mutate', description: 'Then try all of them.' }];
  return [{ command: 'downforce gate', description: 'Judge everything once, before it is handed on.' }];
}

/** The report of a part carries its document, for `merge` to join. */
export function mutationOf({ report, options }: MutateResult): MutationReport {
  const { summary, mutants, document } = report;
  return options.shard === undefined ? { summary, mutants } : { summary, mutants, document };
}

const SHOWN = 2;

/** What to do about what a check of mutants, or the guard beside it, found. */
export function mendActions({ outcome }: CheckResult): NextAction[] {
  const findings = findingsOf(outcome).filter(({ severity }) => severity === 'error');
  const survivors = findings.filter(({ code }) => code === 'mutant/survived').slice(0, SHOWN);
  const silent = findings.filter(({ code }) => code === 'mutant/no-coverage').slice(0, SHOWN - survivors.length);
  const untested = findings.filter(({ code }) => code === 'tests/unchanged').slice(0, 1);
  return [
    ...survivors.map(strengthen),
    ...silent.map((finding) => ({
      command: `downforce mutate --only ${finding.fingerprint}`,
      description: `Write a test that runs ${placeOf(finding)}, then try this mutant again.`,
    })),
    ...untested.map(() => ({
      command: 'downforce loop --only changed-tests',
      description: 'Write a test that fails without the change, then look again.',
    })),
  ];
}

function strengthen(finding: Finding): NextAction {
  const tests = finding.data?.['tests'];
  const [nearest] = Array.isArray(tests) ? (tests as readonly TestName[]) : [];
  const where = nearest === undefined || nearest.file === '' ? 'a test that runs it' : nearest.file;
  return {
    command: `downforce mutate --only ${finding.fingerprint}`,
    description: `Strengthen ${where} until it notices ${placeOf(finding)}, then try this mutant again.`,
  };
}

function placeOf({ path, range }: Finding): string {
  return range === undefined ? path : `${path}:${range.start.line}`;
}

function unjudgedActions({ stage }: MutationResult): NextAction[] {
  switch (stage) {
    case 'red':
      return [{ command: 'downforce loop', description: 'Mend the tests that fail without any mutant.' }];
    case 'unfit':
      return [{ command: 'downforce doctor', description: 'See whether the tests can be run here.' }];
    case 'moved':
    case 'cancelled':
    case 'done':
    case 'nothing':
      return [];
    default:
      return stage satisfies never;
  }
}

/** For a part of a split run: the whole is judged where all reports are. */
export function mergeAction(name: 'mutate' | 'gate', { count }: Shard): NextAction {
  const reports = `.downforce/reports/${shardName(name, { index: 1, count }).replace('-1-', '-*-')}.json`;
  return {
    command: `downforce merge ${reports}`,
    description: `Join the reports of all ${count} parts: together they are the verdict.`,
  };
}
