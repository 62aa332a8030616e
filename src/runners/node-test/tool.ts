import type { Check } from '../../engine/checks/check.ts';
import { createDriverRunner } from '../../engine/mutation/driver-runner.ts';
import type { MutantRunner } from '../../engine/mutation/mutant-runner.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { isTooLong } from '../../engine/tools/file-arguments.ts';
import { type FlagRules, readFlags } from '../../engine/tools/flags.ts';
import { absolutePath, relativeTo } from '../../engine/tools/folders.ts';
import type { ScriptCall } from '../../engine/tools/node-packages.ts';
import { findNodeProgram, type Program } from '../../engine/tools/node-program.ts';
import { createGlobMatcher, isGlob } from '../../engine/tools/operands.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';
import { draftJavascriptTests } from '../javascript-draft.ts';
import { SCHEMATA_ENV } from '../javascript-env.ts';
import { distinctRuns, type PackageRun } from '../package-runs.ts';
import { findTestCalls, type TestCall } from '../test-scripts.ts';

/** What Node looks for by itself; the TypeScript endings since it strips types. */
const DEFAULT = [
  '**/*{.,-,_}test.{js,mjs,cjs,ts,mts,cts}',
  '**/test-*.{js,mjs,cjs,ts,mts,cts}',
  '**/test.{js,mjs,cjs,ts,mts,cts}',
  '**/test/**/*.{js,mjs,cjs,ts,mts,cts}',
];

const FLAGS: FlagRules = {
  keepValue:
    '--import -r --require --loader --experimental-loader -C --conditions --env-file --tsconfig --test-name-pattern --test-skip-pattern --test-concurrency --test-timeout --test-global-setup --test-isolation --experimental-config-file'.split(
      ' ',
    ),
  dropValue:
    '--test-reporter --test-reporter-destination --test-shard --test-coverage-include --test-coverage-exclude --test-coverage-lines --test-coverage-branches --test-coverage-functions --watch-path'.split(
      ' ',
    ),
  drop: ['--test', '--watch', '--experimental-test-coverage', '--test-update-snapshots', '--inspect', '--inspect-brk'],
  unknown: 'keep',
};

interface Run extends PackageRun {
  readonly program: string;
  readonly isTest: (path: string) => boolean;
}

export function isNodeTest({ program, args }: ScriptCall): boolean {
  return (program === 'node' || program === 'tsx') && args.includes('--test');
}

export const nodeTest: Tool = {
  name: 'node-test',
  detect(workspace: Workspace): readonly Check[] {
    const runs = workspace.nodePackages.flatMap((pkg) =>
      ['node', 'tsx'].flatMap((program) => {
        const calls = findTestCalls(pkg, (call) => call.program === program && isNodeTest(call));
        return distinctRuns(calls.map((call) => runOf(call, program)));
      }),
    );
    return nameDrafts(
      workspace,
      runs.map((run) => draftOf(workspace, run, runs)),
    );
  },
};

function runOf(call: TestCall, program: string): Run {
  const { kept, operands } = readFlags(call.args, FLAGS);
  const globs = operands.flatMap((operand) => {
    const path = operand.replace(/^\.\//, '').replace(/\/$/, '');
    return isGlob(path) ? [path] : [path, `${path}/**/*.{js,mjs,cjs,ts,mts,cts}`];
  });
  const matches = createGlobMatcher(globs.length > 0 ? globs : DEFAULT, call.pkg.dir);
  const isTest = (path: string) => matches(path) && !/\.d\.[cm]?ts$/.test(path);
  return { ...call, program, flags: kept, operands, config: { spans: () => false }, isTest };
}

function draftOf(workspace: Workspace, run: Run, runs: readonly Run[]): Draft {
  const { pkg, flags } = run;
  const program = run.program === 'tsx' ? findNodeProgram(workspace, 'tsx', pkg.dir) : findNode(workspace);
  return draftJavascriptTests(workspace, run, runs, {
    tool: 'node-test',
    program,
    narrowing: 'affected',
    covers: run.isTest,
    report: 'node-test.tap',
    // TAP says the line and column of a failed test; Node's JUnit report only the file.
    optionsFor: (report) => [...flags, '--test', '--test-reporter=tap', `--test-reporter-destination=${report}`],
    onAll: () => wholeWords(workspace, run),
    parse: PARSERS['tap'],
    config: [],
    mutants: mutantsOf(workspace, run, program),
  });
}

/** Flags that mean something only where Node runs many files, and without which tests may not be what they are. */
const WHOLE_RUN = ['--test-global-setup', '--test-isolation=none', '--experimental-test-isolation=none', '--test-only'];

function mutantsOf(workspace: Workspace, run: Run, program: Program): MutantRunner {
  const node = workspace.toolbox.onPath('node');
  const needed = run.flags.find((flag) => WHOLE_RUN.some((word) => flag.startsWith(word)));
  return createDriverRunner({
    name: 'node:test, a process for each test file',
    driver: 'node-test-driver.mjs',
    schemata: true,
    get settings() {
      const files = workspace.tree.paths.filter(run.isTest).map((path) => absolutePath(workspace.root, path));
      return { program: program.kind === 'missing' ? [] : program.argv, flags: run.flags, files };
    },
    start(driver, request) {
      if (node === undefined || program.kind === 'missing')
        return { kind: 'unfit', reason: `${run.program} is missing` };
      if (needed !== undefined) return { kind: 'unfit', reason: `it does not know ${needed}` };
      return { kind: 'run', argv: [node, driver, request], env: { ...run.env, ...TEST_ENV, ...SCHEMATA_ENV } };
    },
  });
}

function findNode(workspace: Workspace): Program {
  const node = workspace.toolbox.onPath('node');
  if (node === undefined) return { kind: 'missing', program: 'node', hint: 'install Node.js (https://nodejs.org)' };
  return { kind: 'found', argv: [node], executables: [node] };
}

/** The script's globs as files: a shell would have expanded them, and Node itself does so only since version 21. */
function wholeWords(workspace: Workspace, run: Run): readonly string[] {
  if (run.operands.length === 0) return [];
  const words = workspace.tree.paths.filter(run.isTest).map((path) => relativeTo(run.pkg.dir, path));
  return words.length === 0 || isTooLong(words) ? run.operands : words;
}
