import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { folderOf, isForeign, nearestFolder, outermost } from './folders.ts';
import { findLinterUses, type LinterScripts, unscriptedUse, wholeOperands } from './linter-use.ts';
import { executablesOf, narrowedRun } from './narrowed-run.ts';
import { findCalls, findNodeProgram } from './node-program.ts';
import { createOperandMatcher } from './operands.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

const CONFIG = /(?:^|\/)\.?biome\.jsonc?$/;
const READS = /\.(?:[cm]?[jt]sx?|json|jsonc|css|graphql|gql|vue|svelte|astro|html)$/;

const OPTIONS = ['--reporter=json', '--max-diagnostics=none', '--colors=off'];

/** The most thorough comes first; `ci` is `check` that refuses to write. */
const COMMANDS = ['ci', 'check', 'lint', 'format'] as const;

const SCRIPTS = {
  program: 'biome',
  rules: {
    keepValue: ['--config-path', '--only', '--skip'],
    keep: ['--error-on-warnings'],
    dropValue: [
      '--reporter',
      '--reporter-file',
      '--max-diagnostics',
      '--diagnostic-level',
      '--since',
      '--log-level',
      '--log-file',
    ],
    unknown: 'drop',
  },
  fixes: ['--write', '--fix', '--apply', '--apply-unsafe'],
} as const;

/** The calls of one of Biome's commands. */
function scriptsOf(command: string): LinterScripts {
  return { ...SCRIPTS, argsOf: (args) => (args[0] === command ? args.slice(1) : undefined) };
}

export const biome: Tool = {
  name: 'biome',
  detect(workspace: Workspace): readonly Check[] {
    const configs = workspace.tree.paths.filter((path) => CONFIG.test(path) && !isForeign(path));
    // Nested configurations belong to the run above them.
    const dirs = outermost(configs.map(folderOf));
    const places = dirs.length > 0 ? dirs : outermost(findCalls(workspace, 'biome').map(({ pkg }) => pkg.dir));
    return nameDrafts(
      workspace,
      places.map((dir) => draftOf(workspace, dir, places, configs)),
    );
  },
};

function draftOf(workspace: Workspace, dir: string, dirs: readonly string[], configs: readonly string[]): Draft {
  const config = configs.filter((path) => nearestFolder(dirs, path) === dir);
  const program = findNodeProgram(workspace, 'biome', dir, '@biomejs/biome');
  const command = commandOf(workspace, dir, dirs);
  const use = findLinterUses(workspace, scriptsOf(command), dir, dirs)[0] ?? unscriptedUse(dir, config);
  const matches = createOperandMatcher(use.operands, '');
  return {
    kind: 'lint',
    tool: 'biome',
    cwd: dir,
    evidence: use.evidence,
    narrowing: 'changed',
    covers: (path) => READS.test(path) && matches(path) && nearestFolder(dirs, path) === dir,
    invoke: (target) =>
      narrowedRun({
        program,
        tree: workspace.tree,
        target,
        cwd: dir,
        purpose: 'lint',
        options: [command, ...OPTIONS, ...use.flags],
        onFiles: (words) => ['--no-errors-on-unmatched', '--files-ignore-unknown=true', ...words],
        onAll: () => wholeOperands(dir, use),
        env: { ...PLAIN_ENV, ...use.env },
      }),
    parse: PARSERS['biome'],
    // A narrowed run may hold files that the configuration leaves out; a whole one without files fails by itself.
    mustExamine: false,
    config,
    executables: executablesOf(program),
    env: ['BIOME_CONFIG_PATH'],
  };
}

/** What the scripts run, the most thorough where they run several. */
function commandOf(workspace: Workspace, dir: string, dirs: readonly string[]): string {
  const used = findCalls(workspace, 'biome').filter(({ pkg }) => nearestFolder(dirs, pkg.dir) === dir);
  return COMMANDS.find((command) => used.some(({ args }) => args[0] === command)) ?? 'check';
}
