import type { StageOutcome } from './stage.ts';

/** So long after it was told to end, a run that has not ended is left to itself. */
const GRACE_MS = 10_000;

export const CANCELLED: StageOutcome = {
  status: 'cancelled',
  summary: 'cancelled',
  results: [],
  mutation: undefined,
  problem: undefined,
};

/** The outcome, or that it was cancelled where the run does not end though it was told to. */
export function orAbandoned(work: Promise<StageOutcome>, signal: AbortSignal): Promise<StageOutcome> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const giveUp = (): void => {
      timer = setTimeout(() => resolve(CANCELLED), GRACE_MS);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    });
  });
}
