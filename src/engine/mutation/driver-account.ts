import type { DriverEvent } from './driver-protocol.ts';
import type { Heard, MutantEvents, TestRun, Try } from './mutant-runner.ts';

/** A mutant that was put in force. */
export type Begun = Extract<DriverEvent, { type: 'begin' }>;

/** What a driver has told so far; paths are relative to the root here. */
export class DriverAccount {
  readonly tests: TestRun[] = [];
  readonly loads = new Map<string, readonly number[]>();
  readonly tries: Try[] = [];
  /** The mutant that was put in force last, while nothing was heard of it since. */
  open: Begun | undefined;
  baselineMs: number | undefined;
  unfit: string | undefined;
  ended = false;
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  take(line: string, events: MutantEvents): void {
    const event = parse(line);
    switch (event?.type) {
      case 'test': {
        const { ms, type: _, ...test } = event;
        this.tests.push({ ...test, file: this.#relative(test.file), durationMs: ms });
        events.onTest?.(this.tests.at(-1) as TestRun);
        break;
      }
      case 'try': {
        const { ms, type: _, ...result } = event;
        if (this.open?.number === event.number) this.open = undefined;
        this.tries.push({ ...result, file: this.#relative(result.file), durationMs: ms });
        events.onTry?.(this.tries.at(-1) as Try);
        break;
      }
      case 'load':
        this.loads.set(this.#relative(event.file), event.reaches);
        break;
      case 'begin':
        this.open = { ...event, file: this.#relative(event.file) };
        break;
      case 'doubt':
        events.onDoubt?.(event.number, this.#heard());
        break;
      case 'dry':
        this.baselineMs ??= event.ms;
        break;
      case 'unfit':
        this.unfit ??= event.reason;
        break;
      case 'end':
        this.ended = true;
        break;
      default:
        event satisfies undefined;
    }
  }

  #heard(): Heard {
    return { tests: [...this.tests], loads: new Map(this.loads), baselineMs: this.baselineMs ?? 0 };
  }

  #relative(path: string): string {
    return path.startsWith(`${this.#root}/`) ? path.slice(this.#root.length + 1).replaceAll('\\', '/') : path;
  }
}

function parse(line: string): DriverEvent | undefined {
  try {
    return JSON.parse(line) as DriverEvent;
  } catch {
    // The line that was being written when the process ended.
    return undefined;
  }
}
