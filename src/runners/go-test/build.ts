import type { Invocation } from '../../engine/checks/check.ts';
import type { MutantDeps, MutantJob, MutantScratch } from '../../engine/mutation/mutant-runner.ts';
import { cut } from '../../engine/text.ts';
import { type TestedPackage, withoutNamesakes } from './packages.ts';

/** How Go is started for one job. */
export interface GoCommand {
  readonly go: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly deps: MutantDeps;
  readonly job: MutantJob;
  readonly signal: AbortSignal;
}

export interface CompilerError {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export type Build =
  | { readonly kind: 'built'; readonly binaries: ReadonlyMap<TestedPackage, string> }
  | { readonly kind: 'refused'; readonly errors: readonly CompilerError[]; readonly said: string }
  | { readonly kind: 'cancelled' };

const MAX_OUTPUT = 4 * 1024 * 1024;
const BUILD_MS = 600_000;
const ERROR = /^(.+?\.go):(\d+)(?::\d+)?: (.+)$/;

export function goCommand(
  invocation: Invocation & { kind: 'run' },
  deps: MutantDeps,
  job: MutantJob,
  signal: AbortSignal,
): GoCommand {
  const env = { PATH: deps.searchPath(job.check), ...invocation.env };
  return { go: invocation.argv[0], cwd: deps.absolute(job.check.cwd), env, deps, job, signal };
}

/** Compiles and links test binaries with files exchanged for others; the files themselves are not touched. */
export async function build(
  { go, cwd, env, deps, signal }: GoCommand,
  packages: readonly TestedPackage[],
  overlay: ReadonlyMap<string, string>,
  scratch: MutantScratch,
  name: string,
): Promise<Build> {
  const file = writeOverlay(scratch, name, overlay);
  const binaries = new Map<TestedPackage, string>();
  for (const [index, group] of withoutNamesakes(packages).entries()) {
    const out = `${scratch.dir}/${name}/${index}/`;
    // Vet has its say where a mutant survives; all errors are wanted, not the first ten.
    const flags = [
      '-vet=off',
      '-gcflags=-e',
      `-overlay=${file}`,
      '-o',
      group.length === 1 ? `${out}${group[0]?.binary}` : out,
    ];
    scratch.write(`${name}/${index}/.keep`, '');
    const argv = [go, 'test', '-c', ...flags, ...group.map(({ word }) => word)] as const;
    const outcome = await deps.processes.run({ argv, cwd, env, timeoutMs: BUILD_MS, maxBytes: MAX_OUTPUT }, signal);
    if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
    if (outcome.kind === 'missing') return { kind: 'refused', errors: [], said: outcome.message };
    if (outcome.kind !== 'exited' || outcome.code !== 0) {
      const said = `${outcome.stdout}\n${outcome.stderr}`;
      return { kind: 'refused', errors: errorsIn(said), said: cut(said.trim().split('\n').slice(0, 4).join(' '), 300) };
    }
    const there = new Set(scratch.list(`${name}/${index}`));
    for (const one of group) if (there.has(one.binary)) binaries.set(one, `${out}${one.binary}`);
  }
  return { kind: 'built', binaries };
}

/** @param overlay texts by absolute path; the file that Go reads it from. */
export function writeOverlay(scratch: MutantScratch, name: string, overlay: ReadonlyMap<string, string>): string {
  const replace: Record<string, string> = {};
  for (const [index, [path, text]] of [...overlay].entries())
    replace[path] = scratch.write(`${name}/text/${index}.go`, text);
  return scratch.write(`${name}/overlay.json`, JSON.stringify({ Replace: replace }));
}

function errorsIn(said: string): readonly CompilerError[] {
  return said.split('\n').flatMap((row) => {
    const [, file, line, message] = ERROR.exec(row.trim()) ?? [];
    return file === undefined || message === undefined ? [] : [{ file, line: Number(line), message }];
  });
}
