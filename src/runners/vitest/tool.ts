import type { Check } from '../../engine/checks/check.ts';
import { createDriverRunner } from '../../engine/mutation/driver-runner.ts';
import type { MutantRunner } from '../../engine/mutation/mutant-runner.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { type FlagRules, flagValue, readFlags } from '../../engine/tools/flags.ts';
import { findNodeProgram, type Program } from '../../engine/tools/node-program.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';
import { draftJavascriptTests } from '../javascript-draft.ts';
import { distinctRuns, type PackageRun, withoutSpanned } from '../package-runs.ts';
import { dependencyCall, findTestCalls, type TestCall } from '../test-scripts.ts';
import { readVitestConfig, type VitestConfig } from './config.ts';

const FLAGS: FlagRules = {
  keepValue:
    '-c --config -r --root --dir --project --environment --pool --mode --exclude --testTimeout --hookTimeout --retry --maxWorkers --minWorkers --execArgv --tags-filter'.split(
      ' ',
    ),
  keep: '--globals --no-isolate --isolate --no-file-parallelism --typecheck --typecheck.only --typecheck.enabled --dom --single-thread --threads --no-threads --logHeapUsage --expand-snapshot-diff'.split(
    ' ',
  ),
  dropValue: ['--reporter', '--outputFile', '-t', '--testNamePattern', '--bail', '--shard', '--api', '--browser.name'],
  unknown: 'drop',
};

const SUBCOMMANDS = ['run', 'watch', 'dev'];
const NO_TESTS = ['bench', 'list', 'init', 'related', 'typecheck'];

interface Run extends PackageRun {
  readonly config: VitestConfig;
}

export const vitest: Tool = {
  name: 'vitest',
  detect(workspace: Workspace): readonly Check[] {
    const all = workspace.nodePackages.flatMap((pkg) => {
      const calls = findTestCalls(
        pkg,
        ({ program, args }) => program === 'vitest' && !NO_TESTS.includes(args[0] ?? ''),
      );
      const config = readVitestConfig(workspace.tree, pkg.dir, undefined);
      const runner = { name: 'vitest', config: config.files[0], isTest: config.isTest };
      const other = calls.length > 0 ? undefined : dependencyCall(workspace, pkg, runner);
      return distinctRuns((other === undefined ? calls : [other]).map((call) => runOf(workspace, call)));
    });
    const runs = withoutSpanned(all);
    return nameDrafts(
      workspace,
      runs.map((run) => draftOf(workspace, run, runs)),
    );
  },
};

function runOf(workspace: Workspace, call: TestCall): Run {
  const args = SUBCOMMANDS.includes(call.args[0] ?? '') ? call.args.slice(1) : call.args;
  const { kept, operands } = readFlags(args, FLAGS);
  const config = readVitestConfig(workspace.tree, call.pkg.dir, flagValue(kept, '-c', '--config'));
  return { ...call, flags: kept, operands, config };
}

function draftOf(workspace: Workspace, run: Run, runs: readonly Run[]): Draft {
  const { pkg, flags, operands, config } = run;
  const filters = operands.map((filter) => filter.replace(/^\.\//, ''));
  const program = findNodeProgram(workspace, 'vitest', pkg.dir);
  const draft = draftJavascriptTests(workspace, run, runs, {
    tool: 'vitest',
    program,
    narrowing: 'affected',
    covers: (path) => config.isTest(path) && (filters.length === 0 || filters.some((filter) => path.includes(filter))),
    report: 'vitest.json',
    // Coverage may be switched on by the configuration; it writes into the tree and fails a narrowed run.
    optionsFor: (report) => [
      'run',
      ...flags,
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--coverage.enabled=false',
    ],
    onAll: () => operands,
    parse: PARSERS['vitest-json'],
    config: config.files,
  });
  return { ...draft, mutants: mutantsOf(run, filters, program) };
}

function mutantsOf({ flags, env }: Run, filters: readonly string[], program: Program): MutantRunner {
  return createDriverRunner({
    name: 'vitest, all mutants in one run',
    driver: 'vitest-main.mjs',
    schemata: true,
    settings: { flags, filters },
    start: (driver, request) =>
      program.kind === 'missing'
        ? { kind: 'unfit', reason: 'Vitest is not installed' }
        : { kind: 'run', argv: ['node', driver, request], env: { ...env, ...TEST_ENV } },
  });
}
