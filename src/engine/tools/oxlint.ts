import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { folderOf, isForeign, nearestFolder, outermost } from './folders.ts';
import { findLinterUses, type LinterScripts, type LinterUse, unscriptedUse, wholeOperands } from './linter-use.ts';
import { executablesOf, narrowedRun } from './narrowed-run.ts';
import { findCalls, findNodeProgram } from './node-program.ts';
import { createOperandMatcher } from './operands.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

const CONFIG = /(?:^|\/)(?:\.oxlintrc\.jsonc?|oxlint\.config\.[cm]?[jt]s)$/;
const READS = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;

const SCRIPTS: LinterScripts = {
  program: 'oxlint',
  rules: {
    keepValue: [
      '-c',
      '--config',
      '--tsconfig',
      '-A',
      '-W',
      '-D',
      '--allow',
      '--warn',
      '--deny',
      '--max-warnings',
      '--ignore-path',
      '--ignore-pattern',
    ],
    dropValue: ['-f', '--format', '--threads'],
    drop: ['--fix', '--fix-suggestions', '--fix-dangerously', '--silent'],
    // The rest turns plug-ins and kinds of rules on and off.
    unknown: 'keep',
  },
  fixes: ['--fix', '--fix-suggestions', '--fix-dangerously'],
};

export const oxlint: Tool = {
  name: 'oxlint',
  detect(workspace: Workspace): readonly Check[] {
    const configs = workspace.tree.paths.filter((path) => CONFIG.test(path) && !isForeign(path));
    const dirs = outermost([...configs.map(folderOf), ...findCalls(workspace, 'oxlint').map(({ pkg }) => pkg.dir)]);
    return nameDrafts(
      workspace,
      dirs.flatMap((dir) => {
        const config = configs.filter((path) => nearestFolder(dirs, path) === dir);
        const uses = findLinterUses(workspace, SCRIPTS, dir, dirs);
        return (uses.length > 0 ? uses : [unscriptedUse(dir, config)]).map((use) =>
          draftOf(workspace, dir, use, config),
        );
      }),
    );
  },
};

function draftOf(workspace: Workspace, dir: string, use: LinterUse, config: readonly string[]): Draft {
  const program = findNodeProgram(workspace, 'oxlint', dir);
  const matches = createOperandMatcher(use.operands, '');
  return {
    kind: 'lint',
    tool: 'oxlint',
    cwd: dir,
    evidence: use.evidence,
    narrowing: 'changed',
    covers: (path) => READS.test(path) && matches(path),
    invoke: (target) =>
      narrowedRun({
        program,
        tree: workspace.tree,
        target,
        cwd: dir,
        purpose: 'lint',
        options: ['--format', 'json', ...use.flags],
        onFiles: (words) => ['--no-error-on-unmatched-pattern', ...words],
        onAll: () => wholeOperands(dir, use),
        env: { ...PLAIN_ENV, ...use.env },
      }),
    parse: PARSERS['oxlint-json'],
    // A narrowed run may hold ignored files only; a whole one without files fails by itself.
    mustExamine: false,
    config,
    executables: executablesOf(program),
    env: ['NODE_OPTIONS'],
  };
}
