import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { narrowedRun, programAt } from './narrowed-run.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

const CONFIG = /^\.?semgrep(?:\.ya?ml|\/.+\.ya?ml)$/;

const READS = /\.(?:[cm]?[jt]sx?|pyi?|go|rs|java|kt|rb|php|cs|scala|swift|c|cc|cpp|h|ya?ml|json|tf|sh)$/;
const OPTIONS = ['--metrics=off', '--disable-version-check', '--quiet', '--error', '--sarif'];

/** Only with rules in the repository: those of the registry need the network and change by themselves. */
export const semgrep: Tool = {
  name: 'semgrep',
  detect(workspace: Workspace): readonly Check[] {
    const config = workspace.tree.paths.filter((path) => CONFIG.test(path));
    const program = workspace.toolbox.pythonBin('semgrep', workspace.root) ?? workspace.toolbox.onPath('semgrep');
    if (config.length === 0 || program === undefined) return [];
    return nameDrafts(workspace, [draftOf(workspace, program, config)]);
  },
};

function draftOf(workspace: Workspace, program: string, config: readonly string[]): Draft {
  const rules = [...new Set(config.map((path) => path.split('/', 1)[0] ?? path))];
  return {
    kind: 'security',
    tool: 'semgrep',
    cwd: '',
    evidence: config[0] ?? '',
    narrowing: 'changed',
    covers: (path) => READS.test(path),
    invoke(target, scratch) {
      const report = `${scratch}/semgrep.sarif`;
      return narrowedRun({
        program: programAt(program),
        tree: workspace.tree,
        target,
        cwd: '',
        purpose: 'scan',
        options: ['scan', ...OPTIONS, `--sarif-output=${report}`, ...rules.flatMap((path) => ['--config', path])],
        onAll: () => ['.'],
        env: PLAIN_ENV,
        reports: [report],
      });
    },
    parse: PARSERS['sarif'],
    mustExamine: false,
    config,
    executables: [program],
    env: [],
  };
}
