import type { DriverEvent } from '../../../engine/mutation/driver-protocol.ts';
import type { Places } from './places.ts';
import type { Run } from './switchboard.ts';

/** One run of one test, or of a whole test file. */
export interface Attempt extends Run {
  readonly passed: boolean;
  readonly message?: string;
}

/** A try of one mutant with one test. */
export interface TestTry {
  /** The test's id. */
  readonly test: string;
  readonly attempt: Attempt;
  /** Why it may have gone another way in a fresh process. */
  readonly doubt?: string | undefined;
}

export type TryEvent = DriverEvent & { readonly type: 'try' };

/** Why tries beside this control cannot be trusted: it did not go as the first run did. */
export function doubtOfControl(first: Attempt, control: Attempt, places: Places): string | undefined {
  if (!control.passed) return 'a test fails when it is run again';
  if (!places.same(first.hits, control.hits)) return 'a test takes another way when it is run again';
  return undefined;
}

/** Why a try with this mutant cannot be trusted by itself: what it should have broken may be kept from the first run. */
export function doubtOfTry(first: Attempt, attempt: Attempt, number: number, places: Places): string | undefined {
  const skipped = places.count(first.hits, number) > 0 && places.count(attempt.hits, number) === 0;
  return skipped ? 'its place was not run again' : undefined;
}

/** How a mutant fared in one test file. A failure speaks for itself; to survive, every try has to be beyond doubt. */
export function concludeTry(number: number, file: string, tries: readonly TestTry[]): TryEvent {
  const failed = tries.filter(({ attempt }) => !attempt.passed || attempt.cutOff);
  // A sure failure is worth more than one in doubt.
  const decisive = failed.find(({ doubt }) => doubt === undefined) ?? failed[0];
  const doubt = decisive === undefined ? tries.find((one) => one.doubt !== undefined)?.doubt : decisive.doubt;
  const message = decisive?.attempt.message;
  return {
    type: 'try',
    number,
    file,
    status: decisive === undefined ? 'survived' : decisive.attempt.cutOff ? 'timeout' : 'killed',
    killedBy: unique(failed.map(({ test }) => test)),
    ran: unique(tries.map(({ test }) => test)),
    ms: tries.reduce((sum, { attempt }) => sum + attempt.ms, 0),
    ...(doubt === undefined ? {} : { unsure: doubt }),
    ...(message === undefined ? {} : { message }),
  };
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
