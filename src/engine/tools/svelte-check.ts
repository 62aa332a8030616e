import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { type FlagRules, readFlags } from './flags.ts';
import { isWithin, joinPath } from './folders.ts';
import { executablesOf } from './narrowed-run.ts';
import { findCalls, findNodeProgram, type PackageCall, scriptEvidence } from './node-program.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

const RULES: FlagRules = {
  keepValue: ['--tsconfig', '--workspace', '--ignore', '--threshold', '--compiler-warnings', '--diagnostic-sources'],
  keep: ['--fail-on-warnings', '--no-tsconfig'],
  dropValue: ['--output'],
  unknown: 'drop',
};

export const svelteCheck: Tool = {
  name: 'svelte-check',
  detect(workspace: Workspace): readonly Check[] {
    const calls = findCalls(workspace, 'svelte-check').filter(({ args }) => !args.includes('--watch'));
    const first = calls.filter((call, index) => calls.findIndex(({ pkg }) => pkg === call.pkg) === index);
    return nameDrafts(
      workspace,
      first.map((call) => draftOf(workspace, call)),
    );
  },
};

/** Judged by its exit status: its lines have a format of their own. */
function draftOf(workspace: Workspace, { pkg, script, args, env }: PackageCall): Draft {
  const program = findNodeProgram(workspace, 'svelte-check', pkg.dir);
  const tsconfig = joinPath(pkg.dir, 'tsconfig.json');
  return {
    kind: 'types',
    tool: 'svelte-check',
    cwd: pkg.dir,
    evidence: scriptEvidence(pkg, script),
    narrowing: 'whole',
    covers: (path) => /\.(?:svelte|[cm]?[jt]s)$/.test(path) && isWithin(pkg.dir, path),
    invoke() {
      if (program.kind === 'missing') return program;
      const argv = [...program.argv, '--output', 'human', ...readFlags(args, RULES).kept] as const;
      return { kind: 'run', argv, env: { ...PLAIN_ENV, ...env } };
    },
    parse: PARSERS['exit-code'],
    mustExamine: false,
    config: workspace.tree.has(tsconfig) ? [tsconfig] : [],
    executables: executablesOf(program),
    env: ['NODE_OPTIONS'],
  };
}
