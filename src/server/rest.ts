/** Calls `action` once nothing has happened for a while. */
export interface Rest {
  /** Something happened: the wait begins anew. */
  poke(): void;
  cancel(): void;
}

/** However long things go on happening, the action is not put off for more than so many waits. */
const MOST_WAITS = 10;

export function createRest(delayMs: () => number, action: () => void): Rest {
  let timer: NodeJS.Timeout | undefined;
  let since: number | undefined;
  const fire = (): void => {
    timer = undefined;
    since = undefined;
    action();
  };
  return {
    poke: () => {
      const now = performance.now();
      since ??= now;
      clearTimeout(timer);
      timer = setTimeout(fire, Math.max(0, Math.min(delayMs(), since + MOST_WAITS * delayMs() - now)));
    },
    cancel: () => {
      clearTimeout(timer);
      timer = undefined;
      since = undefined;
    },
  };
}
