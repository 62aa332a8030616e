import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import { findMentions } from './automation.ts';
import { readConfig } from './config-text.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { isWithin, joinPath, outermost } from './folders.ts';
import { executablesOf } from './narrowed-run.ts';
import { findNodeProgram, type Program } from './node-program.ts';
import { findPythonConfigs, findPythonProgram, type PythonConfig } from './python.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

export const pyright: Tool = {
  name: 'pyright',
  detect(workspace: Workspace): readonly Check[] {
    const configs = findPythonConfigs(workspace.tree, { own: ['pyrightconfig.json'], table: 'pyright' });
    const dirs = outermost(configs.map(({ dir }) => dir));
    const used = configs.filter(({ dir }) => dirs.includes(dir));
    return nameDrafts(
      workspace,
      used.filter((config) => isRun(workspace, config)).map((config) => draftOf(workspace, config)),
    );
  },
};

/** Editors read the configuration too: it is a check where somebody also runs or installs the program. */
function isRun(workspace: Workspace, { dir }: PythonConfig): boolean {
  const manifest = JSON.stringify(readConfig(workspace.tree, joinPath(dir, 'pyproject.toml')));
  if (/"(?:based)?pyright\b[^"]*"(?!:)/.test(manifest)) return true;
  return findProgram(workspace, dir).kind === 'found' || findMentions(workspace.tree, /\bpyright\b/).length > 0;
}

function findProgram(workspace: Workspace, dir: string): Program {
  const python = findPythonProgram(workspace, 'pyright', dir);
  if (python.kind === 'found') return python;
  const node = findNodeProgram(workspace, 'pyright', dir);
  return node.kind === 'found' ? node : python;
}

function draftOf(workspace: Workspace, config: PythonConfig): Draft {
  const { dir } = config;
  const program = findProgram(workspace, dir);
  return {
    kind: 'types',
    tool: 'pyright',
    cwd: dir,
    evidence: config.evidence,
    narrowing: 'whole',
    // What `include` leaves out may still be imported by what it names.
    covers: (path) => /\.pyi?$/.test(path) && isWithin(dir, path),
    invoke() {
      if (program.kind === 'missing') return program;
      return { kind: 'run', argv: [...program.argv, '--outputjson'], env: PLAIN_ENV };
    },
    parse: PARSERS['pyright'],
    config: [config.path],
    executables: executablesOf(program),
    env: ['PYRIGHT_PYTHON_FORCE_VERSION', 'PYTHONPATH', 'VIRTUAL_ENV'],
  };
}
