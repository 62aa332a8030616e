import type { Envelope, NextAction } from '../../protocol/envelope.ts';
import type { Joined } from '../shards/join-parts.ts';
import { failedActions } from './gate-verdict.ts';

/** The parts judged everything and all of it passed. */
export function isMergeOk(joined: Joined, command: string): boolean {
  if (mergeError(joined, command) !== undefined) return false;
  return joined.results.every(({ outcome }) => outcome.status === 'pass' || outcome.status === 'skipped');
}

/** @param command what the parts were of: `downforce gate`. */
export function mergeError({ results, error }: Joined, command: string): Envelope['error'] {
  if (error !== undefined) return error;
  const idle = results.every(({ outcome }) => outcome.status === 'skipped');
  // A change without runtime code leaves nothing to mutate, and that is all right; a gate always has something to look at.
  if (!idle || command !== 'downforce gate') return undefined;
  return {
    code: 'merge/nothing-judged',
    message: 'None of the parts had anything to look at: that is no verdict.',
    hint: 'See `downforce doctor` for what was found.',
  };
}

/** 0 all right · 1 findings · 3 could not judge. */
export function mergeExitStatus(joined: Joined, ok: boolean): 0 | 1 | 3 {
  if (joined.results.some(({ outcome }) => outcome.status === 'fail')) return 1;
  return ok ? 0 : 3;
}

export function mergeActions(joined: Joined, command: string, ok: boolean): NextAction[] {
  if (ok)
    return command === 'downforce mutate' ? [{ command: 'downforce gate', description: 'Judge everything.' }] : [];
  return [...failedActions(joined.results), { command, description: 'Then judge the whole again.' }];
}
