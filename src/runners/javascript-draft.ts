import type { Narrowing } from '../engine/checks/check.ts';
import type { Parser } from '../engine/checks/format.ts';
import type { MutantRunner } from '../engine/mutation/mutant-runner.ts';
import type { Draft } from '../engine/tools/drafts.ts';
import { executablesOf, narrowedRun } from '../engine/tools/narrowed-run.ts';
import type { Program } from '../engine/tools/node-program.ts';
import type { Workspace } from '../engine/tools/tool.ts';
import { TEST_ENV } from '../engine/tools/tool-env.ts';
import { ownsPath, type PackageRun } from './package-runs.ts';

/** What differs between the runners of JavaScript tests. */
export interface JavascriptRunner {
  readonly tool: string;
  readonly program: Program;
  readonly narrowing: Narrowing;
  readonly covers: (path: string) => boolean;
  /** Name of the report file in the scratch folder. */
  readonly report: string;
  optionsFor(report: string): readonly string[];
  onFiles?(words: readonly string[]): readonly string[];
  onAll(): readonly string[];
  readonly parse: Parser;
  readonly config: readonly string[];
  readonly mutants?: MutantRunner;
}

export function draftJavascriptTests<Run extends PackageRun>(
  workspace: Workspace,
  run: Run,
  runs: readonly Run[],
  runner: JavascriptRunner,
): Draft {
  const { tool, program, narrowing, parse, config } = runner;
  return {
    kind: 'test',
    tool,
    cwd: run.pkg.dir,
    evidence: run.evidence,
    narrowing,
    covers: (path) => runner.covers(path) && ownsPath(run, runs, path),
    invoke(target, scratch) {
      const report = `${scratch}/${runner.report}`;
      return narrowedRun({
        ...runner,
        tree: workspace.tree,
        target: narrowing === 'whole' ? { kind: 'all' } : target,
        cwd: run.pkg.dir,
        purpose: 'run',
        options: runner.optionsFor(report),
        env: { ...run.env, ...TEST_ENV },
        reports: [report],
      });
    },
    parse,
    config,
    executables: executablesOf(program),
    ...(runner.mutants === undefined ? {} : { mutants: runner.mutants }),
    env: ['NODE_OPTIONS', 'NODE_ENV', 'TZ', ...Object.keys(run.env)],
  };
}
