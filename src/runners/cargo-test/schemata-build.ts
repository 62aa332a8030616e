import { judge } from '../../engine/checks/judge.ts';
import type { CheckOutcome } from '../../engine/checks/result.ts';
import type { MutantRun, MutatedSource, NumberedMutant } from '../../engine/mutation/mutant-runner.ts';
import type { ProcessOutcome } from '../../engine/ports.ts';
import { nearestFolder } from '../../engine/tools/folders.ts';
import { type CargoBench, cargo, outputOf } from './bench.ts';
import { errorsIn, type RustError } from './cargo-output.ts';
import { LOG_VARIABLE, MUTANT_VARIABLE, RUNS_VARIABLE } from './runtime-text.ts';
import { type Depth, type Owner, ownerAt, ownerBefore, writeSchemata } from './schemata-text.ts';

/** The first run of all tests, with all mutants asleep in them. */
export interface FirstRun {
  readonly kind: 'ran';
  readonly verdict: CheckOutcome;
  readonly stdout: string;
  readonly durationMs: number;
  readonly depths: ReadonlyMap<number, Depth>;
  readonly texts: ReadonlyMap<string, string>;
}

/** The compiler looks at types before it looks at what is borrowed, and at that before constants. */
const MAX_ROUNDS = 10;

/** Has cargo build and run the tests with as many mutants asleep in them as rustc puts up with. */
export async function firstRun(
  bench: CargoBench,
): Promise<FirstRun | Extract<MutantRun, { kind: 'unfit' | 'cancelled' }>> {
  const deepest = new Map<number, Depth>();
  const tries = new Set(bench.job.tries);
  const apart = await cratesApart(bench);
  let said = '';
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const depthOf = (mutant: NumberedMutant): Depth =>
      apart(mutant.path) ? 'left' : (deepest.get(mutant.number) ?? (tries.has(mutant.number) ? 'switched' : 'counted'));
    const { texts, depths } = writeAll(bench, depthOf);
    const outcome = await runTests(bench);
    if (outcome.kind === 'cancelled' || bench.signal.aborted) return { kind: 'cancelled' };
    if (outcome.kind === 'missing') return { kind: 'unfit', reason: outcome.message };
    const errors = errorsIn(outcome.stdout);
    if (errors.length === 0) {
      const verdict = judgeRun(bench, outcome);
      return { kind: 'ran', verdict, stdout: outcome.stdout, durationMs: outcome.durationMs, depths, texts };
    }
    said = errors[0]?.message ?? outputOf(outcome);
    if (!errors.some((error) => retreat(error, bench.sources, texts, depths, deepest))) break;
  }
  return { kind: 'unfit', reason: `mutants and their counters do not compile: ${said}` };
}

/** Writes the schemata into the copy. */
function writeAll(
  { sources, copy }: CargoBench,
  depthOf: (mutant: NumberedMutant) => Depth,
): { readonly texts: ReadonlyMap<string, string>; readonly depths: ReadonlyMap<number, Depth> } {
  const texts = new Map<string, string>();
  const depths = new Map<number, Depth>();
  for (const source of sources) {
    const schemata = writeSchemata(source, depthOf);
    texts.set(source.path, schemata.text);
    for (const [number, depth] of schemata.depths) depths.set(number, depth);
    copy.write(source.path, schemata.text);
  }
  return { texts, depths };
}

function runTests(bench: CargoBench): Promise<ProcessOutcome> {
  const runs = bench.scratch.write('runs/.keep', '').replace(/\/\.keep$/, '');
  const config = `target.'cfg(all())'.runner=["sh",${JSON.stringify(bench.runner)}]`;
  const env = {
    [RUNS_VARIABLE]: runs,
    [MUTANT_VARIABLE]: '0',
    [LOG_VARIABLE]: bench.scratch.write('places/documentation', ''),
  };
  return cargo(bench, ['--config', config], env, bench.job.check.timeoutMs);
}

export function judgeRun({ job, copy, cwd, deps }: CargoBench, outcome: ProcessOutcome): CheckOutcome {
  return judge({ check: job.check, outcome, reports: [], root: copy.root, cwd, digest: deps.digest });
}

/** Macros of a crate of their own, and build scripts, run while others are compiled: nothing can be switched in them later. */
async function cratesApart({ workspace, deps }: CargoBench): Promise<(path: string) => boolean> {
  const dirs = workspace.crates.map(({ dir }) => dir);
  const macros = new Set(
    dirs.filter((dir) =>
      /^\s*proc-macro\s*=\s*true/m.test(deps.tree.read(dir === '' ? 'Cargo.toml' : `${dir}/Cargo.toml`) ?? ''),
    ),
  );
  return (path) => /(?:^|\/)build\.rs$/.test(path) || macros.has(nearestFolder(dirs, path) ?? 'none');
}

const LESS: Readonly<Record<Depth, Depth>> = { switched: 'counted', counted: 'left', left: 'left' };

/** The mutants that an error speaks of are written less deep; false where it speaks of none. */
function retreat(
  { spans }: RustError,
  sources: readonly MutatedSource[],
  texts: ReadonlyMap<string, string>,
  depths: ReadonlyMap<number, Depth>,
  deepest: Map<number, Depth>,
): boolean {
  const owners = spans.map(({ file, start }) => ownersOf(file, start, sources, texts));
  const owner =
    owners.find(({ inside }) => inside !== undefined)?.inside ??
    owners.find(({ before }) => before !== undefined)?.before;
  if (owner === undefined) return false;
  const numbers = owner.kind === 'mutant' ? [owner.number] : owner.numbers;
  const open = numbers.filter((number) => depths.get(number) !== 'left');
  for (const number of open) deepest.set(number, LESS[depths.get(number) ?? 'left']);
  return open.length > 0;
}

function ownersOf(
  file: string,
  bytes: number,
  sources: readonly MutatedSource[],
  texts: ReadonlyMap<string, string>,
): { readonly inside: Owner | undefined; readonly before: Owner | undefined } {
  const source = sources.find(({ path }) => path === file || path.endsWith(`/${file}`) || file.endsWith(`/${path}`));
  const text = source === undefined ? undefined : texts.get(source.path);
  if (text === undefined) return { inside: undefined, before: undefined };
  const offset = new TextDecoder().decode(new TextEncoder().encode(text).slice(0, bytes)).length;
  return { inside: ownerAt(text, offset), before: ownerBefore(text, offset) };
}
