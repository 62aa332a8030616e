import { performance } from 'node:perf_hooks';

// Tests put fake clocks in place of the real ones.
const { setTimeout, clearTimeout } = globalThis;
const now = performance.now.bind(performance);

/** A clock that is late itself says nothing: the machine has no time for this process. */
const LATE = 1.25;
const MOST_TURNS = 4;

/** Runs it; what takes longer than so many milliseconds is told to be late, and given up. */
export function within(ms: number, run: () => unknown, late: () => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (turn: number): void => {
      const start = now();
      timer = setTimeout(() => {
        if (now() - start > ms * LATE && turn < MOST_TURNS) return wait(turn + 1);
        late();
        reject(new Error(`Downforce: the test does not come to an end within ${Math.round(ms)} ms`));
      }, ms);
    };
    wait(1);
    Promise.resolve(callNow(run))
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

/** As a promise, whatever it does. */
function callNow(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return Promise.reject(error);
  }
}
