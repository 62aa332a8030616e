import { mutate } from '../../engine/mutation/mutant.ts';
import type { MutantEvents, MutantRun, MutantRunner, Try } from '../../engine/mutation/mutant-runner.ts';
import { byFile } from '../../engine/mutation/programs/by-file.ts';
import type { ProgramTest, TestProgram } from '../../engine/mutation/programs/test-program.ts';
import {
  dryRun,
  idOf,
  loadsOf,
  ProgramTrial,
  runsPlace,
  testRuns,
  tryAll,
} from '../../engine/mutation/programs/try-programs.ts';
import type { GoModule } from '../../engine/tools/go.ts';
import { type Found, findMutant, type GoBench, openBench, writeNested } from './bench.ts';
import { build } from './build.ts';
import type { TestedPackage } from './packages.ts';
import { goProgram } from './program.ts';
import { buildSchemata, type SchemataBuild } from './schemata-build.ts';
import { SurvivorReview } from './survivors.ts';

/** So much longer than all tests without a mutant may those of one package take with it. */
const TIME_FACTOR = 4;
const TIME_BASE_MS = 10_000;

/** One build with all mutants asleep in it; what cannot sleep is built alone. Go reads all of it by `-overlay`. */
export function createGoMutants(module: GoModule): MutantRunner {
  return {
    name: 'go test -overlay, all mutants in one build',
    async run(job, deps, events, signal): Promise<MutantRun> {
      const scratch = deps.createScratch();
      try {
        const bench = await openBench(module, job, deps, scratch, signal);
        return bench.kind === 'unfit' ? bench : await runOn(bench, events);
      } finally {
        scratch.dispose();
      }
    },
  };
}

async function runOn(bench: GoBench, events: MutantEvents): Promise<MutantRun> {
  try {
    return bench.command.job.mode === 'alone' ? await runAlone(bench, events) : await runTogether(bench, events);
  } finally {
    bench.copy.dispose();
  }
}

async function runTogether(bench: GoBench, events: MutantEvents): Promise<MutantRun> {
  const { job, deps, signal } = bench.command;
  const built = await buildSchemata(bench);
  if (built.kind !== 'built') return built;
  const programs = [...built.binaries].map(([tested, binary]) => goProgram(tested, binary, bench));
  const dry = await dryRun(programs, job.check.timeoutMs, deps.cores, signal);
  if (dry.kind !== 'green') return dry;
  bench.copy.reset();
  const tests = testRuns(dry.programs);
  for (const test of tests) events.onTest?.(test);
  const trial = new ProgramTrial(dry.programs, job, bench.turn, signal);
  const review = new SurvivorReview(bench.command, bench.scratch);
  const isReached = (number: number): boolean => dry.programs.some((program) => runsPlace(program, number));
  const tryOne = async (number: number): Promise<Try | undefined> => {
    const found = findMutant(bench, number);
    if (found === undefined || (built.counted.has(number) && !isReached(number))) return undefined;
    const result = built.switched.has(number)
      ? await trial.tryOne(number)
      : await tryAlone(bench, found, [...built.binaries.keys()], dry.baselineMs);
    return result?.status === 'survived' ? review.review(result, found.source, found.mutant) : result;
  };
  const tries = await tryAll(job.tries, deps.cores, tryOne, events);
  if (signal.aborted) return { kind: 'cancelled' };
  const loads = withUncounted(loadsOf(dry.programs), bench, built);
  return {
    kind: 'ran',
    tests,
    loads,
    tries: tries.flatMap((result) => byFile(result, tests)),
    baselineMs: dry.baselineMs,
  };
}

/** What is not counted may run while packages are loaded: it counts as run by all tests. */
function withUncounted(
  loads: ReadonlyMap<string, readonly number[]>,
  { sources, packages }: GoBench,
  { counted }: SchemataBuild & { kind: 'built' },
): ReadonlyMap<string, readonly number[]> {
  const numbers = sources.flatMap(({ mutants }) => mutants.map(({ number }) => number));
  const uncounted = numbers.filter((number) => !counted.has(number));
  const file = packages.flatMap(({ tests }) => [...tests.values()])[0] ?? packages[0]?.testFiles[0];
  if (uncounted.length === 0 || file === undefined) return loads;
  return new Map([...loads, [file, [...(loads.get(file) ?? []), ...uncounted]]]);
}

async function runAlone(bench: GoBench, events: MutantEvents): Promise<MutantRun> {
  const { job, signal } = bench.command;
  const tries: Try[] = [];
  for (const number of job.tries) {
    const found = findMutant(bench, number);
    if (found === undefined) continue;
    const result = await tryAlone(bench, found, bench.packages, job.baselineMs ?? job.check.timeoutMs);
    events.onTry?.(result);
    tries.push(result);
  }
  if (signal.aborted) return { kind: 'cancelled' };
  return { kind: 'ran', tests: [], loads: new Map(), tries, baselineMs: job.baselineMs ?? 0 };
}

/** A build with nothing but this mutant in it, and all tests. */
async function tryAlone(
  bench: GoBench,
  { source, mutant }: Found,
  packages: readonly TestedPackage[],
  baselineMs: number,
): Promise<Try> {
  const { deps, job } = bench.command;
  const { number } = mutant;
  const overlay = new Map([[deps.absolute(source.path), mutate(source.text, mutant.edit)]]);
  const started = deps.clock.now();
  const built = await build(bench.command, packages, overlay, bench.scratch, `alone-${number}`);
  const spent = (): number => deps.clock.now() - started;
  const common = { number, file: '', killedBy: [], ran: [] };
  if (built.kind === 'refused') return { ...common, status: 'compile-error', durationMs: spent(), message: built.said };
  if (built.kind === 'cancelled') return { ...common, status: 'error', durationMs: spent(), message: 'interrupted' };
  const timeoutMs = Math.min(job.check.timeoutMs, TIME_FACTOR * baselineMs + TIME_BASE_MS);
  const told = await bench.turn.run(() => runAll(bench, overlay, built.binaries, timeoutMs));
  return { ...common, ...told, durationMs: spent() };
}

type Told = Pick<Try, 'status' | 'killedBy' | 'ran'> & { readonly message?: string };

/** All tests of all packages, until some fail; no mutant is asleep in these binaries. */
async function runAll(
  bench: GoBench,
  overlay: ReadonlyMap<string, string>,
  binaries: ReadonlyMap<TestedPackage, string>,
  timeoutMs: number,
): Promise<Told> {
  const ran: string[] = [];
  writeNested(bench, overlay);
  try {
    for (const [tested, binary] of binaries) {
      const program = goProgram(tested, binary, bench);
      ran.push(...[...tested.tests.keys()].map((test) => idOf(program, test)));
      const run = await program.run({ mutant: 1, timeoutMs }, bench.command.signal);
      if (run.end === 'pass') continue;
      const common = { ran, killedBy: [], ...(run.message === undefined ? {} : { message: run.message }) };
      if (run.end === 'fail') return { ...common, status: 'killed', killedBy: failed(program, run.tests) };
      return run.end === 'timeout' ? { ...common, status: 'timeout' } : { ...common, status: 'error' };
    }
    return { ran, killedBy: [], status: 'survived' };
  } finally {
    bench.copy.reset();
    writeNested(bench, bench.nestedTexts);
  }
}

function failed(program: TestProgram, tests: readonly ProgramTest[]): readonly string[] {
  return tests.filter(({ status }) => status === 'fail').map(({ name }) => idOf(program, name));
}
