import type { Envelope, NextAction } from '../../protocol/envelope.ts';
import type { CheckResult } from '../checks/result.ts';
import { mayRun } from '../guards/changed-tests/source-kinds.ts';
import type { LoopResult } from '../loop.ts';
import { plural } from '../text.ts';
import { loopOnly, quote } from './commands.ts';

/** Something that matters changed, and no check was called for: that is no verdict. */
export function isVacuous({ results, survey }: LoopResult): boolean {
  const mattering = [...survey.radius.fates.values()].some((fate) => fate.kind !== 'inert');
  const idle = results.every(({ outcome }) => outcome.status === 'skipped');
  return idle && (mattering || survey.radius.reasons.length > 0);
}

const UNWELL = ['fail', 'error', 'timeout', 'cancelled'];

/**
 * Nothing failed, errored or timed out, nothing was interrupted, something was looked at where something changed, and
 * it is what stands there now.
 */
export function isLoopOk(result: LoopResult): boolean {
  if (result.cancelled || result.moved || isVacuous(result)) return false;
  return result.results.every(({ outcome }) => !UNWELL.includes(outcome.status));
}

/** What keeps the whole from being judged, beside the checks that could not. */
export function loopError(result: LoopResult): Envelope['error'] {
  if (result.cancelled)
    return {
      code: 'loop/interrupted',
      message: 'Interrupted before all was judged.',
      hint: 'Run `downforce loop` again.',
    };
  if (isVacuous(result)) {
    return {
      code: 'loop/nothing-to-run',
      message: 'Files changed, and this repository has no check that looks at them.',
      hint: 'Name one in downforce.jsonc (`downforce init`), or mark the files as inert there.',
    };
  }
  if (!result.moved) return undefined;
  return {
    code: 'loop/files-moved',
    message: 'Files changed while the checks ran: what they found is true of no one state.',
    hint: 'Run again while nothing writes to the repository.',
  };
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
    ...failed.slice(0, 2).map(({ check }) => ({
      command: loopOnly([nameOf(check)]),
      description: `Re-check ${check.id} alone after the fix.`,
    })),
    ...broken.slice(0, 1).map(({ check }) => ({
      command: `downforce explain ${quote(check.id)}`,
      description: `See why ${check.id} could not judge and what it needs.`,
    })),
  ];
  if (failed.length + broken.length === 0) actions.push(...deferredActions(deferred));
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
  } else if (actions.length === 0 && isLoopOk(result) && changesRuntime(result)) {
    actions.push({ command: 'downforce mutate', description: 'See whether a test notices when the change is broken.' });
  }
  return actions;
}

/** Whether a source that belongs to the product changed, as far as paths tell. */
function changesRuntime({ survey: { change, graph } }: LoopResult): boolean {
  return change.files.some(({ path, status }) => {
    const index = graph.indexOf(path);
    return status !== 'deleted' && index !== undefined && graph.isSource(index) && mayRun(path);
  });
}

/** Short enough to be shown whole. */
const MAX_COMMAND = 200;

/** Those deferred by name, since another run may not call for them; no more than a line holds. */
function deferredActions(deferred: readonly CheckResult[]): NextAction[] {
  const names = [...new Set(deferred.map(({ check }) => nameOf(check)))];
  if (names.length === 0) return [];
  const tooMany = names.findIndex((_, index) => index > 0 && loopOnly(names.slice(0, index + 1)).length > MAX_COMMAND);
  const named = tooMany < 0 ? names : names.slice(0, tooMany);
  const description = `Run the ${plural(named.length, 'deferred check')}.`;
  const rest = plural(names.length - named.length, 'further check');
  return [
    { command: loopOnly(named, '--budget 30m'), description },
    ...(tooMany < 0 ? [] : [{ command: 'downforce loop', description: `Then again, for ${rest} deferred.` }]),
  ];
}

/** Of the check that was planned, though it was cut in two. */
function nameOf(check: CheckResult['check']): string {
  return check.id.replace(/\+rest$/, '');
}
