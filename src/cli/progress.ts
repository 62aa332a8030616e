import type { PlannedCheck } from '../engine/checks/plan.ts';
import type { CheckResult } from '../engine/checks/result.ts';
import type { LoopEvents } from '../engine/loop.ts';
import { oneLine, plural } from '../engine/text.ts';
import { createLiveLine } from './live-line.ts';
import type { Streams } from './streams.ts';

/** A live line on a terminal; nothing otherwise. Standard error only. */
export function createProgress(streams: Streams, quiet: boolean): LoopEvents & { stop(): void } {
  const line = createLiveLine(streams, quiet);
  if (line === undefined) return { stop: () => {} };
  const running = new Map<string, number>();
  let total = 0;
  let done = 0;
  let failed = 0;
  const draw = (): void => {
    const now = performance.now();
    const current = [...running].map(([id, since]) => `${oneLine(id)} ${Math.round((now - since) / 1000)}s`).join('  ');
    const bad = failed > 0 ? `  ${failed} failed` : '';
    line.show(`${done}/${total}${bad}  ${current}`);
  };
  const timer = setInterval(() => {
    if (running.size > 0) draw();
  }, 250);
  timer.unref();
  return {
    onPlan: (planned) => {
      total = planned.length;
      line.show(`${plural(total, 'check')} to run`);
    },
    onStart: (planned: PlannedCheck) => {
      running.set(planned.check.id, performance.now());
      draw();
    },
    onEnd: (result: CheckResult) => {
      running.delete(result.check.id);
      done++;
      if (result.outcome.status === 'fail' || result.outcome.status === 'error') failed++;
      draw();
    },
    stop: () => {
      clearInterval(timer);
      line.clear();
    },
  };
}
