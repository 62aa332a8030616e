import { readPlaceLog } from '../../engine/mutation/programs/place-log.ts';
import {
  NOTHING_REACHED,
  type ProgramOrder,
  type ProgramRun,
  type ProgramTest,
  type Reaches,
  type TestProgram,
} from '../../engine/mutation/programs/test-program.ts';
import type { DryProgram } from '../../engine/mutation/programs/try-programs.ts';
import type { ProcessOutcome } from '../../engine/ports.ts';
import { cut, oneLine } from '../../engine/text.ts';
import { joinPath } from '../../engine/tools/folders.ts';
import { type CargoBench, cargo } from './bench.ts';
import { type LibTest, programTexts, testsIn } from './cargo-output.ts';
import { LOG_VARIABLE, MUTANT_VARIABLE } from './runtime-text.ts';

/** How cargo ran a test binary. */
interface Recorded {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
}

const MAX_OUTPUT = 8 * 1024 * 1024;
let runs = 0;

/** The programs that a first run of cargo ran, with what each showed; the tests in documentation are one more. */
export function recordedPrograms(bench: CargoBench, stdout: string, spentMs: number): readonly DryProgram[] {
  const names = bench.scratch.list('runs').filter((name) => name !== '.keep');
  const recorded = new Map(names.flatMap((name) => recordOf(bench, name)));
  const seen: DryProgram[] = [];
  let documentationLog = bench.scratch.read('places/documentation') ?? '';
  // Binaries of documentation are run through the same script by newer cargos; rustdoc keeps what they print.
  for (const { argv, log } of recorded.values()) if (!argv[0].startsWith(`${bench.target}/`)) documentationLog += log;
  for (const { run, lines } of programTexts(stdout)) {
    const told = testsIn(lines);
    if (run === undefined) {
      if (told !== undefined && told.tests.length > 0)
        seen.push(dryOf(documentation(bench), told.tests, readPlaceLog(documentationLog).reaches, spentMs));
      continue;
    }
    const record = recorded.get(run);
    if (record === undefined) continue;
    const tests = told?.tests ?? [{ name: nameOf(record), status: 'pass' } as const];
    seen.push(
      dryOf(binary(bench, record, told !== undefined), tests, readPlaceLog(record.log).reaches, told?.ms ?? spentMs),
    );
  }
  return seen;
}

function dryOf(program: TestProgram, tests: readonly LibTest[], reaches: Reaches, durationMs: number): DryProgram {
  const all = tests.map((test) => ({ ...test, durationMs: 0 }));
  return { program, tests: all, reaches: known(reaches, all), durationMs };
}

/** Threads are called after tests, but not only after tests. */
function known({ byTest, apart }: Reaches, tests: readonly ProgramTest[]): Reaches {
  const names = new Set(tests.map(({ name }) => name));
  const strangers = [...byTest].filter(([name]) => !names.has(name)).flatMap(([, places]) => [...places]);
  return { byTest: new Map([...byTest].filter(([name]) => names.has(name))), apart: new Set([...apart, ...strangers]) };
}

function recordOf({ scratch }: CargoBench, name: string): readonly (readonly [string, Recorded])[] {
  const [program, ...args] = (scratch.read(`runs/${name}/args`) ?? '').split('\n').slice(0, -1);
  if (program === undefined) return [];
  const rows = (scratch.read(`runs/${name}/env`) ?? '').split('\0').filter((row) => row.includes('='));
  const env = Object.fromEntries(rows.map((row) => [row.slice(0, row.indexOf('=')), row.slice(row.indexOf('=') + 1)]));
  const cwd = (scratch.read(`runs/${name}/cwd`) ?? '').trimEnd();
  return [[name, { argv: [program, ...args], cwd, env, log: scratch.read(`runs/${name}/places`) ?? '' }]];
}

function nameOf({ argv }: Recorded): string {
  return argv[0].slice(argv[0].lastIndexOf('/') + 1).replace(/-[0-9a-f]{16}(?:\.exe)?$/, '');
}

function binary(bench: CargoBench, record: Recorded, harness: boolean): TestProgram {
  const { deps, copy, scratch } = bench;
  return {
    name: `${relativeTo(copy.root, record.cwd)}:${nameOf(record)}`,
    selects: harness,
    fileOf: () => '',
    run: async ({ mutant, tests, timeoutMs }, signal) => {
      const log = `places/${runs++}`;
      const only = tests === undefined ? [] : ['--exact', ...tests];
      const env = { ...record.env, [MUTANT_VARIABLE]: String(mutant), [LOG_VARIABLE]: scratch.write(log, '') };
      const argv = [...record.argv, ...only] as const satisfies readonly string[] as readonly [string, ...string[]];
      const outcome = await deps.processes.run({ argv, cwd: record.cwd, env, timeoutMs, maxBytes: MAX_OUTPUT }, signal);
      const run = readRun(outcome, scratch.read(log) ?? '', mutant);
      // Tests that were cut off have not cleared up.
      if (mutant !== 0 && run.end !== 'pass') copy.reset();
      return run;
    },
  };
}

/** Rustdoc compiles and runs them all anew each time. */
function documentation(bench: CargoBench): TestProgram {
  return {
    name: 'documentation',
    selects: false,
    fileOf: (test) => joinPath(bench.job.check.cwd, /^(\S+\.rs) - /.exec(test)?.[1] ?? ''),
    run: async ({ mutant, timeoutMs }: ProgramOrder) => {
      const log = `places/${runs++}`;
      const env = { [MUTANT_VARIABLE]: String(mutant), [LOG_VARIABLE]: bench.scratch.write(log, '') };
      const outcome = await cargo(bench, ['--doc'], env, timeoutMs);
      return readRun(outcome, bench.scratch.read(log) ?? '', mutant);
    },
  };
}

function relativeTo(root: string, path: string): string {
  return path === root ? '.' : path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

function readRun(outcome: ProcessOutcome, log: string, mutant: number): ProgramRun {
  if (outcome.kind === 'missing')
    return { end: 'unable', tests: [], reaches: NOTHING_REACHED, durationMs: 0, message: outcome.message };
  const { over, reaches } = readPlaceLog(log);
  const { stdout, stderr, durationMs } = outcome;
  const tests = (testsIn(stdout.split('\n'))?.tests ?? []).map((test) => ({ ...test, durationMs: 0 }));
  const common = { tests, reaches: known(reaches, tests), durationMs };
  if (outcome.kind === 'cancelled' || outcome.kind === 'timeout') return { ...common, end: outcome.kind };
  if (outcome.kind === 'exited' && outcome.code === 0) return { ...common, end: 'pass' };
  if (mutant !== 0 && over.has(mutant)) return { ...common, end: 'endless', message: 'an endless loop' };
  const how = outcome.kind === 'exited' ? `it exited with ${outcome.code}` : 'it was ended';
  const panic = /panicked at [^\n]*\n?[^\n]*/.exec(`${stdout}\n${stderr}`)?.[0];
  return { ...common, end: 'fail', message: cut(oneLine((panic ?? how).replace(/\n/, ' ')), 200) };
}
