import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import { findMentions } from './automation.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { fileArguments } from './file-arguments.ts';
import { isWithin, outermost } from './folders.ts';
import { findPythonConfigs, findPythonProgram } from './python.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

const READS = /\.(?:pyi?|ipynb)$/;
const CHECKS = /\bruff(?: check\b|-pre-commit\b)/;

/** Ruff finds the configuration nearest to each file by itself, so one run at the top does. */
export const ruff: Tool = {
  name: 'ruff',
  detect(workspace: Workspace): readonly Check[] {
    const { tree } = workspace;
    const configs = findPythonConfigs(tree, { own: ['.ruff.toml', 'ruff.toml'], table: 'ruff' });
    const mention = findMentions(tree, CHECKS)[0];
    const dirs = outermost(configs.map(({ dir }) => dir));
    const places = dirs.map((dir) => {
      const own = configs.filter((config) => isWithin(dir, config.dir));
      return draftOf(
        workspace,
        dir,
        own[0]?.evidence ?? '',
        own.map(({ path }) => path),
      );
    });
    if (places.length > 0) return nameDrafts(workspace, places);
    return mention === undefined ? [] : nameDrafts(workspace, [draftOf(workspace, '', mention.path, [])]);
  },
};

function draftOf(workspace: Workspace, dir: string, evidence: string, config: readonly string[]): Draft {
  const program = findPythonProgram(workspace, 'ruff', dir);
  return {
    kind: 'lint',
    tool: 'ruff',
    cwd: dir,
    evidence,
    narrowing: 'changed',
    covers: (path) => READS.test(path) && isWithin(dir, path),
    invoke(target) {
      if (program.kind === 'missing') return program;
      const files = fileArguments(workspace.tree, target, dir);
      if (files.kind === 'files' && files.words.length === 0)
        return { kind: 'nothing', reason: 'no file is left to lint' };
      // A configuration may say `fix = true`; files named on the command line are linted though excluded, unless forced.
      const options = ['--output-format', 'json', '--force-exclude', '--no-fix', '--no-cache'];
      const argv = [...program.argv, 'check', ...options, ...(files.kind === 'files' ? files.words : [])] as const;
      return { kind: 'run', argv, env: PLAIN_ENV };
    },
    parse: PARSERS['ruff-json'],
    // The format lists findings only, and excluded files are no error.
    mustExamine: false,
    config,
    executables: program.kind === 'missing' ? [] : program.executables,
    env: ['RUFF_CONFIG'],
  };
}
