import type { Tree } from '../../engine/ports.ts';
import { findMentions } from '../../engine/tools/automation.ts';
import { folderOf, isForeign, isWithin, joinPath, nameOf, relativeTo } from '../../engine/tools/folders.ts';
import { createGlobMatcher, createOperandMatcher } from '../../engine/tools/operands.ts';
import { findPythonConfigs, isPythonDependency } from '../../engine/tools/python.ts';
import { asRecord, asStrings, type JsonRecord } from '../../engine/tools/records.ts';

/** A folder that has its own settings for pytest. */
export interface PytestConfig {
  readonly dir: string;
  /** Where pytest is run: where a configuration around this one has it run. */
  readonly cwd: string;
  readonly file: string | undefined;
  readonly evidence: string;
  /** Command-line options the configuration adds. */
  readonly addopts: string;
  readonly settings: ReadonlySet<string>;
  isTest(path: string): boolean;
}

const FILES = {
  own: ['pytest.toml', '.pytest.toml', 'pytest.ini', '.pytest.ini'],
  table: 'pytest',
  sections: { 'pytest.ini': 'pytest', '.pytest.ini': 'pytest', 'tox.ini': 'pytest', 'setup.cfg': 'tool:pytest' },
};

/** Folders pytest does not walk into by itself. */
const NOT_WALKED = /(?:^|\/)(?:[^/]+\.egg|\.[^/]*|_darcs|build|CVS|dist|node_modules|venv|\{arch\})\//;

export function findPytestConfigs(tree: Tree): readonly PytestConfig[] {
  const configs = findPythonConfigs(tree, FILES).map(({ dir, path, evidence, values }) => {
    // pyproject.toml has the settings in `ini_options` or, since pytest 9, right in the table.
    const settings = asRecord(values['ini_options'] ?? values['pytest'] ?? values);
    return createConfig(dir, path, evidence, settings);
  });
  if (configs.length > 0) return nested(tree, configs);
  const evidence = evidenceWithoutConfig(tree);
  const config = evidence === undefined ? undefined : createConfig('', undefined, evidence, {});
  return config !== undefined && tree.paths.some(config.isTest) ? [config] : [];
}

/** Where one lies in the tests of another it is read for them, and they are run from where the other is. */
function nested(tree: Tree, configs: readonly PytestConfig[]): readonly PytestConfig[] {
  const tests = configs.map((config) => ({ config, paths: tree.paths.filter((path) => config.isTest(path)) }));
  return tests.flatMap(({ config, paths }) => {
    const owned = paths.filter((path) => ownerOf(configs, path) === config);
    if (paths.length > 0 && owned.length === 0) return [];
    const around = tests.filter(
      (other) =>
        other.config.dir !== config.dir && owned.length > 0 && owned.every((path) => other.paths.includes(path)),
    );
    const outer = around.sort((a, b) => a.config.dir.length - b.config.dir.length)[0];
    return [outer === undefined ? config : { ...config, cwd: outer.config.dir }];
  });
}

function evidenceWithoutConfig(tree: Tree): string | undefined {
  const dependency = isPythonDependency(tree, '', 'pytest');
  if (dependency !== undefined) return `${dependency} names pytest`;
  const conftest = tree.paths.find((path) => nameOf(path) === 'conftest.py' && !isForeign(path));
  return conftest ?? findMentions(tree, /(?:^|[\s"'/;}])(?:pytest|py\.test)(?:[\s"']|$)/)[0]?.path;
}

function createConfig(dir: string, file: string | undefined, evidence: string, settings: JsonRecord): PytestConfig {
  const list = (key: string) =>
    asStrings(settings[key])
      .flatMap((text) => text.split(/\s+/))
      .filter((word) => word !== '');
  const addopts = asStrings(settings['addopts']).join(' ');
  const names = list('python_files');
  const isNamed = createNameMatcher(names.length > 0 ? names : ['test_*.py', '*_test.py']);
  const hasDoctests = addopts.includes('--doctest-modules');
  const isBelow = createOperandMatcher(list('testpaths'), dir);
  return {
    dir,
    cwd: dir,
    file,
    evidence,
    addopts,
    settings: new Set(Object.keys(settings)),
    isTest(path) {
      if (!path.endsWith('.py') || !isWithin(dir, path) || !isBelow(path)) return false;
      const inside = relativeTo(dir, path);
      return (
        nameOf(path) !== 'conftest.py' &&
        !NOT_WALKED.test(inside) &&
        !isForeign(path) &&
        (hasDoctests || isNamed(inside))
      );
    },
  };
}

/** A pattern with a slash is about the path, any other about the name. */
function createNameMatcher(patterns: readonly string[]): (path: string) => boolean {
  const globs = patterns.map((pattern) => (pattern.includes('/') ? pattern : `**/${pattern}`));
  return createGlobMatcher(globs, '');
}

/** Nested configurations take their folder out of the one above. */
export function ownerOf(configs: readonly PytestConfig[], path: string): PytestConfig | undefined {
  let owner: PytestConfig | undefined;
  for (const config of configs) {
    if (isWithin(config.dir, folderOf(path)) && (owner === undefined || config.dir.length > owner.dir.length))
      owner = config;
  }
  return owner;
}

/** What it is told to run where that is all of its tests. */
export function operandsOf({ cwd, dir }: PytestConfig): readonly string[] {
  return cwd === dir ? [] : [relativeTo(cwd, dir)];
}

export function configFiles(tree: Tree, config: PytestConfig): readonly string[] {
  const conftest = joinPath(config.dir, 'conftest.py');
  return [...(config.file === undefined ? [] : [config.file]), ...(tree.has(conftest) ? [conftest] : [])];
}
