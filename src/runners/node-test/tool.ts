import type { Check } from '../../engine/checks/check.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { fileArguments, isTooLong } from '../../engine/tools/file-arguments.ts';
import { type FlagRules, readFlags } from '../../engine/tools/flags.ts';
import { relativeTo } from '../../engine/tools/folders.ts';
import type { ScriptCall } from '../../engine/tools/node-packages.ts';
import { findNodeProgram, type Program } from '../../engine/tools/node-program.ts';
import { createGlobMatcher, isGlob } from '../../engine/tools/operands.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';
import { distinctRuns, ownsPath, type PackageRun } from '../package-runs.ts';
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
  return {
    kind: 'test',
    tool: 'node-test',
    cwd: pkg.dir,
    evidence: run.evidence,
    narrowing: 'affected',
    covers: (path) => run.isTest(path) && ownsPath(run, runs, path),
    invoke(target, scratch) {
      if (program.kind === 'missing') return program;
      const files = fileArguments(workspace.tree, target, pkg.dir);
      if (files.kind === 'files' && files.words.length === 0)
        return { kind: 'nothing', reason: 'no test file is left to run' };
      const report = `${scratch}/node-test.tap`;
      // TAP says the line and column of a failed test; Node's JUnit report only the file.
      const options = ['--test', '--test-reporter=tap', `--test-reporter-destination=${report}`];
      const words = files.kind === 'files' ? files.words : wholeWords(workspace, run);
      return {
        kind: 'run',
        argv: [...program.argv, ...flags, ...options, ...words],
        env: { ...run.env, ...TEST_ENV },
        reports: [report],
      };
    },
    parse: PARSERS['tap'],
    config: [],
    executables: program.kind === 'missing' ? [] : program.executables,
    env: ['NODE_OPTIONS', 'NODE_ENV', 'TZ', ...Object.keys(run.env)],
  };
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
