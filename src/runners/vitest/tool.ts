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
import { readVitestConfig, type VitestConfig } from './config.ts';

const FLAGS: FlagRules = {
  keepValue: '-c --config -r --root --dir --project --environment --pool --mode --exclude --testTimeout --hookTimeout --retry --maxWorkers --minWorkers --execArgv --tags-filter'.split(
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

interface Use extends TestCall {
  readonly flags: readonly string[];
  readonly filters: readonly string[];
  readonly config: VitestConfig;
}

export const vitest: Tool = {
  name: 'vitest',
  detect(workspace: Workspace): readonly Check[] {
    const uses = workspace.nodePackages.flatMap((pkg) => {
      const calls = findTestCalls(pkg, ({ program, args }) => program === 'vitest' && !NO_TESTS.includes(args[0] ?? ''));
      const config = readVitestConfig(workspace.tree, pkg.dir, undefined);
      const runner = { name: 'vitest', config: config.files[0], isTest: config.isTest };
      const other = calls.length > 0 ? undefined : dependencyCall(workspace, pkg, runner);
      return distinct((other === undefined ? calls : [other]).map((call) => useOf(workspace, call)));
    });
    const dirs = uses.map(({ pkg }) => pkg.dir);
    // A run above that has the package among its projects runs its tests too.
    const alone = uses.filter(({ pkg }) => !uses.some((use) => use.pkg.dir !== pkg.dir && isWithin(use.pkg.dir, pkg.dir) && use.config.spans(pkg.dir)));
    return nameDrafts(
      workspace,
      alone.map((use) => draftOf(workspace, use, dirs.filter((dir) => !use.config.spans(dir)))),
    );
  },
};

function useOf(workspace: Workspace, call: TestCall): Use {
  const args = SUBCOMMANDS.includes(call.args[0] ?? '') ? call.args.slice(1) : call.args;
  const { kept, operands } = readFlags(args, FLAGS);
  const config = readVitestConfig(workspace.tree, call.pkg.dir, flagValue(kept, '-c', '--config'));
  return { ...call, flags: kept, filters: operands, config };
}

function distinct(uses: readonly Use[]): readonly Use[] {
  const keyOf = (use: Use) => [...use.flags, ...use.filters].join(' ');
  return uses.filter((use, index) => uses.findIndex((other) => keyOf(other) === keyOf(use)) === index);
}

function draftOf(workspace: Workspace, use: Use, dirs: readonly string[]): Draft {
  const { pkg, flags, filters, config } = use;
  const program = findNodeProgram(workspace, 'vitest', pkg.dir);
  const isWanted = (path: string) => filters.length === 0 || filters.some((filter) => path.includes(filter.replace(/^\.\//, '')));
  return {
    kind: 'test',
    tool: 'vitest',
    cwd: pkg.dir,
    evidence: use.evidence,
    narrowing: 'affected',
    covers: (path) => config.isTest(path) && isWanted(path) && nearestFolder([...dirs, pkg.dir], path) === pkg.dir,
    invoke(target, scratch) {
      if (program.kind === 'missing') return program;
      const files = fileArguments(workspace.tree, target, pkg.dir);
      if (files.kind === 'files' && files.words.length === 0) return { kind: 'nothing', reason: 'no test file is left to run' };
      const report = `${scratch}/vitest.json`;
      // Coverage may be switched on by the configuration; it writes into the tree and fails a narrowed run.
      const options = ['--reporter=json', `--outputFile.json=${report}`, '--coverage.enabled=false'];
      const argv = [...program.argv, 'run', ...flags, ...options, ...(files.kind === 'files' ? files.words : filters)] as const;
      return { kind: 'run', argv, env: { ...use.env, ...TEST_ENV }, reports: [report] };
    },
    parse: PARSERS['vitest-json'],
    config: config.files,
    executables: program.kind === 'missing' ? [] : program.executables,
    env: ['NODE_OPTIONS', 'NODE_ENV', 'TZ', ...Object.keys(use.env)],
  };
}
