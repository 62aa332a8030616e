import { orAbandoned } from './abandon.ts';
import type { RunStage } from './stage.ts';

/** Several folders of one repository take turns: what the first has found the next finds in the caches. */
export function oneAtATime(runStage: RunStage): RunStage {
  const turns = new Map<string, Promise<unknown>>();
  return (engine, request, events, signal) => {
    const before = turns.get(engine.root) ?? Promise.resolve();
    const own = before.then(() => {
      signal.throwIfAborted();
      return orAbandoned(runStage(engine, request, events, signal), signal);
    });
    const turn = own.catch(() => {
      // Whoever asked hears of it; the next has its turn all the same.
    });
    turns.set(engine.root, turn);
    void turn.then(() => {
      if (turns.get(engine.root) === turn) turns.delete(engine.root);
    });
    return own;
  };
}
