import type { Renewed } from '../../javascript/driver/court.ts';
import type { Diary } from '../../javascript/driver/diary.ts';
import { instructFamily } from '../../javascript/driver/family.ts';
import type { Generations } from '../../javascript/driver/generations.ts';
import type { Measure, Switchboard } from '../../javascript/driver/switchboard.ts';
import type { Registry } from './registry.ts';

// Tests replace it.
const settled = setImmediate;

interface Workplace {
  /** Absolute. */
  readonly file: string;
  readonly board: Switchboard;
  readonly diary: Diary;
  readonly registry: Registry;
  readonly generations: Generations;
  /** How it was when it was loaded first. */
  readonly measure: Measure;
}

/** Loads a test file, and all of the user's that it loads, as if for the first time. */
export function createReload({ file, board, diary, registry, generations, measure }: Workplace) {
  return async (number: number): Promise<Renewed> => {
    generations.begin();
    registry.forget();
    diary.read();
    instructFamily(number);
    board.start(number, measure);
    const thrown = await failureOf(() => generations.load(file));
    const run = board.look();
    const { hits, notes, isOpen } = diary.read();
    if (generations.isStale || registry.unfit !== undefined || notes.length > 0 || isOpen) return { kind: 'unfit' };
    const all = run.hits.map((count, place) => count + (hits[place] ?? 0));
    if (thrown === undefined && !run.cutOff) return { kind: 'loaded', hits: all };
    return { kind: 'failed', attempt: { ...run, hits: all, passed: false, message: thrown ?? 'it does not end' } };
  };
}

/** What was thrown, also by what was begun and not waited for. */
async function failureOf(work: () => Promise<void>): Promise<string | undefined> {
  let late: string | undefined;
  const listen = (error: unknown): void => {
    late ??= messageOf(error);
  };
  process.on('uncaughtExceptionMonitor', listen);
  process.on('unhandledRejection', listen);
  try {
    await work();
    await new Promise<void>((resolve) => settled(resolve));
    return late;
  } catch (error) {
    return messageOf(error);
  } finally {
    process.off('uncaughtExceptionMonitor', listen);
    process.off('unhandledRejection', listen);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
