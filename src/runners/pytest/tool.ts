import type { Check } from '../../engine/checks/check.ts';
import { createDriverRunner } from '../../engine/mutation/driver-runner.ts';
import type { MutantRunner } from '../../engine/mutation/mutant-runner.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { executablesOf, narrowedRun } from '../../engine/tools/narrowed-run.ts';
import type { Program } from '../../engine/tools/node-program.ts';
import { findPythonModule } from '../../engine/tools/python.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';
import { configFiles, findPytestConfigs, operandsOf, ownerOf, type PytestConfig } from './config.ts';

/** A stale .pyc of the same second and size would hide a change, so none are written. */
const PYTHON_ENV = { ...TEST_ENV, PYTHONDONTWRITEBYTECODE: '1' };

/** What `findPythonModule` puts behind the interpreter. */
const MODULE = ['-m', 'pytest'];

export const pytest: Tool = {
  name: 'pytest',
  detect(workspace: Workspace): readonly Check[] {
    const configs = findPytestConfigs(workspace.tree);
    return nameDrafts(
      workspace,
      configs.map((config) => draftOf(workspace, config, configs)),
    );
  },
};

function draftOf(workspace: Workspace, config: PytestConfig, configs: readonly PytestConfig[]): Draft {
  const { cwd } = config;
  const program = findPythonModule(workspace, 'pytest', cwd);
  return {
    kind: 'test',
    tool: 'pytest',
    cwd,
    evidence: config.evidence,
    narrowing: 'affected',
    covers: (path) => config.isTest(path) && ownerOf(configs, path) === config,
    invoke(target, scratch) {
      const report = `${scratch}/pytest.xml`;
      return narrowedRun({
        program,
        tree: workspace.tree,
        target,
        cwd,
        purpose: 'run',
        options: ['-q', ...optionsFor(config, scratch), `--junitxml=${report}`],
        onAll: () => operandsOf(config),
        env: PYTHON_ENV,
        reports: [report],
      });
    },
    parse: PARSERS['junit'],
    config: configFiles(workspace.tree, config),
    executables: executablesOf(program),
    env: ['PYTHONPATH', 'PYTEST_ADDOPTS', 'PYTHONHASHSEED', 'VIRTUAL_ENV', 'TZ'],
    mutants: mutantsOf(config, program),
  };
}

/** The driver puts its own folder for `{scratch}`, and does itself what `-m pytest` does. */
function mutantsOf(config: PytestConfig, program: Program): MutantRunner {
  return createDriverRunner({
    serial: true,
    name: 'pytest, each mutant in a fork',
    driver: 'pytest_driver.py',
    schemata: false,
    settings: { options: ['-q', ...optionsFor(config, '{scratch}')], operands: operandsOf(config) },
    start(driver, request) {
      if (program.kind === 'missing')
        return { kind: 'unfit', reason: `${program.program} is missing: ${program.hint}` };
      const [python, ...words] = program.argv;
      const interpreter = words.slice(0, -MODULE.length);
      return { kind: 'run', argv: [python, ...interpreter, driver, request], env: PYTHON_ENV };
    },
  });
}

function optionsFor({ addopts, settings }: PytestConfig, scratch: string): readonly string[] {
  // Without its plug-in the cache's options and settings are unknown, which strict configurations take for errors.
  const needsCache =
    settings.has('cache_dir') || /--(?:ff|failed-first|nf|new-first|lf|last-failed|sw|stepwise|cache-)/.test(addopts);
  const cache = needsCache ? ['-o', `cache_dir=${scratch}/cache`] : ['-p', 'no:cacheprovider'];
  const coverage = /--cov\b/.test(addopts) ? ['--no-cov'] : [];
  // Only the old family of reports says which file and line a test is at.
  return [...cache, ...coverage, '-o', 'junit_family=xunit1'];
}
