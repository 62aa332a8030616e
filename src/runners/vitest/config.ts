import type { Tree } from '../../engine/ports.ts';
import { folderOf, isForeign, isWithin, joinPath, nameOf, relativeTo } from '../../engine/tools/folders.ts';
import { findLiteralLists, type LiteralList } from '../../engine/tools/literal-lists.ts';
import { createGlobMatcher } from '../../engine/tools/operands.ts';
import { pathsNamed } from '../../engine/tools/paths-named.ts';
import { matchAny, VITEST_DEFAULT } from '../javascript-tests.ts';

export const CONFIG_NAME =
  /^(?:vitest(?:\.[\w-]+)*\.config|vitest\.[\w-]+|vite\.config|vitest\.(?:workspace|projects))\.(?:[cm]?[jt]s|json)$/;
const WORKSPACE_NAME = /^vitest\.(?:workspace|projects)\.(?:[cm]?[jt]s|json)$/;

/** What Vitest's configuration says, as far as it is written out. */
export interface VitestConfig {
  /** Existing configuration files, the first being the one Vitest loads. */
  readonly files: readonly string[];
  /** Whether one run in the folder also runs the tests of a package below it. */
  spans(dir: string): boolean;
  isTest(path: string): boolean;
}

/** `named` is the file of `--config`. */
export function readVitestConfig(tree: Tree, dir: string, named: string | undefined): VitestConfig {
  const own = named === undefined ? findConfigs(tree, dir) : [joinPath(dir, named)].filter((path) => tree.has(path));
  const lists = own.flatMap((path) => findLiteralLists(tree.read(path) ?? '').map((list) => ({ ...list, path })));
  const projects = lists.filter(({ keys, path }) => isProjectList(keys, path));
  const globs = projects.flatMap(({ values }) => values).map((glob) => glob.replace(/\/$/, ''));
  const isProject = createGlobMatcher(globs, dir);
  const below = pathsNamed(tree, CONFIG_NAME).filter(
    (path) => isBelow(path, dir) && (isProject(path) || isProject(folderOf(path))),
  );
  const matchers = [own, ...below.map((path) => [path])].map((files) => testMatcher(tree, files, dir));
  return {
    files: [...own, ...below.filter((path) => !own.includes(path))],
    spans: (other) => isProject(other) || below.some((path) => folderOf(path) === other),
    isTest: (path) => isWithin(dir, path) && matchers.some((matches) => matches(path)),
  };
}

function isBelow(path: string, dir: string): boolean {
  return isWithin(dir, path) && folderOf(path) !== dir && !isForeign(path);
}

/** Vitest prefers its own file to Vite's. */
function findConfigs(tree: Tree, dir: string): readonly string[] {
  const here = pathsNamed(tree, CONFIG_NAME).filter((path) => folderOf(path) === dir);
  const main =
    here.find((path) => /^vitest\.config\./.test(nameOf(path))) ??
    here.find((path) => /^vite\.config\./.test(nameOf(path)));
  const workspaces = here.filter((path) => WORKSPACE_NAME.test(nameOf(path)));
  return main === undefined ? workspaces : [main, ...workspaces];
}

function isProjectList(keys: readonly string[], path: string): boolean {
  if (WORKSPACE_NAME.test(nameOf(path))) return keys.length === 0;
  return keys.length > 0 && /^(?:projects|workspace)$/.test(keys.at(-1) ?? '') && keys.length <= 2;
}

/** Tests by the `include` and `exclude` lists of one project and those written inside it. */
function testMatcher(tree: Tree, files: readonly string[], dir: string): (path: string) => boolean {
  const lists = files.flatMap((path) => findLiteralLists(tree.read(path) ?? ''));
  const folders = [dir, ...files.map(folderOf)];
  const includes = listsNamed(lists, 'include');
  const top = includes.filter(({ keys }) => !keys.includes('projects')).flatMap(({ values }) => values);
  const nested = includes.filter(({ keys }) => keys.includes('projects'));
  const excluded = listsNamed(lists, 'exclude').filter(({ keys }) => !keys.includes('projects'));
  const isTop = matchAny(top.length === 0 && needsDefault(lists, nested) ? VITEST_DEFAULT : top, folders);
  const isNested = matchAny(
    nested.flatMap(({ values }) => values),
    folders,
  );
  const isExcluded = matchAny(
    excluded.flatMap(({ values }) => values),
    folders,
  );
  return (path) => !isMaterial(relativeTo(dir, path)) && ((isTop(path) && !isExcluded(path)) || isNested(path));
}

/** Where projects are written inside, those without a list of their own take the default. */
function needsDefault(lists: readonly LiteralList[], nested: readonly LiteralList[]): boolean {
  const named = lists.filter(({ keys }) => keys.at(-1) === 'name' && keys.includes('projects'));
  return nested.length === 0 || named.length > nested.length;
}

function isMaterial(path: string): boolean {
  return /(?:^|\/)(?:node_modules|dist|\.git)\//.test(path);
}

/** Coverage, benchmarks and other parts have lists of the same names. */
function listsNamed(lists: readonly LiteralList[], name: string): readonly LiteralList[] {
  const foreign = /^(?:coverage|benchmark|typecheck|optimizeDeps|deps|server|watch|build|resolve|optimizer)$/;
  return lists.filter(
    ({ keys }) => keys.at(-1) === name && keys.includes('test') && !keys.some((key) => foreign.test(key)),
  );
}
