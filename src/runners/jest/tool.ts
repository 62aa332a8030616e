import type { Check } from '../../engine/checks/check.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { fileArguments } from '../../engine/tools/file-arguments.ts';
import { type FlagRules, flagValues, readFlags } from '../../engine/tools/flags.ts';
import { findNodeProgram } from '../../engine/tools/node-program.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';
import { distinctRuns, ownsPath, type PackageRun, withoutSpanned } from '../package-runs.ts';
import { dependencyCall, findTestCalls, type TestCall } from '../test-scripts.ts';
import { type JestConfig, readJestConfig } from './config.ts';

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
  const program = findNodeProgram(workspace, 'jest', pkg.dir);
  return {
    kind: 'test',
    tool: 'jest',
    cwd: pkg.dir,
    evidence: run.evidence,
    narrowing: 'affected',
    covers: (path) => config.isTest(path) && matchesPattern(operands, path) && ownsPath(run, runs, path),
    invoke(target, scratch) {
      if (program.kind === 'missing') return program;
      const files = fileArguments(workspace.tree, target, pkg.dir);
      if (files.kind === 'files' && files.words.length === 0)
        return { kind: 'nothing', reason: 'no test file is left to run' };
      const report = `${scratch}/jest.json`;
      // Coverage may be switched on by the configuration; it writes into the tree and fails a narrowed run.
      const options = ['--ci', '--json', `--outputFile=${report}`, '--testLocationInResults', '--coverage=false'];
      const words = files.kind === 'files' ? ['--runTestsByPath', ...files.words] : operands;
      const argv = [...program.argv, ...flags, ...options, ...words] as const;
      return { kind: 'run', argv, env: { ...run.env, ...TEST_ENV }, reports: [report] };
    },
    parse: PARSERS['jest-json'],
    config: config.files,
    executables: program.kind === 'missing' ? [] : program.executables,
    env: ['NODE_OPTIONS', 'NODE_ENV', 'TZ', ...Object.keys(run.env)],
  };
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
