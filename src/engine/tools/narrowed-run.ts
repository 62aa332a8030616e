import type { Invocation, Target } from '../checks/check.ts';
import type { Tree } from '../ports.ts';
import { fileArguments } from './file-arguments.ts';
import type { Program } from './node-program.ts';

/** The parts of a command that is run on some files or on everything. */
export interface NarrowedRun {
  readonly program: Program;
  readonly tree: Tree;
  readonly target: Target;
  /** Folder it runs in, relative to the root. */
  readonly cwd: string;
  /** What is done with the files, for the reason where none is left. */
  readonly purpose: 'lint' | 'scan' | 'run';
  /** Words between the program and what it is run on. */
  readonly options: readonly string[];
  onFiles?(words: readonly string[]): readonly string[];
  onAll(): readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly reports?: readonly string[];
}

export function narrowedRun(run: NarrowedRun): Invocation {
  const { program, env, reports } = run;
  if (program.kind === 'missing') return program;
  const files = fileArguments(run.tree, run.target, run.cwd);
  if (files.kind === 'files' && files.words.length === 0)
    return { kind: 'nothing', reason: `no file is left to ${run.purpose}` };
  const words = files.kind === 'all' ? run.onAll() : (run.onFiles?.(files.words) ?? files.words);
  const argv = [...program.argv, ...run.options, ...words] as const;
  return { kind: 'run', argv, env, ...(reports === undefined ? {} : { reports }) };
}

/** A program at a known place that no package brings. */
export function programAt(path: string): Program {
  return { kind: 'found', argv: [path], executables: [path] };
}

export function executablesOf(program: Program): readonly string[] {
  return program.kind === 'missing' ? [] : program.executables;
}
