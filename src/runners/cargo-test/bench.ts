import type { Invocation } from '../../engine/checks/check.ts';
import { Lanes } from '../../engine/mutation/lanes.ts';
import type {
  MutantDeps,
  MutantJob,
  MutantRun,
  MutantScratch,
  MutatedSource,
  NumberedMutant,
  Sandbox,
} from '../../engine/mutation/mutant-runner.ts';
import type { ProcessOutcome } from '../../engine/ports.ts';
import { cut } from '../../engine/text.ts';
import type { CargoWorkspace } from '../../engine/tools/cargo.ts';
import { RUNNER_TEXT, RUNTIME, RUNTIME_TEXT, rustdocText, wrapperText } from './runtime-text.ts';

/** All that one job is about. */
export interface CargoBench {
  readonly kind: 'open';
  readonly job: MutantJob;
  readonly deps: MutantDeps;
  readonly signal: AbortSignal;
  readonly workspace: CargoWorkspace;
  /** Cargo builds from it: the tree itself is not touched. */
  readonly copy: Sandbox;
  readonly scratch: MutantScratch;
  readonly sources: readonly MutatedSource[];
  /** `cargo test` with the check's own flags. */
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly target: string;
  /** The script that notes how cargo runs tests. */
  readonly runner: string;
  /** Tests hold ports and write files: one run at a time. */
  readonly turn: Lanes;
}

export const MAX_OUTPUT = 64 * 1024 * 1024;
const RUSTC_MS = 120_000;

type Unfit = MutantRun & { readonly kind: 'unfit' };

export async function openBench(
  workspace: CargoWorkspace,
  job: MutantJob,
  deps: MutantDeps,
  scratch: MutantScratch,
  copy: Sandbox,
  signal: AbortSignal,
): Promise<CargoBench | Unfit> {
  const { check, testFiles } = job;
  const target = testFiles.length === 0 ? ({ kind: 'all' } as const) : ({ kind: 'files', paths: testFiles } as const);
  const invocation = check.invoke(target, scratch.dir);
  if (invocation.kind !== 'run')
    return { kind: 'unfit', reason: 'reason' in invocation ? invocation.reason : invocation.hint };
  if (copy.root.includes('\\')) return { kind: 'unfit', reason: 'it needs a POSIX shell' };
  const env = environmentOf(invocation, job, deps, copy);
  const library = await buildRuntime(job, deps, copy, env, signal);
  if (typeof library !== 'string') return library;
  return {
    kind: 'open',
    job,
    deps,
    signal,
    workspace,
    copy,
    scratch,
    sources: job.sources.filter(({ path }) => path.endsWith('.rs')),
    argv: invocation.argv,
    cwd: copy.inside(deps.absolute(check.cwd)),
    env: {
      ...env,
      RUSTC_WORKSPACE_WRAPPER: copy.provide('rustc.sh', wrapperText(library)),
      RUSTDOC: copy.provide('rustdoc.sh', rustdocText(library)),
    },
    target: `${copy.home}/target`,
    runner: copy.provide('run.sh', RUNNER_TEXT),
    turn: new Lanes(1),
  };
}

function environmentOf(
  invocation: Invocation & { kind: 'run' },
  job: MutantJob,
  deps: MutantDeps,
  copy: Sandbox,
): Readonly<Record<string, string>> {
  const cwd = copy.inside(deps.absolute(job.check.cwd));
  return { ...copy.env, PATH: copy.inside(deps.searchPath(job.check)), ...invocation.env, PWD: cwd };
}

/** The crate that schemata call, compiled by the compiler of the tests, once for each version of either. */
async function buildRuntime(
  job: MutantJob,
  deps: MutantDeps,
  copy: Sandbox,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string | Unfit> {
  const rustc = job.check.executables.find((file) => /rustc(?:\.exe)?$/.test(file)) ?? 'rustc';
  const cwd = copy.inside(deps.absolute(job.check.cwd));
  const run = (...words: readonly string[]): Promise<ProcessOutcome> =>
    deps.processes.run({ argv: [rustc, ...words], cwd, env, timeoutMs: RUSTC_MS, maxBytes: 65536 }, signal);
  const version = await run('-vV');
  const name = deps.digest(`${outputOf(version)}\n${RUNTIME_TEXT}`).slice(0, 16);
  const library = `${copy.home}/runtime-${name}/lib${RUNTIME}.rlib`;
  const done = `runtime-${name}/done`;
  if (copy.provided(done)) return library;
  const source = copy.provide(`runtime-${name}/lib.rs`, RUNTIME_TEXT);
  const built = await run(
    '--edition=2021',
    '--crate-type=rlib',
    `--crate-name=${RUNTIME}`,
    '-Copt-level=2',
    '-o',
    library,
    source,
  );
  if (built.kind !== 'exited' || built.code !== 0)
    return { kind: 'unfit', reason: `rustc did not build what mutants call: ${outputOf(built)}` };
  copy.provide(done, '');
  return library;
}

export function outputOf(outcome: ProcessOutcome): string {
  if (outcome.kind === 'missing') return outcome.message;
  return cut(`${outcome.stderr}\n${outcome.stdout}`.trim(), 400);
}

/** Cargo's own words, with build output beside the copy. */
export function cargo(
  bench: CargoBench,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<ProcessOutcome> {
  const [program, command = 'test', ...rest] = bench.argv;
  const argv = [program, command, '--target-dir', bench.target, ...words, ...rest] as const;
  const { cwd, deps, signal } = bench;
  return deps.processes.run({ argv, cwd, env: { ...bench.env, ...env }, timeoutMs, maxBytes: MAX_OUTPUT }, signal);
}

export interface Found {
  readonly source: MutatedSource;
  readonly mutant: NumberedMutant;
}

export function findMutant({ sources }: Pick<CargoBench, 'sources'>, number: number): Found | undefined {
  for (const source of sources) {
    const mutant = source.mutants.find((candidate) => candidate.number === number);
    if (mutant !== undefined) return { source, mutant };
  }
  return undefined;
}
