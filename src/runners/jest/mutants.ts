import { createDriverRunner } from '../../engine/mutation/driver-runner.ts';
import type { MutantRunner } from '../../engine/mutation/mutant-runner.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';
import type { PackageRun } from '../package-runs.ts';

/** Mutants tried inside one run of Jest: each test is run again for every mutant whose place it runs. */
export function jestMutants(run: PackageRun, node: string | undefined, known: readonly string[]): MutantRunner {
  const nodeOptions = run.flags.filter((flag) => known.includes(flag));
  return createDriverRunner({
    name: 'jest, all mutants in one run',
    driver: 'jest-main.mjs',
    schemata: true,
    settings: { flags: run.flags.filter((flag) => !nodeOptions.includes(flag)), operands: run.operands },
    start: (driver, request) => {
      if (node === undefined) return { kind: 'unfit', reason: 'there is no node on the PATH' };
      const argv = [node, ...nodeOptions, driver, request] as const;
      return { kind: 'run', argv, env: { ...run.env, ...TEST_ENV } };
    },
  });
}
