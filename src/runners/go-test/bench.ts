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
import { findGoModules, type GoModule } from '../../engine/tools/go.ts';
import { type GoCommand, goCommand } from './build.ts';
import { moduleName, type TestedPackage, testedPackages } from './packages.ts';

/** All that one job is about. */
export interface GoBench {
  readonly kind: 'open';
  readonly command: GoCommand;
  readonly scratch: MutantScratch;
  readonly packages: readonly TestedPackage[];
  readonly sources: readonly MutatedSource[];
  /** The module that takes in what counts: that of the sources, since they may not import what is internal to the tests'. */
  readonly home: GoModule;
  /** Where the tests run, so that nothing they write is written into the tree. */
  readonly copy: Sandbox;
  /** Tests hold ports and write files: one run at a time. */
  readonly turn: Lanes;
  /** Tests start Go themselves, on what lies around them. */
  readonly nested: boolean;
  /** What the copy has instead of the tree's texts, by absolute path in the tree: for Go as tests start it. */
  readonly nestedTexts: Map<string, string>;
}

export async function openBench(
  module: GoModule,
  job: MutantJob,
  deps: MutantDeps,
  scratch: MutantScratch,
  signal: AbortSignal,
): Promise<GoBench | (MutantRun & { kind: 'unfit' })> {
  const { check, testFiles } = job;
  const target = testFiles.length === 0 ? ({ kind: 'all' } as const) : ({ kind: 'files', paths: testFiles } as const);
  const invocation = check.invoke(target, scratch.dir);
  if (invocation.kind === 'missing') return { kind: 'unfit', reason: `${invocation.program} is not there` };
  if (invocation.kind === 'nothing') return { kind: 'unfit', reason: invocation.reason };
  const packages = testedPackages(deps.tree, module, invocation.argv.slice(3));
  const sources = job.sources.filter(({ path }) => path.endsWith('.go'));
  if (packages.length === 0) return { kind: 'unfit', reason: 'no package with tests was found' };
  const home = findGoModules(deps.tree).find(({ holds }) => sources.every(({ path }) => holds(path))) ?? module;
  if (moduleName(module) === undefined || moduleName(home) === undefined)
    return { kind: 'unfit', reason: 'go.mod names no module' };
  const copy = await deps.openSandbox({ executables: check.executables });
  const command = goCommand(invocation, deps, job, signal);
  const nested = packages.some(({ testFiles }) => testFiles.some((path) => STARTS_GO.test(deps.tree.read(path) ?? '')));
  return {
    kind: 'open',
    command,
    scratch,
    packages,
    sources,
    home,
    copy,
    turn: new Lanes(1),
    nested,
    nestedTexts: new Map(),
  };
}

const STARTS_GO = /\bexec\.Command(?:Context)?\([^)]*"go"/;

/** Texts that a binary was made of, for tests that have Go make another. */
export function writeNested({ copy, nested, command }: GoBench, texts: ReadonlyMap<string, string>): void {
  if (!nested) return;
  const root = command.deps.absolute('').replace(/[\\/]$/, '');
  for (const [path, text] of texts) {
    if (path.startsWith(root)) copy.write(path.slice(root.length + 1).replaceAll('\\', '/'), text);
  }
}

export interface Found {
  readonly source: MutatedSource;
  readonly mutant: NumberedMutant;
}

export function findMutant({ sources }: GoBench, number: number): Found | undefined {
  for (const source of sources) {
    const mutant = source.mutants.find((candidate) => candidate.number === number);
    if (mutant !== undefined) return { source, mutant };
  }
  return undefined;
}
