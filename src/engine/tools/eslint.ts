import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import type { Tree } from '../ports.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { eslintExtensions } from './eslint-extensions.ts';
import type { FlagRules } from './flags.ts';
import {
  absolutePath,
  folderOf,
  isForeign,
  isWithin,
  joinPath,
  nameOf,
  nearestFolder,
  outermost,
  relativeTo,
} from './folders.ts';
import { createIgnoreMatcher } from './ignore-file.ts';
import { findLinterUses, type LinterScripts, type LinterUse, unscriptedUse, wholeOperands } from './linter-use.ts';
import { executablesOf, narrowedRun } from './narrowed-run.ts';
import type { NodePackage } from './node-packages.ts';
import { findCalls, findNodeProgram } from './node-program.ts';
import { createOperandMatcher, isGlob } from './operands.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

const FLAT = /^eslint\.config\.[cm]?[jt]s$/;
const LEGACY = /^\.eslintrc(?:\.(?:[cm]?js|json|ya?ml))?$/;

const FLAGS: FlagRules = {
  keepValue:
    '-c --config --ext --parser --parser-options --plugin --rulesdir --resolve-plugins-relative-to --env --global --ignore-path --ignore-pattern --rule --max-warnings --flag --report-unused-disable-directives-severity'.split(
      ' ',
    ),
  keep: '--no-eslintrc --no-config-lookup --no-ignore --no-inline-config --quiet --report-unused-disable-directives'.split(
    ' ',
  ),
  dropValue: [
    '-f',
    '--format',
    '-o',
    '--output-file',
    '--cache-location',
    '--cache-strategy',
    '--cache-file',
    '--fix-type',
  ],
  unknown: 'drop',
};

const SCRIPTS: LinterScripts = { program: 'eslint', rules: FLAGS, fixes: ['--fix', '--fix-dry-run'] };

/** One folder ESLint is run in. */
interface Place {
  readonly dir: string;
  readonly flat: boolean;
  readonly config: readonly string[];
}

/** Files that ESLint ignores are no error in a narrowed run; in a whole one ESLint itself fails where nothing matches. */
export const eslint: Tool = {
  name: 'eslint',
  detect(workspace: Workspace): readonly Check[] {
    const places = findPlaces(workspace);
    const dirs = places.map(({ dir }) => dir);
    return nameDrafts(
      workspace,
      places.flatMap((place) => draftsOf(workspace, place, dirs)),
    );
  },
};

function findPlaces(workspace: Workspace): readonly Place[] {
  const { tree, nodePackages } = workspace;
  const files = tree.paths.filter((path) => !isForeign(path));
  const flat = files.filter((path) => FLAT.test(nameOf(path)));
  const sections = nodePackages.filter((pkg) => pkg.manifest['eslintConfig'] !== undefined);
  const legacy = [
    ...files.filter((path) => LEGACY.test(nameOf(path))),
    ...sections.map((pkg) => joinPath(pkg.dir, 'package.json')),
  ];
  const flatDirs = [...new Set(flat.map(folderOf))];
  // The old configurations of nested folders cascade: one run at the top reads them all.
  const legacyDirs = outermost(legacy.map(folderOf)).filter(
    (dir) => !flatDirs.some((other) => isWithin(other, dir)) && isForEslint(workspace, dir),
  );
  const places = [
    ...flatDirs.map((dir) => ({ dir, flat: true, config: flat.filter((path) => folderOf(path) === dir) })),
    ...legacyDirs.map((dir) => ({ dir, flat: false, config: legacyConfig(tree, legacy, dir) })),
  ];
  return places.length > 0 ? places : placesOfScripts(workspace);
}

/** Below packages that have ESLint only through `standard` or the like, it is these that read such a file. */
function isForEslint({ nodePackages }: Workspace, dir: string): boolean {
  const around = nodePackages.filter((pkg) => isWithin(pkg.dir, dir));
  const calls = (pkg: NodePackage): boolean => pkg.calls.some(({ program }) => program === 'eslint');
  const isAbove = around.length > 0 && around.every((pkg) => pkg.dir !== dir);
  return !isAbove || around.some((pkg) => pkg.dependencies['eslint'] !== undefined || calls(pkg));
}

function legacyConfig(tree: Tree, legacy: readonly string[], dir: string): readonly string[] {
  const ignore = joinPath(dir, '.eslintignore');
  return [...legacy.filter((path) => isWithin(dir, folderOf(path))), ...(tree.has(ignore) ? [ignore] : [])];
}

/** Scripts may name a configuration that has another name. */
function placesOfScripts(workspace: Workspace): readonly Place[] {
  const dirs = findCalls(workspace, 'eslint').map(({ pkg }) => pkg.dir);
  return outermost(dirs).map((dir) => ({ dir, flat: isFlatVersion(workspace, dir), config: [] }));
}

function isFlatVersion(workspace: Workspace, dir: string): boolean {
  return (
    Number.parseInt(workspace.toolbox.nodePackageVersion('eslint', absolutePath(workspace.root, dir)) ?? '9', 10) >= 9
  );
}

function draftsOf(workspace: Workspace, place: Place, dirs: readonly string[]): readonly Draft[] {
  const uses = findLinterUses(workspace, SCRIPTS, place.dir, dirs);
  return (uses.length > 0 ? uses : [unscriptedUse(place.dir, place.config)]).map((use) =>
    draftOf(workspace, place, use, dirs),
  );
}

function draftOf(workspace: Workspace, place: Place, use: LinterUse, dirs: readonly string[]): Draft {
  const { dir } = place;
  const program = findNodeProgram(workspace, 'eslint', dir);
  const covers = createCovers(workspace, place, use);
  return {
    kind: 'lint',
    tool: 'eslint',
    cwd: dir,
    evidence: use.evidence,
    narrowing: 'changed',
    covers: (path) => covers(path) && nearestFolder(dirs, path) === dir,
    invoke: (target) =>
      narrowedRun({
        program,
        tree: workspace.tree,
        target,
        cwd: dir,
        purpose: 'lint',
        options: ['--format', 'json', ...warnOptions(workspace, place), ...use.flags],
        onFiles: (words) => ['--no-error-on-unmatched-pattern', ...words],
        onAll: () => wholeWords(dir, use, dirs),
        env: { ...PLAIN_ENV, ...use.env },
      }),
    parse: PARSERS['eslint-json'],
    mustExamine: false,
    config: [...place.config, ...configFlagFiles(workspace.tree, dir, use.flags)],
    executables: executablesOf(program),
    env: ['NODE_OPTIONS', 'ESLINT_USE_FLAT_CONFIG', 'NODE_ENV'],
  };
}

function createCovers(workspace: Workspace, place: Place, use: LinterUse): (path: string) => boolean {
  const isOperand = createOperandMatcher(use.operands, '');
  // A glob of the script may name what has another ending.
  const globs = use.operands.filter(isGlob);
  const isGlobbed = globs.length > 0 ? createOperandMatcher(globs, '') : () => false;
  const isIgnored = place.flat
    ? () => false
    : createIgnoreMatcher(workspace.tree, joinPath(place.dir, '.eslintignore'));
  const extensions = eslintExtensions(workspace, place, use.flags);
  return (path) => (extensions.test(path) || isGlobbed(path)) && isOperand(path) && !isIgnored(path);
}

/** Folders with a configuration of their own are checked by themselves. */
function wholeWords(dir: string, use: LinterUse, dirs: readonly string[]): readonly string[] {
  const nested = dirs.filter((other) => other !== dir && isWithin(dir, other));
  const ignores = nested.flatMap((other) => ['--ignore-pattern', `${relativeTo(dir, other)}/**`]);
  return [...ignores, ...wholeOperands(dir, use)];
}

/** The option came with ESLint 8.51 and is an error with the old kind of configuration. */
function warnOptions(workspace: Workspace, place: Place): readonly string[] {
  const version = workspace.toolbox.nodePackageVersion('eslint', absolutePath(workspace.root, place.dir)) ?? '9.0';
  const [major = 9, minor = 0] = version.split('.').map(Number);
  return place.flat && (major > 8 || (major === 8 && minor >= 51)) ? ['--no-warn-ignored'] : [];
}

function configFlagFiles(tree: Tree, dir: string, flags: readonly string[]): readonly string[] {
  return flags.map((word) => joinPath(dir, word.replace(/^--config=/, ''))).filter((path) => tree.has(path));
}
