import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { Places } from '../../javascript/driver/places.ts';
import type { Attempt } from '../../javascript/driver/verdict.ts';
import type { MochaInstance, Suite, Test } from './mocha-types.ts';
import type { Trace, Unit } from './trace.ts';
import { lineOf, nameTests, originalOf } from './tree.ts';

/** What the first run told: which test is green, and what it reaches. */
export class Survey {
  readonly first: ReadonlyMap<Unit, Attempt>;
  /** Reached while modules were loaded. */
  readonly loaded: readonly number[];
  readonly loads: Uint32Array;
  readonly trace: Trace;
  /** Numbers of all mutants. */
  private readonly all: readonly number[];
  private readonly places: Places;
  private readonly ids: ReadonlyMap<Test, string>;

  constructor(trace: Trace, loads: Uint32Array, ids: ReadonlyMap<Test, string>, places: Places) {
    this.all = Array.from({ length: loads.length - 1 }, (_, index) => index + 1);
    this.trace = trace;
    this.loads = loads;
    this.first = trace.attempts;
    this.loaded = places.reached(loads);
    this.ids = ids;
    this.places = places;
  }

  get isGreen(): boolean {
    return this.trace.failed.length === 0;
  }

  idOf(test: Test): string {
    return this.ids.get(test) ?? test.titlePath().join(' > ');
  }

  suitesOf(test: Test): readonly Suite[] {
    return lineOf(test.parent);
  }

  /** The test and what is done once for it and others. */
  unitsOf(test: Test): readonly Unit[] {
    return [test, ...this.suitesOf(test)];
  }

  /** What may have gone wrong with a test in a run, and with what is done once for it and others. */
  noticeOf(test: Test, trace: Trace): string | undefined {
    return this.unitsOf(test).flatMap((unit) => trace.notices.get(unit) ?? [])[0];
  }

  /** What it reaches is not known: something else than loading modules may have been at work. */
  private isOutside(test: Test): boolean {
    return this.noticeOf(test, this.trace) !== undefined;
  }

  /** Tests whose own code, or what their suites do for them, runs the place of a mutant. */
  covering(number: number): ReadonlySet<Test> {
    return new Set(
      [...this.trace.ran].filter(
        (test) =>
          !this.trace.skipped.has(test) &&
          (this.isOutside(test) || this.places.count(this.withSuites(test).hits, number) > 0),
      ),
    );
  }

  /** What was counted for a test in a run, in the first one by default. */
  withSuites(test: Test, trace: Trace = this.trace): Attempt {
    const attempts = this.unitsOf(test).flatMap((unit) => trace.attempts.get(unit) ?? []);
    const [own] = attempts;
    const failed = attempts.find((attempt) => !attempt.passed);
    return {
      hits: (own?.hits ?? new Uint32Array()).map((_, place) =>
        attempts.reduce((total, { hits }) => total + (hits[place] ?? 0), 0),
      ),
      ms: trace.attempts.get(test)?.ms ?? 0,
      cutOff: attempts.some((attempt) => attempt.cutOff),
      passed: failed === undefined,
      ...(failed?.message === undefined ? {} : { message: failed.message }),
    };
  }

  /** What the first run is told as. */
  events({ testFiles }: DriverRequest, files: readonly string[]): readonly DriverEvent[] {
    const loading = (testFiles.length > 0 ? testFiles : files).map(
      (file) => ({ type: 'load', file, reaches: this.loaded }) as const,
    );
    const tests = [...new Set([...this.trace.ran, ...this.trace.skipped])].map((test) => this.eventOf(test));
    const hooks = this.trace.failed.flatMap((unit) => ('suites' in unit ? [this.failureOf(unit)] : []));
    return [...loading, ...tests, ...hooks];
  }

  private eventOf(test: Test): DriverEvent {
    const attempt = this.withSuites(test);
    const own = this.first.get(test);
    return {
      type: 'test',
      id: this.idOf(test),
      file: test.file ?? '',
      name: test.titlePath().join(' '),
      status: this.trace.skipped.has(test) ? 'skip' : own?.passed === false ? 'fail' : 'pass',
      ms: attempt.ms,
      reaches: this.isOutside(test) ? this.all : this.places.reached(attempt.hits),
      ...(own?.message === undefined ? {} : { message: own.message }),
    };
  }

  private failureOf(suite: Suite): DriverEvent {
    const { ms = 0, message = 'a hook fails' } = this.first.get(suite) ?? {};
    const name = `${lineOf(suite)
      .map(({ title }) => title)
      .reverse()
      .join(' ')} (hook)`.trim();
    return { type: 'test', id: name, file: '', name, status: 'fail', ms, message, reaches: [] };
  }
}

/** Names all tests of a loaded Mocha instance. */
export function namesOf({ suite }: MochaInstance, root: string): ReadonlyMap<Test, string> {
  const all = (each: Suite): readonly Test[] => [...each.tests, ...each.suites.flatMap(all)];
  return nameTests(all(suite).map(originalOf), root);
}
