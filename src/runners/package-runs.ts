import { isWithin, nearestFolder } from '../engine/tools/folders.ts';
import type { TestCall } from './test-scripts.ts';

/** One way a runner is run in a package. */
export interface PackageRun extends TestCall {
  readonly flags: readonly string[];
  readonly operands: readonly string[];
  readonly config: {
    /** Whether one run in the folder also runs the tests of a package below it. */
    spans(dir: string): boolean;
  };
}

/** Runs that give the same command are one. */
export function distinctRuns<Run extends PackageRun>(runs: readonly Run[]): readonly Run[] {
  const keyOf = (run: Run) => [run.pkg.dir, ...run.flags, ...run.operands].join(' ');
  return runs.filter((run, index) => runs.findIndex((other) => keyOf(other) === keyOf(run)) === index);
}

/** Leaves out packages whose tests a run above them has among its projects. */
export function withoutSpanned<Run extends PackageRun>(runs: readonly Run[]): readonly Run[] {
  const spans = (run: Run, dir: string) => run.pkg.dir !== dir && isWithin(run.pkg.dir, dir) && run.config.spans(dir);
  return runs.filter(({ pkg }) => !runs.some((run) => spans(run, pkg.dir)));
}

/** Whether a path belongs to this run and not to a package below that runs its own tests. */
export function ownsPath<Run extends PackageRun>(run: Run, runs: readonly Run[], path: string): boolean {
  const dirs = runs.map(({ pkg }) => pkg.dir);
  return nearestFolder(dirs, path) === run.pkg.dir;
}
