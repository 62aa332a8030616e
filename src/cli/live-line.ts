import { cut } from '../engine/text.ts';
import type { Streams } from './streams.ts';

/** One line that is written over again and again, on standard error. */
export interface LiveLine {
  /** At once, or in a moment where much comes at a time; then what was said last counts. */
  show(text: string): void;
  clear(): void;
}

const STEP_MS = 50;
/** Of terminals that do not say; some say 0. */
const USUAL_WIDTH = 80;

/** Undefined where nobody would see it. */
export function createLiveLine({ stderr }: Streams, quiet: boolean): LiveLine | undefined {
  if (stderr.isTTY !== true || quiet) return undefined;
  let timer: NodeJS.Timeout | undefined;
  let next = '';
  let shownAt = Number.NEGATIVE_INFINITY;
  const draw = (): void => {
    timer = undefined;
    shownAt = performance.now();
    stderr.write(`\r\u001b[2K${cut(next, (stderr.columns || USUAL_WIDTH) - 1)}`);
  };
  return {
    show: (text) => {
      next = text;
      if (timer !== undefined) return;
      const rest = shownAt + STEP_MS - performance.now();
      if (rest <= 0) draw();
      else timer = setTimeout(draw, rest);
    },
    clear: () => {
      clearTimeout(timer);
      timer = undefined;
      stderr.write('\r\u001b[2K');
    },
  };
}
