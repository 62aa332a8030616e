import type { Check } from '../../engine/checks/check.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { type FlagRules, flagValues, readFlags } from '../../engine/tools/flags.ts';
import { findNodeProgram } from '../../engine/tools/node-program.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { draftJavascriptTests } from '../javascript-draft.ts';
import { distinctRuns, type PackageRun, withoutSpanned } from '../package-runs.ts';
import { dependencyCall, findTestCalls, type TestCall } from '../test-scripts.ts';
import { type JestConfig, readJestConfig } from './config.ts';
import { jestMutants } from './mutants.ts';

const FLAGS: FlagRules = {
  keepValue:
    '-c --config --rootDir --roots --projects --selectProjects --ignoreProjects --env --testEnvironment --preset --runner --setupFiles --setupFilesAfterEnv --moduleDirectories --resolver --testTimeout --maxWorkers -w --transform --testPathIgnorePatterns --globals'.split(
      ' ',
    ),
  keep: [
    '-i',
    '--runInBand',
    '--forceExit',
    '--detectOpenHandles',
    '--injectGlobals',
    '--no-cache',
    '--randomize',
    '--experimental-vm-modules',
  ],
  dropValue:
    '--reporters --outputFile --coverageReporters --coverageDirectory --collectCoverageFrom --coverageProvider --coverageThreshold --changedSince -t --testNamePattern --shard --bail --seed --testMatch --testRegex'.split(
      ' ',
    ),
  unknown: 'drop',
};

/** Flags of scripts that are Node's own. */
const NODE_OPTIONS = ['--experimental-vm-modules'];

// Coverage may be switched on by the configuration; it writes into the tree and fails a narrowed run.
const OPTIONS = ['--ci', '--json', '--testLocationInResults', '--coverage=false'];

interface Run extends PackageRun {
  readonly config: JestConfig;
}

export const jest: Tool = {
  name: 'jest',
  detect(workspace: Workspace): readonly Check[] {
    const all = workspace.nodePackages.flatMap((pkg) => {
      const calls = findTestCalls(pkg, ({ program }) => program === 'jest' || program === 'jest-cli');
      const config = readJestConfig(workspace.tree, pkg, []);
      const runner = { name: 'jest', config: config.files[0], isTest: config.isTest };
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
  const { kept, operands } = readFlags(call.args, FLAGS);
  const named = flagValues(kept, '-c', '--config', '--projects');
  return { ...call, flags: kept, operands, config: readJestConfig(workspace.tree, call.pkg, named) };
}

function draftOf(workspace: Workspace, run: Run, runs: readonly Run[]): Draft {
  const { pkg, flags, operands, config } = run;
  return draftJavascriptTests(workspace, run, runs, {
    tool: 'jest',
    program: findNodeProgram(workspace, 'jest', pkg.dir),
    narrowing: 'affected',
    covers: (path) => config.isTest(path) && matchesPattern(operands, path),
    report: 'jest.json',
    optionsFor: (report) => [...flags, ...OPTIONS, `--outputFile=${report}`],
    onFiles: (words) => ['--runTestsByPath', ...words],
    onAll: () => operands,
    parse: PARSERS['jest-json'],
    config: config.files,
    mutants: jestMutants(run, workspace.toolbox.onPath('node'), NODE_OPTIONS),
  });
}

function matchesPattern(patterns: readonly string[], path: string): boolean {
  return patterns.length === 0 || patterns.some((pattern) => path.includes(pattern) || safeTest(pattern, path));
}

function safeTest(pattern: string, path: string): boolean {
  try {
    return new RegExp(pattern, 'i').test(path);
  } catch {
    // Jest says what is wrong with it.
    return false;
  }
}
