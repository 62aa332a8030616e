import type { Envelope, NextAction } from '../../protocol/envelope.ts';
import type { CheckResult } from '../checks/result.ts';
import type { GateResult } from '../gate.ts';
import { loopOnly, quote } from './commands.ts';
import { mendActions, mergeAction } from './mutation-verdict.ts';

type Judged = Pick<GateResult, 'results' | 'shard' | 'moved' | 'cancelled'>;

/** Everything was judged and passed, something was looked at, and it is what stands there now. */
export function isGateOk(result: Judged): boolean {
  if (result.cancelled || result.moved || isVacuous(result)) return false;
  return result.results.every(({ outcome }) => outcome.status === 'pass' || outcome.status === 'skipped');
}

/** No check had anything to look at. Of a split run that is for `merge` to say. */
function isVacuous({ results, shard }: Pick<GateResult, 'results' | 'shard'>): boolean {
  return shard === undefined && results.every(({ outcome }) => outcome.status === 'skipped');
}

/** What keeps the whole from being judged, beside the checks that could not. */
export function gateError(result: Judged): Envelope['error'] {
  if (result.cancelled) {
    const hint = 'Run `downforce gate` again.';
    return { code: 'gate/interrupted', message: 'Interrupted before all was judged.', hint };
  }
  if (isVacuous(result)) {
    return {
      code: 'gate/nothing-to-run',
      message: 'This repository has no check that looked at anything: that is no verdict.',
      hint: 'Name one in downforce.jsonc (`downforce init`), or see `downforce doctor` for what was found.',
    };
  }
  if (!result.moved) return undefined;
  return {
    code: 'gate/files-moved',
    message: 'Files changed while they were judged: what was found is true of no one state.',
    hint: 'Run again while nothing writes to the repository.',
  };
}

/** 0 all right · 1 findings · 3 could not judge · 130 interrupted. */
export function gateExitStatus(result: Judged): 0 | 1 | 3 | 130 {
  if (result.cancelled) return 130;
  if (result.results.some(({ outcome }) => outcome.status === 'fail')) return 1;
  return isGateOk(result) ? 0 : 3;
}

const SHOWN = 2;

/** What to mend, then the gate again; nothing after a green one. */
export function gateActions(result: Judged): NextAction[] {
  const { shard } = result;
  const actions = [...failedActions(result.results), ...brokenActions(result.results)];
  if (shard !== undefined) return [...actions, mergeAction('gate', shard)];
  if (isGateOk(result)) return [];
  return [...actions, { command: 'downforce gate', description: 'Then judge everything again.' }];
}

export function failedActions(results: readonly CheckResult[]): NextAction[] {
  const failed = results.filter(({ outcome }) => outcome.status === 'fail');
  const checks = failed.filter(({ check }) => check.kind !== 'mutation').slice(0, SHOWN);
  return [
    ...checks.map(({ check }) => ({
      command: loopOnly([check.id], '--all'),
      description: `Re-check ${check.id} alone after the fix.`,
    })),
    ...failed.filter(({ check }) => check.kind === 'mutation').flatMap(mendActions),
  ];
}

function brokenActions(results: readonly CheckResult[]): NextAction[] {
  const broken = results.find(({ outcome }) => outcome.status === 'error' || outcome.status === 'timeout');
  if (broken === undefined) return [];
  if (broken.check.kind === 'mutation')
    return [{ command: 'downforce mutate', description: 'See why the mutants could not be tried.' }];
  const description = `See why ${broken.check.id} could not judge and what it needs.`;
  return [{ command: `downforce explain ${quote(broken.check.id)}`, description }];
}
