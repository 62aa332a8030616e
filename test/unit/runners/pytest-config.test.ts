import { describe, expect, it } from 'vitest';
import { findPytestConfigs, operandsOf } from '../../../src/runners/pytest/config.ts';
import { memoryTree } from '../memory-tree.ts';

const ROOT = '[tool.pytest.ini_options]\ntestpaths = ["tests"]\n';

/** Where pytest is run, and on what where that is everything. */
function runs(files: Readonly<Record<string, string>>): readonly string[] {
  return findPytestConfigs(memoryTree(files)).map((config) =>
    [config.evidence, config.cwd, ...operandsOf(config)].join(' | '),
  );
}

describe('settings for pytest inside of others', () => {
  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'take all tests over, which are run from the outer ones',
      { 'pyproject.toml': ROOT, 'tests/pytest.ini': '[pytest]\n', 'tests/test_a.py': '' },
      ['tests/pytest.ini |  | tests'],
    ],
    [
      'leave the others the rest',
      {
        'pyproject.toml': '[tool.pytest.ini_options]\n',
        'a/pytest.ini': '[pytest]\n',
        'a/test_a.py': '',
        'test_b.py': '',
      },
      ['pyproject.toml [tool.pytest] | ', 'a/pytest.ini |  | a'],
    ],
    [
      'are of another project where the others do not look there',
      { 'pyproject.toml': ROOT, 'backend/pytest.ini': '[pytest]\n', 'backend/test_a.py': '', 'tests/test_b.py': '' },
      ['pyproject.toml [tool.pytest] | ', 'backend/pytest.ini | backend'],
    ],
    ['stay where there are no tests yet', { 'pyproject.toml': ROOT }, ['pyproject.toml [tool.pytest] | ']],
  ])('%s', (_, files, expected) => expect([...runs(files)].sort()).toEqual([...expected].sort()));
});
