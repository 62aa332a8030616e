import type { Check } from '../../engine/checks/check.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { fileArguments } from '../../engine/tools/file-arguments.ts';
import { type FlagRules, flagValue, readFlags } from '../../engine/tools/flags.ts';
import { isWithin, nearestFolder } from '../../engine/tools/folders.ts';
import { findNodeProgram } from '../../engine/tools/node-program.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';
import { dependencyCall, findTestCalls, type TestCall } from '../test-scripts.ts';
import { type JestConfig, readJestConfig } from './config.ts';

const FLAGS: FlagRules = {
  keepValue: '-c --config --rootDir --roots --projects --selectProjects --ignoreProjects --env --testEnvironment --preset --runner --setupFiles --setupFilesAfterEnv --moduleDirectories --resolver --testTimeout --maxWorkers -w --transform --testPathIgnorePatterns --globals'.split(
    ' ',
  ),
  keep: ['-i', '--runInBand', '--forceExit', '--detectOpenHandles', '--injectGlobals', '--no-cache', '--randomize', '--experimental-vm-modules'],
  dropValue:
    '--reporters --outputFile --coverageReporters --coverageDirectory --collectCoverageFrom --coverageProvider --coverageThreshold --changedSince -t --testNamePattern --shard --bail --seed --testMatch --testRegex'.split(
      ' ',
    ),
  unknown: 'drop',
};

interface Use extends TestCall {
  readonly flags: readonly string[];
  /** Regular expressions that the script narrows the tests by. */
  readonly patterns: readonly string[];
  readonly config: JestConfig;
}

export const jest: Tool = {
  name: 'jest',
  detect(workspace: Workspace): readonly Check[] {
    const uses = workspace.nodePackages.flatMap((pkg) => {
      const calls = findTestCalls(pkg, ({ program }) => program === 'jest' || program === 'jest-cli');
      const config = readJestConfig(workspace.tree, pkg, undefined);
      const runner = { name: 'jest', config: config.files[0], isTest: config.isTest };
      const other = calls.length > 0 ? undefined : dependencyCall(workspace, pkg, runner);
      return distinct((other === undefined ? calls : [other]).map((call) => useOf(workspace, call)));
    });
    const dirs = uses.map(({ pkg }) => pkg.dir);
    const alone = uses.filter(({ pkg }) => !uses.some((use) => use.pkg.dir !== pkg.dir && isWithin(use.pkg.dir, pkg.dir) && use.config.spans(pkg.dir)));
    return nameDrafts(
      workspace,
      alone.map((use) => draftOf(workspace, use, dirs.filter((dir) => !use.config.spans(dir)))),
    );
  },
};

function useOf(workspace: Workspace, call: TestCall): Use {
  const { kept, operands } = readFlags(call.args, FLAGS);
  const named = flagValue(kept, '-c', '--config');
  return { ...call, flags: kept, patterns: operands, config: readJestConfig(workspace.tree, call.pkg, named) };
}

function distinct(uses: readonly Use[]): readonly Use[] {
  const keyOf = (use: Use) => [...use.flags, ...use.patterns].join(' ');
  return uses.filter((use, index) => uses.findIndex((other) => keyOf(other) === keyOf(use)) === index);
}

function draftOf(workspace: Workspace, use: Use, dirs: readonly string[]): Draft {
  const { pkg, flags, patterns, config } = use;
  const program = findNodeProgram(workspace, 'jest', pkg.dir);
  return {
    kind: 'test',
    tool: 'jest',
    cwd: pkg.dir,
    evidence: use.evidence,
    narrowing: 'affected',
    covers: (path) => config.isTest(path) && matchesPattern(patterns, path) && nearestFolder([...dirs, pkg.dir], path) === pkg.dir,
    invoke(target, scratch) {
      if (program.kind === 'missing') return program;
      const files = fileArguments(workspace.tree, target, pkg.dir);
      if (files.kind === 'files' && files.words.length === 0) return { kind: 'nothing', reason: 'no test file is left to run' };
      const report = `${scratch}/jest.json`;
      // Coverage may be switched on by the configuration; it writes into the tree and fails a narrowed run.
      const options = ['--ci', '--json', `--outputFile=${report}`, '--testLocationInResults', '--coverage=false'];
      const words = files.kind === 'files' ? ['--runTestsByPath', ...files.words] : patterns;
      const argv = [...program.argv, ...flags, ...options, ...words] as const;
      return { kind: 'run', argv, env: { ...use.env, ...TEST_ENV }, reports: [report] };
    },
    parse: PARSERS['jest-json'],
    config: config.files,
    executables: program.kind === 'missing' ? [] : program.executables,
    env: ['NODE_OPTIONS', 'NODE_ENV', 'TZ', ...Object.keys(use.env)],
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
