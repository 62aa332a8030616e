/*
 * What the drivers of all JavaScript runners have in common. How to use it:
 *
 *   const request = readRequest(path);                        // request.ts; also openEvents(request.events)
 *   const board = installSwitchboard(globalThis, request.mutants); // the global object the user's modules see; before any loads
 *   const places = createPlaces(request.sources);             // places.ts: which mutants a run reached
 *
 * Per test: `board.start(0)`, run it, `board.stop()` gives a `Run`: hits by place, milliseconds, whether it was cut off. That is
 * the first run; `places.reached(run.hits)` are the mutants of its places. A try is `board.start(number, { first, limits })`,
 * run, stop. Put controls (`board.start(0)`) before the first try of a test and after each; `doubtOfControl` and `doubtOfTry`
 * (verdict.ts) say what makes the next tries unsure, `concludeTry` makes the event of one mutant in one test file out of
 * its attempts. A run that was cut off is a time-out whatever the test says: user code may catch what `over` throws.
 * A test's own time limit in a try is `timeLimit(limits, ms)`.
 */
import { performance } from 'node:perf_hooks';
import type { DriverLimits, SchemataRuntime } from '../../../engine/mutation/driver-protocol.ts';

/** Name of the global that schemata look for. */
export const GLOBAL_NAME = '__downforce__';

/** One run of a piece of the tests, as schemata saw it. */
export interface Run {
  /** By place. */
  readonly hits: Uint32Array;
  readonly ms: number;
  /** A place was run too often, or for too long. */
  readonly cutOff: boolean;
}

/** What a try is held against: the run of the same piece without a mutant. */
export interface Measure {
  readonly first: Run;
  readonly limits: DriverLimits;
}

const UNLIMITED = 0x7fff_ffff;
/** Between two looks at the clock. */
const SLICE = 2000;
// Tests put fake clocks in place of the real one.
const now = performance.now.bind(performance);

/** The global that schemata talk to, and the hand that switches it. */
export class Switchboard implements SchemataRuntime {
  active = 0;
  readonly fuel: Int32Array;
  /** What was put into `fuel` since the start: the difference is what was used. */
  private readonly granted: Int32Array;
  private readonly ceilings: Int32Array;
  private started = now();
  private deadline = Number.POSITIVE_INFINITY;
  private cutOff = false;

  constructor(mutants: number) {
    this.fuel = new Int32Array(mutants + 1).fill(UNLIMITED);
    this.granted = new Int32Array(mutants + 1).fill(UNLIMITED);
    this.ceilings = new Int32Array(mutants + 1).fill(UNLIMITED);
  }

  /** Counts from nothing with this mutant in force (0 for none), without limits where there is no measure. */
  start(number: number, measure?: Measure): void {
    this.cutOff = false;
    this.started = now();
    this.deadline =
      measure === undefined ? Number.POSITIVE_INFINITY : this.started + timeLimit(measure.limits, measure.first.ms);
    for (let place = 0; place < this.fuel.length; place++) {
      this.ceilings[place] = measure === undefined ? UNLIMITED : ceilingOf(measure, place);
      this.grant(place, 0, measure === undefined ? UNLIMITED : SLICE);
    }
    this.active = number;
  }

  /** Puts no mutant in force and tells what was counted since `start`. */
  stop(): Run {
    const run = this.look();
    this.start(0);
    return run;
  }

  /** What `stop` would tell now. */
  look(): Run {
    const hits = Uint32Array.from(this.fuel, (_, place) => this.used(place));
    return { hits, ms: now() - this.started, cutOff: this.cutOff };
  }

  over(place: number): void {
    const used = this.used(place);
    if (!this.cutOff && used <= (this.ceilings[place] ?? 0) && now() <= this.deadline) {
      this.grant(place, used, SLICE);
      return;
    }
    this.cutOff = true;
    // From here on every place throws, so that code which catches everything comes to an end as well.
    for (let each = 0; each < this.fuel.length; each++) this.grant(each, this.used(each), 0);
    throw new Error('Downforce: with this mutant the code does not come to an end');
  }

  private used(place: number): number {
    return (this.granted[place] ?? 0) - (this.fuel[place] ?? 0);
  }

  private grant(place: number, used: number, more: number): void {
    const upTo = Math.min(this.ceilings[place] ?? 0, used + more);
    this.granted[place] = Math.max(upTo, used);
    this.fuel[place] = Math.max(0, upTo - used);
  }
}

function ceilingOf({ first, limits }: Measure, place: number): number {
  return Math.min(UNLIMITED, (first.hits[place] ?? 0) * limits.hitsFactor + limits.hitsBase);
}

/** Puts a switchboard on the global object that the user's modules see; the one that is there already stays. */
export function installSwitchboard(scope: object, mutants: number): Switchboard {
  // By name, not by class: this file may be in several bundles of one process.
  const present: Switchboard | undefined = Reflect.get(scope, GLOBAL_NAME);
  if (present !== undefined) return present;
  const board = new Switchboard(mutants);
  Object.defineProperty(scope, GLOBAL_NAME, { value: board, configurable: true });
  return board;
}

/** Milliseconds a try may take of something that takes `ms` without a mutant. */
export function timeLimit({ timeBaseMs, timeFactor }: DriverLimits, ms: number): number {
  return timeBaseMs + timeFactor * ms;
}
