import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/survey.ts';
import { oneAtATime } from '../../../src/server/one-at-a-time.ts';
import type { StageOutcome, StageRequest } from '../../../src/server/stage.ts';
import { PASSED } from './fake-session.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs that end when they are told to. */
function world() {
  const begun: { root: string; end(outcome?: StageOutcome): void; fail(): void }[] = [];
  const run = oneAtATime(
    ({ root }) =>
      new Promise((resolve, reject) => {
        begun.push({ root, end: (outcome = PASSED) => resolve(outcome), fail: () => reject(new Error('no')) });
      }),
  );
  const ask = (root: string, signal = new AbortController().signal): Promise<StageOutcome> =>
    run({ root } as Engine, {} as StageRequest, {} as Parameters<typeof run>[2], signal);
  return { begun, ask, roots: () => begun.map(({ root }) => root) };
}

describe('runs of several folders', () => {
  it('of one repository take turns, of others do not wait', async () => {
    const { begun, ask, roots } = world();
    const [first, second] = [ask('/a'), ask('/a'), ask('/b')];
    await settled();
    expect(roots()).toEqual(['/a', '/b']);
    begun[0]?.end();
    await first;
    await settled();
    expect(roots()).toEqual(['/a', '/b', '/a']);
    begun[2]?.end();
    expect(await second).toBe(PASSED);
  });

  it('go on after one that failed', async () => {
    const { begun, ask, roots } = world();
    const first = ask('/a');
    void ask('/a');
    await settled();
    begun[0]?.fail();
    await expect(first).rejects.toThrow('no');
    await settled();
    expect(roots()).toEqual(['/a', '/a']);
  });

  it('are not begun where nobody waits any more', async () => {
    const { begun, ask, roots } = world();
    const abort = new AbortController();
    void ask('/a');
    const second = ask('/a', abort.signal);
    await settled();
    abort.abort();
    begun[0]?.end();
    await expect(second).rejects.toThrow();
    expect(roots()).toEqual(['/a']);
  });
});
