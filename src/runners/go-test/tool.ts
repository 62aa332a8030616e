import type { Check } from '../../engine/checks/check.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { joinPath } from '../../engine/tools/folders.ts';
import { findGoModules, GO_ENV, type GoModule, goConfig, goPackages } from '../../engine/tools/go.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';
import { createGoMutants } from './mutants.ts';

const isTest = (path: string) => path.endsWith('_test.go');

/** Go runs the tests of whole folders, so every source file stands for its folder's tests. */
export const goTest: Tool = {
  name: 'go-test',
  detect(workspace: Workspace): readonly Check[] {
    const { tree } = workspace;
    const modules = findGoModules(tree).filter((module) =>
      tree.paths.some((path) => isTest(path) && module.holds(path)),
    );
    return nameDrafts(
      workspace,
      modules.map((module) => draftOf(workspace, module)),
    );
  },
};

function draftOf(workspace: Workspace, module: GoModule): Draft {
  const go = workspace.toolbox.onPath('go');
  return {
    kind: 'test',
    tool: 'go-test',
    cwd: module.dir,
    evidence: joinPath(module.dir, 'go.mod'),
    narrowing: 'affected',
    covers: module.holds,
    invoke(target) {
      if (go === undefined) return { kind: 'missing', program: 'go', hint: 'install Go (https://go.dev/dl)' };
      const packages = goPackages(workspace.tree, module, target, isTest);
      if (packages.length === 0) return { kind: 'nothing', reason: 'the folders of the affected files have no tests' };
      return { kind: 'run', argv: [go, 'test', '-json', ...packages], env: TEST_ENV, context: module.text };
    },
    parse: PARSERS['go-json'],
    config: goConfig(workspace.tree, module),
    executables: go === undefined ? [] : [go],
    env: GO_ENV,
    mutants: createGoMutants(module),
  };
}
