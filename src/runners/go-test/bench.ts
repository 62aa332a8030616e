import type {
  MutantDeps,
  MutantJob,
  MutantRun,
  MutantScratch,
  MutatedSource,
  NumberedMutant,
} from '../../engine/mutation/mutant-runner.ts';
import type { GoModule } from '../../engine/tools/go.ts';
import { type GoCommand, goCommand } from './build.ts';
import { moduleName, type TestedPackage, testedPackages } from './packages.ts';

/** All that one job is about. */
export interface GoBench {
  readonly kind: 'open';
  readonly command: GoCommand;
  readonly scratch: MutantScratch;
  readonly packages: readonly TestedPackage[];
  readonly sources: readonly MutatedSource[];
  readonly module: GoModule;
}

export function openBench(
  module: GoModule,
  job: MutantJob,
  deps: MutantDeps,
  scratch: MutantScratch,
  signal: AbortSignal,
): GoBench | (MutantRun & { kind: 'unfit' }) {
  const { check, testFiles } = job;
  const target = testFiles.length === 0 ? ({ kind: 'all' } as const) : ({ kind: 'files', paths: testFiles } as const);
  const invocation = check.invoke(target, scratch.dir);
  if (invocation.kind === 'missing') return { kind: 'unfit', reason: `${invocation.program} is not there` };
  if (invocation.kind === 'nothing') return { kind: 'unfit', reason: invocation.reason };
  const packages = testedPackages(deps.tree, module, invocation.argv.slice(3));
  const sources = job.sources.filter(({ path }) => path.endsWith('.go'));
  if (packages.length === 0) return { kind: 'unfit', reason: 'no package with tests was found' };
  if (moduleName(module) === undefined) return { kind: 'unfit', reason: 'go.mod names no module' };
  return { kind: 'open', command: goCommand(invocation, deps, job, signal), scratch, packages, sources, module };
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
