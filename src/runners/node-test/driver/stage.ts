import type { DriverEvent } from '../../../engine/mutation/driver-protocol.ts';
import type { Renewed, Round, Stage } from '../../javascript/driver/court.ts';
import { LEAVES_TRACES, stateOf, surroundingsOf } from '../../javascript/driver/module-state.ts';
import type { Places } from '../../javascript/driver/places.ts';
import type { Unit } from './account.ts';
import type { Registry } from './registry.ts';
import type { HeardRound, Rounds } from './rounds.ts';

/** What was known before any test was run. */
interface Before {
  /** Absolute. */
  readonly file: string;
  readonly loads: Uint32Array;
  /** Loads it again, with a mutant in force. */
  reload(number: number): Promise<Renewed>;
  readonly state: string;
  readonly surroundings: string;
  readonly notes: readonly string[];
}

/** The tests of one file, as the court sees them. */
export class NodeStage implements Stage<Unit> {
  readonly first: HeardRound;
  readonly loaded: readonly number[];
  readonly loads: Uint32Array;
  private readonly rounds: Rounds;
  private readonly registry: Registry;
  private readonly places: Places;
  private readonly before: Before;

  constructor(rounds: Rounds, first: HeardRound, registry: Registry, places: Places, before: Before) {
    this.rounds = rounds;
    this.first = first;
    this.registry = registry;
    this.places = places;
    this.before = before;
    this.loads = before.loads;
    this.loaded = places.reached(before.loads);
  }

  run(round: Round<Unit>): Promise<HeardRound> {
    return this.rounds.run(round);
  }

  covering(number: number): ReadonlySet<Unit> {
    return new Set([...this.first.ran].filter((unit) => this.reachesOf(unit).includes(number)));
  }

  idOf(unit: Unit): string {
    return unit.id;
  }

  fileOf(): string {
    return this.before.file;
  }

  doubt(): string | undefined {
    const { notes, surroundings } = this.before;
    return notes[0] ?? this.registry.unfit ?? (surroundingsOf(globalThis) === surroundings ? undefined : LEAVES_TRACES);
  }

  hasChanged(): boolean {
    return stateOf(globalThis) !== this.before.state;
  }

  renew(number: number): Promise<Renewed> {
    return this.before.reload(number);
  }

  /** What the first run is told as. */
  events(): readonly DriverEvent[] {
    const { file } = this.before;
    const tests = [...this.registry.units.values()].map((unit) => {
      const { status = 'skip', ms = 0 } = this.first.results.get(unit.id) ?? {};
      const reaches = this.first.ran.has(unit) ? this.reachesOf(unit) : [];
      return { type: 'test', id: unit.id, file, name: unit.path.join(' '), status, ms, reaches } as const;
    });
    return [{ type: 'load', file, reaches: this.loaded }, ...tests];
  }

  private reachesOf(unit: Unit): readonly number[] {
    const { hits } = this.first.attemptOf(unit);
    // Something that is not counted may have run anything.
    if (this.first.noticeOf(unit) !== undefined)
      return Array.from({ length: hits.length - 1 }, (_, index) => index + 1);
    return this.places.reached(hits);
  }
}
