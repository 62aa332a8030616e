import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { folderOf, relativeTo } from './folders.ts';
import { executablesOf } from './narrowed-run.ts';
import { findNodeProgram } from './node-program.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';
import { type CheckedProject, findCheckedProjects } from './tsc-projects.ts';
import { isProjectSource, readTsProject, type TsProject } from './tsconfig.ts';

const PACKAGES: Readonly<Record<string, string>> = {
  tsc: 'typescript',
  'vue-tsc': 'vue-tsc',
  tsgo: '@typescript/native-preview',
};

/** Even with `--noEmit` an incremental project writes its .tsbuildinfo; `null` takes the setting back. */
const NO_OUTPUT =
  '--noEmit --emitDeclarationOnly false --composite false --incremental false --tsBuildInfoFile null'.split(' ');

/** The TypeScript compiler, and what takes its options and prints its lines: vue-tsc, tsgo. */
export const tsc: Tool = {
  name: 'tsc',
  detect(workspace: Workspace): readonly Check[] {
    const drafts = findCheckedProjects(workspace).map((project) => draftOf(workspace, project));
    // A project whose files are generated has nothing to check before they are.
    return nameDrafts(
      workspace,
      drafts.filter(({ covers }) => workspace.tree.paths.some(covers)),
    );
  },
};

function draftOf(workspace: Workspace, checked: CheckedProject): Draft {
  const { dir, flags, build } = checked;
  const program = findNodeProgram(workspace, checked.program, dir, PACKAGES[checked.program]);
  const projects = allProjects(workspace, checked);
  const label = labelOf(checked);
  // `--build` lists the files of what it rebuilds only, so an unchanged project would look empty.
  const options = build ? ['-b', '--pretty', 'false'] : [...NO_OUTPUT, '--pretty', 'false', '--listFiles'];
  const project = relativeTo(dir, checked.path);
  const isVue = checked.program === 'vue-tsc';
  return {
    ...(label === undefined ? {} : { label }),
    kind: 'types',
    tool: checked.program,
    cwd: dir,
    evidence: checked.evidence,
    narrowing: 'whole',
    covers: (path) => projects.some((one) => isProjectSource(one, path)) || (isVue && path.endsWith('.vue')),
    invoke() {
      if (program.kind === 'missing') return program;
      const argv = [...program.argv, ...options, ...(build ? [project] : [...flags, '-p', project])] as const;
      return { kind: 'run', argv, env: PLAIN_ENV };
    },
    parse: PARSERS['tsc'],
    mustExamine: !build,
    config: [...new Set(projects.flatMap(({ files }) => files))],
    executables: executablesOf(program),
    env: ['NODE_OPTIONS'],
  };
}

function allProjects(workspace: Workspace, checked: CheckedProject): readonly TsProject[] {
  const seen = new Map<string, TsProject>();
  const queue = [checked.path];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (seen.has(path)) continue;
    const project = readTsProject(workspace.tree, path);
    seen.set(path, project);
    if (checked.build) queue.push(...project.references);
  }
  return [...seen.values()];
}

/** `tsconfig.test` for tsconfig.test.json, `website` for website/tsconfig.json, nothing for the folder's own. */
function labelOf({ dir, path }: CheckedProject): string | undefined {
  const name = relativeTo(dir, path).replace(/\.jsonc?$/, '');
  if (name === 'tsconfig') return undefined;
  return name.endsWith('/tsconfig') ? folderOf(name) : name;
}
