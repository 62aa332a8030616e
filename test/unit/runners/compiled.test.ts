import { describe, expect, it } from 'vitest';
import { cargoTest } from '../../../src/runners/cargo-test/tool.ts';
import { goTest } from '../../../src/runners/go-test/tool.ts';
import { gradle } from '../../../src/runners/gradle/tool.ts';
import { maven } from '../../../src/runners/maven/tool.ts';
import { pytest } from '../../../src/runners/pytest/tool.ts';
import { checkOf, checksOf, commandOf, coveredOf, onFiles } from '../memory-workspace.ts';

describe('pytest', () => {
  const files = {
    'p/a.py': '',
    'tests/test_a.py': '',
    'tests/b_test.py': '',
    'tests/conftest.py': '',
    'docs/test_d.py': '',
  };
  const OPTIONS = '-p no:cacheprovider -o junit_family=xunit1 --junitxml=/scratch/pytest.xml';

  it.each<[string, Record<string, string>, string]>([
    ['pyproject.toml', { 'pyproject.toml': '[tool.pytest.ini_options]' }, 'pyproject.toml [tool.pytest]'],
    ['pyproject.toml of pytest 9', { 'pyproject.toml': '[tool.pytest]' }, 'pyproject.toml [tool.pytest]'],
    ['pytest.ini', { 'pytest.ini': '' }, 'pytest.ini'],
    ['tox.ini', { 'tox.ini': '[pytest]' }, 'tox.ini [pytest]'],
    ['setup.cfg', { 'setup.cfg': '[tool:pytest]' }, 'setup.cfg [tool:pytest]'],
    ['requirements', { 'requirements.txt': 'pytest>=8' }, 'requirements.txt names pytest'],
    [
      'an extra',
      { 'pyproject.toml': '[project.optional-dependencies]\ntest = ["pytest"]' },
      'pyproject.toml names pytest',
    ],
    ['conftest.py', {}, 'tests/conftest.py'],
  ])('is used by %s', (_, config, evidence) => {
    const check = checkOf(pytest, { ...files, ...config });
    expect(check).toMatchObject({ id: 'test:root', evidence, executables: ['/venv/python', '/venv/pytest'] });
    expect(commandOf(check, onFiles('tests/test_a.py'))).toBe(`/venv/python -m pytest -q ${OPTIONS} tests/test_a.py`);
    expect(coveredOf(check, Object.keys(files))).toEqual(['tests/test_a.py', 'tests/b_test.py', 'docs/test_d.py']);
  });

  it.each<[string, string, readonly string[]]>([
    ['testpaths', 'testpaths = ["tests"]', ['tests/test_a.py', 'tests/b_test.py']],
    ['python_files', 'python_files = "check_*.py b_*.py"', ['tests/b_test.py']],
    ['a pattern for all files', 'python_files = "*.py"\ntestpaths = ["tests"]', ['tests/test_a.py', 'tests/b_test.py']],
    ['doctests', 'addopts = ["--doctest-modules"]\ntestpaths = ["p"]', ['p/a.py']],
  ])('covers tests by %s', (_, settings, tests) => {
    const check = checkOf(pytest, { ...files, 'pyproject.toml': `[tool.pytest.ini_options]\n${settings}` });
    expect(coveredOf(check, Object.keys(files))).toEqual(tests);
  });

  it.each([
    ['addopts = "--cov=p --strict-config"', `-p no:cacheprovider --no-cov -o junit_family=xunit1`],
    ['addopts = "--ff"', '-o cache_dir=/scratch/cache -o junit_family=xunit1'],
    ['cache_dir = ".c"', '-o cache_dir=/scratch/cache -o junit_family=xunit1'],
  ])('gets along with %s', (settings, options) => {
    const check = checkOf(pytest, { ...files, 'pyproject.toml': `[tool.pytest.ini_options]\n${settings}` });
    expect(commandOf(check)).toBe(`/venv/python -m pytest -q ${options} --junitxml=/scratch/pytest.xml`);
  });

  it('is run in each folder that configures it', () => {
    const checks = checksOf(pytest, {
      'a/pyproject.toml': '[tool.pytest.ini_options]',
      'b/pytest.ini': '[pytest]',
      'examples/c/pytest.ini': '',
    });
    expect(checks.map(({ id, cwd }) => [id, cwd])).toEqual([
      ['test:a', 'a'],
      ['test:root', 'b'],
    ]);
  });

  it('needs an interpreter that has it', () => {
    const config = { 'pytest.ini': '', 'uv.lock': '', ...files };
    expect(commandOf(checkOf(pytest, config, { python: ['python'], path: ['uv'] }))).toBe(
      `/usr/uv run --frozen python -m pytest -q ${OPTIONS}`,
    );
    expect(commandOf(checkOf(pytest, config, { python: ['python'], path: [] }))).toBe('missing pytest: uv sync');
  });
});

describe('go test', () => {
  const files = { 'go.mod': 'module m', 'a.go': '', 'a_test.go': '', 'p/b.go': '', 'q/c.go': '', 'q/c_test.go': '' };

  it('runs the folders of the files that have tests', () => {
    const check = checkOf(goTest, files);
    expect(commandOf(check)).toBe('/usr/go test -json ./...');
    expect(commandOf(check, onFiles('q/c.go', 'p/b.go', 'a.go'))).toBe('/usr/go test -json ./q .');
    expect(commandOf(check, onFiles('p/b.go'))).toBe('nothing: the folders of the affected files have no tests');
    expect(commandOf(checkOf(goTest, files, { path: [] }))).toBe('missing go: install Go (https://go.dev/dl)');
  });

  it('needs a test', () => {
    expect(checksOf(goTest, { 'go.mod': '', 'a.go': '', 'vendor/x/a_test.go': '' })).toEqual([]);
  });
});

describe('cargo test', () => {
  it('runs the crates of the files', () => {
    const files = {
      'Cargo.toml': '[package]\nname = "a"',
      'Cargo.lock': '',
      'src/lib.rs': '#[tokio::test]\nasync fn t() {}',
    };
    const check = checkOf(cargoTest, files);
    expect(commandOf(check)).toBe('/usr/cargo test --message-format=json --no-fail-fast --locked --workspace');
    expect(commandOf(check, onFiles('src/lib.rs'))).toBe(
      '/usr/cargo test --message-format=json --no-fail-fast --locked -p a',
    );
    expect(commandOf(check, onFiles())).toBe('nothing: no crate is left to test');
    expect(checksOf(cargoTest, { ...files, 'src/lib.rs': 'fn f() {}' })).toEqual([]);
  });
});

describe('maven', () => {
  const files = {
    'pom.xml': '',
    'core/pom.xml': '',
    'core/src/test/java/p/ATest.java': '',
    'core/src/test/java/p/Helper.java': '',
    'core/src/main/java/p/A.java': '',
  };

  it('runs the test classes of the modules', () => {
    const check = checkOf(maven, files);
    expect(commandOf(check)).toBe('/usr/mvn -B -ntp -fae test');
    expect(commandOf(check, onFiles('core/src/test/java/p/ATest.java'))).toBe(
      '/usr/mvn -B -ntp -fae -pl core -am -Dtest=ATest -Dsurefire.failIfNoSpecifiedTests=false -DfailIfNoTests=false test',
    );
    expect(check.invoke({ kind: 'all' }, '/s')).toMatchObject({
      reports: ['/repo/**/target/surefire-reports/TEST-*.xml'],
    });
    expect(coveredOf(check, Object.keys(files))).toEqual(['core/src/test/java/p/ATest.java']);
  });

  it('prefers the wrapper', () => {
    expect(commandOf(checkOf(maven, { ...files, mvnw: '' }))).toBe('/repo/mvnw -B -ntp -fae test');
  });
});

describe('gradle', () => {
  it('runs as a whole', () => {
    const files = {
      'settings.gradle.kts': '',
      gradlew: '',
      'app/build.gradle.kts': '',
      'app/src/test/kotlin/ATest.kt': '',
    };
    const check = checkOf(gradle, files);
    expect(commandOf(check)).toBe('/repo/gradlew test --continue --console=plain');
    expect(coveredOf(check, ['app/src/main/kotlin/A.kt', 'README.md'])).toEqual(['app/src/main/kotlin/A.kt']);
    expect(checksOf(gradle, { 'build.gradle': '' })).toEqual([]);
  });
});
