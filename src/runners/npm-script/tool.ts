import type { Check } from '../../engine/checks/check.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { nearestFolder } from '../../engine/tools/folders.ts';
import type { NodePackage, ScriptCall } from '../../engine/tools/node-packages.ts';
import { scriptEvidence } from '../../engine/tools/node-program.ts';
import { findPackageManager } from '../../engine/tools/package-manager.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';
import { MOCHA_PROGRAMS } from '../mocha/tool.ts';
import { isNodeTest } from '../node-test/tool.ts';
import { hasTestScript } from '../test-scripts.ts';

const RUNNERS = ['vitest', 'jest', 'jest-cli', ...MOCHA_PROGRAMS];
/** Checks of their own; a test script of nothing but these has no tests. */
const OTHER_TOOLS = [
  'eslint',
  'biome',
  'oxlint',
  'tsc',
  'vue-tsc',
  'tsgo',
  'svelte-check',
  'prettier',
  'echo',
  'exit',
  'true',
];
const MONOREPO = ['turbo', 'nx', 'lerna', 'rush', 'moon', 'lage', 'npm', 'pnpm', 'yarn', 'bun'];
const OTHER_PACKAGES =
  /^(?:-r|--recursive|-F|--filter|-ws|--workspaces?|-C|--prefix|workspaces?|run-many|affected|run|test)(?:=|$)/;

/** Any other test script, whatever it is: run as a person would, judged by its exit status. */
export const npmScript: Tool = {
  name: 'npm-script',
  detect(workspace: Workspace): readonly Check[] {
    const packages = workspace.nodePackages.filter((pkg) => hasTestScript(pkg) && !isHandled(workspace, pkg));
    return nameDrafts(
      workspace,
      packages.map((pkg) => draftOf(workspace, pkg)),
    );
  },
};

function isHandled(workspace: Workspace, pkg: NodePackage): boolean {
  const calls = pkg.calls.filter(({ script }) => script === 'test');
  if (calls.some((call) => RUNNERS.includes(call.program) || isNodeTest(call))) return true;
  const delegates = calls.some(isDelegation);
  const others = workspace.nodePackages.some((other) => other !== pkg && hasTestScript(other));
  if (delegates && others) return true;
  return calls.length > 0 && calls.every(({ program }) => OTHER_TOOLS.includes(program));
}

/** A run of other packages' scripts, which are checks by themselves. */
function isDelegation({ program, args }: ScriptCall): boolean {
  // `bun test` is a test runner.
  if (program === 'bun' && args[0] === 'test') return false;
  return MONOREPO.includes(program) && args.some((word) => OTHER_PACKAGES.test(word));
}

function draftOf(workspace: Workspace, pkg: NodePackage): Draft {
  const { manager } = findPackageManager(workspace.tree, pkg.dir);
  const program = workspace.toolbox.onPath(manager);
  const dirs = workspace.nodePackages.map(({ dir }) => dir);
  const words = manager === 'bun' ? ['run', 'test'] : ['test'];
  return {
    kind: 'test',
    tool: 'npm-script',
    cwd: pkg.dir,
    evidence: scriptEvidence(pkg, 'test'),
    narrowing: 'whole',
    covers: (path) => nearestFolder(dirs, path) === pkg.dir,
    invoke() {
      if (program === undefined) return { kind: 'missing', program: manager, hint: hintFor(manager) };
      return { kind: 'run', argv: [program, ...words], env: TEST_ENV };
    },
    parse: PARSERS['exit-code'],
    // An exit status does not say how much was looked at.
    mustExamine: false,
    config: [],
    // What the script runs is not known, so its verdict is never taken from a cache.
    executables: [],
    env: [],
  };
}

function hintFor(manager: string): string {
  return manager === 'bun' ? 'install Bun (https://bun.sh)' : `corepack enable ${manager}`;
}
