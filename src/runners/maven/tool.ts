import { posix } from 'node:path';
import type { Check, Target } from '../../engine/checks/check.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { isTooLong } from '../../engine/tools/file-arguments.ts';
import {
  folderOf,
  isForeign,
  isWithin,
  joinPath,
  nearestFolder,
  outermost,
  relativeTo,
} from '../../engine/tools/folders.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';

/** Names that Surefire takes for tests by itself. */
const TEST =
  /(?:^|\/)src\/test\/(?:java|kotlin|groovy|scala)\/(?:.*\/)?(?:Test[^/]*|[^/]*(?:Test|Tests|TestCase|Spec))\.(?:java|kt|groovy|scala)$/;

export const maven: Tool = {
  name: 'maven',
  detect(workspace: Workspace): readonly Check[] {
    const { tree } = workspace;
    const modules = tree.paths.filter((path) => /(?:^|\/)pom\.xml$/.test(path) && !isForeign(path)).map(folderOf);
    const roots = outermost(modules).filter((dir) => tree.paths.some((path) => TEST.test(path) && isWithin(dir, path)));
    return nameDrafts(
      workspace,
      roots.map((dir) =>
        draftOf(
          workspace,
          dir,
          modules.filter((module) => isWithin(dir, module)),
        ),
      ),
    );
  },
};

function draftOf(workspace: Workspace, dir: string, modules: readonly string[]): Draft {
  const { tree, toolbox, root } = workspace;
  const wrapper = joinPath(dir, 'mvnw');
  const program = tree.has(wrapper) ? posix.join(root, wrapper) : toolbox.onPath('mvn');
  const java = toolbox.onPath('java');
  return {
    kind: 'test',
    tool: 'maven',
    cwd: dir,
    evidence: joinPath(dir, 'pom.xml'),
    narrowing: 'affected',
    covers: (path) => TEST.test(path) && isWithin(dir, path),
    invoke(target) {
      if (program === undefined)
        return { kind: 'missing', program: 'mvn', hint: 'install Maven (https://maven.apache.org)' };
      const words = narrowTo(workspace, target, dir, modules);
      if (words === undefined) return { kind: 'nothing', reason: 'no test class is left to run' };
      const report = posix.join(root, dir, '**/target/surefire-reports/TEST-*.xml');
      return { kind: 'run', argv: [program, '-B', '-ntp', '-fae', ...words, 'test'], env: TEST_ENV, reports: [report] };
    },
    parse: PARSERS['junit'],
    config: [
      ...modules.map((module) => joinPath(module, 'pom.xml')),
      ...tree.paths.filter((path) => path.startsWith(`${joinPath(dir, '.mvn')}/`)),
    ],
    executables: program === undefined || java === undefined ? [] : [program, java],
    env: ['JAVA_HOME', 'MAVEN_OPTS', 'MAVEN_ARGS', 'JAVA_TOOL_OPTIONS', 'TZ'],
  };
}

/** The modules of the test classes and the classes; modules they need are built, where no test has such a name. */
function narrowTo(
  workspace: Workspace,
  target: Target,
  dir: string,
  modules: readonly string[],
): readonly string[] | undefined {
  if (target.kind === 'all') return [];
  const paths = target.paths.filter((path) => workspace.tree.has(path) && TEST.test(path));
  if (paths.length === 0) return undefined;
  const owners = [...new Set(paths.map((path) => nearestFolder(modules, path) ?? dir))];
  const projects = owners.map((module) => relativeTo(dir, module) || '.').join(',');
  const classes = [...new Set(paths.map((path) => posix.basename(path, posix.extname(path))))].join(',');
  const lenient = ['-Dsurefire.failIfNoSpecifiedTests=false', '-DfailIfNoTests=false'];
  const words = ['-pl', projects, '-am', `-Dtest=${classes}`, ...lenient];
  return isTooLong(words) ? [] : words;
}
