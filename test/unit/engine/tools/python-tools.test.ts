import { describe, expect, it } from 'vitest';
import { bandit } from '../../../../src/engine/tools/bandit.ts';
import { mypy } from '../../../../src/engine/tools/mypy.ts';
import { pyright } from '../../../../src/engine/tools/pyright.ts';
import { ruff } from '../../../../src/engine/tools/ruff.ts';
import { checkOf, checksOf, commandOf, coveredOf, onFiles } from '../../memory-workspace.ts';

const sources = { 'src/p/__init__.py': '', 'src/p/a.py': '', 'tests/test_a.py': '' };
const RUFF = 'check --output-format json --force-exclude --no-fix --no-cache';

describe('ruff', () => {
  it.each<[string, Record<string, string>, string]>([
    ['its own file', { 'ruff.toml': '' }, 'ruff.toml'],
    ['a table', { 'pyproject.toml': '[tool.ruff.lint]\nselect = ["E"]' }, 'pyproject.toml [tool.ruff]'],
    ['a workflow', { '.github/workflows/ci.yml': 'jobs:\n  - run: ruff check .' }, '.github/workflows/ci.yml'],
    [
      'pre-commit',
      { '.pre-commit-config.yaml': '- repo: https://github.com/astral-sh/ruff-pre-commit' },
      '.pre-commit-config.yaml',
    ],
  ])('is used by %s', (_, files, evidence) => {
    const check = checkOf(ruff, { ...files, ...sources });
    expect(check).toMatchObject({ id: 'lint:ruff', evidence, cwd: '', executables: ['/venv/ruff'] });
    expect(commandOf(check)).toBe(`/venv/ruff ${RUFF}`);
    expect(commandOf(check, onFiles('src/p/a.py'))).toBe(`/venv/ruff ${RUFF} src/p/a.py`);
    expect(coveredOf(check, ['a.py', 'b.pyi', 'c.ipynb', 'd.txt'])).toEqual(['a.py', 'b.pyi', 'c.ipynb']);
  });

  it('runs once above nested configurations and apart for those side by side', () => {
    const table = '[tool.ruff]';
    expect(
      checksOf(ruff, { 'pyproject.toml': table, 'a/ruff.toml': '' }).map(({ id, config }) => [id, config]),
    ).toEqual([['lint:ruff', ['pyproject.toml', 'a/ruff.toml']]]);
    expect(checksOf(ruff, { 'a/pyproject.toml': table, 'b/pyproject.toml': table }).map(({ id }) => id)).toEqual([
      'lint:ruff/a',
      'lint:ruff/b',
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['uv', { 'uv.lock': '' }, 'uv sync'],
    [
      'a group',
      { 'uv.lock': '', 'pyproject.toml': '[tool.ruff]\n[dependency-groups]\nlint = ["Ruff>=0.5"]' },
      'uv sync --group lint',
    ],
    ['Poetry', { 'poetry.lock': '' }, 'poetry install --all-groups'],
    [
      'an extra',
      { 'pyproject.toml': '[tool.ruff]\n[project.optional-dependencies]\ndev = ["ruff"]' },
      'pip install -e ".[dev]"',
    ],
    ['requirements', { 'requirements-dev.txt': 'mypy\nruff==0.5 # linter' }, 'pip install -r requirements-dev.txt'],
    ['nothing', {}, 'pip install ruff'],
  ])('says how to install it by %s', (_, files, hint) => {
    const check = checkOf(ruff, { 'pyproject.toml': '[tool.ruff]', ...files }, { python: [], path: [] });
    expect(commandOf(check)).toBe(`missing ruff: ${hint}`);
  });

  it('goes through uv where that makes the environment', () => {
    const check = checkOf(ruff, { 'ruff.toml': '', 'uv.lock': '' }, { python: [], path: ['uv'] });
    expect(commandOf(check)).toBe(`/usr/uv run --frozen ruff ${RUFF}`);
    expect(check.executables).toEqual([]);
  });

  it('is not used because of an example or a broken file', () => {
    expect(checksOf(ruff, { 'examples/a/pyproject.toml': '[tool.ruff]', 'pyproject.toml': '[tool.ruff' })).toEqual([]);
  });
});

describe('mypy', () => {
  const CACHE = '--cache-dir /repo/.downforce/cache/mypy';
  it.each<[string, Record<string, string>, string]>([
    ['files of the configuration', { 'pyproject.toml': '[tool.mypy]\nfiles = ["src"]' }, ''],
    ['packages of an INI file', { 'setup.cfg': '[mypy]\npackages = p' }, ''],
    [
      'what tox runs',
      {
        'mypy.ini': '[mypy]',
        'tox.ini': '[testenv]\ncommands =\n  mypy: mypy src/p {posargs}\n  mypy tests\n  pip install mypy nothing',
      },
      ' src/p tests',
    ],
    ['the source folder', { '.mypy.ini': '[mypy]', 'scripts/check': '# mypy tests\nmypy $FILES' }, ' src'],
  ])('checks %s', (_, files, words) => {
    const check = checkOf(mypy, { ...files, ...sources });
    expect(commandOf(check)).toBe(`/venv/mypy --output json ${CACHE}${words}`);
    expect(check).toMatchObject({ id: 'types:mypy', narrowing: 'whole' });
    expect(commandOf(check.fallback ?? check)).toBe(
      `/venv/mypy --no-pretty --show-column-numbers --show-error-codes ${CACHE}${words}`,
    );
  });

  it('takes the packages beside the configuration', () => {
    const files = { 'mypy.ini': '[mypy]', 'p/__init__.py': '', 'p/q/__init__.py': '', 'tests/__init__.py': '' };
    expect(commandOf(checkOf(mypy, files))).toMatch(/ p tests$/);
    expect(commandOf(checkOf(mypy, { 'mypy.ini': '' }))).toMatch(/^nothing: /);
  });

  it('is not used by a file of other tools', () => {
    expect(checksOf(mypy, { 'setup.cfg': '[flake8]', 'pyproject.toml': '[tool.black]' })).toEqual([]);
  });
});

describe('pyright', () => {
  it('is a check where somebody runs or installs it', () => {
    const files = { 'pyproject.toml': '[tool.pyright]\ninclude = ["src"]', ...sources };
    expect(commandOf(checkOf(pyright, files))).toBe('/venv/pyright --outputjson');
    expect(checksOf(pyright, files, { python: [], node: [], path: [] })).toEqual([]);
    const declared = {
      ...files,
      'pyproject.toml': `${files['pyproject.toml']}\n[dependency-groups]\ntypes = ["pyright>=1"]`,
    };
    expect(commandOf(checkOf(pyright, declared, { python: [], node: [], path: [] }))).toBe(
      'missing pyright: pip install --group types',
    );
  });

  it('may be a node package', () => {
    expect(commandOf(checkOf(pyright, { 'pyrightconfig.json': '{}' }, { python: [], path: [] }))).toBe(
      '/bin/pyright --outputjson',
    );
  });
});

describe('bandit', () => {
  const files = { 'pyproject.toml': '[tool.bandit]\nexclude_dirs = ["tests"]', ...sources };

  it('scans what is not excluded', () => {
    const check = checkOf(bandit, files);
    expect(commandOf(check, onFiles('src/p/a.py'))).toBe('/venv/bandit -q -f json -c pyproject.toml src/p/a.py');
    expect(coveredOf(check, ['src/p/a.py', 'tests/test_a.py'])).toEqual(['src/p/a.py']);
  });

  it('needs the program and a configuration', () => {
    expect(checksOf(bandit, files, { python: [] })).toEqual([]);
    expect(checksOf(bandit, sources)).toEqual([]);
  });
});
