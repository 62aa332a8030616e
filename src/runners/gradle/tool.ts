import { posix } from 'node:path';
import type { Check } from '../../engine/checks/check.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { folderOf, isForeign, isWithin, joinPath, outermost } from '../../engine/tools/folders.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';

const BUILD = /(?:^|\/)(?:settings|build)\.gradle(?:\.kts)?$/;
const SOURCE = /(?:^|\/)src\/.+\.(?:java|kt|kts|groovy|scala)$/;

/** Run as a whole: Gradle itself leaves out what it knows to be unchanged. */
export const gradle: Tool = {
  name: 'gradle',
  detect(workspace: Workspace): readonly Check[] {
    const { tree } = workspace;
    const builds = tree.paths.filter((path) => BUILD.test(path) && !isForeign(path));
    const roots = outermost(builds.map(folderOf)).filter((dir) =>
      tree.paths.some((path) => /(?:^|\/)src\/test\//.test(path) && isWithin(dir, path)),
    );
    return nameDrafts(
      workspace,
      roots.map((dir) =>
        draftOf(
          workspace,
          dir,
          builds.filter((path) => isWithin(dir, path)),
        ),
      ),
    );
  },
};

function draftOf(workspace: Workspace, dir: string, builds: readonly string[]): Draft {
  const { tree, toolbox, root } = workspace;
  const wrapper = joinPath(dir, 'gradlew');
  const program = tree.has(wrapper) ? posix.join(root, wrapper) : toolbox.onPath('gradle');
  const java = toolbox.onPath('java');
  const files = ['gradle.properties', 'gradle/wrapper/gradle-wrapper.properties', 'gradle/libs.versions.toml'];
  const config = [...builds, ...files.map((name) => joinPath(dir, name)).filter((path) => tree.has(path))];
  return {
    kind: 'test',
    tool: 'gradle',
    cwd: dir,
    evidence: builds[0] ?? '',
    narrowing: 'whole',
    covers: (path) => SOURCE.test(path) && isWithin(dir, path),
    invoke() {
      if (program === undefined)
        return { kind: 'missing', program: 'gradle', hint: 'install Gradle (https://gradle.org)' };
      const report = posix.join(root, dir, '**/build/test-results/test/TEST-*.xml');
      return {
        kind: 'run',
        argv: [program, 'test', '--continue', '--console=plain'],
        env: TEST_ENV,
        reports: [report],
      };
    },
    parse: PARSERS['junit'],
    config,
    executables: program === undefined || java === undefined ? [] : [program, java],
    env: ['JAVA_HOME', 'GRADLE_OPTS', 'JAVA_TOOL_OPTIONS', 'TZ'],
  };
}
