import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import { findMentions } from './automation.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { isWithin, outermost } from './folders.ts';
import { executablesOf, narrowedRun } from './narrowed-run.ts';
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
    invoke: (target) =>
      narrowedRun({
        program,
        tree: workspace.tree,
        target,
        cwd: dir,
        purpose: 'lint',
        // A configuration may say `fix = true`; what it excludes is linted when named, unless forced.
        options: ['check', '--output-format', 'json', '--force-exclude', '--no-fix', '--no-cache'],
        onAll: () => [],
        env: PLAIN_ENV,
      }),
    parse: PARSERS['ruff-json'],
    // The format lists findings only, and excluded files are no error.
    mustExamine: false,
    config,
    executables: executablesOf(program),
    env: ['RUFF_CONFIG'],
  };
}
