import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { joinPath } from './folders.ts';
import { findGoModules, GO_ENV, type GoModule, goConfig, goPackages } from './go.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

/** Comes with Go and type-checks what has no tests, so every module has it. */
export const goVet: Tool = {
  name: 'go-vet',
  detect(workspace: Workspace): readonly Check[] {
    const modules = findGoModules(workspace.tree).filter((module) => workspace.tree.paths.some(module.holds));
    return nameDrafts(
      workspace,
      modules.map((module) => draftOf(workspace, module)),
    );
  },
};

function draftOf(workspace: Workspace, module: GoModule): Draft {
  const go = workspace.toolbox.onPath('go');
  return {
    kind: 'lint',
    tool: 'go-vet',
    cwd: module.dir,
    evidence: joinPath(module.dir, 'go.mod'),
    narrowing: 'affected',
    covers: module.holds,
    invoke(target) {
      if (go === undefined) return { kind: 'missing', program: 'go', hint: 'install Go (https://go.dev/dl)' };
      const packages = goPackages(workspace.tree, module, target);
      if (packages.length === 0) return { kind: 'nothing', reason: 'no package is left to vet' };
      return { kind: 'run', argv: [go, 'vet', ...packages], env: PLAIN_ENV, context: module.text };
    },
    parse: PARSERS['go-vet'],
    config: goConfig(workspace.tree, module),
    executables: go === undefined ? [] : [go],
    env: GO_ENV,
  };
}
