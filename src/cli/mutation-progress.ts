import type { MutationEvents } from '../engine/mutation/run-mutation.ts';
import { cut, plural } from '../engine/text.ts';
import type { Streams } from './streams.ts';

/** A live line on a terminal; nothing otherwise. Standard error only. */
export function createMutationProgress(streams: Streams, quiet: boolean): MutationEvents & { stop(): void } {
  const live = streams.stderr.isTTY === true && !quiet;
  if (!live) return { stop: () => {} };
  const tried = new Map<number, boolean>();
  let total = 0;
  let tests = 0;
  const clear = (): unknown => streams.stderr.write('\r\u001b[2K');
  const draw = (): void => {
    const noticed = [...tried.values()].filter((killed) => killed).length;
    const line = `mutants: ${tried.size}/${total} tried, ${noticed} noticed  ${plural(tests, 'test')} run`;
    clear();
    streams.stderr.write(cut(line, (streams.stderr.columns ?? 80) - 1));
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
    stop: clear,
  };
}
