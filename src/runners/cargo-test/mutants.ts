import { mutate } from '../../engine/mutation/mutant.ts';
import type { MutantEvents, MutantRun, MutantRunner, TestRun, Try } from '../../engine/mutation/mutant-runner.ts';
import { byFile } from '../../engine/mutation/programs/by-file.ts';
import { loadsOf, ProgramTrial, runsPlace, testRuns, tryAll } from '../../engine/mutation/programs/try-programs.ts';
import type { CargoWorkspace } from '../../engine/tools/cargo.ts';
import { joinPath } from '../../engine/tools/folders.ts';
import type { Finding } from '../../protocol/finding.ts';
import { type CargoBench, cargo, type Found, findMutant, openBench } from './bench.ts';
import { errorsIn } from './cargo-output.ts';
import { recordedPrograms } from './program.ts';
import { type FirstRun, firstRun, judgeRun } from './schemata-build.ts';

const TIME_FACTOR = 4;
/** A build of what depends on the mutated crate comes before its tests. */
const TIME_BASE_MS = 120_000;

const SEEDS = ['deps', 'build', '.fingerprint'];

/** One build with all mutants asleep in it, from a copy of the tree that stays between runs; what cannot sleep is built alone. */
export function createCargoMutants(workspace: CargoWorkspace): MutantRunner {
  return {
    name: 'cargo test, all mutants in one build',
    async run(job, deps, events, signal): Promise<MutantRun> {
      const scratch = deps.createScratch();
      const copy = await deps.openSandbox({
        keep: 'cargo',
        executables: job.check.executables,
        leaveOut: ['target'],
        // Compiled dependencies are the same wherever the workspace lies.
        seed: { folders: SEEDS.map((name) => joinPath(workspace.dir, 'target/debug', name)), into: 'target/debug' },
      });
      try {
        const bench = await openBench(workspace, job, deps, scratch, copy, signal);
        if (bench.kind === 'unfit') return bench;
        return job.mode === 'alone' ? await runAlone(bench, events) : await runTogether(bench, events);
      } finally {
        copy.dispose();
        scratch.dispose();
      }
    },
  };
}

async function runTogether(bench: CargoBench, events: MutantEvents): Promise<MutantRun> {
  const { job, deps, signal } = bench;
  const first = await firstRun(bench);
  if (first.kind !== 'ran') return first;
  if (first.verdict.status === 'fail')
    return { kind: 'red', tests: first.verdict.findings.filter(isError).map(failing) };
  if (first.verdict.status !== 'pass')
    return { kind: 'unfit', reason: 'reason' in first.verdict ? first.verdict.reason : first.verdict.status };
  const programs = recordedPrograms(bench, first.stdout, first.durationMs);
  if (programs.length === 0) return { kind: 'unfit', reason: 'it could not be seen how cargo runs the tests' };
  const tests = testRuns(programs);
  for (const test of tests) events.onTest?.(test);
  const trial = new ProgramTrial(programs, job, bench.turn, signal);
  const isLeft = (number: number): boolean => first.depths.get(number) !== 'switched' && isReached(number);
  const isReached = (number: number): boolean =>
    first.depths.get(number) === 'left' || programs.some((program) => runsPlace(program, number));
  const known = job.tries.filter((number) => findMutant(bench, number) !== undefined);
  const asleep = known.filter((number) => first.depths.get(number) === 'switched');
  const tries = await tryAll(asleep, deps.cores, (number) => trial.tryOne(number), events);
  // One after the other: they share the copy that cargo builds from.
  const alone = await tryAll(known.filter(isLeft), 1, (number) => tryAlone(bench, number, first.durationMs), events);
  if (signal.aborted) return { kind: 'cancelled' };
  const baselineMs = programs.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return {
    kind: 'ran',
    tests,
    loads: withLeft(loadsOf(programs), first),
    tries: [...tries, ...alone].flatMap((result) => byFile(result, tests)),
    baselineMs,
  };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function failing(finding: Finding): TestRun {
  const name = nameOf(finding);
  return { id: name, file: finding.path, name, status: 'fail', durationMs: 0, message: finding.message, reaches: [] };
}

function nameOf({ data, message }: Finding): string {
  const test = data?.['test'];
  return typeof test === 'string' ? test : message;
}

/** What cannot be counted may run in a constant: it counts as run. */
function withLeft(
  loads: ReadonlyMap<string, readonly number[]>,
  { depths }: FirstRun,
): ReadonlyMap<string, readonly number[]> {
  const left = [...depths].filter(([, depth]) => depth === 'left').map(([number]) => number);
  return left.length === 0 ? loads : new Map([...loads, ['', [...(loads.get('') ?? []), ...left]]]);
}

async function runAlone(bench: CargoBench, events: MutantEvents): Promise<MutantRun> {
  const { job, signal } = bench;
  const tries = await tryAll(
    job.tries,
    1,
    (number) => tryAlone(bench, number, job.baselineMs ?? job.check.timeoutMs),
    events,
  );
  if (signal.aborted) return { kind: 'cancelled' };
  return { kind: 'ran', tests: [], loads: new Map(), tries, baselineMs: job.baselineMs ?? 0 };
}

/** The check's own command on a copy with nothing but this mutant in it. */
async function tryAlone(bench: CargoBench, number: number, baselineMs: number): Promise<Try | undefined> {
  const found = findMutant(bench, number);
  return found === undefined ? undefined : bench.turn.run(() => buildAndTest(bench, found, baselineMs));
}

async function buildAndTest(bench: CargoBench, { source, mutant }: Found, baselineMs: number): Promise<Try> {
  const { job, deps, copy } = bench;
  const started = deps.clock.now();
  copy.reset();
  for (const other of bench.sources)
    copy.write(other.path, other === source ? mutate(source.text, mutant.edit) : other.text);
  const timeoutMs = Math.min(job.check.timeoutMs, TIME_FACTOR * baselineMs + TIME_BASE_MS);
  const outcome = await cargo(bench, [], {}, timeoutMs);
  const verdict = judgeRun(bench, outcome);
  const common = {
    number: mutant.number,
    file: '',
    killedBy: [],
    ran: ['all tests'],
    durationMs: deps.clock.now() - started,
  };
  const refused = 'stdout' in outcome ? errorsIn(outcome.stdout) : [];
  if (refused.length > 0) return { ...common, ran: [], status: 'compile-error', message: refused[0]?.message ?? '' };
  switch (verdict.status) {
    case 'pass':
      return { ...common, status: 'survived' };
    case 'fail':
      return { ...common, status: 'killed', killedBy: verdict.findings.filter(isError).map(nameOf) };
    case 'timeout':
      return { ...common, status: 'timeout', message: verdict.reason };
    default:
      return { ...common, status: 'error', message: verdict.reason };
  }
}
