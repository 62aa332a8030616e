import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { absolutePath, isWithin, nameOf, relativeTo } from './folders.ts';
import { narrowedRun, programAt } from './narrowed-run.ts';
import { createOperandMatcher } from './operands.ts';
import { findPythonConfigs, type PythonConfig } from './python.ts';
import { asStrings } from './records.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

const FILES = { own: ['.bandit', 'bandit.yaml', 'bandit.yml'], table: 'bandit', sections: { '.bandit': 'bandit' } };

/** Only where the repository configures it and it is there. */
export const bandit: Tool = {
  name: 'bandit',
  detect(workspace: Workspace): readonly Check[] {
    const drafts = findPythonConfigs(workspace.tree, FILES).flatMap((config) => {
      const program = workspace.toolbox.pythonBin('bandit', absolutePath(workspace.root, config.dir));
      return program === undefined ? [] : [draftOf(workspace, config, program)];
    });
    return nameDrafts(workspace, drafts);
  },
};

function draftOf(workspace: Workspace, config: PythonConfig, program: string): Draft {
  const { dir } = config;
  // Bandit applies its exclusions to folders it walks, not to files it is given.
  const excluded = asStrings(config.values['exclude_dirs'] ?? config.values['exclude']).flatMap((list) =>
    list.split(','),
  );
  const isExcluded = createOperandMatcher(excluded.length > 0 ? excluded : ['no such folder'], dir);
  const option = nameOf(config.path) === '.bandit' ? '--ini' : '-c';
  return {
    kind: 'security',
    tool: 'bandit',
    cwd: dir,
    evidence: config.evidence,
    narrowing: 'changed',
    covers: (path) => path.endsWith('.py') && isWithin(dir, path) && !isExcluded(path),
    invoke: (target) =>
      narrowedRun({
        program: programAt(program),
        tree: workspace.tree,
        target,
        cwd: dir,
        purpose: 'scan',
        options: ['-q', '-f', 'json', option, relativeTo(dir, config.path)],
        onAll: () => ['-r', '.', '-x', WALKED_OVER],
        env: PLAIN_ENV,
      }),
    parse: PARSERS['bandit-json'],
    mustExamine: false,
    config: [config.path],
    executables: [program],
    env: [],
  };
}

/** Environments and caches, which git ignores and Bandit does not. */
const WALKED_OVER = './.venv,./venv,./node_modules,./.git,./.tox,./.nox,./build,./dist';
