import type { Check } from '../../engine/checks/check.ts';
import { createDriverRunner } from '../../engine/mutation/driver-runner.ts';
import type { MutantRunner } from '../../engine/mutation/mutant-runner.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { type FlagRules, flagValue, readFlags } from '../../engine/tools/flags.ts';
import { isWithin } from '../../engine/tools/folders.ts';
import { findNodeProgram } from '../../engine/tools/node-program.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';
import { draftJavascriptTests } from '../javascript-draft.ts';
import { SCHEMATA_ENV } from '../javascript-env.ts';
import { distinctRuns, type PackageRun } from '../package-runs.ts';
import { dependencyCall, findTestCalls, type TestCall } from '../test-scripts.ts';
import { createSpecMatcher, type MochaConfig, readMochaConfig } from './config.ts';

export const MOCHA_PROGRAMS = ['mocha', '_mocha'];

const FLAGS: FlagRules = {
  keepValue:
    '-r --require --import --loader --experimental-loader --file --config --package -u --ui -t --timeout -s --slow --retries -g --grep -f --fgrep --extension --ignore --exclude -j --jobs -n --node-option --global --globals -C --conditions'.split(
      ' ',
    ),
  dropValue: ['-R', '--reporter', '-O', '--reporter-option', '--reporter-options', '--watch-files', '--watch-ignore'],
  drop: [
    '-w',
    '--watch',
    '-b',
    '--bail',
    '-c',
    '--color',
    '--colors',
    '--inspect',
    '--inspect-brk',
    '--dry-run',
    '--update',
  ],
  // Mocha hands what it does not know to Node.
  unknown: 'keep',
};

interface Run extends PackageRun {
  readonly mocha: MochaConfig;
  readonly isTest: (path: string) => boolean;
}

export const mocha: Tool = {
  name: 'mocha',
  detect(workspace: Workspace): readonly Check[] {
    const runs = workspace.nodePackages.flatMap((pkg) => {
      const calls = findTestCalls(pkg, ({ program }) => MOCHA_PROGRAMS.includes(program));
      const config = readMochaConfig(workspace.tree, pkg, undefined);
      const isTest = createSpecMatcher(config.spec, pkg.dir, config);
      const other =
        calls.length > 0 ? undefined : dependencyCall(workspace, pkg, { name: 'mocha', config: config.file, isTest });
      return distinctRuns((other === undefined ? calls : [other]).map((call) => runOf(workspace, call)));
    });
    return nameDrafts(
      workspace,
      runs.map((run) => draftOf(workspace, run, runs)),
    );
  },
};

function runOf(workspace: Workspace, call: TestCall): Run {
  // `--spec x` and a bare `x` are the same.
  const args = call.args.flatMap((word) => (word === '--spec' ? [] : [word.replace(/^--spec=/, '')]));
  const { kept, operands, names } = readFlags(args, FLAGS);
  const config = readMochaConfig(workspace.tree, call.pkg, flagValue(kept, '--config'));
  const extensions = flagValue(kept, '--extension')?.split(',') ?? config.extensions;
  const shape = { extensions, recursive: config.recursive || names.has('--recursive') };
  return {
    ...call,
    flags: kept,
    operands,
    config: { spans: () => false },
    mocha: config,
    isTest: createSpecMatcher([...config.spec, ...operands], call.pkg.dir, shape),
  };
}

function draftOf(workspace: Workspace, run: Run, runs: readonly Run[]): Draft {
  const { pkg, flags, operands } = run;
  // Files on the command line are added to those of the configuration, so that one cannot be narrowed.
  const isWhole = run.mocha.spec.length > 0;
  const isSource = (path: string) => /\.(?:[cm]?[jt]sx?|json)$/.test(path) && isWithin(pkg.dir, path);
  return draftJavascriptTests(workspace, run, runs, {
    tool: 'mocha',
    program: findNodeProgram(workspace, 'mocha', pkg.dir),
    narrowing: isWhole ? 'whole' : 'affected',
    covers: (path) => run.isTest(path) || (isWhole && isSource(path)),
    report: 'mocha.json',
    // Before 9.2 the output option is not known and the report goes to standard output, where it is looked for too.
    optionsFor: (report) => [...flags, '--reporter', 'json', '--reporter-option', `output=${report}`],
    onAll: () => operands,
    parse: PARSERS['mocha-json'],
    config: run.mocha.file === undefined ? [] : [run.mocha.file],
    mutants: mutantsOf(workspace, run),
  });
}

/** Options that Mocha's configuration may hold and that are not ours to take. */
const OVERRIDES = '--reporter min --no-parallel --no-watch --no-bail --no-dry-run'.split(' ');

function mutantsOf(workspace: Workspace, run: Run): MutantRunner {
  const node = workspace.toolbox.onPath('node');
  return createDriverRunner({
    serial: true,
    name: 'mocha, all mutants in one process',
    driver: 'mocha-driver.mjs',
    schemata: true,
    settings: { flags: [...run.flags, ...OVERRIDES], operands: run.operands, isWhole: run.mocha.spec.length > 0 },
    start(driver, request) {
      if (node === undefined) return { kind: 'unfit', reason: 'node is missing' };
      return { kind: 'run', argv: [node, driver, request], env: { ...run.env, ...TEST_ENV, ...SCHEMATA_ENV } };
    },
  });
}
