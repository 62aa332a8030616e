import type { NextAction } from '../../protocol/envelope.ts';
import type { CheckResult } from '../checks/result.ts';
import type { LoopResult } from '../loop.ts';
import { plural } from '../text.ts';

/** Something that matters changed, and no check was called for: that is no verdict. */
export function isVacuous({ results, survey }: LoopResult): boolean {
  const mattering = [...survey.radius.fates.values()].some((fate) => fate.kind !== 'inert');
  return results.every(({ outcome }) => outcome.status === 'skipped') && (mattering || survey.radius.reasons.length > 0);
}

/** Nothing failed, errored or timed out, nothing was interrupted, and something was looked at where something changed. */
export function isLoopOk(result: LoopResult): boolean {
  const { results, cancelled } = result;
  if (cancelled || isVacuous(result)) return false;
  return (
    !cancelled && results.every(({ outcome }) => !['fail', 'error', 'timeout', 'cancelled'].includes(outcome.status))
  );
}

/** 0 all right · 1 findings · 3 could not judge · 130 interrupted. */
export function exitStatusOf(result: LoopResult): 0 | 1 | 3 | 130 {
  if (result.cancelled) return 130;
  const statuses = result.results.map(({ outcome }) => outcome.status);
  if (statuses.includes('fail')) return 1;
  return isLoopOk(result) ? 0 : 3;
}

/** What to do next, from where one stands: mend what failed and check that alone, then the rest. */
export function loopActions(result: LoopResult): NextAction[] {
  const { results, survey, moved } = result;
  const failed = results.filter(({ outcome }) => outcome.status === 'fail');
  const broken = results.filter(({ outcome }) => outcome.status === 'error' || outcome.status === 'timeout');
  const deferred = results.filter(({ outcome }) => outcome.status === 'deferred');
  const actions: NextAction[] = [
    ...failed
      .slice(0, 2)
      .map((item) => ({ command: only([item]), description: `Re-check ${item.check.id} alone after the fix.` })),
    ...broken.slice(0, 1).map(({ check }) => ({
      command: `downforce explain ${quote(check.id)}`,
      description: `See why ${check.id} could not judge and what it needs.`,
    })),
  ];
  if (deferred.length > 0 && failed.length + broken.length === 0) {
    actions.push({
      command: `${only(deferred)} --budget 30m`,
      description: `Run the ${plural(deferred.length, 'deferred check')}.`,
    });
  }
  if (moved) actions.push({ command: 'downforce loop', description: 'Files changed while the checks ran: run again.' });
  else if (failed.length + broken.length > 0)
    actions.push({ command: 'downforce loop', description: 'Re-run the whole loop after the fix.' });
  if (survey.change.files.length === 0 && results.length === 0) {
    const from = survey.change.baseName ?? 'the base';
    actions.push({
      command: 'downforce loop --base HEAD~1',
      description: `Nothing changed since ${from}; judge the last commit instead.`,
    });
  } else if (isVacuous(result)) {
    actions.push({ command: 'downforce doctor', description: 'No check was called for: see what was detected.' });
  }
  return actions;
}

function only(results: readonly CheckResult[]): string {
  const ids = [...new Set(results.map(({ check }) => check.id.replace(/\+rest$/, '')))];
  return `downforce loop ${ids
    .slice(0, 4)
    .map((id) => `--only ${quote(id)}`)
    .join(' ')}`;
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
