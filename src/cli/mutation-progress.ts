import type { MutationEvents } from '../engine/mutation/run-mutation.ts';
import { plural } from '../engine/text.ts';
import { createLiveLine } from './live-line.ts';
import type { Streams } from './streams.ts';

/** A live line on a terminal; nothing otherwise. Standard error only. */
export function createMutationProgress(streams: Streams, quiet: boolean): MutationEvents & { stop(): void } {
  const line = createLiveLine(streams, quiet);
  if (line === undefined) return { stop: () => {} };
  const tried = new Map<number, boolean>();
  let total = 0;
  let tests = 0;
  const draw = (): void => {
    const noticed = [...tried.values()].filter((killed) => killed).length;
    line.show(`mutants: ${tried.size}/${total} tried, ${noticed} noticed  ${plural(tests, 'test')} run`);
  };
  return {
    onPlan: (mutants) => {
      total = mutants;
      draw();
    },
    onTest: () => {
      tests++;
      draw();
    },
    onTry: ({ number, status }) => {
      tried.set(number, tried.get(number) === true || status === 'killed' || status === 'timeout');
      draw();
    },
    stop: line.clear,
  };
}
