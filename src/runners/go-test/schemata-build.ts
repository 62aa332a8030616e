import type { MutantRun, MutatedSource } from '../../engine/mutation/mutant-runner.ts';
import { positionAt } from '../../engine/text.ts';
import { joinPath } from '../../engine/tools/folders.ts';
import { type GoBench, writeNested } from './bench.ts';
import { build, type CompilerError } from './build.ts';
import { moduleName, type TestedPackage } from './packages.ts';
import { RUNTIME, runtimeText } from './runtime-text.ts';
import { mutantOf, type Refused, writeSchemata } from './schemata-text.ts';
import { announceTests } from './test-text.ts';

export type SchemataBuild =
  | {
      readonly kind: 'built';
      readonly binaries: ReadonlyMap<TestedPackage, string>;
      /** Mutants asleep in it. */
      readonly switched: ReadonlySet<number>;
      /** Mutants whose place says when it runs. */
      readonly counted: ReadonlySet<number>;
    }
  | Extract<MutantRun, { kind: 'unfit' | 'cancelled' }>;

/** Each round leaves out what the compiler refused; it reports what it does not understand before what does not fit. */
const MAX_ROUNDS = 8;

/** Builds test binaries with as many mutants asleep in them as Go's compiler puts up with. */
export async function buildSchemata(bench: GoBench): Promise<SchemataBuild> {
  const { command, packages, scratch, sources } = bench;
  const refused = { switches: new Set<number>(), places: new Set<number>() };
  let said = '';
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { overlay, switched, counted } = textsOf(bench, refused);
    const built = await build(command, packages, overlay, scratch, `schemata-${round}`);
    if (built.kind === 'cancelled') return built;
    if (built.kind === 'built') {
      for (const [path, text] of overlay) bench.nestedTexts.set(path, text);
      writeNested(bench, overlay);
      return { kind: 'built', binaries: built.binaries, switched, counted };
    }
    said = built.said;
    const before = refused.switches.size + refused.places.size;
    for (const error of built.errors) refuse(error, sources, { switched, counted }, refused);
    if (refused.switches.size + refused.places.size === before) break;
  }
  return { kind: 'unfit', reason: `mutants and their counters do not compile: ${said}` };
}

interface Texts {
  readonly overlay: ReadonlyMap<string, string>;
  readonly switched: ReadonlySet<number>;
  readonly counted: ReadonlySet<number>;
}

function textsOf(bench: GoBench, refused: Refused): Texts {
  const { command, home, sources, packages } = bench;
  const { deps, job } = command;
  const runtime = `${moduleName(home) ?? ''}/${RUNTIME}`;
  const dated = !hasGenerics(home.text);
  const wanted = new Set(job.tries);
  const numbers = sources.flatMap(({ mutants }) => mutants.map(({ number }) => number));
  const overlay = new Map([
    [deps.absolute(joinPath(home.dir, RUNTIME, 'runtime.go')), runtimeText(Math.max(0, ...numbers))],
  ]);
  const [switched, counted] = [new Set<number>(), new Set<number>()];
  for (const source of sources) {
    const file = deps.absolute(source.path);
    const schemata = writeSchemata(source, { file, runtime, dated, refused, wanted });
    if (schemata.counted.length > 0) overlay.set(file, schemata.text);
    for (const number of schemata.switched) switched.add(number);
    for (const number of schemata.counted) counted.add(number);
  }
  for (const path of packages.flatMap(({ testFiles }) => testFiles)) {
    const file = deps.absolute(path);
    const text = announceTests(deps.tree.read(path) ?? '', runtime, file);
    if (text !== undefined) overlay.set(file, text);
  }
  return { overlay, switched, counted };
}

/** Since Go 1.18; a module that names no version is older. */
function hasGenerics(modFile: string): boolean {
  const [, major = '1', minor = '0'] = /^go\s+(\d+)\.(\d+)/m.exec(modFile) ?? [];
  return Number(major) > 1 || Number(minor) >= 18;
}

/** First a mutant loses its switch, then its counter. What no mutant's name stands at belongs to those before it in the file. */
function refuse(
  { file, line }: CompilerError,
  sources: readonly MutatedSource[],
  { switched, counted }: Pick<Texts, 'switched' | 'counted'>,
  refused: { readonly switches: Set<number>; readonly places: Set<number> },
): void {
  const named = mutantOf(file);
  const numbers = named === undefined ? nearest(file, line, sources, counted) : [named];
  for (const number of numbers) (switched.has(number) ? refused.switches : refused.places).add(number);
}

/** Counted mutants on the nearest line at or before the error. */
function nearest(
  file: string,
  line: number,
  sources: readonly MutatedSource[],
  counted: ReadonlySet<number>,
): readonly number[] {
  const path = file.replaceAll('\\', '/').replace(/^(?:\.\.?\/)+/, '');
  const source = sources.find(
    (candidate) => `/${candidate.path}`.endsWith(`/${path}`) || path.endsWith(`/${candidate.path}`),
  );
  if (source === undefined) return [];
  const placed = source.mutants
    .filter(({ number }) => counted.has(number))
    .map(({ number, exchange }) => ({ number, line: positionAt(source.text, exchange.start).line }))
    .filter((candidate) => candidate.line <= line);
  const last = Math.max(...placed.map((candidate) => candidate.line));
  return placed.filter((candidate) => candidate.line === last).map(({ number }) => number);
}
