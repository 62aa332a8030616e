import type { Lanes } from '../lanes.ts';
import type { MutantEvents, MutantJob, MutantRun, TestRun, Try } from '../mutant-runner.ts';
import type { ProgramRun, ProgramTest, Reaches, TestProgram } from './test-program.ts';

/** A program with what its run without a mutant showed. */
export interface DryProgram {
  readonly program: TestProgram;
  readonly tests: readonly ProgramTest[];
  readonly reaches: Reaches;
  readonly durationMs: number;
}

export type DryRun =
  | { readonly kind: 'green'; readonly programs: readonly DryProgram[]; readonly baselineMs: number }
  | Extract<MutantRun, { kind: 'red' | 'unfit' | 'cancelled' }>;

/** A run with a mutant may take so many times as long as without, and so much more. */
const TIME_FACTOR = 4;
const TIME_BASE_MS = 3000;
/** More names than this are as good as all of them. */
const MAX_NAMES = 500;

/** Every program without a mutant, `side` of them at once. */
export async function dryRun(
  programs: readonly TestProgram[],
  timeoutMs: number,
  side: number,
  signal: AbortSignal,
): Promise<DryRun> {
  const runs = await inParallel(programs, side, (program) => program.run({ mutant: 0, timeoutMs }, signal));
  if (signal.aborted) return { kind: 'cancelled' };
  const ended = programs.flatMap((program, index) => {
    const run = runs[index];
    return run === undefined ? [] : [{ program, run }];
  });
  const unable = ended.find(({ run }) => run.end === 'unable');
  if (unable !== undefined)
    return { kind: 'unfit', reason: `${unable.program.name}: ${unable.run.message ?? 'cannot be started'}` };
  const red = ended.filter(({ run }) => run.end !== 'pass');
  if (red.length > 0) return { kind: 'red', tests: red.flatMap(({ program, run }) => failures(program, run)) };
  const dry = ended.map(({ program, run }) => ({ program, ...run }));
  return { kind: 'green', programs: dry, baselineMs: dry.reduce((sum, { durationMs }) => sum + durationMs, 0) };
}

async function inParallel<T, R>(
  items: readonly T[],
  side: number,
  work: (item: T) => Promise<R>,
): Promise<readonly (R | undefined)[]> {
  const results = new Array<R | undefined>(items.length).fill(undefined);
  const queue = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: Math.max(1, side) }, worker));
  return results;
}

function failures(program: TestProgram, run: ProgramRun): readonly TestRun[] {
  const failed = run.tests.filter(({ status }) => status === 'fail');
  const message = run.message === undefined ? {} : { message: run.message };
  if (failed.length > 0) return failed.map((test) => ({ ...testRun(program, test, []), ...message }));
  const whole = { name: program.name, status: 'fail', durationMs: run.durationMs } as const;
  return [{ ...testRun(program, whole, []), message: run.message ?? run.end }];
}

export function idOf(program: TestProgram, test: string): string {
  return `${program.name} ${test}`;
}

function testRun(program: TestProgram, { name, status, durationMs }: ProgramTest, reaches: readonly number[]): TestRun {
  return { id: idOf(program, name), file: program.fileOf(name), name, status, durationMs, reaches };
}

/** What the dry run says of every test; places that ran apart from tests count for the first of them. */
export function testRuns(programs: readonly DryProgram[]): readonly TestRun[] {
  return programs.flatMap(({ program, tests, reaches }) =>
    tests.map((test) =>
      testRun(
        program,
        test,
        [...(reaches.byTest.get(test.name) ?? [])].sort((a, b) => a - b),
      ),
    ),
  );
}

/** Places that ran before, after or beside the tests, by the files that these tests are written in. */
export function loadsOf(programs: readonly DryProgram[]): ReadonlyMap<string, readonly number[]> {
  const loads = new Map<string, readonly number[]>();
  for (const { program, tests, reaches } of programs) {
    const [first] = tests;
    if (reaches.apart.size === 0 || first === undefined) continue;
    const file = program.fileOf(first.name);
    loads.set(file, [...new Set([...(loads.get(file) ?? []), ...reaches.apart])]);
  }
  return loads;
}

/**
 * Tries mutants that sleep in programs. First the tests that run a mutant's place: a failure counts once the same tests have passed
 * without it, running the same places. What these do not kill is tried on all tests, as the plain command would: state that
 * one test leaves to the next may make another fail.
 */
export class ProgramTrial {
  readonly #programs: readonly DryProgram[];
  readonly #job: MutantJob;
  readonly #signal: AbortSignal;
  readonly #controls = new Map<string, Promise<boolean>>();
  readonly #turn: Lanes;

  /** @param turn shared with all else that runs these tests. */
  constructor(programs: readonly DryProgram[], job: MutantJob, turn: Lanes, signal: AbortSignal) {
    this.#programs = programs;
    this.#job = job;
    this.#turn = turn;
    this.#signal = signal;
  }

  /** Undefined for a mutant whose place no test runs. */
  async tryOne(number: number): Promise<Try | undefined> {
    const reaching = this.#programs.filter((dry) => runsPlace(dry, number));
    if (reaching.length === 0) return undefined;
    const tally = new Tally(number);
    for (const dry of reaching) {
      const names = this.#covering(dry, number);
      if (names === undefined) continue;
      const run = await this.#run(dry, number, names);
      tally.add(dry, run, names);
      if (isOver(run) || (run.end === 'fail' && (await this.#holdsWithout(dry, names)))) return tally.end(run, dry);
      if (run.end === 'cancelled' || run.end === 'unable') return tally.end(run, dry);
    }
    for (const dry of reaching) {
      const run = await this.#run(dry, number, undefined);
      tally.add(dry, run, this.#covering(dry, number) ?? dry.tests.map(({ name }) => name));
      if (run.end !== 'pass') return tally.end(run, dry);
    }
    return tally.survived();
  }

  /** Tests that run the place, those that killed it before first; undefined where it has to be all of them. */
  #covering({ program, tests, reaches }: DryProgram, number: number): readonly string[] | undefined {
    if (!program.selects || reaches.apart.has(number)) return undefined;
    const names = tests.filter(({ name }) => reaches.byTest.get(name)?.has(number) === true).map(({ name }) => name);
    if (names.length === 0 || names.length > MAX_NAMES || names.length === tests.length) return undefined;
    const likely = this.#job.likely.get(number) ?? [];
    return [...names].sort(
      (a, b) => Number(likely.includes(idOf(program, b))) - Number(likely.includes(idOf(program, a))),
    );
  }

  #run({ program, durationMs }: DryProgram, mutant: number, tests: readonly string[] | undefined): Promise<ProgramRun> {
    const timeoutMs = Math.min(this.#job.check.timeoutMs, TIME_FACTOR * durationMs + TIME_BASE_MS);
    const order = { mutant, timeoutMs, ...(tests === undefined ? {} : { tests }) };
    return this.#turn.run(() => program.run(order, this.#signal));
  }

  /** Whether these tests pass on their own, and run what they run among all. */
  #holdsWithout(dry: DryProgram, names: readonly string[]): Promise<boolean> {
    const key = `${dry.program.name}\n${names.join('\n')}`;
    const known = this.#controls.get(key) ?? this.#run(dry, 0, names).then((run) => isSame(run, dry, names));
    this.#controls.set(key, known);
    return known;
  }
}

export function runsPlace({ reaches }: DryProgram, number: number): boolean {
  return reaches.apart.has(number) || [...reaches.byTest.values()].some((places) => places.has(number));
}

function isOver({ end }: ProgramRun): boolean {
  return end === 'timeout' || end === 'endless';
}

function isSame(run: ProgramRun, dry: DryProgram, names: readonly string[]): boolean {
  if (run.end !== 'pass') return false;
  return names.every((name) => {
    const [now, before] = [run.reaches.byTest.get(name), dry.reaches.byTest.get(name)];
    return (now?.size ?? 0) === (before?.size ?? 0) && [...(now ?? [])].every((place) => before?.has(place) === true);
  });
}

/** What was seen of one mutant. */
class Tally {
  readonly #number: number;
  readonly #ran = new Set<string>();
  #durationMs = 0;

  constructor(number: number) {
    this.#number = number;
  }

  add({ program }: DryProgram, run: ProgramRun, names: readonly string[]): void {
    this.#durationMs += run.durationMs;
    for (const name of names) this.#ran.add(idOf(program, name));
  }

  survived(): Try {
    return { ...this.#common(), status: 'survived' };
  }

  end(run: ProgramRun, { program }: DryProgram): Try {
    const message = run.message === undefined ? {} : { message: run.message };
    if (isOver(run)) return { ...this.#common(), status: 'timeout', ...message };
    if (run.end !== 'fail') return { ...this.#common(), status: 'error', message: run.message ?? run.end };
    const failed = run.tests.filter(({ status }) => status === 'fail').map(({ name }) => idOf(program, name));
    return { ...this.#common(), status: 'killed', killedBy: failed, ...message };
  }

  #common(): Omit<Try, 'status'> {
    return { number: this.#number, file: '', killedBy: [], ran: [...this.#ran], durationMs: this.#durationMs };
  }
}

/** All of them, as many at once as `side`. */
export async function tryAll(
  numbers: readonly number[],
  side: number,
  tryOne: (number: number) => Promise<Try | undefined>,
  events: MutantEvents,
): Promise<readonly Try[]> {
  const tries = await inParallel(numbers, side, async (number) => {
    const result = await tryOne(number);
    if (result !== undefined) events.onTry?.(result);
    return result;
  });
  return tries.filter((result) => result !== undefined);
}
