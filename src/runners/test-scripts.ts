import { joinPath } from '../engine/tools/folders.ts';
import type { NodePackage, ScriptCall } from '../engine/tools/node-packages.ts';
import { isDeclared, scriptEvidence } from '../engine/tools/node-program.ts';
import type { Workspace } from '../engine/tools/tool.ts';

/** A call of a test runner that stands for a package's tests. */
export interface TestCall {
  readonly pkg: NodePackage;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly evidence: string;
}

const TEST_SCRIPT = /^(?:tests?|unit|spec|specs)(?:$|[:\-_])/;
const VARIANT = /watch|cov|debug|update|ui\b|bench|dev|browser|inspect|tap$|fix|report|tdd|changed|staged/i;

/**
 * The calls of a runner that the `test` script makes; else those of the scripts named after tests, variants such as
 * `test:watch` left out; else the first there is.
 */
export function findTestCalls(pkg: NodePackage, isRunner: (call: ScriptCall) => boolean): readonly TestCall[] {
  const calls = pkg.calls.filter(isRunner);
  const choices = [
    calls.filter(({ script }) => script === 'test'),
    calls.filter(({ script }) => TEST_SCRIPT.test(script) && !VARIANT.test(script)),
    calls.slice(0, 1),
  ];
  const chosen = choices.find((list) => list.length > 0) ?? [];
  return chosen.map(({ script, args, env }) => ({ pkg, args, env, evidence: scriptEvidence(pkg, script) }));
}

/** `npm init` writes a test script that only fails. */
export function hasTestScript(pkg: NodePackage): boolean {
  const script = pkg.scripts['test'];
  return script !== undefined && !/no test specified|^\s*(?:exit 0|true|echo [^&|;]*)?\s*$/.test(script);
}

/** For a runner that no script calls: a dependency of a package that has tests for it and no other way to run them. */
export function dependencyCall(
  workspace: Workspace,
  pkg: NodePackage,
  runner: { readonly name: string; readonly config: string | undefined; readonly isTest: (path: string) => boolean },
): TestCall | undefined {
  if (hasTestScript(pkg) || !isDeclared(workspace, runner.name, pkg.dir)) return undefined;
  const own = Object.hasOwn(pkg.dependencies, runner.name) || runner.config !== undefined;
  if (!own || !workspace.tree.paths.some(runner.isTest)) return undefined;
  const evidence = runner.config ?? `${joinPath(pkg.dir, 'package.json')} dependency "${runner.name}"`;
  return { pkg, args: [], env: {}, evidence };
}
