import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import type { Tree } from '../ports.ts';
import { readConfig } from './config-text.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { folderOf, isForeign, joinPath, nearestFolder } from './folders.ts';
import { findGoModules, GO_ENV, type GoModule, goPackages } from './go.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

const CONFIG = /(?:^|\/)\.golangci\.(?:ya?ml|toml|json)$/;

// Without the first it refuses to run while an editor's run of it holds the lock.
const COMMON = ['--allow-parallel-runners', '--fix=false', '--issues-exit-code=1'];

/** Run in each module it is configured for; it looks for its configuration upwards by itself. */
export const golangciLint: Tool = {
  name: 'golangci-lint',
  detect(workspace: Workspace): readonly Check[] {
    const { tree } = workspace;
    const configs = tree.paths.filter((path) => CONFIG.test(path) && !isForeign(path));
    const drafts = findGoModules(tree).flatMap((module) => {
      const dir = nearestFolder(configs.map(folderOf), joinPath(module.dir, 'go.mod'));
      const config = configs.find((path) => folderOf(path) === dir);
      return config === undefined ? [] : [draftOf(workspace, module, config)];
    });
    return nameDrafts(workspace, drafts);
  },
};

function draftOf(workspace: Workspace, module: GoModule, config: string): Draft {
  const { tree, toolbox } = workspace;
  const program = toolbox.onPath('golangci-lint');
  const go = toolbox.onPath('go');
  const { options, hint } = generationOf(tree, config);
  return {
    kind: 'lint',
    tool: 'golangci-lint',
    cwd: module.dir,
    evidence: config,
    narrowing: 'changed',
    covers: module.holds,
    invoke(target) {
      if (program === undefined) return { kind: 'missing', program: 'golangci-lint', hint };
      const packages = goPackages(tree, module, target);
      if (packages.length === 0) return { kind: 'nothing', reason: 'no package is left to lint' };
      return {
        kind: 'run',
        argv: [program, 'run', ...options, ...COMMON, ...packages],
        env: PLAIN_ENV,
        context: module.text,
      };
    },
    parse: PARSERS['golangci-json'],
    config: [config],
    executables: program === undefined || go === undefined ? [] : [program, go],
    env: GO_ENV,
  };
}

/** The configuration and the program are of one generation, or the program refuses it. */
function generationOf(tree: Tree, config: string): { readonly options: readonly string[]; readonly hint: string } {
  const install = 'go install github.com/golangci/golangci-lint';
  if (String(readConfig(tree, config)['version'] ?? '1') === '2') {
    const options = ['--output.json.path=stdout', '--output.text.path=stderr', '--show-stats=false'];
    return { options, hint: `${install}/v2/cmd/golangci-lint@latest` };
  }
  return { options: ['--out-format=json'], hint: `${install}/cmd/golangci-lint@latest` };
}
