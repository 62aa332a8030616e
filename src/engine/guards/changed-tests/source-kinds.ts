import { isTestPath } from '../../scopes/path-rules.ts';
import { isMadeByTools, isTypeTest } from '../file-kinds.ts';

/** Code that builds, documents or shows the product and is no part of it. */
const ASIDE =
  /(^|\/)([\w-]*examples?|docs?|documentation|samples?|demos?|bench(marks?)?|perf-measures|stories|\.storybook|\.github|playground|(typing|type)[-_]?tests?)\/|^(scripts|tools|build|\.ci|\.husky|\.circleci|website)\/|\.d\.[cm]?ts$|\.(stories|story|bench)\.\w+$/i;

const CONFIGURATION =
  /(^|\/)([^/]+\.config(\.[\w-]+)*\.[cm]?[jt]s|\.[\w.-]+rc\.[cm]?js|(setup|noxfile|tasks|fabfile|conftest)\.py|(Gruntfile|gulpfile|karma\.conf|webpack\.[\w.]+)\.\w+|build\.rs|package-info\.java|module-info\.java)$/;

/** Whether a source belongs to what the product does when it runs, as far as its path tells. */
export function mayRun(path: string): boolean {
  return (
    !isTestPath(path) && !ASIDE.test(path) && !CONFIGURATION.test(path) && !isMadeByTools(path) && !isTypeTest(path)
  );
}

const NO_TEST = /\.(md|mdx|rst|txt|adoc)$|(^|\/)(\.[^/]+|[^/]*config[^/]*\.json|package\.json|\w+\.toml)$/i;

/** Whether a file is a test or something that tests read: expected output, a fixture. */
export function isTestMaterial(path: string): boolean {
  return isTestPath(path) && !NO_TEST.test(path);
}
