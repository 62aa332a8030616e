import type { Tree } from '../ports.ts';
import { findMentions } from './automation.ts';
import { type FlagRules, flagValue, readFlags } from './flags.ts';
import { folderOf, isForeign, isWithin, joinPath, upwards } from './folders.ts';
import { byDirectness, findCalls, isDeclared, type PackageCall, scriptEvidence } from './node-program.ts';
import type { Workspace } from './tool.ts';
import { projectPath, readTsProject } from './tsconfig.ts';

export const TSC_PROGRAMS = ['tsc', 'vue-tsc', 'tsgo'];

/** A project that the repository has type-checked. */
export interface CheckedProject {
  readonly program: string;
  /** Folder it is run in. */
  readonly dir: string;
  /** Its configuration file. */
  readonly path: string;
  readonly flags: readonly string[];
  readonly evidence: string;
  /** Needs `--build`: it imports what the projects it references emit. */
  readonly build: boolean;
}

const DROPPED_VALUES =
  '-p --project --outDir --declarationDir --outFile --tsBuildInfoFile --generateTrace --generateCpuProfile'.split(' ');
const DROPPED =
  '-b --build -w --watch --noEmit --emitDeclarationOnly -d --declaration --declarationMap --sourceMap --inlineSourceMap --incremental --composite --pretty --diagnostics --extendedDiagnostics --listFiles --listEmittedFiles --explainFiles --traceResolution --preserveWatchOutput --clean -f --force --verbose -v --dry --removeComments --noEmitOnError'.split(
    ' ',
  );
const NO_CHECK = ['--init', '--showConfig', '--version', '--help', '--clean', '--listFilesOnly'];
const CHECK_SCRIPT = /type|tsc|check|lint|test|verify|validate|ci\b|compile/i;
const SIDE_SCRIPT = /watch|dev|bench|trace|clean/i;
const OTHER_SCRIPT = /build|watch|dev|bench|release|publish|pack|prepare|start|clean|trace/i;

/** What scripts check; where a package has none that calls the compiler, its tsconfig.json. */
export function findCheckedProjects(workspace: Workspace): readonly CheckedProject[] {
  const projects = new Map<string, CheckedProject>();
  for (const pkg of workspace.nodePackages) {
    const calls = findCalls(workspace, ...TSC_PROGRAMS).filter((call) => call.pkg === pkg && isCheck(call));
    const checking = calls.filter(isChecking);
    const building = calls.filter(({ script }) => !SIDE_SCRIPT.test(script));
    for (const call of [...(checking.length > 0 ? checking : building)].sort(byDirectness)) {
      for (const project of projectsOf(workspace.tree, call)) {
        if (!projects.has(project.path)) projects.set(project.path, project);
      }
    }
  }
  for (const project of unscripted(workspace, [...projects.values()])) projects.set(project.path, project);
  return [...projects.values()];
}

function isCheck({ args }: PackageCall): boolean {
  return !args.some((word) => NO_CHECK.includes(word));
}

/** A build compiles too, but what it leaves out (tests) may be what a check is for. */
function isChecking({ script, args }: PackageCall): boolean {
  return args.includes('--noEmit') || (CHECK_SCRIPT.test(script) && !OTHER_SCRIPT.test(script));
}

function projectsOf(tree: Tree, call: PackageCall): readonly CheckedProject[] {
  const { kept, operands, names } = readFlags(call.args, rulesFor(call.args));
  const { dir } = call.pkg;
  const named = flagValue(call.args, '-p', '--project');
  const builds = names.has('-b') || names.has('--build');
  // `tsc file.ts` checks without a project; those files have no configuration to narrow or cache by.
  if (named === undefined && !builds && operands.length > 0) return [];
  const targets = named !== undefined ? [named] : operands;
  const paths = targets.length > 0 ? targets.map((target) => projectPath(joinPath(dir, target))) : [nearest(tree, dir)];
  const evidence = scriptEvidence(call.pkg, call.script);
  return (
    paths
      .filter((path) => path !== undefined)
      // What lies among fixtures is material of tests, which say themselves how it is to turn out.
      .filter((path) => tree.has(path) && !isForeign(path))
      .flatMap((path) => expandSolution(tree, path))
      .map(({ path, build }) => ({ program: call.program, dir: dirFor(dir, path), path, flags: kept, evidence, build }))
  );
}

/** Any option may be given `true` or `false` as a word of its own. */
function rulesFor(args: readonly string[]): FlagRules {
  const withWord = args.filter((word, index) => word.startsWith('-') && /^(?:true|false)$/.test(args[index + 1] ?? ''));
  const dropped = withWord.filter((word) => DROPPED.includes(word));
  const valued = args.filter((word, index) => VALUED.test(word) && !(args[index + 1] ?? '-').startsWith('-'));
  return {
    keepValue: [...valued, ...withWord.filter((word) => !dropped.includes(word))],
    dropValue: [...DROPPED_VALUES, ...dropped],
    drop: DROPPED,
    unknown: 'keep',
  };
}

const VALUED =
  /^(?:-[tm]|--(?:target|module|moduleResolution|lib|jsx\w*|types|typeRoots|rootDir|rootDirs|baseUrl|customConditions|moduleDetection|moduleSuffixes|newLine|ignoreDeprecations|maxNodeModuleJsDepth))$/;

function nearest(tree: Tree, dir: string): string | undefined {
  return upwards(dir)
    .map((folder) => joinPath(folder, 'tsconfig.json'))
    .find((path) => tree.has(path));
}

function dirFor(dir: string, path: string): string {
  return isWithin(dir, path) ? dir : folderOf(path);
}

interface Target {
  readonly path: string;
  readonly build: boolean;
}

/**
 * The projects behind a solution one by one, since that emits nothing. Where one of them references another it sees
 * only what the other has emitted (TS6305), and nothing but `--build` can check it.
 */
function expandSolution(tree: Tree, path: string): readonly Target[] {
  const leaves = leavesOf(tree, path, new Set());
  const linked = leaves.some((leaf) => readTsProject(tree, leaf).references.length > 0);
  return linked ? [{ path, build: true }] : leaves.map((leaf) => ({ path: leaf, build: false }));
}

function leavesOf(tree: Tree, path: string, above: ReadonlySet<string>): readonly string[] {
  const project = readTsProject(tree, path);
  if (!project.isSolution) return [path];
  const within = new Set(above).add(path);
  return project.references.filter((other) => !within.has(other)).flatMap((other) => leavesOf(tree, other, within));
}

function unscripted(workspace: Workspace, scripted: readonly CheckedProject[]): readonly CheckedProject[] {
  const { tree } = workspace;
  const found: CheckedProject[] = [];
  const mention = findMentions(tree, /(?:^|[\s"'/;&])tsc(?:[\s"']|$)/).find(({ path }) => path !== 'package.json');
  // Editors and bundlers read the configuration too; where scripts say what is checked, the rest is theirs.
  if (mention === undefined && findCalls(workspace, ...TSC_PROGRAMS).length > 0) return [];
  const packages = workspace.nodePackages.filter((pkg) => tree.has(joinPath(pkg.dir, 'tsconfig.json')));
  for (const { dir } of [...packages].sort((left, right) => left.dir.length - right.dir.length)) {
    const covered = [...scripted, ...found].some((project) => isWithin(project.dir, dir));
    if (covered || !isDeclared(workspace, 'typescript', dir)) continue;
    const path = joinPath(dir, 'tsconfig.json');
    const targets = expandSolution(tree, path);
    found.push(...targets.map((target) => ({ program: 'tsc', dir, flags: [], evidence: path, ...target })));
  }
  return found;
}
