import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import type { Tree } from '../ports.ts';
import { findMentions } from './automation.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { isWithin, joinPath } from './folders.ts';
import { executablesOf } from './narrowed-run.ts';
import { findPythonConfigs, findPythonProgram, type PythonConfig } from './python.ts';
import { splitCommands } from './shell-words.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

const FILES = {
  own: ['mypy.ini', '.mypy.ini'],
  table: 'mypy',
  sections: { 'mypy.ini': 'mypy', '.mypy.ini': 'mypy', 'setup.cfg': 'mypy' },
};

export const mypy: Tool = {
  name: 'mypy',
  detect(workspace: Workspace): readonly Check[] {
    const configs = findPythonConfigs(workspace.tree, FILES);
    const drafts = configs.map((config) => draftOf(workspace, config));
    return nameDrafts(workspace, drafts).map((check, index) => {
      const config = configs[index];
      return config === undefined ? check : { ...check, fallback: withTextOutput(workspace, config, check) };
    });
  },
};

function draftOf(workspace: Workspace, config: PythonConfig): Draft {
  const { dir } = config;
  const program = findPythonProgram(workspace, 'mypy', dir);
  return {
    kind: 'types',
    tool: 'mypy',
    cwd: dir,
    evidence: config.evidence,
    narrowing: 'whole',
    covers: (path) => /\.pyi?$/.test(path) && isWithin(dir, path),
    invoke: () => invoke(workspace, config, ['--output', 'json']),
    parse: PARSERS['mypy'],
    config: [config.path],
    executables: executablesOf(program),
    env: ['MYPYPATH', 'MYPY_CONFIG_FILE', 'PYTHONPATH'],
  };
}

/** mypy before 1.11 knows no `--output`. */
function withTextOutput(workspace: Workspace, config: PythonConfig, check: Check): Check {
  const options = ['--no-pretty', '--show-column-numbers', '--show-error-codes'];
  return { ...check, invoke: () => invoke(workspace, config, options) };
}

function invoke(workspace: Workspace, config: PythonConfig, options: readonly string[]): ReturnType<Check['invoke']> {
  const program = findPythonProgram(workspace, 'mypy', config.dir);
  if (program.kind === 'missing') return program;
  const targets = targetsOf(workspace.tree, config);
  if (targets === undefined)
    return { kind: 'nothing', reason: 'neither the configuration nor a package says what to check' };
  // The cache is worth minutes; it goes where the harness keeps its own state.
  const cache = ['--cache-dir', joinPath(workspace.root, '.downforce/cache/mypy')];
  const argv = [...program.argv, ...options, ...cache, ...targets] as const;
  return { kind: 'run', argv, env: PLAIN_ENV };
}

/** No words where the configuration names what to check; undefined where nothing does. */
function targetsOf(tree: Tree, config: PythonConfig): readonly string[] | undefined {
  if (['files', 'packages', 'modules'].some((key) => config.values[key] !== undefined)) return [];
  const mentioned = config.dir === '' ? mentionedTargets(tree) : [];
  if (mentioned.length > 0) return mentioned;
  const packages = topPackages(tree, config.dir);
  return packages.length > 0 ? packages : undefined;
}

/** Folders and files that CI, tox or make hand to mypy, where they are written out. */
function mentionedTargets(tree: Tree): readonly string[] {
  const mentions = findMentions(tree, /(?:^|[\s"'`/;:}])mypy((?:\s+[^\s"'`&|;]+)+)/);
  const words = mentions.flatMap(({ match }) => splitCommands(match[1] ?? '').flat());
  const existing = words.map((word) => joinPath(word)).filter((path) => path !== '' && isPython(tree, path));
  return [...new Set(existing)];
}

function isPython(tree: Tree, path: string): boolean {
  if (path.includes('..')) return false;
  return tree.has(path)
    ? /\.pyi?$/.test(path)
    : tree.paths.some((file) => file.startsWith(`${path}/`) && file.endsWith('.py'));
}

/** `src`, else the packages beside the configuration. */
function topPackages(tree: Tree, dir: string): readonly string[] {
  if (tree.paths.some((path) => path.startsWith(joinPath(dir, 'src/')) && path.endsWith('.py'))) return ['src'];
  const prefix = dir === '' ? '' : `${dir}/`;
  const inits = tree.paths.filter(
    (path) => path.startsWith(prefix) && /^[^/]+\/__init__\.pyi?$/.test(path.slice(prefix.length)),
  );
  return [...new Set(inits.map((path) => path.slice(prefix.length).split('/', 1)[0] ?? ''))];
}
